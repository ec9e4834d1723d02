"""The shared draft and the audit, on both databases."""

import asyncio

import pytest
import sqlalchemy as sa

from bot.journal import Admin, Conflict, Database, Publication, Storage
from bot.journal.tables import contents

ADA = Admin(1, "Ada")
GRACE = Admin(2, "Grace")


async def test_the_draft_begins_empty(storage: Storage) -> None:
    draft = await storage.draft.read()
    assert (draft.revision, draft.based_on, dict(draft.files)) == (0, None, {})


async def test_files_are_put_deleted_and_discarded_with_who_did_it(storage: Storage) -> None:
    await storage.versions.publish(
        Publication(files={"a.toml": b"1", "b.toml": b"2"}, by=ADA), expected_live=None
    )
    one = await storage.draft.put("a.toml", b"new", revision=0, by=ADA)
    two = await storage.draft.delete("b.toml", revision=one.revision, by=GRACE)
    three = await storage.draft.put("c.toml", b"more", revision=two.revision, by=GRACE)

    assert three == await storage.draft.read()
    assert three.based_on == 1
    assert {name: (file.content, file.by) for name, file in three.files.items()} == {
        "a.toml": (b"new", ADA),
        "b.toml": (None, GRACE),
        "c.toml": (b"more", GRACE),
    }
    live = await storage.versions.live()
    assert live is not None
    assert three.over(live.files) == {"a.toml": b"new", "c.toml": b"more"}

    four = await storage.draft.discard("b.toml", revision=three.revision, by=ADA)
    assert four.over(live.files) == {"a.toml": b"new", "b.toml": b"2", "c.toml": b"more"}


async def test_putting_a_file_again_replaces_it(storage: Storage) -> None:
    await storage.draft.put("a.toml", b"1", revision=0, by=ADA)
    draft = await storage.draft.put("a.toml", b"2", revision=1, by=GRACE)
    assert [(file.content, file.by) for file in draft.files.values()] == [(b"2", GRACE)]


async def test_a_change_from_an_old_revision_is_a_conflict(storage: Storage) -> None:
    await storage.draft.put("a.toml", b"1", revision=0, by=ADA)
    with pytest.raises(Conflict):
        await storage.draft.put("b.toml", b"2", revision=0, by=GRACE)
    with pytest.raises(Conflict):
        await storage.draft.clear(revision=0, by=GRACE)
    assert list((await storage.draft.read()).files) == ["a.toml"]


async def test_of_many_changes_at_once_one_wins(storage: Storage) -> None:
    results = await asyncio.gather(
        *(storage.draft.put(f"{n}.toml", b"same", revision=0, by=ADA) for n in range(6)),
        return_exceptions=True,
    )
    assert sum(isinstance(result, Conflict) for result in results) == 5
    assert len((await storage.draft.read()).files) == 1


async def test_an_emptied_draft_leaves_no_contents_behind(storage: Storage, database: Database) -> None:
    await storage.draft.put("a.toml", b"1", revision=0, by=ADA)
    draft = await storage.draft.clear(revision=1, by=ADA)
    assert (draft.revision, draft.based_on, dict(draft.files)) == (2, None, {})
    async with database.reading() as connection:
        assert await connection.scalar(sa.select(sa.func.count()).select_from(contents)) == 0


async def test_publishing_the_draft_empties_it_in_the_same_transaction(storage: Storage) -> None:
    draft = await storage.draft.put("a.toml", b"1", revision=0, by=ADA)
    publication = Publication(files=draft.over({}), by=ADA, draft_revision=draft.revision)
    version = await storage.versions.publish(publication, expected_live=draft.based_on)
    assert dict(version.files) == {"a.toml": b"1"}
    assert dict((await storage.draft.read()).files) == {}


async def test_a_draft_changed_since_it_was_checked_is_not_published(storage: Storage) -> None:
    draft = await storage.draft.put("a.toml", b"1", revision=0, by=ADA)
    await storage.draft.put("a.toml", b"worse", revision=1, by=GRACE)
    with pytest.raises(Conflict, match="draft was changed"):
        await storage.versions.publish(
            Publication(files=draft.over({}), by=ADA, draft_revision=1), expected_live=None
        )
    assert await storage.versions.live() is None
    assert len((await storage.draft.read()).files) == 1


async def test_a_draft_notices_a_version_published_in_between(storage: Storage) -> None:
    await storage.versions.publish(Publication(files={}, by=ADA), expected_live=None)
    draft = await storage.draft.put("a.toml", b"1", revision=0, by=ADA)
    await storage.versions.publish(Publication(files={"b.toml": b""}, by=GRACE), expected_live=1)
    later = await storage.draft.put("c.toml", b"1", revision=draft.revision, by=ADA)
    assert later.based_on == 1
    with pytest.raises(Conflict):
        await storage.versions.publish(Publication(files={}, by=ADA), expected_live=later.based_on)


async def test_every_change_leaves_its_audit_entry(storage: Storage) -> None:
    await storage.draft.put("a.toml", b"1", revision=0, by=ADA)
    await storage.draft.delete("b.toml", revision=1, by=GRACE)
    await storage.draft.discard("b.toml", revision=2, by=GRACE)
    await storage.versions.publish(
        Publication(files={"a.toml": b"1"}, by=ADA, draft_revision=3), expected_live=None
    )
    await storage.draft.clear(revision=4, by=ADA)
    await storage.versions.roll_back(1, by=GRACE, expected_live=1)
    await storage.audit.add(Admin(None, "shell"), "export", {"files": 1})

    entries = await storage.audit.newest()
    assert [(entry.action, entry.by.name) for entry in reversed(entries)] == [
        ("draft.put", "Ada"),
        ("draft.delete", "Grace"),
        ("draft.discard", "Grace"),
        ("publish", "Ada"),
        ("draft.clear", "Ada"),
        ("rollback", "Grace"),
        ("export", "shell"),
    ]
    assert entries[0].by.user_id is None
    assert entries[1].detail == {"version": 2, "replaces": 1, "restores": 1}
    assert await storage.audit.newest(2, before=entries[1].id) == entries[2:4]
