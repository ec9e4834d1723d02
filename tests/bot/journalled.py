"""The bot in a town with a journal, and what then is in the database."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import sqlalchemy as sa
from pydantic import SecretStr

from bot.journal import Database, Pace, Patience, Storage, open_storage
from bot.journal.tables import metadata, questions, votes
from tests.bot.conftest import Running, Town
from tests.bot.journal.waiting import eventually

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.x.y"  # noqa: S105 - nobody's
QUICK = Pace(interval=0.02, longest_pause=0.1, farewell=1.0)
HASTY = Patience(connect=1.0, lock=0.1, statement=2.0)


@asynccontextmanager
async def opened(url: str, *, journal: bool = True) -> AsyncIterator[Storage]:
    """Open a storage that is quick to write and quick to give up."""
    async with open_storage(url, journal=journal, pace=QUICK, patience=HASTY) as storage:
        yield storage


@asynccontextmanager
async def journalled(running: Running, url: str, **given: Any) -> AsyncIterator[tuple[Town, Storage]]:
    """Run the bot in a town with a storage at a database URL; settings go by name."""
    async with (
        opened(url, journal=given.get("journal", True)) as storage,
        running(storage=storage, discord_token=SecretStr(TOKEN), **given) as town,
    ):
        yield town, storage


async def rows(storage: Storage) -> list[dict[str, Any]]:
    """Read the journal, oldest first, each question with its vote, once all is written."""
    await eventually(lambda: storage.recorder.status().waiting == 0, "the journal to be written")
    joined = sa.select(questions, votes.c.helpful).select_from(questions.outerjoin(votes))
    async with storage.database.reading() as connection:
        found = await connection.execute(joined.order_by(questions.c.id))
        return [dict(row) for row in found.mappings()]


async def row(storage: Storage) -> dict[str, Any]:
    """Read the only row."""
    (only,) = await rows(storage)
    return only


async def everything(database: Database) -> str:
    """Read all cells of all tables as one text."""
    cells = []
    async with database.reading() as connection:
        for table in metadata.sorted_tables:
            cells += [repr(tuple(one)) for one in await connection.execute(sa.select(table))]
    return "\n".join(cells)
