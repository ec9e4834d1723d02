"""Writes entries of the journal, and takes them out again."""

import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import exc
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.journal.database import Database
from bot.journal.entries import LONGEST_TEXT, Ending, Entry, Question, Vote, storable
from bot.journal.errors import StorageError
from bot.journal.inserting import inserting
from bot.journal.tables import UtcTime, questions, votes

_log = logging.getLogger(__name__)

# What says nothing about the entries: they stay in the queue.
_NOT_OF_THE_ENTRY = (StorageError, exc.OperationalError, exc.ProgrammingError, exc.InterfaceError)


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a batch: entries kept, and entries the database refuses for what they contain."""

    kept: int
    refused: int = 0


class EntryWriter:
    """Writes batches of entries; writing one twice does no harm.

    That matters when a connection breaks after the database kept a batch but before it could say so.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def write(self, batch: Sequence[Entry]) -> Written:
        """Write a batch in one transaction, or one by one when the database refuses something in it."""
        try:
            await self._write(batch)
        except _NOT_OF_THE_ENTRY:
            raise
        except Exception:  # noqa: BLE001 - one bad entry must hold up neither the others nor the bot
            return await self._write_singly(batch)
        return Written(len(batch))

    async def _write_singly(self, batch: Sequence[Entry]) -> Written:
        refused = 0
        for entry in batch:
            try:
                await self._write([entry])
            except _NOT_OF_THE_ENTRY:
                raise
            except Exception as error:  # noqa: BLE001 - as above
                _log.warning("The journal refuses an entry (%s).", type(error).__name__)
                refused += 1
        return Written(len(batch) - refused, refused)

    async def _write(self, batch: Sequence[Entry]) -> None:
        asked = [_row(entry) for entry in batch if isinstance(entry, Question)]
        ended = {entry.handle: entry for entry in batch if isinstance(entry, Ending)}
        voted = {entry.handle: entry for entry in batch if isinstance(entry, Vote)}
        async with self._database.writing() as connection:
            if asked:
                await connection.execute(inserting(connection, questions).on_conflict_do_nothing(), asked)
            if ended:
                await connection.execute(_UPDATE_ENDING, [_ending(one) for one in ended.values()])
            if voted:
                rows = [
                    {"of": vote.handle, "good": vote.helpful, "at": vote.voted_at} for vote in voted.values()
                ]
                await connection.execute(_upsert_vote(connection), rows)

    async def forget(self, handle: str) -> bool:
        """Delete a question and its vote; whether there was one."""
        async with self._database.writing() as connection:
            gone = await connection.execute(sa.delete(questions).where(questions.c.handle == handle))
        if gone.rowcount == 0:
            return False
        with suppress(StorageError):  # the row is gone; the next sweep scrubs again
            await self._database.scrub()
        return True


def _upsert_vote(connection: AsyncConnection) -> sqlite.Insert | postgresql.Insert:
    chosen = sa.select(
        questions.c.id,
        sa.bindparam("good", type_=sa.Boolean),
        sa.bindparam("at", type_=UtcTime),
    ).where(questions.c.handle == sa.bindparam("of", type_=sa.String))
    insert = inserting(connection, votes).from_select(["question_id", "helpful", "voted_at"], chosen)
    return insert.on_conflict_do_update(
        index_elements=["question_id"],
        set_={"helpful": insert.excluded.helpful, "voted_at": insert.excluded.voted_at},
    )


_UPDATE_ENDING = (
    sa.update(questions)
    .where(questions.c.handle == sa.bindparam("of", type_=sa.String))
    .values(
        outcome=sa.bindparam("how", type_=sa.String),
        record=sa.func.coalesce(sa.bindparam("which", type_=sa.String), questions.c.record),
    )
)


def _ending(one: Ending) -> dict[str, Any]:
    return {"of": one.handle, "how": str(one.outcome), "which": _name(one.record)}


def _name(text: str | None) -> str | None:
    return None if text is None else storable(text, 64)


def _row(question: Question) -> dict[str, Any]:
    return {
        "handle": question.handle,
        "asked_at": question.asked_at,
        "text": storable(question.text, LONGEST_TEXT),
        "outcome": str(question.outcome),
        "record": _name(question.record),
        "score": question.score,
        "runner_up": _name(question.runner_up),
        "records_version": storable(question.records_version, 64),
        "locale": storable(question.locale, 16),
        "place": str(question.place),
        "latency_ms": question.latency_ms,
    }
