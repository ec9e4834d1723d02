"""The shipped announcement with the shipped records, as members meet them on Discord."""

from collections.abc import AsyncIterator

import pytest

from knowledge.base import KnowledgeBase
from tests.bot.conftest import Running, Town
from tests.bot.rendered import read_line


@pytest.fixture(scope="module")
def shipped() -> KnowledgeBase:
    return KnowledgeBase.load()


@pytest.fixture
async def town(running: Running, shipped: KnowledgeBase) -> AsyncIterator[Town]:
    async with running(of=shipped) as town:
        yield town


async def test_every_fact_answers_by_its_title_with_its_sentence_word_for_word(
    town: Town, shipped: KnowledgeBase
) -> None:
    for fact in shipped.facts:
        answer = await (await town.ann.slash("ask", question=fact.title)).wait_response()
        title, quote, *_ = [read_line(line) for line in answer.content.splitlines()]
        quotation = shipped.quotation(fact.id)
        assert quotation is not None
        assert title.text == fact.title
        assert quote.text == quotation.sentence.text
        assert " ".join(fact.quote.split()) in quote.bold[0]


async def test_members_can_ask_in_all_ways(town: Town) -> None:
    award = "£50 million"
    question = "How much money did Innovate UK announce?"
    said = await town.bob.say(town.channel, question)
    await town.ann.say(town.channel, f"{town.discord.world.bot.mention} {question}")
    await town.ann.say(town.ann.dm, question)
    for answer in (
        await (await town.ann.slash("ask", question=question)).wait_response(),
        await (await town.ann.context_menu("Answer this", said)).wait_response(),
        await town.channel.wait_message(after=said),
        await town.ann.dm.wait_message(),
    ):
        assert award in answer.content


async def test_suggestions_are_right_from_the_first_keystroke(town: Town, shipped: KnowledgeBase) -> None:
    """Every title is found by its beginning, and no record has two rows."""
    titles = [fact.title for fact in shipped.facts]
    assert len(set(titles)) == len(titles)
    for typed in sorted({title[:size] for title in titles for size in (1, 2, 4)}):
        found = [one.name for one in await town.ann.autocomplete("ask", question=typed)]
        assert len(set(found)) == len(found) <= 25
        assert set(found) <= set(titles)
        begun = [title for title in titles if title.startswith(typed)]
        assert set(begun) <= set(found) or len(begun) > 25
        last = typed.split()[-1].casefold()
        assert any(word.casefold().startswith(last) for word in found[0].split()), typed


async def test_examples_of_the_help_are_answered(town: Town) -> None:
    message = await (await town.ann.slash("help")).wait_response()
    assert len(message.labels) == 3
    for label in message.labels:
        again = await (await town.ann.slash("help")).wait_response()
        answer = await (await town.ann.click(again, label)).wait_response()
        assert answer.content.startswith(f"{label}\n> ")


async def test_looking_around_works(town: Town, shipped: KnowledgeBase) -> None:
    for command in ("browse", "source", "help", "privacy"):
        assert (await (await town.ann.slash(command)).wait_response()).content
    assert [one.name for one in await town.ann.autocomplete("ask", question="")] == [
        fact.title for fact in shipped.starters
    ]
    typed = [await town.ann.autocomplete("ask", question="how much"[:size]) for size in (1, 3, 8)]
    assert all(1 <= len(found) <= 25 for found in typed)
