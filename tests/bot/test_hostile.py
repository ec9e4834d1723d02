"""Whatever the announcement, the records or a member say, limits are kept and nothing takes effect."""

from collections.abc import AsyncIterator

import pytest

from bot import texts
from tests.bot.conftest import Running, Town
from tests.bot.crowded import FULL_OF_MARKS, LONGEST, MARKED, crowded
from tests.bot.harbour import fitted, topic
from tests.bot.rendered import read_line
from tests.discord_server import Message

TYPED = [
    "@everyone <@1> <@&2> **how** much [x](https://x.y) will it oppening",
    "how much will it cost https://example.org/**_~~`@here`",
    "> # how much ||will|| it cost\n>>> @everyone\n```\nx",
    "how\u202emuch\u0000will\ufeffit\u2028cost",
    "x" * 300,
    "\\" * 299,
    "😀" * 150,
]


@pytest.fixture
async def crowd(running: Running) -> AsyncIterator[Town]:
    async with running(of=crowded()) as town:
        yield town


async def asked(town: Town, question: str) -> Message:
    return await (await town.ann.slash("ask", question=question)).wait_response()


async def test_marks_in_a_sentence_show_as_they_are(crowd: Town) -> None:
    answer = await asked(crowd, "What is the *marked* <@1> sentence?")
    title, quote, *_ = [read_line(line) for line in answer.content.splitlines()]
    assert title.text == "What is the *marked* <@1> sentence?"
    assert not title.effects
    assert quote.text == MARKED
    assert quote.effects == (">", "bold")
    assert quote.bold == ("is how it ends",)


async def test_sentence_full_of_marks_is_whole(crowd: Town) -> None:
    answer = await asked(crowd, "Which sentence is full of marks?")
    assert f"```\n{FULL_OF_MARKS}\n```" in answer.content


async def test_neighbours_of_any_length_fit(crowd: Town) -> None:
    answer = await asked(crowd, "What comes after the longest?")
    more = await (await crowd.ann.click(answer, "More like this")).wait_response()
    quote = more.content.splitlines()[1]
    assert quote.startswith("> word word")
    assert quote.endswith("…")
    assert LONGEST.startswith(quote[2:-1])
    around = await (await crowd.ann.slash("source", around="What comes after the longest?")).wait_response()
    assert "there is little more" in around.content


async def test_every_fact_can_be_answered_browsed_and_read_around(crowd: Town) -> None:
    for fact in crowded().facts:
        answer = await asked(crowd, fact.title)
        assert literal_words(fact.title) in answer.content
        for message in (
            await (await crowd.ann.click(answer, "More like this")).wait_response(),
            await (await crowd.ann.slash("source", around=fact.title)).wait_response(),
        ):
            assert message.content
    for command in ("browse", "source", "help", "privacy"):
        assert (await (await crowd.ann.slash(command)).wait_response()).content


def literal_words(title: str) -> str:
    return title.partition("*")[0].strip()


@pytest.mark.parametrize("typed", TYPED)
async def test_nothing_a_member_types_takes_effect(town: Town, typed: str) -> None:
    said = await town.ann.say(town.channel, f"{town.discord.world.bot.mention} {typed}")
    answers = [await asked(town, typed), await town.channel.wait_message(after=said)]
    await town.ann.say(town.ann.dm, typed)
    answers.append(await town.ann.dm.wait_message())
    for answer in answers:
        assert not answer.pinged
        effects = {effect for line in answer.content.splitlines() for effect in read_line(line).effects}
        assert effects <= {">", "bold", "-#"}
        assert answer.flags & 1 << 2, "links would not be shown as embeds either"


async def test_nobody_is_pinged_by_any_kind_of_message(town: Town) -> None:
    await asked(town, "how much will it cost")
    await asked(town, "x" * 301)
    await town.ann.say(town.channel, f"{town.discord.world.bot.mention} how much will it cost")
    await town.channel.wait_message()
    for request in town.discord.log.of("POST"):
        body = request.body.get("data", request.body)
        if "content" in body:
            assert body["allowed_mentions"] == {"parse": []}


async def test_announcement_without_themes_or_starters(running: Running) -> None:
    bare = fitted(
        {"announcement.toml": 'source = "x.md"', "one.toml": topic("why", "why", "", "why is it")}, "One."
    )
    async with running(of=bare) as town:
        assert await town.ann.autocomplete("ask", question="") == []
        assert (await asked(town, "why is it")).content
        browse = await (await town.ann.slash("browse")).wait_response()
        assert browse.content == texts.NOTHING_TO_BROWSE
        help_ = await (await town.ann.slash("help")).wait_response()
        assert not help_.labels
        source = await (await town.ann.slash("source")).wait_response()
        assert "> One." in source.content
