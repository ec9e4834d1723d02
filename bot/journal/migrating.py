"""Brings a database's tables to what this release needs."""

from pathlib import Path

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext, RevisionStep, StampStep
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.journal.errors import Unusable

NEWEST = "head"
_ADVISORY_LOCK = 7_262_144_015_001  # any number no other program on the same database is likely to use


async def upgrade(engine: AsyncEngine, to: str = NEWEST) -> None:
    """Bring the tables to the newest revision, in one transaction: all of the way or not at all.

    Safe when several bots start at once: PostgreSQL waits at an advisory lock, SQLite at the write lock, and
    who comes second finds nothing left to do. `to` is for tests that need an older database.
    """
    async with engine.connect() as reading:
        if await reading.run_sync(_is_at, to):
            return
    async with engine.execution_options(sqlite_begin="IMMEDIATE").connect() as connection, connection.begin():
        await connection.run_sync(_upgrade, to)


async def revision_of(engine: AsyncEngine) -> str | None:
    """Return the revision the tables are at, None for an empty database."""
    async with engine.connect() as connection:
        return await connection.run_sync(
            lambda sync: MigrationContext.configure(sync).get_current_revision(),
        )


def _revisions() -> ScriptDirectory:
    folder = str(Path(__file__).parent / "migrations")
    return ScriptDirectory(folder, version_locations=[folder])


def _is_at(connection: Connection, to: str) -> bool:
    wanted = _revisions().get_current_head() if to == NEWEST else to
    return MigrationContext.configure(connection).get_current_revision() == wanted


def _upgrade(connection: Connection, to: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
    revisions = _revisions()

    def steps(current: tuple[str, ...], _: MigrationContext) -> list[StampStep | RevisionStep]:
        try:
            # Private by its name only: it is what Alembic's own `upgrade` command calls.
            return list(revisions._upgrade_revs(to, current))  # type: ignore[arg-type] # noqa: SLF001
        except CommandError:
            at = ", ".join(current)
            raise Unusable(
                f"The database was last used by a newer release (its tables are at {at}); install that"
                " release or use another database."
            ) from None

    # SQLite's tables change inside transactions as well; Alembic doesn't count on it, so it is told.
    context = MigrationContext.configure(connection, opts={"fn": steps, "transactional_ddl": True})
    context.run_migrations(op=Operations(context))
