"""Deletes questions and their votes when their days are over."""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from bot.journal.database import Database
from bot.journal.errors import StorageError, Unavailable
from bot.journal.tables import questions

_log = logging.getLogger(__name__)


def _now() -> datetime:
    return datetime.now(UTC)


class Retention:
    """Keeps questions for `days` days and no longer, give or take `interval` seconds.

    Deletes `batch` rows at a time, so that no answer's row waits long for the database.
    """

    def __init__(
        self,
        database: Database,
        *,
        days: int = 30,
        interval: float = 3600.0,
        batch: int = 500,
        now: Callable[[], datetime] = _now,
    ) -> None:
        if days < 1:
            raise ValueError("questions are kept for at least one day; to keep none turn the journal off")
        self.days = days
        self._database = database
        self._interval = interval
        self._batch = batch
        self._now = now

    async def sweep(self) -> int:
        """Delete what is past its days; the number of questions."""
        expired = questions.c.asked_at < self._now() - timedelta(days=self.days)
        some = sa.select(questions.c.id).where(expired).order_by(questions.c.asked_at).limit(self._batch)
        total = 0
        while True:
            async with self._database.writing() as connection:
                gone = await connection.execute(sa.delete(questions).where(questions.c.id.in_(some)))
            total += gone.rowcount
            if gone.rowcount < self._batch:
                await self._database.scrub()
                return total
            await asyncio.sleep(0)

    async def run(self) -> None:
        """Sweep now and every `interval` seconds, until cancelled; sooner again after a failure."""
        while True:
            pause = self._interval
            try:
                if deleted := await self.sweep():
                    _log.info("Deleted %d questions that were past their %d days.", deleted, self.days)
            except StorageError as error:
                pause = min(60.0, self._interval)
                # That the database is away is told once by whoever else needs it, not every time here.
                level = logging.DEBUG if isinstance(error, Unavailable) else logging.WARNING
                _log.log(level, "Old questions could not be deleted yet: %s", error)
            except Exception:  # noqa: BLE001 - logged; the next round may do better
                _log.exception("Old questions could not be deleted yet.")
            await asyncio.sleep(pause)
