"""Members ask in a server: /ask, suggestions, the message menu and mentions."""

import pytest

from bot import texts
from bot.escaping import literal
from knowledge.base import KnowledgeBase
from tests.bot.conftest import Running, Town
from tests.bot.crowded import crowded
from tests.bot.harbour import Harbour
from tests.discord_server import Choice

COST = "> The building will **cost 12 million pounds** and will open in May 2031."


async def test_answer_is_the_whole_sentence_with_the_answering_words_marked(town: Town) -> None:
    answer = await (await town.ann.slash("ask", question="how much will it cost")).wait_response()
    assert answer.content.splitlines() == ["How much does the library cost?", COST, "-# Paragraph 4 of 9"]
    assert answer.visible_to(town.bob)
    assert answer.labels == ["More like this", "Remove"]


async def test_speaker_and_section_are_named(town: Town) -> None:
    answer = await (await town.ann.slash("ask", question="what did the mayor say")).wait_response()
    assert "\n— Ada Quay, Mayor\n-# “What it offers”, paragraph " in answer.content


async def test_private_answer_is_seen_by_the_asker_alone(town: Town) -> None:
    asked = await town.ann.slash("ask", question="how much will it cost", private=True)
    answer = await asked.wait_response()
    assert COST in answer.content
    assert not answer.visible_to(town.bob)
    assert answer.labels == ["More like this"], "what only one person sees needs no removing"


async def test_mended_words_are_told(town: Town) -> None:
    answer = await (await town.ann.slash("ask", question="what is the oppening date")).wait_response()
    assert "**open in May 2031**" in answer.content
    assert "-# I read “oppening” as “opening”." in answer.content


async def test_not_stated_says_exactly_what_and_shows_the_nearest_sentence(town: Town) -> None:
    answer = await (await town.ann.slash("ask", question="who is the architect")).wait_response()
    first, second, quote, *_ = answer.content.splitlines()
    assert first == "The announcement doesn't say who designed the building."
    assert second == texts.NEAREST
    assert quote == "> **The building will cost 12 million pounds** and will open in May 2031."
    assert answer.ephemeral, "misses are private"


async def test_not_stated_without_anything_near(town: Town) -> None:
    answer = await (await town.ann.slash("ask", question="is there a car park")).wait_response()
    assert answer.content.startswith("The announcement doesn't say whether there is parking.")
    assert texts.NEAREST not in answer.content


@pytest.mark.parametrize("question", ["zebra", "…", "🙂", "**", "qwzx vbnm"])
async def test_what_nothing_is_known_about_is_answered_privately(town: Town, question: str) -> None:
    answer = await (await town.ann.slash("ask", question=question)).wait_response()
    assert answer.ephemeral
    assert ">" not in answer.content, "nothing is quoted"


async def test_small_talk_is_answered_privately(town: Town) -> None:
    answer = await (await town.ann.slash("ask", question="thank you")).wait_response()
    assert answer.content == texts.SMALL_TALK["thanks"]
    assert answer.ephemeral


async def test_what_small_talk_was_read_as_is_not_told(town: Town) -> None:
    answer = await (await town.ann.slash("ask", question="thankk you")).wait_response()
    assert answer.content == texts.SMALL_TALK["thanks"]


async def test_suggestions_for_an_empty_field_are_the_starters(town: Town, base: KnowledgeBase) -> None:
    found = await town.ann.autocomplete("ask", question="")
    assert [one.name for one in found] == [fact.title for fact in base.starters]


@pytest.mark.parametrize(("typed", "first"), [("how mu", "cost"), ("Mayor", "mayor"), ("where", "place")])
async def test_suggestions_fit_what_is_typed(town: Town, base: KnowledgeBase, typed: str, first: str) -> None:
    found = await town.ann.autocomplete("ask", question=typed)
    quotation = base.quotation(first)
    assert quotation is not None
    assert found[0].name == quotation.fact.title
    assert len({one.name for one in found}) == len(found) <= 25


async def test_every_title_picked_from_the_list_gives_that_very_fact(town: Town, base: KnowledgeBase) -> None:
    for fact in base.facts:
        answer = await (await town.ann.slash("ask", question=fact.title)).wait_response()
        quotation = base.quotation(fact.id)
        assert quotation is not None
        assert quotation.sentence.text in answer.content.replace("*", "")
        assert quotation.fact.quote in answer.content


async def test_suggestions_go_on_working_when_they_fail_inside(
    town: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_: object, typed: str) -> list[str]:
        raise RuntimeError(f"no suggestion for {typed}")

    monkeypatch.setattr(KnowledgeBase, "suggest", broken)
    assert await town.ann.autocomplete("ask", question="my secret question") == []
    assert "RuntimeError" in caplog.text
    assert "my secret question" not in caplog.text
    assert str(town.ann.id) not in caplog.text


