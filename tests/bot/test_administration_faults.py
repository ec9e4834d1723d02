"""What admins see while the database is away: calm sentences, and members still get answers."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import admin_texts
from bot.journal import Database, DiskFull, build_storage
from tests.bot.home import Home, at_home
from tests.bot.orchard import PLANTING, plant
from tests.discord_server import DiscordServer

AWAY = "does not answer"


@pytest.fixture
async def home(discord_server: DiscordServer, tmp_path: Path) -> AsyncIterator[Home]:
    database = Database("postgresql://nobody@127.0.0.1:9/nothing")  # the port of nothing
    async with at_home(discord_server, plant(tmp_path), build_storage(database)) as home:
        yield home
    await database.aclose()


async def test_status_says_that_the_database_is_away(home: Home) -> None:
    reply = await home.told(home.ada, "status")
    assert "The database doesn't answer" in reply.content
    assert "started without its database" in reply.content
    assert home.library.current.version in reply.content


@pytest.mark.parametrize("command", ["reload", "check", "history", "gaps", "export", "report"])
async def test_what_needs_the_database_says_so(home: Home, command: str) -> None:
    home.orchard.write("planting.toml", PLANTING)
    assert AWAY in (await home.told(home.ada, command)).content
    asked = await home.bob.slash("ask", question="how many trees are there", where=home.channel)
    assert "**40 apple trees" in (await asked.wait_response()).content


async def test_publish_that_fails_can_be_pressed_again(
    discord_server: DiscordServer, tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(sqlite_url)
    storage = build_storage(database)

    async def full(*_: object, **__: object) -> None:
        raise DiskFull("The disk is full; make room and try again.")

    async with at_home(discord_server, plant(tmp_path), storage) as home:
        home.orchard.write("planting.toml", PLANTING)
        preview = await home.told(home.ada, "reload")
        live = home.library.live
        with monkeypatch.context() as patched:
            patched.setattr(storage.versions, "publish", full)
            pressed = await home.ada.click(preview, admin_texts.PUBLISH)
            assert "The disk is full" in (await pressed.wait_followup()).content
            assert home.library.live is live
        again = await home.ada.click(preview, admin_texts.PUBLISH)
        assert "**Published.**" in (await again.wait_response()).content
    await database.aclose()


async def test_audit_that_cannot_be_kept_keeps_nobody_waiting(home: Home) -> None:
    reply = await home.told(home.ada, "why", question="how many trees are there")
    assert "how-many-trees" in reply.content
    assert home.audit is not None
    assert (await home.audit.wait_message()).content == "**Ada** used /facts why"
