"""One knowledge base is live; another takes its place whole or not at all."""

from pathlib import Path

import pytest

from bot.journal import Admin
from bot.library import Conflict, Library
from knowledge.problems import LoadError
from tests.bot.orchard import PLANTING, Orchard, plant

ADA, BEN = Admin(1, "Ada"), Admin(2, "Ben")


@pytest.fixture
def orchard(tmp_path: Path) -> Orchard:
    return plant(tmp_path)


async def test_candidate_tells_what_it_would_change(orchard: Orchard) -> None:
    library = await Library.open(orchard.folder)
    orchard.write("planting.toml", PLANTING)
    orchard.change("trees.toml", "number of apple trees", "apple tree count")
    orchard.change("orchard.md", "£3,000 for the fence", "£3,000 for the long fence")
    orchard.change("opening.toml", "opening-hours", "hours")
    changes = (await library.prepare()).changes
    assert changes.added == ("hours", "first-tree")
    assert changes.removed == ("opening-hours",)
    assert changes.changed == ("how-many-trees", "fence-cost"), "a fact changes with its sentence"
    assert changes.announcement
    assert changes.records == 8
    assert changes.anything


async def test_comment_is_a_change_of_no_record(orchard: Orchard) -> None:
    library = await Library.open(orchard.folder)
    assert not (await library.prepare()).changes.anything
    orchard.change("trees.toml", "Counted by the council", "Counted by the mayor")
    changes = (await library.prepare()).changes
    assert (changes.added, changes.removed, changes.changed) == ((), (), ())
    assert not changes.announcement
    assert changes.anything


async def test_publishing_replaces_the_reference_only(orchard: Orchard) -> None:
    library = await Library.open(orchard.folder)
    old = library.current
    orchard.write("planting.toml", PLANTING)
    candidate = await library.prepare()
    assert library.current is old
    live = await library.publish(candidate, by=ADA)
    assert library.current is candidate.base is live.base
    assert (live.by, old.quotation("first-tree")) == (ADA, None)


async def test_second_of_two_candidates_for_one_place_is_refused(orchard: Orchard) -> None:
    library = await Library.open(orchard.folder)
    orchard.write("planting.toml", PLANTING)
    first, second = await library.prepare(), await library.prepare()
    await library.publish(first, by=ADA)
    with pytest.raises(Conflict) as refused:
        await library.publish(second, by=BEN)
    assert refused.value.live.by == ADA
    assert library.current is first.base


async def test_problems_leave_the_old_live(orchard: Orchard) -> None:
    library = await Library.open(orchard.folder)
    old = library.current
    orchard.change("announcement.toml", "how-many-trees", "how-many-bees")
    with pytest.raises(LoadError):
        await library.prepare()
    with pytest.raises(LoadError):
        await library.check()
    assert library.current is old


async def test_golden_questions_that_cannot_be_asked_do_not_stop_anything(orchard: Orchard) -> None:
    (orchard.golden / "sentences.json").unlink()
    library = await Library.open(orchard.folder, golden=orchard.golden)
    assert library.live.measurement is not None
    assert library.live.measurement.figures is None
    assert "is needed beside the questions" in library.live.measurement.problems[0]
