"""Members press what stands below an answer."""

from typing import Any

import pytest

from bot import texts
from bot.controls import Button, view_of
from bot.library import Library
from knowledge.base import KnowledgeBase
from tests.bot.conftest import Running, Town, build
from tests.bot.harbour import ANNOUNCEMENT, FILES, Harbour, fitted
from tests.discord_server import Message, NotOffered

MANAGE_MESSAGES = 1 << 13
NORTH, SOUTH = "When does the north gate close?", "When does the south gate close?"
SOUTH_ANSWER = "> The **south gate closes at nine**."


async def cost(town: Town) -> Message:
    return await (await town.ann.slash("ask", question="how much will it cost")).wait_response()


async def unsure(town: Town, **options: Any) -> Message:
    asked = await town.ann.slash("ask", question=Harbour.UNSURE, **options)
    return await asked.wait_response()


def without(*ids: str) -> KnowledgeBase:
    """Build the same records without some."""
    files = {name: text.replace('"cost", ', "") for name, text in FILES.items()}
    for id_ in ids:
        for name, text in files.items():
            records = text.split("\n[[")
            files[name] = "\n[[".join(one for one in records if f"id = {id_!r}" not in one)
    return fitted(files, ANNOUNCEMENT)


async def test_unsure_offers_the_candidates_to_the_asker_alone(town: Town) -> None:
    offer = await unsure(town)
    assert offer.content == texts.WHICH_ONE
    assert offer.labels == [NORTH, SOUTH, "None of these"]
    assert offer.ephemeral


async def test_choosing_a_candidate_tells_everybody(town: Town) -> None:
    offer = await unsure(town)
    pressed = await town.ann.click(offer, SOUTH)
    answer = await pressed.wait_followup()
    assert SOUTH_ANSWER in answer.content
    assert answer.visible_to(town.bob)
    assert answer.labels == ["More like this", "Remove"]
    assert offer.content == texts.ANSWERED_BELOW
    assert not offer.clickables


async def test_choosing_a_candidate_of_a_private_question_stays_private(town: Town) -> None:
    offer = await unsure(town, private=True)
    answer = await (await town.ann.click(offer, SOUTH)).wait_response()
    assert SOUTH_ANSWER in answer.content
    assert offer.ephemeral
    assert len(town.channel.bot_messages) == 1


async def test_none_of_these_says_what_else_to_do(town: Town) -> None:
    offer = await unsure(town)
    edited = await (await town.ann.click(offer, "None of these")).wait_response()
    assert edited.content == texts.none_of_these("the people who run this community")
    assert not edited.clickables


async def test_after_a_mention_only_the_asker_chooses(town: Town) -> None:
    await town.ann.say(town.channel, f"{town.discord.world.bot.mention} {Harbour.UNSURE}")
    offer = await town.channel.wait_message()
    for label in (NORTH, "None of these"):
        refused = await (await town.bob.click(offer, label)).wait_response()
        assert refused.content == texts.NOT_YOURS
        assert refused.ephemeral
    answer = await (await town.ann.click(offer, SOUTH)).wait_response()
    assert SOUTH_ANSWER in answer.content
    assert offer.visible_to(town.bob)
    assert offer.labels == ["More like this", "Remove"]


async def test_more_like_this_shows_what_stands_around_and_related_questions(town: Town) -> None:
    answer = await cost(town)
    more = await (await town.bob.click(answer, "More like this")).wait_response()
    assert not more.visible_to(town.ann), "whoever presses sees it"
    assert more.content.startswith("Before it:\n> The town council has agreed")
    assert "\nAfter it:\n> It will hold 80,000 books" in more.content
    assert "Where will the library be?" in more.labels
    chosen = await (await town.bob.click(more, "Where will the library be?")).wait_response()
    assert "**in the old harbour, where the fish market stood**" in chosen.content


async def test_asker_removes_the_answer(town: Town) -> None:
    answer = await cost(town)
    await (await town.ann.click(answer, "Remove")).wait_deleted()
    assert answer.deleted


async def test_stranger_cannot_remove_the_answer(town: Town) -> None:
    answer = await cost(town)
    refused = await (await town.bob.click(answer, "Remove")).wait_response()
    assert refused.content == texts.NOT_YOURS_TO_REMOVE
    assert refused.ephemeral
    assert not answer.deleted


async def test_moderator_removes_the_answer(town: Town) -> None:
    answer = await cost(town)
    moderator = town.discord.add_user("mod")
    town.guild.add_member(moderator, permissions=MANAGE_MESSAGES)
    await (await moderator.click(answer, "Remove")).wait_deleted()
    assert answer.deleted


async def test_reply_to_a_mention_can_be_removed(town: Town) -> None:
    await town.ann.say(town.channel, f"{town.discord.world.bot.mention} how much will it cost")
    answer = await town.channel.wait_message()
    await (await town.ann.click(answer, "Remove")).wait_deleted()


async def test_removing_twice_is_told_kindly(town: Town) -> None:
    answer = await cost(town)
    await town.ann.delete(answer)
    with pytest.raises(NotOffered):
        await town.ann.click(answer, "Remove")
    refused = await (await town.ann.click(answer, "Remove", force=True)).wait_response()
    assert refused.content == texts.ALREADY_REMOVED
    town.discord.log.clear()  # Discord refused to remove what is not there


async def test_buttons_work_after_a_restart(running: Running, base: KnowledgeBase) -> None:
    async with running() as town:
        answer = await cost(town)
        offer = await unsure(town)
    async with town.discord.running(build(Library(base))):
        more = await (await town.bob.click(answer, "More like this")).wait_response()
        assert more.content.startswith("Before it:")
        chosen = await (await town.ann.click(offer, NORTH)).wait_followup()
        assert "north gate closes at eight" in chosen.content
        await (await town.ann.click(answer, "Remove")).wait_deleted()


async def test_button_of_a_record_that_is_gone_says_so(running: Running) -> None:
    async with running() as town:
        answer = await cost(town)
        offer = await unsure(town)
        private = await unsure(town, private=True)
        menu = await (await town.ann.slash("browse")).wait_response()
    library = Library(without("cost", "south"))
    async with town.discord.running(build(library)):
        more = await (await town.ann.click(answer, "More like this")).wait_response()
        assert more.content == texts.GONE
        assert more.ephemeral
        assert (await (await town.ann.click(offer, SOUTH)).wait_response()).content == texts.GONE
        assert (await (await town.ann.click(private, SOUTH)).wait_response()).content == texts.GONE
        await (await town.ann.select(menu, ["The building"])).wait_response()
        assert "How much does the library cost?" not in str(menu.components)


async def test_button_of_another_time_says_that_it_is_too_old(running: Running) -> None:
    async with running(defer_after=0.01) as town:
        channel = town.bot.get_partial_messageable(town.channel.id)
        await channel.send("Press", view=view_of([(Button("Ours", "unknown"),)]))
        message = await town.channel.wait_message()
        for custom_id in ("v1/unknown", "another-bot's-idea"):
            pressed = await town.ann.click(message, custom_id=custom_id, force=True)
            answer = await pressed.wait_response()
            assert answer.content == texts.OUTDATED_CONTROL
            assert answer.ephemeral
