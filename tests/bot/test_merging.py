"""What would become live is the live version with what changed in the folder, and the draft over all."""

from datetime import UTC, datetime

from bot.journal import Admin, Draft, DraftFile
from bot.merging import Merged, merge
from bot.record_files import RecordFiles

NOTHING = Draft(0, None, {})


def files(**contents: str) -> RecordFiles:
    return RecordFiles({name: content.encode() for name, content in contents.items()})


def draft(**contents: str | None) -> Draft:
    now, by = datetime.now(UTC), Admin(1, "Ada")
    changed = {
        name: DraftFile(None if content is None else content.encode(), now, by)
        for name, content in contents.items()
    }
    return Draft(3, 1, changed)


def content(merged: Merged) -> dict[str, str]:
    return {name: data.decode() for name, data in merged.records.files.items()}


def test_folder_as_last_seen_changes_nothing_however_different() -> None:
    folder = files(a="folder", b="folder")
    merged = merge(files(a="from Discord", c="from Discord"), folder, folder.digests(), NOTHING)
    assert content(merged) == {"a": "from Discord", "c": "from Discord"}
    assert (merged.from_folder, merged.overridden, merged.kept) == ((), (), ())
    assert merged.seen == folder.digests()


def test_what_changed_in_the_folder_is_taken() -> None:
    seen = files(a="old", b="old", gone="old")
    folder = files(a="new", b="old", more="new")
    merged = merge(seen, folder, seen.digests(), NOTHING)
    assert content(merged) == {"a": "new", "b": "old", "more": "new"}
    assert merged.from_folder == ("a", "gone", "more")
    assert merged.seen == folder.digests()


def test_what_changed_on_both_sides_stays_and_is_told_again_and_again() -> None:
    seen = files(a="old")
    folder, live = files(a="folder"), files(a="from Discord")
    merged = merge(live, folder, seen.digests(), NOTHING)
    assert content(merged) == {"a": "from Discord"}
    assert merged.kept == ("a",)
    assert merge(live, folder, merged.seen, NOTHING).kept == ("a",)


def test_same_change_on_both_sides_is_no_difference() -> None:
    merged = merge(files(a="new"), files(a="new"), files(a="old").digests(), NOTHING)
    assert content(merged) == {"a": "new"}
    assert (merged.from_folder, merged.kept) == ((), ())


def test_draft_goes_over_everything_and_settles_a_difference() -> None:
    seen = files(a="old", b="old")
    folder, live = files(a="folder", b="folder"), files(a="from Discord", b="old")
    merged = merge(live, folder, seen.digests(), draft(a="draft", new="draft"))
    assert content(merged) == {"a": "draft", "b": "folder", "new": "draft"}
    assert merged.overridden == ("a",)
    assert merged.kept == ()
    assert merge(files(a="draft", b="folder"), folder, merged.seen, NOTHING).kept == ()


def test_draft_can_let_a_file_go() -> None:
    seen = files(a="old", b="old")
    assert content(merge(seen, seen, seen.digests(), draft(b=None))) == {"a": "old"}
