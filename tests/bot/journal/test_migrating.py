"""The tables' way from an empty or older database to this release."""

import asyncio
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.journal import Admin, Database, OutcomeKind, Place, Publication, Unusable, build_storage
from bot.journal.migrating import revision_of, upgrade
from bot.journal.tables import live, metadata, opt_outs, questions, votes
from tests.bot.journal.asking import question


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    """Open an empty database, with nothing done to its tables."""
    database = Database(database_url)
    if database._file is not None:
        database._file.parent.mkdir()
    yield database._engine
    await database.aclose()


async def test_the_newest_revision_makes_exactly_the_declared_tables(engine: AsyncEngine) -> None:
    await upgrade(engine)

    def differences(connection: sa.Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata))

    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_a_database_of_the_first_release_keeps_its_rows(engine: AsyncEngine, database_url: str) -> None:
    await upgrade(engine, "0001")
    at = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
    old = {
        "handle": "h",
        "asked_at": at,
        "text": "when – was it “signed”?",
        "outcome": "clarify",
        "records_version": "1",
        "locale": "en-GB",
        "place": "dm",
        "latency_ms": 3,
    }
    async with engine.begin() as connection:
        await connection.execute(sa.insert(questions), old)
        await connection.execute(sa.insert(votes), {"question_id": 1, "helpful": False, "voted_at": at})
        await connection.execute(sa.insert(opt_outs), {"user_id": 2**62, "since": at})

    database = Database(database_url)
    await database.upgrade()

    assert await revision_of(engine) == "0002"
    storage = build_storage(database)
    await storage.opt_outs.refresh()
    assert not storage.opt_outs.may_record(2**62)
    (missed,) = await storage.reader.missed(at)
    assert (missed.text, missed.outcome, missed.voted_down, missed.last_asked) == (
        "when – was it “signed”?",
        OutcomeKind.CLARIFY,
        True,
        at,
    )
    await storage.versions.publish(Publication(files={}, by=Admin(None, "shell")), expected_live=None)
    await database.aclose()


async def test_upgrading_twice_changes_nothing(engine: AsyncEngine) -> None:
    await upgrade(engine)
    await upgrade(engine)
    async with engine.connect() as connection:
        assert await connection.scalar(sa.select(sa.func.count()).select_from(live)) == 1


async def test_many_bots_in_one_process_may_start_at_once(database_url: str) -> None:
    databases = [Database(database_url) for _ in range(5)]
    await asyncio.gather(*(database.upgrade() for database in databases))
    async with databases[0].reading() as connection:
        assert await connection.scalar(sa.select(sa.func.count()).select_from(live)) == 1
    await asyncio.gather(*(database.aclose() for database in databases))


async def test_many_bots_in_their_own_processes_may_start_at_once(database_url: str) -> None:
    program = (sys.executable, "-m", "tests.bot.journal.programs", "upgrade", database_url)
    starting = [
        await asyncio.create_subprocess_exec(*program, stderr=asyncio.subprocess.PIPE) for _ in range(3)
    ]
    for process in starting:
        _, errors = await process.communicate()
        assert process.returncode == 0, errors.decode()


async def test_a_database_of_a_newer_release_is_refused_in_words(
    engine: AsyncEngine, database_url: str
) -> None:
    await upgrade(engine)
    async with engine.begin() as connection:
        await connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    database = Database(database_url)
    with pytest.raises(Unusable, match=r"newer release \(its tables are at 9999\)"):
        await database.upgrade()
    await database.aclose()


async def test_a_migration_that_fails_leaves_nothing_behind(
    engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("in the middle")

    with monkeypatch.context() as patch:
        patch.setattr("alembic.operations.Operations.create_index", fail)
        with pytest.raises(RuntimeError, match="in the middle"):
            await upgrade(engine)
    async with engine.connect() as connection:
        assert await connection.run_sync(lambda sync: sa.inspect(sync).get_table_names()) == []
    await upgrade(engine)


@pytest.mark.parametrize("wrong", [{"outcome": "maybe"}, {"place": "guild 123"}], ids=["outcome", "place"])
async def test_the_lists_of_outcomes_and_places_are_closed(database: Database, wrong: dict[str, str]) -> None:
    row = {
        "handle": "h",
        "asked_at": datetime.now(UTC),
        "text": "x",
        "outcome": OutcomeKind.ANSWER,
        "records_version": "",
        "locale": "",
        "place": Place.SERVER,
        "latency_ms": 1,
    }
    with pytest.raises(sa.exc.IntegrityError):
        async with database.writing() as connection:
            await connection.execute(sa.insert(questions), {**row, **wrong})


def test_the_journal_has_no_column_for_anything_that_identifies() -> None:
    assert set(questions.c.keys()) == {
        "id",
        "handle",
        "asked_at",
        "text",
        "outcome",
        "record",
        "score",
        "runner_up",
        "records_version",
        "locale",
        "place",
        "latency_ms",
    }
    assert set(votes.c.keys()) == {"question_id", "helpful", "voted_at"}
    assert question().handle != question().handle
