"""Waiting for what another process or task does, with a deadline instead of luck."""

import asyncio
import time
from collections.abc import Awaitable, Callable


async def eventually(look: Callable[[], bool | Awaitable[bool]], what: str, seconds: float = 15.0) -> None:
    """Return as soon as `look` finds it so; fail naming `what` after `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        found = look()
        if isinstance(found, Awaitable):
            found = await found
        if found:
            return
        assert time.monotonic() < deadline, f"waited {seconds:g} s for {what}"
        await asyncio.sleep(0.01)
