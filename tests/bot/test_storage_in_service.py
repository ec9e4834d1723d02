"""The program with its database: open before the first question, closed after the last."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from pydantic import SecretStr

from bot import running as program
from bot.journal import Database
from bot.journal.tables import questions
from bot.settings import Settings
from tests.bot.conftest import settings
from tests.bot.journalled import TOKEN
from tests.bot.program import write_harbour
from tests.discord_server import DiscordServer, Message, Person

COST = "how much will it cost"


@asynccontextmanager
async def in_service(server: DiscordServer, given: Settings) -> AsyncIterator[Person]:
    """Run the whole program for somebody to ask, and stop it by a signal."""
    server.settings.patience = 60
    ann, guild = server.add_user("ann"), server.add_guild("Town")
    guild.add_member(ann)
    guild.add_channel("square")
    with server.point_client_here():
        run = asyncio.create_task(program._run(given, guild_ready_timeout=0.05))
        await server.gateway.wait_ready()
        yield ann
        os.kill(os.getpid(), signal.SIGTERM)
        assert await asyncio.wait_for(run, 15) == 0


async def answer(person: Person) -> Message:
    asked = await person.slash("ask", question=COST)
    found = await asked.wait_response()
    assert "cost 12 million pounds" in found.content
    return found


def configured(server: DiscordServer, tmp_path: Path, url: str) -> Settings:
    facts = write_harbour(tmp_path / "facts")
    return settings(discord_token=SecretStr(server.app.token), facts=facts, database_url=SecretStr(url))


async def test_last_question_before_the_stop_is_kept(
    discord_server: DiscordServer, tmp_path: Path, database_url: str
) -> None:
    async with in_service(discord_server, configured(discord_server, tmp_path, database_url)) as ann:
        assert "That's it" in (await answer(ann)).labels
    database = Database(database_url)
    async with database.reading() as connection:
        kept = list(await connection.scalars(sa.select(questions.c.text)))
    await database.aclose()
    assert kept == [COST]


async def test_bot_starts_and_answers_while_the_database_is_away(
    discord_server: DiscordServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = "postgresql://ann:swordfish@127.0.0.1:9/verbatim"
    async with in_service(discord_server, configured(discord_server, tmp_path, url)) as ann:
        assert "That's it" not in (await answer(ann)).labels, "nobody knows yet who wants to be recorded"
        told = await (await ann.slash("privacy")).wait_response()
        assert told.content
    log = capsys.readouterr().err
    assert log.count("starts without its database") == 1
    assert log.count("WARNING bot.journal") == 1
    assert "Traceback" not in log
    assert "swordfish" not in log


@pytest.mark.parametrize("url", ["mysql://ann:swordfish@host/x", "sqlite:////dev/null/no/verbatim.sqlite3"])
def test_database_that_cannot_work_stops_the_start_with_a_sentence(
    url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    given = settings(discord_token=SecretStr(TOKEN), database_url=SecretStr(url))
    assert program.run_bot(given) == program.CANNOT_START
    written = capsys.readouterr().err
    assert "Traceback" not in written
    assert "swordfish" not in written
    assert "database" in written
