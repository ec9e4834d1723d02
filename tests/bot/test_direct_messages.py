"""Members write to the bot itself."""

import pytest

from bot import texts
from bot.conversations import Asker, Conversations
from knowledge.base import KnowledgeBase
from knowledge.conversation import Conversation
from tests.bot.conftest import Running, Town
from tests.bot.harbour import Harbour
from tests.discord_server import ManualClock, Message

COST = "> The building will **cost 12 million pounds** and will open in May 2031."


async def told(town: Town, text: str, after: Message | None = None) -> Message:
    await town.ann.say(town.ann.dm, text)
    return await town.ann.dm.wait_message(after=after)


async def test_free_text_is_answered_with_a_plain_message(town: Town) -> None:
    answer = await told(town, "how much will it cost")
    assert COST in answer.content
    assert answer.reply_to is None
    assert not answer.ephemeral
    assert answer.labels == ["More like this", "Remove"]


async def test_buttons_work_in_a_conversation(town: Town) -> None:
    answer = await told(town, "how much will it cost")
    more = await (await town.ann.click(answer, "More like this")).wait_response()
    assert not more.ephemeral, "nobody else reads along"
    await (await town.ann.click(answer, "Remove")).wait_deleted()


async def test_choosing_turns_the_offer_into_the_answer(town: Town) -> None:
    offer = await told(town, Harbour.UNSURE)
    assert offer.labels[-1] == "None of these"
    chosen = await (await town.ann.click(offer, "When does the north gate close?")).wait_response()
    assert "**north gate closes at eight**" in chosen.content
    assert chosen is offer


async def test_misses_and_small_talk_are_plain_messages_too(town: Town) -> None:
    miss = await told(town, "is there a car park")
    assert miss.content.startswith("The announcement doesn't say whether there is parking.")
    thanks = await told(town, "thanks", after=miss)
    assert thanks.content == texts.SMALL_TALK["thanks"]


async def test_message_without_text_is_answered(town: Town) -> None:
    await town.ann.say(town.ann.dm, "", files=[town.ann.upload("photo.png", b"x")])
    answer = await town.ann.dm.wait_message()
    assert answer.content == texts.NO_TEXT


async def test_commands_work_in_a_conversation(town: Town) -> None:
    answer = await (
        await town.ann.slash("ask", question="how much will it cost", where=town.ann.dm)
    ).wait_response()
    assert COST in answer.content
    miss = await (
        await town.ann.slash("ask", question="is there a car park", where=town.ann.dm)
    ).wait_response()
    assert not miss.ephemeral
    for command in ("browse", "source", "help", "privacy"):
        shown = await (await town.ann.slash(command, where=town.ann.dm)).wait_response()
        assert shown.content
        assert not shown.ephemeral
    menu = await (await town.ann.context_menu("Answer this", miss)).wait_response()
    assert menu.content


async def test_bots_are_not_answered(town: Town) -> None:
    other = town.discord.add_user("other")
    other.bot = True
    town.guild.add_member(other)
    await other.say(other.dm, "how much will it cost")
    answer = await told(town, "how much will it cost")
    assert COST in answer.content
    assert not other.dm.bot_messages


async def test_someone_who_refuses_messages_harms_nobody(running: Running) -> None:
    async with running() as town:
        town.ann.refuse_dms()
        await town.ann.say(town.ann.dm, "how much will it cost")
        await town.bob.say(town.bob.dm, "how much will it cost")
        assert COST in (await town.bob.dm.wait_message()).content
        assert not town.ann.dm.bot_messages
        assert [one.status for one in town.discord.refused] == [403]
        town.discord.log.clear()


@pytest.fixture
def talk(base: KnowledgeBase) -> Conversation:
    return Conversation().after(base.ask("how much will it cost"), 0.0)


def test_conversation_is_kept_for_a_while(talk: Conversation) -> None:
    clock = ManualClock()
    kept = Conversations(seconds=60, clock=clock)
    ann, bob = Asker(1, 9), Asker(2, 9)
    kept.keep(ann, talk)
    assert kept.of(ann) == talk
    assert not kept.of(bob).turns, "everybody has a conversation of their own"
    clock.advance(61)
    kept.forget()
    assert len(kept) == 0
    assert not kept.of(ann).turns


def test_conversations_are_bounded(talk: Conversation) -> None:
    kept = Conversations(most=3)
    for number in range(10):
        kept.keep(Asker(number, 1), talk)
    assert len(kept) == 3
    assert kept.of(Asker(9, 1)).turns
