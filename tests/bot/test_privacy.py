"""Members read what is kept, and decide about it."""

import pytest

from bot import privacy_texts, texts
from bot.journal import OptOuts
from tests.bot.conftest import Running
from tests.bot.journal.outages import away
from tests.bot.journalled import everything, journalled, rows

COST = "how much will it cost"


async def test_notice_depends_on_the_settings(running: Running, sqlite_url: str) -> None:
    async with journalled(running, sqlite_url, retention_days=7) as (town, _):
        told = await (await town.ann.slash("privacy")).wait_response()
        assert told.ephemeral
        assert "deleted after 7 days" in told.content
        assert "Never your name or id" in told.content
        assert told.labels == ["Stop recording my questions", "Delete"]
    async with journalled(running, sqlite_url, journal=False) as (town, _):
        told = await (await town.ann.slash("privacy", where=town.channel)).wait_response()
        assert told.content.startswith("I keep nothing of what you ask")
        assert not told.labels


async def test_wish_not_to_be_recorded_is_honoured_at_once_until_it_is_taken_back(
    running: Running, database_url: str
) -> None:
    async with journalled(running, database_url) as (town, storage):
        before = await (await town.ann.slash("ask", question=COST)).wait_response()
        told = await (await town.ann.slash("privacy")).wait_response()
        await (await town.ann.click(told, "Stop recording my questions")).wait_response()
        assert told.content.startswith(privacy_texts.STOPPED)
        assert privacy_texts.OPTED_OUT in told.content
        answer = await (await town.ann.slash("ask", question=COST)).wait_response()
        assert answer.labels == ["More like this", "Remove"]
        await town.ann.say(town.ann.dm, COST)
        await town.ann.dm.wait_message()
        said = await town.ann.say(town.channel, COST)
        await (await town.bob.context_menu("Answer this", said)).wait_response()
        voted = await (await town.ann.click(before, "That's it")).wait_response()
        assert voted.content == texts.VOTE_NOT_KEPT
        (only,) = await rows(storage)
        assert only["helpful"] is None
        assert str(town.ann.id) in await everything(storage.database), "the one thing they asked for"

        assert told.labels == ["Record my questions again", "Delete"]
        await (await town.ann.click(told, "Record my questions again")).wait_response()
        assert told.content.startswith(privacy_texts.RECORDING)
        assert str(town.ann.id) not in await everything(storage.database)
        await (await town.ann.slash("ask", question=COST)).wait_response()
        assert len(await rows(storage)) == 2


async def test_delete_tells_the_truth_and_forgets_the_conversation(running: Running, sqlite_url: str) -> None:
    async with journalled(running, sqlite_url) as (town, storage):
        await town.ann.say(town.ann.dm, COST)
        first = await town.ann.dm.wait_message()
        told = await (await town.ann.slash("privacy", where=town.ann.dm)).wait_response()
        await (await town.ann.click(told, "Delete")).wait_response()
        assert told.content == privacy_texts.deletion(30, opted_out=False)
        assert told.labels == ["Stop recording my questions", "Delete"]
        assert len(await rows(storage)) == 1, "nothing ties it to anybody"
        await town.ann.say(town.ann.dm, "and when will it open")
        assert texts.TAKEN_TOGETHER not in (await town.ann.dm.wait_message(after=first)).content


async def test_wish_from_before_can_be_deleted_when_the_journal_is_off(
    running: Running, sqlite_url: str
) -> None:
    async with journalled(running, sqlite_url, journal=False) as (town, storage):
        await OptOuts(storage.database).add(town.ann.id)
        await storage.opt_outs.refresh()
        told = await (await town.ann.slash("privacy")).wait_response()
        assert privacy_texts.OPTED_OUT in told.content
        await (await town.ann.click(told, "Delete")).wait_response()
        await (await town.ann.click(told, "Record my questions again")).wait_response()
        assert told.content.startswith("I keep nothing of what you ask")
        assert str(town.ann.id) not in await everything(storage.database)


async def test_wish_that_cannot_be_noted_is_told(
    running: Running, database_url: str, request: pytest.FixtureRequest
) -> None:
    async with journalled(running, database_url) as (town, storage):
        told = await (await town.ann.slash("privacy")).wait_response()
        async with away(database_url, request):
            pressed = await town.ann.click(told, "Stop recording my questions")
            assert (await pressed.wait_response(patience=8)).content == texts.STORE_AWAY
        assert storage.opt_outs.may_record(town.ann.id)