async def test_message_menu_answers_somebodys_message(town: Town) -> None:
    said = await town.bob.say(town.channel, "does anybody know how much it will cost?")
    answer = await (await town.ann.context_menu("Answer this", said)).wait_response()
    assert COST in answer.content
    assert answer.visible_to(town.bob)


async def test_message_menu_on_a_message_without_words(town: Town) -> None:
    said = await town.bob.say(town.channel, "", files=[town.bob.upload("a.png", b"x")])
    answer = await (await town.ann.context_menu("Answer this", said)).wait_response()
    assert answer.content == texts.NO_TEXT_IN_MESSAGE
    assert answer.ephemeral


async def test_mention_is_answered_as_a_reply(town: Town) -> None:
    me = town.discord.world.bot.mention
    said = await town.ann.say(town.channel, f"{me} how much will it cost?")
    answer = await town.channel.wait_message()
    assert COST in answer.content
    assert answer.reply_to is said
    assert town.ann not in answer.pinged.users


async def test_mention_without_words_says_how_to_ask(town: Town) -> None:
    await town.ann.say(town.channel, f"  {town.discord.world.bot.mention} ")
    answer = await town.channel.wait_message()
    assert answer.content == texts.mentioned(literal(f"@{town.discord.world.bot.name}"))


async def test_messages_that_do_not_mention_the_bot_are_left_alone(town: Town) -> None:
    await town.ann.say(town.channel, "how much will it cost?")
    await town.ann.say(town.channel, "@everyone how much will it cost?")
    await town.ann.say(town.channel, f"{town.discord.world.bot.mention} thanks")
    answer = await town.channel.wait_message()
    assert answer.content == texts.SMALL_TALK["thanks"]


async def test_reply_to_the_bot_is_a_follow_up_unless_it_asks_nothing(town: Town) -> None:
    me = town.discord.world.bot.mention
    await town.ann.say(town.channel, f"{me} how much will it cost?")
    first = await town.channel.wait_message()
    await town.ann.say(town.channel, "thanks", reply_to=first)
    await town.ann.say(town.channel, "how many books does it hold", reply_to=first)
    second = await town.channel.wait_message(after=first)
    assert "**80,000 books**" in second.content, "thanks got no answer"


async def test_user_installed_command_works_where_the_bot_is_not(town: Town) -> None:
    town.ann.install_app()
    elsewhere = town.ann.private_channel(town.bob)
    answer = await (
        await town.ann.slash("ask", question="how much will it cost", where=elsewhere)
    ).wait_response()
    assert COST in answer.content
    assert answer.visible_to(town.bob)
    miss = await (
        await town.ann.slash("ask", question="who is the architect", where=elsewhere)
    ).wait_response()
    assert not miss.visible_to(town.bob)


async def test_user_installed_command_works_in_a_server_without_the_bot(town: Town) -> None:
    town.ann.install_app()
    other = town.discord.add_guild("Elsewhere", installed=False)
    channel = other.add_channel("talk")
    other.add_member(town.ann)
    answer = await (
        await town.ann.slash("ask", question="how much will it cost", where=channel)
    ).wait_response()
    assert COST in answer.content


async def test_buttons_work_where_the_bot_is_not(town: Town) -> None:
    """In a private conversation and in a server that only a member brought the bot to."""
    town.ann.install_app()
    other = town.discord.add_guild("Elsewhere", installed=False)
    server = other.add_channel("talk")
    moderator = town.discord.add_user("mod")
    for person in (town.ann, town.bob):
        other.add_member(person)
    other.add_member(moderator, permissions=1 << 13)
    for where in (town.ann.private_channel(town.bob), server):
        offer = await (await town.ann.slash("ask", question=Harbour.UNSURE, where=where)).wait_response()
        assert not offer.visible_to(town.bob)
        pressed = await town.ann.click(offer, "When does the south gate close?")
        answer = await pressed.wait_followup()
        assert answer.visible_to(town.bob)
        more = await (await town.bob.click(answer, "More like this")).wait_response()
        assert not more.visible_to(town.ann)
        refused = await (await town.bob.click(answer, "Remove")).wait_response()
        assert refused.content == texts.NOT_YOURS_TO_REMOVE
        remover = moderator if where is server else town.ann
        await (await remover.click(answer, "Remove")).wait_deleted()


async def test_suggestions_are_never_more_than_discord_takes(running: Running) -> None:
    async with running(of=crowded()) as town:
        found = await town.ann.autocomplete("ask", question="question")
        assert len(found) == 25
        assert all(isinstance(one, Choice) for one in found)
