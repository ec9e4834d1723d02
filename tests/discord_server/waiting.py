"""Waiting for something to become true, without sleeping."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class DidNotHappen(AssertionError):  # noqa: N818
    """What a test waited for did not happen in time; the text tells what did."""


class Changes:
    """Wakes those who wait for one object, such as a channel, to change."""

    def __init__(self, explain: Callable[[], str]) -> None:
        self._explain = explain
        self._waiting: set[asyncio.Future[None]] = set()

    def notify(self) -> None:
        for future in self._waiting:
            if not future.done():
                future.set_result(None)
        self._waiting.clear()

    async def until(self, look: Callable[[], T | None], what: str, patience: float) -> T:
        """Return what `look` finds, as soon as it finds something other than None."""
        try:
            async with asyncio.timeout(patience):
                while (found := look()) is None:
                    await self._next()
        except TimeoutError:
            raise DidNotHappen(f"waited {patience:g} s for {what}\n{self._explain()}") from None
        return found

    async def _next(self) -> None:
        future = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            await future
        finally:
            self._waiting.discard(future)
