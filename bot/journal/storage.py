"""Everything the bot keeps, on one database."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.journal.audit import AuditLog
from bot.journal.database import Database, Patience
from bot.journal.drafts import DraftStore
from bot.journal.errors import Unavailable
from bot.journal.opt_outs import OptOuts
from bot.journal.reading import JournalReader
from bot.journal.recorder import NullRecorder, Pace, QueueRecorder, Recorder
from bot.journal.retention import Retention
from bot.journal.versions import Versions
from bot.journal.writing import EntryWriter

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Storage:
    """The parts, built on one database; `open_storage` starts and stops what runs by itself."""

    database: Database
    recorder: Recorder
    opt_outs: OptOuts
    reader: JournalReader
    versions: Versions
    draft: DraftStore
    audit: AuditLog


def build_storage(
    database: Database, *, journal: bool = True, retention_days: int = 30, pace: Pace | None = None
) -> Storage:
    """Put the parts together; with `journal` off nothing of any question is kept, and all else works."""
    retention = Retention(database, days=retention_days)
    recorder = QueueRecorder(EntryWriter(database), retention, pace) if journal else NullRecorder(retention)
    return Storage(
        database=database,
        recorder=recorder,
        opt_outs=OptOuts(database),
        reader=JournalReader(database),
        versions=Versions(database),
        draft=DraftStore(database),
        audit=AuditLog(database),
    )


@asynccontextmanager
async def open_storage(
    address: str,
    *,
    journal: bool = True,
    retention_days: int = 30,
    patience: Patience | None = None,
    pace: Pace | None = None,
) -> AsyncIterator[Storage]:
    """Open the storage at a database URL for as long as the block lasts.

    A database that is away does not keep the bot from starting: what needs it raises `Unavailable` until it
    is back, and questions wait. One that can't work as it is set up raises `Unusable` here.
    """
    database = Database(address, patience=patience)
    storage = build_storage(database, journal=journal, retention_days=retention_days, pace=pace)
    try:
        try:
            await database.upgrade()
        except Unavailable as error:
            _log.warning(
                "The bot starts without its database, and records nobody until it is there: %s", error
            )
        await storage.opt_outs.start()
        await storage.recorder.start()
        yield storage
    finally:
        await storage.recorder.aclose()
        await storage.opt_outs.aclose()
        await database.aclose()
