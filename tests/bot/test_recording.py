"""Every question leaves one row in the journal, and nothing in it tells who asked."""

import logging
import re
import time
from pathlib import Path

import pytest

from bot import texts
from bot.scribe import without_ids
from knowledge.base import KnowledgeBase
from tests.bot.conftest import Running
from tests.bot.harbour import Harbour
from tests.bot.home import at_home
from tests.bot.journal.outages import away
from tests.bot.journal.waiting import eventually
from tests.bot.journalled import everything, journalled, opened, row, rows
from tests.bot.orchard import plant
from tests.discord_server import DiscordServer

COST = "how much will it cost"


async def test_all_ways_of_asking_leave_a_row_each_that_tells_nobody(
    running: Running, database_url: str, base: KnowledgeBase, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    async with journalled(running, database_url) as (town, storage):
        town.ann.install_app()
        me = town.discord.world.bot.mention
        for where in (town.channel, town.ann.dm, town.ann.private_channel(town.bob)):
            await (await town.ann.slash("ask", question=COST, where=where)).wait_response()
        said = await town.bob.say(town.channel, "is there a car park")
        await (await town.ann.context_menu("Answer this", said)).wait_response()
        await town.ann.say(town.channel, f"{me} hello {town.bob.mention}")
        await town.channel.wait_message()
        await town.bob.say(town.bob.dm, "zebra")
        await town.bob.dm.wait_message()
        found = await rows(storage)
        seen = [(one["place"], one["outcome"], one["record"], one["text"], one["locale"]) for one in found]
        kept = await everything(storage.database)
        logged = caplog.text
        ids = [town.ann.id, town.bob.id, town.guild.id, town.channel.id, town.ann.dm.id, said.id]
    assert seen[:5] == [
        ("server", "answer", "cost", COST, "en-US"),
        ("dm", "answer", "cost", COST, "en-US"),
        ("group", "answer", "cost", COST, "en-US"),
        ("menu", "not_stated", "parking", "is there a car park", "en-US"),
        ("mention", "small_talk", "hello", "hello @member", ""),
    ]
    assert (found[5]["place"], found[5]["text"]) == ("dm", "zebra")
    assert {one["records_version"] for one in found} == {base.version}
    assert all(0 <= one["latency_ms"] < 5000 for one in found)
    assert found[0]["score"] > 0.5
    assert found[0]["runner_up"] in base.curation.records
    assert not [id_ for id_ in ids if str(id_) in kept]
    assert not re.search(r"\b(ann|bob|Town|square)\b", kept)
    for words in (COST, "zebra", "car park"):
        assert words not in logged


async def test_what_is_not_answered_leaves_a_row_and_can_be_forgotten(
    running: Running, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with journalled(running, database_url, cooldown_questions=2, question_max_length=50) as (
        town,
        storage,
    ):
        for question in ("why " * 20, COST, COST, COST):
            answer = await (await town.ann.slash("ask", question=question, private=True)).wait_response()
            assert "Forget this question" in answer.labels
        monkeypatch.setattr(KnowledgeBase, "ask", lambda *_: 1 / 0)
        await town.bob.say(town.bob.dm, COST)
        failed = await town.bob.dm.wait_message()
        found = await rows(storage)
        assert [one["outcome"] for one in found] == ["too_long", "answer", "answer", "cooldown", "failed"]
        forgotten = await (await town.bob.click(failed, "Forget this question")).wait_response()
        assert forgotten.content == texts.FORGOTTEN
        assert len(await rows(storage)) == 4


async def test_choosing_ends_the_question_that_was_asked(running: Running, database_url: str) -> None:
    async with journalled(running, database_url) as (town, storage):
        for private in (True, False):
            offer = await (
                await town.ann.slash("ask", question=Harbour.UNSURE, private=private)
            ).wait_response()
            assert offer.labels[-2:] == ["None of these", "Forget this question"]
            assert (await rows(storage))[-1]["outcome"] == "clarify"
            await (await town.ann.click(offer, "When does the south gate close?")).wait_response()
            last = (await rows(storage))[-1]
            assert (last["outcome"], last["record"], last["text"]) == ("chosen", "south", Harbour.UNSURE)
            assert "Forget this question" in offer.labels
        offer = await (await town.ann.slash("ask", question=Harbour.UNSURE)).wait_response()
        await (await town.ann.click(offer, "None of these")).wait_response()
        assert [one["outcome"] for one in await rows(storage)] == ["chosen", "chosen", "none_of_these"]


async def test_title_from_the_list_is_a_choice(running: Running, sqlite_url: str) -> None:
    async with journalled(running, sqlite_url) as (town, storage):
        await (await town.ann.slash("ask", question="How much does the library cost?")).wait_response()
        only = await row(storage)
        assert (only["outcome"], only["record"]) == ("chosen", "cost")


async def test_journal_off_keeps_nothing_and_offers_nothing(running: Running, database_url: str) -> None:
    async with journalled(running, database_url, journal=False) as (town, storage):
        answer = await (await town.ann.slash("ask", question=COST)).wait_response()
        assert answer.labels == ["More like this", "Remove"]
        offer = await (await town.ann.slash("ask", question=Harbour.UNSURE)).wait_response()
        assert offer.labels[-1] == "None of these"
        await (await town.ann.click(offer, "None of these")).wait_response()
        assert await rows(storage) == []
        assert not storage.recorder.status().enabled


async def test_answers_go_on_while_the_database_is_away(
    running: Running, database_url: str, request: pytest.FixtureRequest
) -> None:
    async with journalled(running, database_url) as (town, storage):
        async with away(database_url, request):
            began = time.monotonic()
            for _ in range(3):
                answer = await (await town.ann.slash("ask", question=COST, private=True)).wait_response()
                assert "cost 12 million pounds" in answer.content
            assert time.monotonic() - began < 2
            await (await town.ann.click(answer, "That's it")).wait_response()
            await eventually(lambda: storage.recorder.status().failing, "the recorder to notice")
            assert storage.recorder.status().waiting == 4
            pressed = await town.ann.click(answer, "Forget this question")
            assert (await pressed.wait_response(patience=8)).content == texts.FORGET_LATER
        again = await (await town.ann.click(answer, "Forget this question")).wait_response()
        assert again.content == texts.NOT_KEPT, "it did not even get as far as the database"
        assert [one["helpful"] for one in await rows(storage)] == [None, None]
        assert storage.recorder.status().lost == 0


async def test_admins_read_how_the_journal_is_doing(
    discord_server: DiscordServer, tmp_path: Path, sqlite_url: str, request: pytest.FixtureRequest
) -> None:
    async with opened(sqlite_url) as storage, at_home(discord_server, plant(tmp_path), storage) as home:
        async with away(sqlite_url, request):
            await (
                await home.bob.slash("ask", question="what was opened", where=home.channel)
            ).wait_response()
            await eventually(lambda: storage.recorder.status().failing, "the recorder to notice")
            told = await home.told(home.ada, "status")
            assert "The journal can't write just now** (Locked): 0 kept since the start, 1 waiting" in (
                told.content
            )
        await eventually(lambda: storage.recorder.status().written == 1, "the journal to recover")
        assert "The journal: 1 kept" in (await home.told(home.ada, "status")).content


def test_mentions_are_kept_without_ids() -> None:
    text = "hi <@12> <@!13> <@&14> in <#15> <:wave:16> <a:dance:17> <b> 18"
    assert without_ids(text) == "hi @member @member @role in #channel :wave: :dance: <b> 18"
