"""The bot starts with what was live, whatever has become of the folder or the database."""

from pathlib import Path

import pytest

from bot.archive import START
from bot.journal import Admin, Database, Publication, Storage, build_storage
from bot.library import Library
from bot.starting import open_library
from knowledge.problems import LoadError
from tests.bot.curators import storage
from tests.bot.orchard import PLANTING, Orchard, plant

__all__ = ["storage"]

ADA = Admin(1, "Ada")


@pytest.fixture
def orchard(tmp_path: Path) -> Orchard:
    return plant(tmp_path)


async def start(orchard: Orchard, storage: Storage) -> Library:
    return await open_library(orchard.folder, None, None, storage)


async def publish(library: Library) -> int | None:
    return (await library.publish(await library.prepare(), by=ADA)).number


async def test_first_start_keeps_the_folder_as_version_one(orchard: Orchard, storage: Storage) -> None:
    library = await start(orchard, storage)
    assert (library.live.number, library.live.by, library.live.notes) == (1, START, ())
    live = await storage.versions.live()
    assert live is not None
    assert set(live.files) == {"announcement.toml", "opening.toml", "orchard.md", "trees.toml"}
    again = await start(orchard, storage)
    assert again.live.number == 1


async def test_what_an_admin_published_survives_a_restart_whatever_the_folder_holds(
    orchard: Orchard, storage: Storage
) -> None:
    orchard.write("planting.toml", PLANTING)
    library = await start(orchard, storage)
    orchard.change("planting.toml", "Who planted the first tree?", "Who planted the very first tree?")
    assert await publish(library) == 2
    orchard.change("planting.toml", "very first", "oldest")
    restarted = await start(orchard, storage)
    assert restarted.live.number == 2
    assert restarted.live.by == ADA
    quotation = restarted.current.quotation("first-tree")
    assert quotation is not None
    assert quotation.fact.title == "Who planted the very first tree?"
    assert (await restarted.prepare()).changes.changed == ("first-tree",), "a reload offers the folder"


async def test_changed_folder_is_taken_at_the_start_as_long_as_no_admin_has_published(
    orchard: Orchard, storage: Storage
) -> None:
    await start(orchard, storage)
    orchard.write("planting.toml", PLANTING)
    library = await start(orchard, storage)
    assert (library.live.number, library.live.by) == (2, START)
    assert library.current.quotation("first-tree") is not None


@pytest.mark.parametrize("by_admin", [True, False])
async def test_broken_folder_cannot_keep_the_bot_from_starting(
    orchard: Orchard, storage: Storage, *, by_admin: bool
) -> None:
    library = await start(orchard, storage)
    if by_admin:
        orchard.write("planting.toml", PLANTING)
        await publish(library)
    orchard.change("trees.toml", "40 apple trees", "50 apple trees")
    restarted = await start(orchard, storage)
    assert restarted.current.version == library.current.version
    assert "The folder of records has 1 problem, so the last good version" in restarted.live.notes[0]
    assert "trees.toml:" in restarted.live.notes[0]


async def test_folder_that_is_gone_cannot_either(orchard: Orchard, storage: Storage) -> None:
    library = await start(orchard, storage)
    for path in orchard.folder.iterdir():
        path.unlink()
    orchard.folder.rmdir()
    restarted = await start(orchard, storage)
    assert restarted.current.version == library.current.version
    assert "The folder does not exist" in restarted.live.notes[0]


async def test_without_a_version_a_broken_folder_is_told_in_full(orchard: Orchard, storage: Storage) -> None:
    orchard.change("trees.toml", "40 apple trees", "50 apple trees")
    with pytest.raises(LoadError, match=r"trees\.toml:"):
        await start(orchard, storage)
    assert await storage.versions.live_number() is None


async def test_live_version_that_is_no_longer_valid_gives_way_to_the_last_good_one(
    orchard: Orchard, storage: Storage
) -> None:
    library = await start(orchard, storage)
    broken = Publication(files={"announcement.toml": b"source = 1", "orchard.md": b"x"}, by=ADA)
    await storage.versions.publish(broken, expected_live=1)
    orchard.change("trees.toml", "40 apple trees", "50 apple trees")
    restarted = await start(orchard, storage)
    assert restarted.current.version == library.current.version
    assert restarted.live.number == 1
    assert any(note.startswith("Version 2 has ") for note in restarted.live.notes)
    assert not await restarted.catch_up(), "what cannot be used is not tried again"


async def test_database_that_is_away_lets_the_bot_start_from_the_folder(
    orchard: Orchard,
) -> None:
    database = Database("postgresql://nobody@127.0.0.1:9/nothing")  # the port of nothing
    library = await start(orchard, build_storage(database))
    assert library.live.number is None
    assert "started without its database" in library.live.notes[0]
    await database.aclose()


async def test_version_published_by_another_process_is_taken_over(orchard: Orchard, storage: Storage) -> None:
    first, second = await start(orchard, storage), await start(orchard, storage)
    orchard.write("planting.toml", PLANTING)
    await publish(first)
    assert await second.catch_up()
    assert second.live.number == 2
    assert second.live.by == ADA
    assert second.current.version == first.current.version
    assert not await second.catch_up()
