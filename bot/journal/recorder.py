"""Takes questions and votes without ever delaying an answer."""

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from bot.journal.backlog import Backlog
from bot.journal.entries import Ending, Entry, Question, Vote
from bot.journal.errors import StorageError
from bot.journal.retention import Retention
from bot.journal.writing import EntryWriter

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RecorderStatus:
    """How the journal is doing, counted since the start.

    `waiting` entries are not written yet; `lost` ones never will be. `last_error` is the class of the latest
    failure and stays for the record; `failing` says whether it still lasts.
    """

    enabled: bool
    waiting: int = 0
    written: int = 0
    lost: int = 0
    last_error: str | None = None
    failing: bool = False


class Recorder(Protocol):
    """Where a question's row goes."""

    def record(self, question: Question) -> None:
        """Keep a question. Never waits and never raises."""

    def end(self, ending: Ending) -> None:
        """Keep how a question ended after all. Never waits and never raises."""

    def vote(self, vote: Vote) -> None:
        """Keep what the asker thought of the answer. Never waits and never raises."""

    async def forget(self, handle: str) -> bool:
        """Delete one question, with its vote, for good; whether it was there.

        This is all that can be deleted on request. No question carries anything of who asked it, no user
        id, no name and no message id, so nobody, the people who run the bot included, can look up what
        somebody asked. The reply to a question holds that question's random handle, and only with the
        handle can its row be found. What is not forgotten this way is deleted when its days are over.
        """

    def status(self) -> RecorderStatus:
        """How it is doing."""

    async def start(self) -> None:
        """Begin to write, and to delete what is past its days."""

    async def aclose(self) -> None:
        """Write what waits, if the database lets us in time, and stop."""


class NullRecorder:
    """Keeps nothing: the journal is off.

    Questions kept while it was on still go when their days are over, if there is a `retention`.
    """

    def __init__(self, retention: Retention | None = None) -> None:
        self._retention = retention
        self._sweeping: asyncio.Task[None] | None = None

    def record(self, question: Question) -> None:
        """Keep nothing."""

    def end(self, ending: Ending) -> None:
        """Keep nothing."""

    def vote(self, vote: Vote) -> None:
        """Keep nothing."""

    async def forget(self, handle: str) -> bool:
        """Nothing was kept."""
        del handle
        return False

    def status(self) -> RecorderStatus:
        """Off."""
        return RecorderStatus(enabled=False)

    async def start(self) -> None:
        """Begin to delete what an earlier journal left."""
        if self._retention is not None:
            self._sweeping = asyncio.create_task(self._retention.run(), name="journal retention")

    async def aclose(self) -> None:
        """Stop."""
        await _cancel(self._sweeping)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How the recorder works; times in seconds.

    Entries wait at most `interval` while the database answers, so that is what a `kill -9` can cost. When it
    does not, the pause doubles from `interval` up to `longest_pause`. `farewell` is how long `aclose` may
    take, and `bound` how many entries may wait: 20,000 are a few megabytes.
    """

    interval: float = 0.5
    longest_pause: float = 30.0
    farewell: float = 5.0
    batch: int = 500
    bound: int = 20_000


class QueueRecorder:
    """Lets entries wait in memory for a moment and writes them in batches."""

    def __init__(self, writer: EntryWriter, retention: Retention, pace: Pace | None = None) -> None:
        self._writer = writer
        self._retention = retention
        self._pace = pace or Pace()
        self._backlog = Backlog(self._pace.bound)
        self._flushing = asyncio.Lock()
        self._something_waits = asyncio.Event()
        self._closing = asyncio.Event()
        self._closed = False
        self._tasks: list[asyncio.Task[None]] = []
        self._written = 0
        self._last_error: str | None = None
        self._failing = False

    def record(self, question: Question) -> None:
        """Keep a question. Never waits and never raises."""
        self._add(question)

    def end(self, ending: Ending) -> None:
        """Keep an ending behind its question. Never waits and never raises."""
        self._add(ending)

    def vote(self, vote: Vote) -> None:
        """Keep a vote behind its question. Never waits and never raises."""
        self._add(vote)

    async def forget(self, handle: str) -> bool:
        """Delete a question wherever it is, also one still waiting or just being written.

        Raises `StorageError` when the database is away: the member should then try again.
        """
        async with self._flushing:
            dropped = self._backlog.drop(handle)
            return await self._writer.forget(handle) or dropped > 0

    def status(self) -> RecorderStatus:
        """How it is doing."""
        return RecorderStatus(
            enabled=True,
            waiting=len(self._backlog),
            written=self._written,
            lost=self._backlog.lost,
            last_error=self._last_error,
            failing=self._failing,
        )

    async def start(self) -> None:
        """Begin to write, and to delete what is past its days."""
        self._tasks = [
            asyncio.create_task(self._run(), name="journal"),
            asyncio.create_task(self._retention.run(), name="journal retention"),
        ]

    async def flush(self) -> None:
        """Write all that waits now; raises `StorageError` when the database is away."""
        async with self._flushing:
            while batch := self._backlog.take(self._pace.batch):
                try:
                    result = await self._writer.write(batch)
                except BaseException:
                    self._backlog.put_back(batch)
                    raise
                self._backlog.settle()
                self._written += result.kept
                self._backlog.lost += result.refused

    async def aclose(self) -> None:
        """Write what waits, if the database lets us in time, and stop; the rest is lost and said so."""
        self._closing.set()
        self._something_waits.set()
        try:
            async with asyncio.timeout(self._pace.farewell):
                if self._tasks:
                    await asyncio.wait(self._tasks[:1])
                await self.flush()
        except (StorageError, TimeoutError) as error:
            self._last_error = type(error).__name__
        for task in self._tasks:
            await _cancel(task)
        self._closed = True
        if given_up := self._backlog.give_up():
            _log.error("The journal closed without its last %d entries: they are lost.", given_up)

    def _add(self, entry: Entry) -> None:
        if self._closed:
            self._backlog.lost += 1
            return
        self._backlog.add(entry)
        self._something_waits.set()

    async def _run(self) -> None:
        pause = self._pace.interval
        while not self._closing.is_set():
            await self._something_waits.wait()
            await self._sleep(pause)
            self._something_waits.clear()
            pause = await self._try_to_flush(pause)

    async def _sleep(self, seconds: float) -> None:
        """Sleep, but not into the closing."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._closing.wait()

    async def _try_to_flush(self, pause: float) -> float:
        """Flush, and return the pause before the next time."""
        try:
            await self.flush()
        except Exception as error:  # noqa: BLE001 - whatever it is, the bot answers on and this loop goes on
            self._something_waits.set()
            self._note_failure(error)
            return min(pause * 2, self._pace.longest_pause)
        if self._failing:
            self._failing = False
            _log.info("The journal is written again; %d entries were lost.", self._backlog.lost)
        return self._pace.interval

    def _note_failure(self, error: Exception) -> None:
        self._last_error = type(error).__name__
        if not self._failing:
            self._failing = True
            _log.warning("The journal can't be written, its entries wait: %s", error)


async def _cancel(task: asyncio.Task[None] | None) -> None:
    if task is None:
        return
    task.cancel()
    await asyncio.wait([task])
