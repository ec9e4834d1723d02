"""What real faults do: processes killed, the database away, locked or full, two bots on one database."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import sqlalchemy as sa

from bot.journal import (
    Admin,
    Database,
    DiskFull,
    Locked,
    Pace,
    Patience,
    Publication,
    QueueRecorder,
    Unavailable,
    Versions,
    content_hash,
)
from bot.journal.retention import Retention
from bot.journal.tables import questions
from bot.journal.writing import EntryWriter
from tests.bot.journal.asking import question
from tests.bot.journal.outages import away, locked
from tests.bot.journal.waiting import eventually

QUICK = Patience(connect=1.0, lock=0.1, statement=2.0)


@asynccontextmanager
async def running(what: str, url: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run one of the programs; kill it with SIGKILL at the end, wherever it is."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bot.journal.programs", what, url, stdout=asyncio.subprocess.PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def lines(process: asyncio.subprocess.Process) -> AsyncIterator[str]:
    assert process.stdout is not None
    async for line in process.stdout:
        yield line.decode().strip()


@asynccontextmanager
async def recording(url: str, **pace: float) -> AsyncIterator[QueueRecorder]:
    """Start a recorder that is quick to write and quick to give up."""
    database = Database(url, patience=QUICK)
    settings = Pace(**{"interval": 0.05, "longest_pause": 0.2, **pace})  # type: ignore[arg-type]
    recorder = QueueRecorder(EntryWriter(database), Retention(database), settings)
    await recorder.start()
    yield recorder
    await recorder.aclose()
    await database.aclose()


async def count(url: str) -> int:
    database = Database(url)
    async with database.reading() as connection:
        number = await connection.scalar(sa.select(sa.func.count()).select_from(questions))
    await database.aclose()
    return int(number or 0)


async def load(recorder: QueueRecorder, number: int) -> float:
    """Record so many questions at about 500 a second; return the longest the loop was held up."""
    longest = 0.0
    for position in range(number):
        before = time.monotonic()
        recorder.record(question(f"question {position}"))
        await asyncio.sleep(0.002)
        longest = max(longest, time.monotonic() - before)
    return longest


async def test_killed_at_500_questions_a_second_only_the_last_second_is_lost(database_url: str) -> None:
    recorded: dict[str, float] = {}
    async with running("record", database_url) as process:
        async for line in lines(process):
            at, handle = line.split()
            recorded[handle] = float(at)
            if len(recorded) == 1000:
                break
        killed = time.monotonic()
        process.kill()
        await process.wait()
        async for line in lines(process):
            at, handle = line.split()
            recorded[handle] = float(at)

    database = Database(database_url)
    async with database.reading() as connection:
        kept = list(await connection.scalars(sa.select(questions.c.handle)))
    await database.aclose()
    assert len(kept) == len(set(kept))
    assert set(kept) <= set(recorded)
    due = {handle for handle, at in recorded.items() if at < killed - 1.0}
    assert len(due) > 300
    assert due <= set(kept)


async def test_killed_while_publishing_the_old_or_the_new_version_is_live(database_url: str) -> None:
    await count(database_url)  # makes the tables
    done = 0
    for kill_after in (1, 7, 20):
        async with running("publish", database_url) as process:
            seen = 0
            async for line in lines(process):
                done, seen = int(line), seen + 1
                if seen >= kill_after:
                    break
            process.kill()
            await process.wait()
            async for line in lines(process):
                done = int(line)

        database = Database(database_url)
        live = await Versions(database).live()
        assert live is not None
        assert live.info.number in {done, done + 1}
        assert len(live.files) == 6
        assert live.files["a.toml"] == f"a of {live.info.number}\n".encode() * 200
        assert live.info.content_hash == content_hash(live.files)
        numbers = [info.number for info in await Versions(database).history(1000)]
        assert numbers == list(range(live.info.number, 0, -1))
        await database.aclose()


async def test_questions_wait_while_the_database_is_away(
    database_url: str, request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> None:
    await count(database_url)
    async with recording(database_url) as recorder:
        await load(recorder, 200)
        async with away(database_url, request):
            held_up = await load(recorder, 500)
            await eventually(lambda: recorder.status().failing, "the recorder to notice")
            status = recorder.status()
            assert status.waiting >= 500
            assert status.lost == 0
            assert status.last_error in {"Locked", "Unavailable"}
            with pytest.raises(Unavailable):
                await recorder.forget("any")
        await load(recorder, 100)
        await eventually(lambda: recorder.status().waiting == 0, "the recorder to recover")
        status = recorder.status()
    assert (status.written, status.lost, status.failing) == (800, 0, False)
    assert await count(database_url) == 800
    assert held_up < 1
    assert caplog.text.count("can't be written, its entries wait") == 1


async def test_what_does_not_fit_while_the_database_is_away_counts_as_lost(
    database_url: str, request: pytest.FixtureRequest
) -> None:
    await count(database_url)
    async with recording(database_url, bound=100) as recorder:
        async with away(database_url, request):
            await load(recorder, 250)
            await eventually(lambda: recorder.status().lost == 150, "the overflow to be counted")
            assert recorder.status().waiting == 100
        await eventually(lambda: recorder.status().waiting == 0, "the recorder to recover")
        assert (recorder.status().written, recorder.status().lost) == (100, 150)
    database = Database(database_url)
    async with database.reading() as connection:
        texts = set(await connection.scalars(sa.select(questions.c.text)))
    await database.aclose()
    assert texts == {f"question {position}" for position in range(150, 250)}  # the latest stay


async def test_a_recorder_closes_in_time_without_its_database(
    database_url: str, request: pytest.FixtureRequest
) -> None:
    await count(database_url)
    async with away(database_url, request):
        async with recording(database_url, farewell=0.3) as recorder:
            await load(recorder, 20)
            begun = time.monotonic()
            await recorder.aclose()
            assert time.monotonic() - begun < 3
        assert recorder.status().lost == 20


async def test_a_locked_file_is_told_in_one_sentence(sqlite_url: str) -> None:
    await count(sqlite_url)
    database = Database(sqlite_url, patience=QUICK)
    async with locked(sqlite_url):
        with pytest.raises(Locked, match="is locked by another program; close that program"):
            await Versions(database).publish(Publication(files={}, by=Admin(1, "Ada")), expected_live=None)
    await Versions(database).publish(Publication(files={}, by=Admin(1, "Ada")), expected_live=None)
    await database.aclose()


async def test_a_full_disk_is_told_and_survived(sqlite_url: str) -> None:
    await count(sqlite_url)
    full = Database(sqlite_url, patience=QUICK, pragmas={"max_page_count": 60})
    recorder = QueueRecorder(
        EntryWriter(full), Retention(full), Pace(interval=0.02, longest_pause=0.1, batch=50)
    )
    versions = Versions(full)
    await versions.publish(Publication(files={"a.toml": b"good"}, by=Admin(1, "Ada")), expected_live=None)
    await recorder.start()
    for number in range(600):
        recorder.record(question(f"question {number} " + "x" * 500))
    await eventually(lambda: recorder.status().failing, "the disk to be full")
    assert recorder.status().last_error == "DiskFull"
    waiting = recorder.status().waiting
    assert 0 < waiting < 600

    bytes_that_do_not_shrink = b"".join(bytes([n % 251, n * n % 241]) for n in range(99_999))
    with pytest.raises(DiskFull, match=r"no room left .*; free some disk space"):
        await versions.publish(
            Publication(files={"a.toml": bytes_that_do_not_shrink}, by=Admin(1, "Ada")), expected_live=1
        )
    live = await versions.live()
    assert live is not None
    assert dict(live.files) == {"a.toml": b"good"}

    await free_some(sqlite_url)
    await eventually(lambda: recorder.status().written > 600 - waiting, "the recorder to recover")
    assert recorder.status().lost == 0
    await recorder.aclose()
    await full.aclose()


async def free_some(url: str) -> None:
    database = Database(url)
    async with database.writing() as connection:
        await connection.execute(sa.delete(questions))
    await database.aclose()


async def test_two_bots_share_one_database(database_url: str) -> None:
    await count(database_url)
    theirs: list[tuple[float, str]] = []

    async def another() -> float:
        async with running("record", database_url) as process:
            async for line in lines(process):
                at, handle = line.split()
                theirs.append((float(at), handle))
                if len(theirs) == 700:
                    break
            return time.monotonic()

    async with recording(database_url) as ours:
        killed, _ = await asyncio.gather(another(), load(ours, 700))
        await eventually(lambda: ours.status().waiting == 0, "all to be written")
        assert (ours.status().written, ours.status().lost) == (700, 0)
    due = sum(at < killed - 1.0 for at, _ in theirs)
    assert due > 100
    assert await count(database_url) >= 700 + due
