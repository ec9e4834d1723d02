"""The home server with a database, for tests of what curators do; they run on both databases.

Use by importing the fixtures: `from tests.bot.curators import home, storage`.
"""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.journal import Database, OutcomeKind, Place, Question, Storage, Vote, build_storage
from bot.journal.writing import EntryWriter
from tests.bot.home import Home, at_home
from tests.bot.journal.waiting import eventually
from tests.bot.orchard import plant
from tests.discord_server import DiscordServer


@pytest.fixture
async def storage(database_url: str) -> AsyncIterator[Storage]:
    """Open a database with its tables; what runs by itself is not started."""
    database = Database(database_url)
    await database.upgrade()
    yield build_storage(database)
    await database.aclose()


@pytest.fixture
async def home(discord_server: DiscordServer, storage: Storage, tmp_path: Path) -> AsyncIterator[Home]:
    async with at_home(discord_server, plant(tmp_path), storage) as home:
        yield home


async def asked(storage: Storage, *texts: str, voted_down: bool = False, **other: Any) -> None:
    """Write questions into the journal, as if members had asked them without getting an answer."""
    values: dict[str, Any] = {
        "outcome": OutcomeKind.CLARIFY,
        "place": Place.SERVER,
        "record": "fence-cost",
        "score": 0.4,
    }
    questions = [Question(**(values | {"text": text} | other)) for text in texts]
    votes = [Vote(question.handle, helpful=False) for question in questions] if voted_down else []
    written = await EntryWriter(storage.database).write([*questions, *votes])
    assert not written.refused


async def was_noted(storage: Storage, who: str, action: str) -> None:
    """Wait until something is in the audit: it is noted without keeping the admin waiting."""

    async def look() -> bool:
        return (who, action) in await noted(storage)

    await eventually(look, f"{who}'s {action} in the audit")


async def noted(storage: Storage) -> list[tuple[str, str]]:
    """Return what is in the audit, oldest first: who did what."""
    return [(entry.by.name, entry.action) for entry in reversed(await storage.audit.newest(100))]
