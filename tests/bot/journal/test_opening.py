"""Database URLs and files that do not work, in words and without passwords."""

import logging
import os
import sqlite3
from pathlib import Path

import pytest

from bot.journal import Database, Patience, Unavailable, Unusable, open_storage
from tests.bot.journal.asking import question
from tests.bot.journal.postgres import PASSWORD, PostgresServer


@pytest.mark.parametrize(
    "address",
    [
        "",
        "verbatim.sqlite3",
        f"postgres//u:{PASSWORD}@host/db",
        f"mysql://u:{PASSWORD}@host/db",
        f"postgresql://u:{PASSWORD}@host:port/db",
        f"{PASSWORD}:/",
    ],
)
def test_a_url_of_another_form_is_refused_without_repeating_it(address: str) -> None:
    with pytest.raises(Unusable, match="not of a known form; write sqlite:///") as caught:
        Database(address)
    assert PASSWORD not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


@pytest.mark.parametrize(
    "address", ["sqlite://", "sqlite:///:memory:", "sqlite:///file:x?mode=memory&uri=true"]
)
def test_an_sqlite_database_needs_a_file(address: str) -> None:
    with pytest.raises(Unusable, match="names no file"):
        Database(address)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+asyncpg"])
def test_the_name_says_where_without_user_and_password(scheme: str) -> None:
    database = Database(f"{scheme}://me:{PASSWORD}@db.example:5432/facts?sslmode=require")
    assert database.name == "PostgreSQL database facts on db.example"
    assert PASSWORD not in repr(database._engine)
    assert database._url.query == {"ssl": "require"}


async def test_the_file_and_its_folder_are_made_for_the_bot_alone(tmp_path: Path) -> None:
    file = tmp_path / "a" / "b" / "c.sqlite3"
    database = Database(f"sqlite:///{file}")
    await database.upgrade()
    assert file.stat().st_mode & 0o077 == 0
    await database.aclose()
    with sqlite3.connect(file) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


async def test_foreign_keys_hold_and_deleted_text_is_overwritten(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    async with database.writing() as connection:
        for pragma in ("foreign_keys", "secure_delete"):
            assert (await connection.exec_driver_sql(f"PRAGMA {pragma}")).scalar() == 1
    await database.aclose()


async def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}")
    with pytest.raises(Unusable, match=r"can't be opened \(Is a directory\); check its path"):
        await database.upgrade()
    await database.aclose()


async def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    database = Database(f"sqlite:///{tmp_path}/file/db.sqlite3")
    with pytest.raises(Unusable, match=r"can't be opened"):
        await database.upgrade()
    await database.aclose()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
async def test_a_folder_one_may_not_write_in_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)  # noqa: ASYNC240 - at once
    database = Database(f"sqlite:///{tmp_path}/db.sqlite3")
    with pytest.raises(Unusable, match="Permission denied"):
        await database.upgrade()
    await database.aclose()


async def test_a_file_of_another_kind_is_told(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("these are my notes, not a database, and they must survive\n" * 100)
    database = Database(f"sqlite:///{file}")
    with pytest.raises(Unusable, match="damaged or not a database"):
        await database.upgrade()
    await database.aclose()
    assert file.read_text().startswith("these are my notes")


async def test_a_storage_that_cannot_work_says_so_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(Unusable):
        async with open_storage(f"sqlite:///{tmp_path}"):
            pytest.fail("it opened")


async def test_a_wrong_database_or_user_is_told_without_the_password(
    postgres_server: PostgresServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for wrong in ("verbatim", "nobody"):
        database = Database(f"postgresql://{wrong}:{PASSWORD}@127.0.0.1:{postgres_server.port}/nowhere")
        with pytest.raises(Unusable) as caught:
            await database.upgrade()
        logging.getLogger("test").error("shown", exc_info=caught.value)
        await database.aclose()
    assert "PostgreSQL database nowhere on 127.0.0.1" in caplog.text
    assert PASSWORD not in caplog.text


async def test_without_its_database_the_bot_starts_and_questions_wait(
    caplog: pytest.LogCaptureFixture,
) -> None:
    address = f"postgresql://u:{PASSWORD}@127.0.0.1:9/db"
    async with open_storage(address, patience=Patience(connect=1)) as storage:
        storage.recorder.record(question())
        assert storage.recorder.status().waiting == 1
        with pytest.raises(Unavailable, match=r"PostgreSQL database db on 127\.0\.0\.1 does not answer"):
            await storage.versions.live()
    assert "The bot starts without its database" in caplog.text
    assert "closed without its last 1 entries" in caplog.text
    assert PASSWORD not in caplog.text
