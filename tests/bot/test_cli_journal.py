"""The shell's commands about what is kept."""

import asyncio
import io
import zipfile
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.journal import (
    Admin,
    Database,
    OutcomeKind,
    Place,
    Publication,
    Question,
    Storage,
    Vote,
    build_storage,
)
from bot.journal.writing import EntryWriter
from tests.bot.program import write_harbour

ADA = Admin(7, "Ada")


@pytest.fixture
def url(database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("FACTS", str(write_harbour(tmp_path / "facts")))
    monkeypatch.chdir(tmp_path)
    return database_url


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def kept(url: str, work: Callable[[Storage], Awaitable[object]]) -> None:
    """Do something with the storage, in a loop of its own as the commands have."""

    async def done() -> None:
        database = Database(url)
        await work(build_storage(database))
        await database.aclose()

    asyncio.run(done())


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def publish_twice(url: str, tmp_path: Path) -> None:
    first = files(tmp_path / "facts")
    second = {**first, "people.toml": first["people.toml"] + b"# More.\n"}

    async def publish(storage: Storage) -> None:
        for live, these in ((None, first), (1, second)):
            summary = {"added": ["mayor"], "removed": [], "changed": []}
            publication = Publication(files=these, by=ADA, summary=summary)
            await storage.versions.publish(publication, expected_live=live)

    kept(url, publish)


def test_gaps_are_listed_most_asked_first(url: str, tmp_path: Path) -> None:
    asked = [
        Question(text=text, outcome=OutcomeKind.NOT_STATED, place=Place.SERVER, record="parking", score=0.5)
        for text in ("is there a car park", "is there a car park?", "=SUM(1)")
    ]
    wrong = Question(
        text="who pays", outcome=OutcomeKind.ANSWER, place=Place.SERVER, record="cost", score=0.9
    )
    vote = Vote(wrong.handle, helpful=False)
    kept(url, lambda storage: EntryWriter(storage.database).write([*asked, wrong, vote]))
    listed = run("gaps")
    assert listed.exit_code == 0, listed.output
    lines = listed.stdout.splitlines()
    assert lines[0].split()[0] == "2"
    assert "[closest: parking (0.50)]" in lines[0]
    assert "who pays  [closest: cost (0.90); voted down once]" in listed.stdout
    assert run("gaps", "--csv", "gaps.csv").exit_code == 0
    table = (tmp_path / "gaps.csv").read_text("utf-8-sig")
    assert "'=SUM(1)" in table
    assert table.startswith("count,question")


def test_history_and_rollback(url: str, tmp_path: Path) -> None:
    publish_twice(url, tmp_path)
    assert "2  live" in run("history").stdout.splitlines()[0]
    same = run("rollback", "2")
    assert (same.exit_code, same.stdout) == (1, "The records of version 2 are live already, as version 2.\n")
    assert run("rollback", "1").stdout == "Version 1 is live again, as version 3.\n"
    newest, _, oldest = run("history").stdout.splitlines()
    assert "3  live" in newest
    assert "the shell. Went back to version 1." in newest
    assert "Ada. 1 added." in oldest
    missing = run("rollback", "9")
    assert missing.exit_code == 2
    assert "There is no version 9" in missing.stderr


def test_records_that_no_bot_could_load_are_not_made_live(url: str, tmp_path: Path) -> None:
    async def publish(storage: Storage) -> None:
        broken = Publication(files={"a.toml": b"=", "harbour.md": b"x"}, by=ADA)
        await storage.versions.publish(broken, expected_live=None)
        good = Publication(files=files(tmp_path / "facts"), by=ADA)
        await storage.versions.publish(good, expected_live=1)

    kept(url, publish)
    refused = run("rollback", "1")
    assert refused.exit_code == 2
    assert "a.toml" in refused.stderr
    assert len(run("history").stdout.splitlines()) == 2


def test_export_writes_the_live_records_or_those_of_the_folder(url: str, tmp_path: Path) -> None:
    def exported() -> dict[str, bytes]:
        assert run("export", "out.zip").stdout == "5 files are in out.zip.\n"
        with zipfile.ZipFile(io.BytesIO((tmp_path / "out.zip").read_bytes())) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    assert exported() == files(tmp_path / "facts")
    publish_twice(url, tmp_path)
    assert exported()["people.toml"].endswith(b"# More.\n")
    assert run("export", "no/such/folder.zip").exit_code == 2


def test_database_that_is_not_there_is_not_made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/none.sqlite3")
    for command in (["gaps"], ["history"], ["rollback", "1"]):
        ended = run(*command)
        assert ended.exit_code == 2
        assert "There is no" in ended.stderr
    assert not list(tmp_path.glob("none*"))
