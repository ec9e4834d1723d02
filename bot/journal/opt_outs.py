"""Members whose questions are not to be recorded: the one place where their ids are kept."""

import asyncio
import logging
from datetime import UTC, datetime

import sqlalchemy as sa

from bot.journal.database import Database
from bot.journal.errors import StorageError, Unavailable
from bot.journal.inserting import inserting
from bot.journal.tables import opt_outs

_log = logging.getLogger(__name__)


class OptOuts:
    """Who asked not to be recorded, in memory, read again every `interval` seconds for other processes' sake.

    Until the list has been read once nobody may be recorded: a wish must not be broken because the database
    was away when the bot started.
    """

    def __init__(self, database: Database, *, interval: float = 30.0) -> None:
        self._database = database
        self._interval = interval
        self._ids: frozenset[int] | None = None
        self._changes = 0
        self._refreshing: asyncio.Task[None] | None = None

    def may_record(self, user_id: int) -> bool:
        """Whether this member's questions may be recorded; answered from memory."""
        return self._ids is not None and user_id not in self._ids

    def includes(self, user_id: int) -> bool:
        """Whether this member is known to have asked not to be recorded; answered from memory."""
        return self._ids is not None and user_id in self._ids

    async def add(self, user_id: int) -> None:
        """Stop recording a member's questions, in this process at once.

        When the database is away `StorageError` is raised and nothing has changed.
        """
        async with self._database.writing() as connection:
            row = {"user_id": user_id, "since": datetime.now(UTC)}
            await connection.execute(inserting(connection, opt_outs).on_conflict_do_nothing(), row)
        self._changes += 1
        if self._ids is not None:
            self._ids |= {user_id}

    async def remove(self, user_id: int) -> None:
        """Record a member's questions again, and forget the member's id."""
        async with self._database.writing() as connection:
            await connection.execute(sa.delete(opt_outs).where(opt_outs.c.user_id == user_id))
        self._changes += 1
        if self._ids is not None:
            self._ids -= {user_id}

    async def refresh(self) -> None:
        """Read the list now."""
        while True:
            changes = self._changes
            async with self._database.reading() as connection:
                ids = frozenset(await connection.scalars(sa.select(opt_outs.c.user_id)))
            if changes == self._changes:  # else what was read may be older than a change made meanwhile
                self._ids = ids
                return

    async def start(self) -> None:
        """Read the list, if the database is there, and keep it fresh."""
        await self._try_to_refresh()
        self._refreshing = asyncio.create_task(self._keep_fresh(), name="opt-outs")

    async def aclose(self) -> None:
        """Stop."""
        if self._refreshing is not None:
            self._refreshing.cancel()
            await asyncio.wait([self._refreshing])

    async def _keep_fresh(self) -> None:
        while True:
            await asyncio.sleep(self._interval)
            await self._try_to_refresh()

    async def _try_to_refresh(self) -> None:
        try:
            await self.refresh()
        except Unavailable as error:  # told once by whoever else needs the database, not every time here
            _log.debug("The list of opt-outs could not be read: %s", error)
        except StorageError as error:
            _log.warning("The list of opt-outs could not be read: %s", error)
        except Exception:  # noqa: BLE001 - logged; the next round may do better
            _log.exception("The list of opt-outs could not be read.")
