"""What admins did, and when."""

from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.journal.admins import Admin, JsonObject
from bot.journal.database import Database
from bot.journal.entries import storable
from bot.journal.tables import audit


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One thing an admin did."""

    id: int
    at: datetime
    by: Admin
    action: str
    detail: JsonObject


class AuditLog:
    """Everything admins do; nothing here is ever changed or deleted.

    Publishing, rolling back and each change of the draft write their own entry in their own transaction, so
    that nothing is changed without one; `add` is for everything else. No member's words belong into `detail`
    except those an admin chose to put into the records.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, by: Admin, action: str, detail: JsonObject | None = None) -> None:
        """Note something an admin did."""
        async with self._database.writing() as connection:
            await note(connection, by, action, detail or {})

    async def newest(self, limit: int = 50, *, before: int | None = None) -> tuple[AuditEntry, ...]:
        """Return the latest entries, newest first; `before` an entry's id for the next page."""
        statement = sa.select(audit).order_by(audit.c.id.desc()).limit(limit)
        if before is not None:
            statement = statement.where(audit.c.id < before)
        async with self._database.reading() as connection:
            rows = await connection.execute(statement)
            return tuple(
                AuditEntry(row.id, row.at, Admin(row.admin_id, row.admin_name), row.action, row.detail)
                for row in rows
            )


async def note(connection: AsyncConnection, by: Admin, action: str, detail: JsonObject) -> None:
    """Write an entry within a transaction that is under way."""
    row = {"at": datetime.now(UTC), **signature(by), "action": action, "detail": dict(detail)}
    await connection.execute(sa.insert(audit), row)


def signature(by: Admin) -> dict[str, object]:
    """Return the columns that say who did it."""
    return {"admin_id": by.user_id, "admin_name": storable(by.name, 100)}
