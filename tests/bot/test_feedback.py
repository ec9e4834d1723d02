"""Askers tell whether an answer was right, and have questions forgotten."""

from typing import Any

from pydantic import SecretStr

from bot import texts
from bot.library import Library
from knowledge.base import KnowledgeBase
from tests.bot.conftest import Running, Town, build
from tests.bot.journalled import TOKEN, journalled, opened, row, rows
from tests.discord_server import Message

COST = "how much will it cost"
PUBLIC = ["That's it", "Not what I asked", "More like this", "Remove"]


async def asked(town: Town, **options: Any) -> Message:
    return await (await town.ann.slash("ask", question=COST, **options)).wait_response()


async def test_asker_votes_and_may_change_their_mind(running: Running, database_url: str) -> None:
    async with journalled(running, database_url) as (town, storage):
        answer = await asked(town)
        assert answer.labels == PUBLIC
        for _ in range(2):
            thanks = await (await town.ann.click(answer, "That's it")).wait_response()
            assert thanks.content == texts.THANKS_FOR_VOTE
            assert not thanks.visible_to(town.bob)
            assert (await row(storage))["helpful"] is True
        sorry = await (await town.ann.click(answer, "Not what I asked")).wait_response()
        assert sorry.content.startswith(texts.SORRY_FOR_ANSWER)
        assert sorry.ephemeral
        assert (await row(storage))["helpful"] is False
        assert answer.labels == PUBLIC
        assert "cost 12 million" in answer.content


async def test_next_candidates_are_offered_and_change_nothing_that_was_noted(
    running: Running, database_url: str
) -> None:
    async with journalled(running, database_url) as (town, storage):
        sorry = await (await town.ann.click(await asked(town), "Not what I asked")).wait_response()
        assert texts.OR_THIS in sorry.content
        assert len(sorry.labels) > 1
        assert sorry.labels[-1] == "Forget this question"
        other = await (await town.ann.click(sorry, sorry.labels[0])).wait_response()
        assert other is sorry
        assert "> " in other.content
        assert other.labels == ["More like this", "Forget this question"]
        only = await row(storage)
        assert (only["outcome"], only["record"], only["helpful"]) == ("answer", "cost", False)
        await (await town.ann.click(other, "Forget this question")).wait_response()
        assert await rows(storage) == []


async def test_nobody_else_votes(running: Running, sqlite_url: str) -> None:
    async with journalled(running, sqlite_url) as (town, storage):
        answer = await asked(town)
        for label in ("That's it", "Not what I asked"):
            refused = await (await town.bob.click(answer, label)).wait_response()
            assert refused.content == texts.NOT_YOURS_TO_JUDGE
            assert refused.ephemeral
        assert (await row(storage))["helpful"] is None


async def test_question_is_forgotten_with_its_vote(running: Running, database_url: str) -> None:
    async with journalled(running, database_url) as (town, storage):
        answer = await asked(town, private=True)
        assert answer.labels == ["That's it", "Not what I asked", "More like this", "Forget this question"]
        await (await town.ann.click(answer, "That's it")).wait_response()
        for said in (texts.FORGOTTEN, texts.NOT_KEPT):
            told = await (await town.ann.click(answer, "Forget this question")).wait_response()
            assert told.content == said
        await (await town.ann.click(answer, "That's it")).wait_response()
        assert await rows(storage) == []


async def test_public_question_is_forgotten_from_the_private_thanks(
    running: Running, sqlite_url: str
) -> None:
    async with journalled(running, sqlite_url) as (town, storage):
        thanks = await (await town.ann.click(await asked(town), "That's it")).wait_response()
        await (await town.ann.click(thanks, "Forget this question")).wait_response()
        assert await rows(storage) == []


async def test_every_private_reply_can_be_forgotten(running: Running, sqlite_url: str) -> None:
    async with journalled(running, sqlite_url) as (town, storage):
        me = town.discord.world.bot.mention
        replies = [
            await (await town.ann.slash("ask", question=question)).wait_response()
            for question in ("is there a car park", "who is the architect", "thanks", "zebra")
        ]
        await town.ann.say(town.ann.dm, COST)
        replies.append(await town.ann.dm.wait_message())
        for number, reply in enumerate(replies):
            assert reply.labels[-1] == "Forget this question"
            assert len(await rows(storage)) == len(replies) - number
            await (await town.ann.click(reply, "Forget this question")).wait_response()
        assert await rows(storage) == []
        said = await town.ann.say(town.channel, f"{me} is there a car park")
        assert not (await town.channel.wait_message(after=said)).labels, "everybody sees it"


async def test_buttons_work_after_a_restart(running: Running, database_url: str, base: KnowledgeBase) -> None:
    async with journalled(running, database_url) as (town, _):
        public, private = await asked(town), await asked(town, private=True)
    async with opened(database_url) as storage:
        bot = build(Library(base), storage=storage, discord_token=SecretStr(TOKEN))
        async with town.discord.running(bot):
            await (await town.ann.click(public, "Not what I asked")).wait_response()
            assert [one["helpful"] for one in await rows(storage)] == [False, None]
            refused = await (await town.bob.click(public, "That's it")).wait_response()
            assert refused.content == texts.NOT_YOURS_TO_JUDGE
            told = await (await town.ann.click(private, "Forget this question")).wait_response()
            assert told.content == texts.FORGOTTEN
            assert [one["helpful"] for one in await rows(storage)] == [False]
