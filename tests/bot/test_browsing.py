"""Members look around: /browse, /source, /help and /privacy."""

import re
from typing import Any

from bot import texts
from knowledge.base import KnowledgeBase
from tests.bot.conftest import Running, Town
from tests.bot.crowded import THEMES, crowded
from tests.bot.harbour import ANNOUNCEMENT, FILES, fitted
from tests.discord_server import Channel, Message, Person


async def shown(person: Person, command: str, where: Channel | None = None, **values: Any) -> Message:
    message = await (await person.slash(command, where=where, **values)).wait_response()
    assert message.ephemeral
    return message


def options(message: Message) -> list[str]:
    return [option["label"] for part in message.clickables for option in part.options]


def shown_text(content: str) -> str:
    """Read a page as Discord shows it: without its first line, marks and backslashes, in one line."""
    lines = [line.removeprefix("> ") for line in content.splitlines()[1:]]
    return re.sub(r"\\(.)", r"\1", re.sub(r"(?<!\\)\*\*", "", " ".join(lines)))


async def test_themes_lead_to_facts_and_to_the_answer(town: Town) -> None:
    themes = await shown(town.ann, "browse")
    assert options(themes) == ["The building", "People"]
    facts = await (await town.ann.select(themes, ["The building"])).wait_response()
    assert "How much does the library cost?" in options(facts)
    answer = await (await town.ann.select(facts, ["How much does the library cost?"])).wait_response()
    assert "**cost 12 million pounds**" in answer.content
    assert answer.labels == ["More like this", "Back"]
    again = await (await town.ann.click(answer, "Back")).wait_response()
    assert "How much does the library cost?" in options(again)
    start = await (await town.ann.click(again, "All themes")).wait_response()
    assert options(start) == ["The building", "People"]


async def test_long_lists_have_pages(running: Running) -> None:
    async with running(of=crowded()) as town:
        themes = await shown(town.ann, "browse")
        seen = options(themes)
        assert len(seen) == 25
        assert themes.labels == ["Later"]
        await (await town.ann.click(themes, "Later")).wait_response()
        seen += options(themes)
        assert len(seen) == len(set(seen)) == THEMES + 1
        assert themes.labels == ["Earlier"]
        await (await town.ann.click(themes, "Earlier")).wait_response()
        facts = await (await town.ann.select(themes, [seen[0]])).wait_response()
        found = options(facts)
        await (await town.ann.click(facts, "Later")).wait_response()
        found += options(facts)
        assert found == [fact.title for fact in crowded().facts if "Thing" not in fact.title]


async def test_whole_announcement_can_be_read_page_by_page(running: Running) -> None:
    async with running(of=crowded()) as town:
        page = await shown(town.ann, "source")
        read = [shown_text(page.content)]
        while "Later" in page.labels:
            await (await town.ann.click(page, "Later")).wait_response()
            read.append(shown_text(page.content))
        whole = "".join("".join(read).split())
        for sentence in crowded().announcement.sentences:
            assert "".join(sentence.text.split()) in whole
        assert "Earlier" in page.labels


async def test_short_announcement_has_one_page(town: Town, base: KnowledgeBase) -> None:
    page = await shown(town.ann, "source")
    assert page.content.startswith(f"The announcement “{base.announcement.title}”:\n")
    assert "Ada Quay:\n> A town without a library" in page.content
    assert "**What it offers**" in page.content
    assert "> • The council will build" in page.content
    assert not page.clickables


async def test_source_around_a_sentence(town: Town) -> None:
    page = await shown(town.ann, "source", around="How much does the library cost?")
    lines = page.content.splitlines()
    assert lines[0] == "Where “How much does the library cost?” is answered:"
    assert "> The building will **cost 12 million pounds** and will open in May 2031." in lines
    assert sum(line.startswith("> ") for line in lines) == 5
    whole = await (await town.ann.click(page, "Read the whole")).wait_response()
    assert whole.content.startswith("The announcement “")


async def test_it_is_always_told_who_speaks_and_who_no_longer_does(running: Running) -> None:
    """What the announcement says after somebody's words is not theirs, on whatever page it is."""
    text = ANNOUNCEMENT.replace("## Next steps\n\n", "").replace(
        "A town without a library is a harbour without a light. ",
        "A town without a library is a harbour without a light. " + "I am so very glad about it today. " * 60,
    )
    async with running(of=fitted(FILES, text)) as town:
        page = await shown(town.ann, "source")
        while "Later" in page.labels:
            assert page.content.splitlines()[-1].startswith("> "), "no name without words"
            await (await town.ann.click(page, "Later")).wait_response()
            lines = page.content.splitlines()
            assert lines[1] == "Ada Quay:"
        assert lines[lines.index("> I cannot wait to borrow the first book.") + 1] == texts.GOES_ON
        around = await shown(town.ann, "source", around="How is the name chosen?")
        before = "Ada Quay:\n> I am so very glad about it today.\n> I cannot wait to borrow the first book.\n"
        assert f"{before}{texts.GOES_ON}\n> Residents may **vote on its name" in around.content


async def test_the_whole_is_read_from_the_page_of_the_sentence(running: Running) -> None:
    async with running(of=crowded()) as town:
        page = await shown(town.ann, "source", around="What comes after the longest?")
        whole = await (await town.ann.click(page, "Read the whole")).wait_response()
        assert "there is little more to say." in whole.content
        assert "Earlier" in whole.labels


async def test_source_around_what_is_not_stated(town: Town) -> None:
    page = await shown(town.ann, "source", around="is there a car park")
    assert page.content == texts.NO_SENTENCE


async def test_source_suggests_questions(town: Town) -> None:
    found = await town.ann.autocomplete("source", around="how much")
    assert found[0].name == "How much does the library cost?"


async def test_help_has_three_examples_that_work(running: Running) -> None:
    async with running(help_contact="the *librarians* <@1>") as town:
        message = await shown(town.ann, "help")
        assert "New library to open in the old harbour" in message.content
        assert "ask the \\*librarians\\* \\<\\@1>." in message.content
        assert len(message.labels) == 3
        for label in message.labels:
            again = await shown(town.ann, "help")
            answer = await (await town.ann.click(again, label)).wait_response()
            assert "> " in answer.content


async def test_privacy_tells_how_long_anything_is_remembered(running: Running) -> None:
    async with running(cooldown_seconds=45) as town:
        message = await shown(town.ann, "privacy")
        assert "I keep nothing of what you ask" in message.content
        assert "about 15 minutes" in message.content
        assert "about 45 seconds" in message.content


async def test_all_commands_are_offered_everywhere(town: Town) -> None:
    expected = {"ask", "Answer this", "browse", "source", "help", "privacy"}
    assert {one.name for one in town.ann.commands(town.channel)} == expected
    assert {one.name for one in town.ann.commands(town.ann.dm)} == expected
    elsewhere = town.ann.private_channel(town.bob)
    assert not town.ann.commands(elsewhere)
    town.ann.install_app()
    assert {one.name for one in town.ann.commands(elsewhere)} == expected
