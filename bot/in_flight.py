"""What is being answered just now, so that the bot does not leave in the middle of it."""

import asyncio
from types import TracebackType


class InFlight:
    """Knows the tasks at work: each is inside a `with` block of this."""

    def __init__(self) -> None:
        self.closing = False
        self._tasks: set[asyncio.Task[object]] = set()

    def __enter__(self) -> None:
        if task := asyncio.current_task():
            self._tasks.add(task)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if task := asyncio.current_task():
            self._tasks.discard(task)

    async def finish(self, seconds: float) -> int:
        """Wait for what is at work now, so many seconds at most; return how much of it is left."""
        self.closing = True
        at_work = set(self._tasks)
        left = await self._wait(at_work, seconds)
        # What came meanwhile is only turned away, which takes no time.
        await self._wait(self._tasks - at_work, 1.0)
        return left

    @staticmethod
    async def _wait(tasks: set[asyncio.Task[object]], seconds: float) -> int:
        others = tasks - {asyncio.current_task()}
        if not others:
            return 0
        _, left = await asyncio.wait(others, timeout=seconds)
        return len(left)
