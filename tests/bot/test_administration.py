"""Admins look after the facts with /facts; nobody else can."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot import admin_texts, texts
from bot.journal import Admin
from tests.bot.home import Home, at_home
from tests.bot.orchard import PLANTING, plant
from tests.discord_server import DiscordServer, NotOffered, Person

COMMANDS: dict[str, dict[str, Any]] = {
    "reload": {},
    "status": {},
    "check": {},
    "why": {"question": "how many trees are there"},
}


@pytest.fixture
async def home(discord_server: DiscordServer, tmp_path: Path) -> AsyncIterator[Home]:
    async with at_home(discord_server, plant(tmp_path)) as home:
        yield home


@pytest.mark.parametrize("command", COMMANDS)
async def test_each_command_is_for_admins_of_the_home_server_alone(home: Home, command: str) -> None:
    values = COMMANDS[command]
    for person in (home.owner, home.ada, home.ben):
        assert texts.NOT_ALLOWED not in (await home.told(person, command, **values)).content
    assert (await home.told(home.mia, command, **values)).content == texts.NOT_ALLOWED
    with pytest.raises(NotOffered, match="default_member_permissions"):
        await home.bob.slash(f"facts {command}", where=home.channel, **values)
    forced = await home.bob.slash(f"facts {command}", where=home.channel, force=True, **values)
    assert (await forced.wait_response()).content == texts.NOT_ALLOWED
    assert forced.ephemeral


@pytest.mark.parametrize("command", COMMANDS)
async def test_no_command_reaches_another_server_or_a_direct_message(home: Home, command: str) -> None:
    values = COMMANDS[command]
    with pytest.raises(NotOffered, match="there is no command 'facts'"):
        await home.eve.slash(f"facts {command}", where=home.elsewhere, **values)
    with pytest.raises(NotOffered, match="there is no command 'facts'"):
        await home.ada.slash(f"facts {command}", where=home.ada.dm, **values)
    for person, where in ((home.eve, home.elsewhere), (home.owner, home.elsewhere), (home.ada, home.ada.dm)):
        forged = await home.forged(person, command, where, **values)
        assert (await forged.wait_response()).content == texts.NOT_ALLOWED


async def test_members_of_the_team_are_admins(home: Home) -> None:
    home.discord.set_team("The keepers", [home.owner, home.mia])
    assert "Live is" in (await home.told(home.mia, "status")).content


async def test_without_a_home_server_there_are_no_commands(
    discord_server: DiscordServer, tmp_path: Path
) -> None:
    async with at_home(discord_server, plant(tmp_path), home_guild_id=None) as home:
        with pytest.raises(NotOffered, match="there is no command 'facts'"):
            await home.owner.slash("facts status", where=home.channel)


async def test_reload_shows_what_would_change_and_publishes_on_the_button(home: Home) -> None:
    home.orchard.write("planting.toml", PLANTING)
    home.orchard.change("trees.toml", "What did the fence cost?", "What was paid for the fence?")
    preview = await home.told(home.ada, "reload")
    assert "1 added, 1 changed, 8 in all" in preview.content
    assert "+ first-tree\n~ fence-cost" in preview.content
    assert "Golden questions" in preview.content
    assert preview.labels == [admin_texts.PUBLISH, admin_texts.CANCEL]
    old = home.library.current.version
    assert old in preview.content
    assert home.library.current.quotation("first-tree") is None, "nothing is live before the button"
    pressed = await home.ada.click(preview, admin_texts.PUBLISH)
    done = await pressed.wait_response()
    assert home.library.current.version in done.content
    assert home.library.current.version != old
    assert not done.labels
    assert "published by Ada" in (await home.told(home.ben, "status")).content


async def test_golden_questions_are_told_before_and_after_a_publish(home: Home) -> None:
    home.orchard.write("planting.toml", PLANTING)
    first = await home.told(home.ada, "reload")
    assert "% of 3 right" in first.content
    await (await home.ada.click(first, admin_texts.PUBLISH)).wait_response()
    (home.orchard.folder / "planting.toml").unlink()
    second = await home.told(home.ada, "reload")
    assert "Golden questions before: " in second.content
    assert "1 worse" in second.content
    assert "worse: “who planted the first tree”: S5 -> " in second.content


async def test_cancelling_leaves_everything_as_it_is(home: Home) -> None:
    home.orchard.write("planting.toml", PLANTING)
    preview = await home.told(home.ada, "reload")
    pressed = await home.ada.click(preview, admin_texts.CANCEL)
    assert (await pressed.wait_response()).content == admin_texts.CANCELLED
    assert home.library.current.quotation("first-tree") is None


async def test_nothing_to_publish(home: Home) -> None:
    reply = await home.told(home.ada, "reload")
    assert reply.content == admin_texts.NOTHING_NEW
    assert not reply.labels


async def test_problems_are_all_shown_and_the_old_facts_stay_live(home: Home) -> None:
    before = home.library.current
    home.orchard.change("trees.toml", "40 apple trees", "50 apple trees")
    home.orchard.change("opening.toml", 'id = "what-opened"', 'id = "What Opened"')
    reply = await home.told(home.ada, "reload")
    assert admin_texts.OLD_FACTS_LIVE in reply.content
    assert "trees.toml:" in reply.content
    assert "opening.toml:" in reply.content
    assert not reply.labels
    assert home.library.current is before
    checked = await home.told(home.ada, "check")
    assert "opening.toml:" in checked.content


async def test_many_problems_come_as_a_file(home: Home) -> None:
    facts = [
        f'[[fact]]\nid = "no-{number}"\ntitle = "T"\nquote = "nowhere"\nquestions = ["question {number}"]'
        for number in range(60)
    ]
    home.orchard.write("many.toml", "\n".join(['theme = "Many"', *facts]))
    reply = await home.told(home.ada, "reload")
    assert "60 problems" in reply.content
    listed = reply.file("problems.txt").text
    assert listed.count("many.toml:") == 60


async def test_check_tells_what_would_change_without_publishing(home: Home) -> None:
    assert "same as what is live" in (await home.told(home.ada, "check")).content
    home.orchard.write("planting.toml", PLANTING)
    reply = await home.told(home.ada, "check")
    assert "no problems" in reply.content
    assert "+ first-tree" in reply.content
    assert not reply.labels
    assert home.library.current.quotation("first-tree") is None


async def test_status_tells_what_is_live(home: Home) -> None:
    reply = await home.told(home.owner, "status")
    assert home.library.current.version in reply.content
    assert "5 facts, 1 topic that is not stated, 7 records in all, 21 example questions" in reply.content


async def test_why_shows_the_evidence(home: Home) -> None:
    reply = await home.told(home.ada, "why", question="how many trees are there")
    assert reply.content.startswith("**Answer: How many trees are there?**")
    assert "understood: " in reply.content
    assert "sureness: " in reply.content
    assert "how-many-trees" in reply.content


async def test_why_shows_what_was_typed_as_it_is(home: Home) -> None:
    reply = await home.told(home.ada, "why", question="``` @everyone **loud** ```")
    assert "asked: " in reply.content
    assert reply.content.count("```") == 2, "the block of code is not left"
    assert not reply.pinged.everyone


async def test_second_of_two_admins_is_told_that_the_first_published(home: Home) -> None:
    home.orchard.write("planting.toml", PLANTING)
    first, second = await asyncio.gather(home.told(home.ada, "reload"), home.told(home.ben, "reload"))
    presses = [home.ada.click(first, admin_texts.PUBLISH), home.ben.click(second, admin_texts.PUBLISH)]
    replies = [await (await press).wait_response() for press in presses]
    assert "**Published.**" in replies[0].content
    assert "Ada published version" in replies[1].content
    assert "Nothing was published" in replies[1].content
    assert home.library.live.by == Admin(home.ada.id, "Ada")


async def test_button_pressed_twice_publishes_once(home: Home) -> None:
    home.orchard.write("planting.toml", PLANTING)
    preview = await home.told(home.ada, "reload")
    first = await home.ada.click(preview, admin_texts.PUBLISH)
    second = await home.ada.click(preview, admin_texts.PUBLISH)
    assert "**Published.**" in (await first.wait_response()).content
    assert (await second.wait_response()).content == admin_texts.PREVIEW_GONE
    assert second.ephemeral
    assert "**Published.**" in preview.content


async def test_button_pressed_after_a_restart_says_so_and_publishes_nothing(home: Home) -> None:
    home.orchard.write("planting.toml", PLANTING)
    preview = await home.told(home.ada, "reload")
    live = home.library.live
    async with home.restarted():
        pressed = await home.ada.click(preview, admin_texts.PUBLISH)
        assert (await pressed.wait_response()).content == admin_texts.PREVIEW_GONE
        assert home.library.live is live


async def test_buttons_check_again_who_presses(home: Home) -> None:
    home.orchard.write("planting.toml", PLANTING)
    preview = await home.told(home.ada, "reload")
    before = home.library.live
    for custom_id in [part.custom_id for part in preview.clickables]:
        pressed = await home.bob.click(preview, custom_id=custom_id, force=True)
        assert (await pressed.wait_response()).content == texts.NOT_ALLOWED
        assert pressed.ephemeral
    assert home.library.live is before


async def test_two_hundred_questions_during_a_reload_are_answered_from_one_version_each(home: Home) -> None:
    members = [_member(home, number) for number in range(202)]
    before = await _ask(home, members.pop())
    home.orchard.change("orchard.md", "40 apple trees and 12 pear trees", "41 apple trees and 13 pear trees")
    home.orchard.change("trees.toml", "40 apple trees and 12 pear trees", "41 apple trees and 13 pear trees")
    home.orchard.change("trees.toml", "How many trees are there?", "How many trees grow there?")
    reload = asyncio.create_task(home.told(home.ada, "reload"))
    asked = [asyncio.create_task(_ask(home, members.pop())) for _ in range(100)]
    preview = await reload
    asked += [asyncio.create_task(_ask(home, members.pop())) for _ in range(50)]
    pressed = await home.ada.click(preview, admin_texts.PUBLISH)
    asked += [asyncio.create_task(_ask(home, members.pop())) for _ in range(50)]
    answers = await asyncio.gather(*asked)
    await pressed.wait_response()
    after = await _ask(home, members.pop())
    assert "How many trees are there?" in before
    assert "**40 apple trees" in before
    assert "How many trees grow there?" in after
    assert "**41 apple trees" in after
    assert len(answers) == 200
    assert set(answers) <= {before, after}


def _member(home: Home, number: int) -> Person:
    member = home.discord.add_user(f"member{number}")
    home.guild.add_member(member)
    return member


async def _ask(home: Home, member: Person) -> str:
    asked = await member.slash("ask", question="how many trees are there", where=home.channel)
    return (await asked.wait_response(patience=60)).content
