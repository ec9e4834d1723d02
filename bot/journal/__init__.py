"""What the bot keeps: the journal of questions without identity, the versions, the draft and the audit.

`open_storage` is the way in.
"""

from bot.journal.admins import Admin
from bot.journal.askers import AskerMarks
from bot.journal.audit import AuditEntry, AuditLog
from bot.journal.contents import content_hash
from bot.journal.database import Database, Patience
from bot.journal.drafts import Draft, DraftFile, DraftStore
from bot.journal.entries import Ending, OutcomeKind, Place, Question, Vote, new_handle
from bot.journal.errors import (
    BadFileName,
    Conflict,
    DiskFull,
    Locked,
    NoSuchVersion,
    StorageError,
    Unavailable,
    Unusable,
)
from bot.journal.opt_outs import OptOuts
from bot.journal.reading import MISSES, DayCount, JournalReader, Missed, RecordCount
from bot.journal.recorder import NullRecorder, Pace, QueueRecorder, Recorder, RecorderStatus
from bot.journal.storage import Storage, build_storage, open_storage
from bot.journal.versions import Publication, Version, VersionInfo, Versions

__all__ = [
    "MISSES",
    "Admin",
    "AskerMarks",
    "AuditEntry",
    "AuditLog",
    "BadFileName",
    "Conflict",
    "Database",
    "DayCount",
    "DiskFull",
    "Draft",
    "DraftFile",
    "DraftStore",
    "Ending",
    "JournalReader",
    "Locked",
    "Missed",
    "NoSuchVersion",
    "NullRecorder",
    "OptOuts",
    "OutcomeKind",
    "Pace",
    "Patience",
    "Place",
    "Publication",
    "Question",
    "QueueRecorder",
    "RecordCount",
    "Recorder",
    "RecorderStatus",
    "Storage",
    "StorageError",
    "Unavailable",
    "Unusable",
    "Version",
    "VersionInfo",
    "Versions",
    "Vote",
    "build_storage",
    "content_hash",
    "new_handle",
    "open_storage",
]
