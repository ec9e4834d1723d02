"""The real bot, answering from a made-up announcement, on a Discord on loopback."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.client import GRACE, Verbatim
from bot.journal import Storage
from bot.library import Library
from bot.replying import DEFER_AFTER
from bot.running import build_bot
from bot.settings import Settings
from knowledge.base import KnowledgeBase
from tests.bot.harbour import harbour
from tests.bot.journal.conftest import database_url, postgres_server, postgresql_url, sqlite_url
from tests.discord_server import Channel, DiscordServer, Guild, Person
from tests.discord_server import Settings as ServerSettings

__all__ = ["database_url", "postgres_server", "postgresql_url", "sqlite_url"]


@dataclass(frozen=True)
class Town:
    """A server with two members, and the bot that runs in it."""

    discord: DiscordServer
    guild: Guild
    channel: Channel
    ann: Person
    bob: Person
    library: Library
    bot: Verbatim


def settings(**given: Any) -> Settings:
    """Make settings from nothing but what is given."""
    values: dict[str, Any] = {"_env_file": None, "cooldown_questions": 0, **given}
    return Settings(**values)


def build(
    library: Library,
    *,
    storage: Storage | None = None,
    defer_after: float = DEFER_AFTER,
    grace: float = GRACE,
    **given: Any,
) -> Verbatim:
    """Build the bot as `run_bot` does; it keeps nothing without a storage."""
    values = {"shard_count": 1} | given
    options = {"guild_ready_timeout": 0.05, "defer_after": defer_after, "grace": grace}
    return build_bot(settings(**values), library, storage, **options)


@pytest.fixture(autouse=True)
def own_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Let no test keep anything in the checkout."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/data/verbatim.sqlite3")


@pytest.fixture(scope="session")
def base() -> KnowledgeBase:
    return harbour()


@pytest.fixture
async def discord_server() -> AsyncIterator[DiscordServer]:
    server = DiscordServer(ServerSettings(identify_interval=0.0))
    async with server:
        yield server
        assert not server.refused, server.log.explain()


Running = Callable[..., Any]


@pytest.fixture
def running(discord_server: DiscordServer, base: KnowledgeBase) -> Running:
    """Give a way to run the bot in a town; settings go by name, a knowledge base as `of`."""

    @asynccontextmanager
    async def run(of: KnowledgeBase | None = None, **given: Any) -> AsyncIterator[Town]:
        library = Library(of or base)
        guild = discord_server.add_guild("Town")
        channel = guild.add_channel("square")
        ann, bob = discord_server.add_user("ann"), discord_server.add_user("bob")
        guild.add_member(ann)
        guild.add_member(bob)
        bot = build(library, **given)
        async with discord_server.running(bot):
            yield Town(discord_server, guild, channel, ann, bob, library, bot)

    return run


@pytest.fixture
async def town(running: Running) -> AsyncIterator[Town]:
    async with running() as town:
        yield town
