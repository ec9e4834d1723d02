"""Admins see what was published and go back to it, on both databases."""

import asyncio

import pytest

from bot import admin_texts, curator_texts
from bot.journal import Storage
from tests.bot.curators import home, noted, storage, was_noted
from tests.bot.home import Home
from tests.bot.orchard import PLANTING
from tests.discord_server import Person

__all__ = ["home", "storage"]


async def publish(home: Home, person: Person) -> str:
    preview = await home.told(person, "reload")
    pressed = await person.click(preview, admin_texts.PUBLISH)
    return (await pressed.wait_response()).content


async def test_history_tells_who_published_what(home: Home) -> None:
    home.orchard.write("planting.toml", PLANTING)
    assert "version 2, " in await publish(home, home.ada)
    history = await home.told(home.ben, "history")
    newest, oldest = history.content.splitlines()[1:]
    assert newest.startswith("**2**, live: <t:")
    assert "Ada. 1 added. Golden questions: " in newest
    assert oldest.startswith("**1**: <t:")
    assert curator_texts.TAKEN_AT_START in oldest


async def test_rollback_shows_what_it_changes_and_makes_a_new_version(home: Home, storage: Storage) -> None:
    first = home.library.current.version
    home.orchard.write("planting.toml", PLANTING)
    await publish(home, home.ada)
    suggested = await home.ben.autocomplete("facts rollback", where=home.channel, version="")
    assert [choice.value for choice in suggested] == [1]
    preview = await home.told(home.ben, "rollback", version=1)
    assert "**Ready to go back to version 1**" in preview.content
    assert "- first-tree" in preview.content
    pressed = await home.ben.click(preview, admin_texts.PUBLISH)
    assert "version 3" in (await pressed.wait_response()).content
    assert home.library.current.version == first
    live = await storage.versions.live()
    assert live is not None
    assert (live.info.number, live.info.restores, live.info.by.name) == (3, 1, "Ben")
    assert ("Ben", "rollback") in await noted(storage)
    assert (await home.told(home.ada, "reload")).content == admin_texts.NOTHING_NEW, (
        "what was gone back from stays so though the folder still has it"
    )


async def test_rollback_from_the_list(home: Home) -> None:
    home.orchard.write("planting.toml", PLANTING)
    await publish(home, home.ada)
    history = await home.told(home.ada, "history")
    chosen = await home.ada.select(history, ["1"], placeholder=curator_texts.GO_BACK_TO)
    assert "- first-tree" in (await chosen.wait_response(patience=30)).content


async def test_long_history_has_pages_that_work_after_a_restart(home: Home, storage: Storage) -> None:
    by = home.library.live.by
    assert by is not None
    for number in range(1, 10):
        await storage.versions.roll_back(1, by=by, expected_live=number)
    history = await home.told(home.ada, "history")
    assert history.content.count("\n") == 8
    async with home.restarted():
        older = await (await home.ada.click(history, curator_texts.OLDER)).wait_response()
        assert older.content.splitlines()[-1].startswith("**1**")
        newest = await (await home.ada.click(older, curator_texts.NEWEST)).wait_response()
        assert newest.content.splitlines()[1].startswith("**10**, live")


async def test_rollback_to_what_is_not_there_or_is_live(home: Home) -> None:
    assert "There is no version 7" in (await home.told(home.ada, "rollback", version=7)).content
    assert "same as what is live" in (await home.told(home.ada, "rollback", version=1)).content


async def test_of_two_admins_at_once_one_wins(home: Home, storage: Storage) -> None:
    home.orchard.write("planting.toml", PLANTING)
    reload, back = await asyncio.gather(home.told(home.ada, "reload"), home.told(home.ben, "reload"))
    first = await home.ada.click(reload, admin_texts.PUBLISH)
    second = await home.ben.click(back, admin_texts.PUBLISH)
    replies = {(await pressed.wait_response()).content[:14] for pressed in (first, second)}
    assert replies == {"**Published.**", "**Nothing was "}
    assert await storage.versions.live_number() == 2


async def test_publish_elsewhere_meanwhile_is_told_and_taken_over(home: Home, storage: Storage) -> None:
    home.orchard.write("planting.toml", PLANTING)
    preview = await home.told(home.ada, "reload")
    other = (await storage.versions.history(1))[0].by
    await storage.versions.roll_back(1, by=other, expected_live=1)
    pressed = await home.ada.click(preview, admin_texts.PUBLISH)
    assert "Nothing was published" in (await pressed.wait_response(patience=30)).content
    assert home.library.live.number == 2


async def test_everything_an_admin_does_is_in_the_audit_and_its_channel(home: Home, storage: Storage) -> None:
    home.orchard.write("planting.toml", PLANTING)
    await publish(home, home.ada)
    await home.told(home.ben, "why", question="how many trees are there")
    assert home.audit is not None
    first = await home.audit.wait_message()
    second = await home.audit.wait_message(after=first)
    third = await home.audit.wait_message(after=second)
    assert first.content == "**Ada** used /facts reload"
    assert second.content.startswith("**Ada** published version 2, ")
    assert third.content == "**Ben** used /facts why"
    assert first.silent
    for who, action in (("Ada", "/facts reload"), ("Ada", "publish"), ("Ben", "/facts why")):
        await was_noted(storage, who, action)
    details = [entry.detail for entry in await storage.audit.newest(100)]
    assert "trees" not in str(details), "no question is in the audit"


async def test_refused_attempts_are_no_deeds(home: Home, storage: Storage) -> None:
    await home.told(home.mia, "status")
    assert "Mia" not in {name for name, _ in await noted(storage)}


@pytest.mark.parametrize("command", ["history", "gaps", "export", "report"])
async def test_each_is_for_admins_alone(home: Home, command: str) -> None:
    refused = await home.told(home.mia, command)
    assert refused.content == "You may not do that here."
    for person, where in ((home.eve, home.elsewhere), (home.owner, home.ada.dm)):
        forged = await home.forged(person, command, where)
        assert (await forged.wait_response()).content == "You may not do that here."
