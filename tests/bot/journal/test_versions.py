"""Publishing, rolling back and the history, on both databases."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.journal import (
    Admin,
    BadFileName,
    Conflict,
    Database,
    NoSuchVersion,
    Publication,
    Storage,
    StorageError,
    content_hash,
)
from bot.journal.tables import contents

ADA = Admin(80351110224678912, "Ada")
GRACE = Admin(80351110224678913, "Grace \N{GRINNING FACE}")
FILES = {"funding.toml": b"# money\n", "people.toml": "# who “said” it\r\n".encode()}


async def test_nothing_is_live_at_first(storage: Storage) -> None:
    assert await storage.versions.live() is None
    assert await storage.versions.live_number() is None
    assert await storage.versions.history() == ()


async def test_a_published_version_is_live_with_all_that_was_said_of_it(storage: Storage) -> None:
    before = datetime.now(UTC)
    published = await storage.versions.publish(
        Publication(files=FILES, by=GRACE, summary={"added": ["x"]}, figures={"correct": 0.97}),
        expected_live=None,
    )

    live = await storage.versions.live()
    assert live == published
    assert dict(live.files) == FILES
    assert live.info.number == 1
    assert live.info.content_hash == content_hash(FILES)
    assert live.info.by == GRACE
    assert live.info.summary == {"added": ["x"]}
    assert live.info.figures == {"correct": 0.97}
    assert live.info.restores is None
    assert live.info.live
    assert before - timedelta(seconds=1) <= live.info.published_at <= datetime.now(UTC)
    assert live.info.published_at.tzinfo is UTC


async def test_who_publishes_over_a_version_not_seen_gets_a_conflict_and_changes_nothing(
    storage: Storage,
) -> None:
    await storage.versions.publish(Publication(files=FILES, by=ADA), expected_live=None)

    with pytest.raises(Conflict, match="version 1 is live"):
        await storage.versions.publish(Publication(files={}, by=GRACE), expected_live=None)

    assert [info.number for info in await storage.versions.history()] == [1]
    assert len(await storage.audit.newest()) == 1


async def test_of_many_admins_publishing_at_once_one_wins(storage: Storage) -> None:
    await storage.versions.publish(Publication(files=FILES, by=ADA), expected_live=None)

    results = await asyncio.gather(
        *(
            storage.versions.publish(
                Publication(files={"a.toml": str(n).encode()}, by=Admin(n, str(n))), expected_live=1
            )
            for n in range(8)
        ),
        return_exceptions=True,
    )

    won = [result for result in results if not isinstance(result, BaseException)]
    assert len(won) == 1
    assert all(isinstance(result, Conflict) for result in results if isinstance(result, BaseException))
    assert await storage.versions.live() == won[0]
    assert [info.number for info in await storage.versions.history()] == [2, 1]


async def test_rolling_back_publishes_the_old_files_as_a_new_version(storage: Storage) -> None:
    good = Publication(files=FILES, by=ADA, figures={"good": 1}, content_hash="c0ffee")
    await storage.versions.publish(good, expected_live=None)
    await storage.versions.publish(Publication(files={"a.toml": b"bad"}, by=ADA), expected_live=1)

    back = await storage.versions.roll_back(1, by=GRACE, expected_live=2)

    assert back.info.number == 3
    assert back.info.restores == 1
    assert back.info.figures == {"good": 1}
    assert back.info.content_hash == "c0ffee"
    assert dict(back.files) == FILES
    assert [(info.number, info.live) for info in await storage.versions.history()] == [
        (3, True),
        (2, False),
        (1, False),
    ]
    assert dict((await storage.versions.version(2)).files) == {"a.toml": b"bad"}


async def test_rolling_back_conflicts_and_unknown_numbers_are_refused(storage: Storage) -> None:
    await storage.versions.publish(Publication(files=FILES, by=ADA), expected_live=None)
    with pytest.raises(NoSuchVersion, match="no version 7"):
        await storage.versions.roll_back(7, by=ADA, expected_live=1)
    with pytest.raises(Conflict):
        await storage.versions.roll_back(1, by=ADA, expected_live=5)
    with pytest.raises(NoSuchVersion):
        await storage.versions.version(2)
    assert await storage.versions.live_number() == 1


async def test_history_comes_in_pages(storage: Storage) -> None:
    for number in range(5):
        await storage.versions.publish(Publication(files=FILES, by=ADA), expected_live=number or None)
    first = await storage.versions.history(2)
    second = await storage.versions.history(2, before=first[-1].number)
    assert [info.number for info in (*first, *second)] == [5, 4, 3, 2]


async def test_a_version_may_have_no_files_or_empty_ones(storage: Storage) -> None:
    empty = await storage.versions.publish(Publication(files={}, by=ADA), expected_live=None)
    hollow = await storage.versions.publish(Publication(files={"a.toml": b""}, by=ADA), expected_live=1)
    assert dict(empty.files) == {}
    assert dict(hollow.files) == {"a.toml": b""}


@pytest.mark.parametrize(
    "name", ["../up.toml", "/etc/passwd", "a//b", "", ".hidden", "a\\b", "x" * 201, "a/../b"]
)
async def test_names_that_could_leave_the_folder_are_refused(storage: Storage, name: str) -> None:
    with pytest.raises(BadFileName):
        await storage.versions.publish(Publication(files={name: b""}, by=ADA), expected_live=None)
    with pytest.raises(BadFileName):
        await storage.draft.put(name, b"", revision=0, by=ADA)


async def test_equal_contents_are_stored_once(storage: Storage, database: Database) -> None:
    for number in range(3):
        files = {**FILES, "copy.toml": FILES["funding.toml"]}
        await storage.versions.publish(Publication(files=files, by=ADA), expected_live=number or None)
    async with database.reading() as connection:
        assert await connection.scalar(sa.select(sa.func.count()).select_from(contents)) == 2


async def test_a_content_damaged_in_the_database_is_noticed(storage: Storage, database: Database) -> None:
    await storage.versions.publish(Publication(files=FILES, by=ADA), expected_live=None)
    async with database.writing() as connection:
        await connection.execute(sa.update(contents).values(packed=b"rubbish"))
    with pytest.raises(StorageError, match=r"funding\.toml is damaged"):
        await storage.versions.live()


def test_the_content_hash_tells_names_and_bytes_apart() -> None:
    assert content_hash({"a": b"1", "b": b"2"}) == content_hash({"b": b"2", "a": b"1"})
    assert content_hash({"a": b"1", "b": b"2"}) != content_hash({"a": b"2", "b": b"1"})
    assert content_hash({"a": b""}) != content_hash({})
