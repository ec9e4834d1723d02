"""Questions and votes on their way into the journal, on both databases."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from bot.journal import (
    AskerMarks,
    Database,
    Ending,
    NullRecorder,
    OutcomeKind,
    Pace,
    Place,
    Question,
    QueueRecorder,
    Vote,
)
from bot.journal.backlog import Backlog
from bot.journal.entries import LONGEST_TEXT, storable
from bot.journal.retention import Retention
from bot.journal.tables import questions, votes
from bot.journal.writing import EntryWriter
from tests.bot.journal.asking import question
from tests.bot.journal.waiting import eventually


async def rows(database: Database, table: sa.Table = questions) -> list[dict[str, Any]]:
    async with database.reading() as connection:
        return [
            dict(row)
            for row in (await connection.execute(sa.select(table).order_by(*table.primary_key))).mappings()
        ]


@pytest.fixture
async def recorder(database: Database) -> AsyncIterator[QueueRecorder]:
    """Start a quick recorder."""
    recorder = QueueRecorder(EntryWriter(database), Retention(database), Pace(interval=0.02))
    await recorder.start()
    yield recorder
    await recorder.aclose()


async def test_a_question_leaves_one_row_with_all_that_was_said_of_it(
    database: Database, recorder: QueueRecorder
) -> None:
    at = datetime(2026, 8, 1, 23, 59, 59, 123456, tzinfo=UTC)
    asked = Question(
        text="wer hat – “unterschrieben”? \N{THINKING FACE}",
        outcome=OutcomeKind.CLARIFY,
        place=Place.DIRECT_MESSAGE,
        record="signers",
        score=0.625,
        runner_up="signing-place",
        records_version="7",
        locale="de",
        latency_ms=12,
        asked_at=at,
    )
    recorder.record(asked)
    await eventually(lambda: recorder.status().written == 1, "the question to be written")

    (row,) = await rows(database)
    assert row == {
        "id": 1,
        "handle": asked.handle,
        "asked_at": at,
        "text": asked.text,
        "outcome": "clarify",
        "record": "signers",
        "score": 0.625,
        "runner_up": "signing-place",
        "records_version": "7",
        "locale": "de",
        "place": "dm",
        "latency_ms": 12,
    }


async def test_the_last_vote_of_a_question_counts(database: Database, recorder: QueueRecorder) -> None:
    asked, other = question(), question("other")
    recorder.record(asked)
    recorder.vote(Vote(asked.handle, helpful=True))  # in the same batch as its question
    recorder.record(other)
    await eventually(lambda: recorder.status().waiting == 0, "all to be written")
    recorder.vote(Vote(asked.handle, helpful=False))
    recorder.vote(Vote("unknown", helpful=False))
    await eventually(lambda: recorder.status().written == 5, "the second vote")

    assert [(row["question_id"], row["helpful"]) for row in await rows(database, votes)] == [(1, False)]


async def test_writing_the_same_batch_again_does_no_harm(database: Database) -> None:
    writer = EntryWriter(database)
    batch = [question("a"), question("b")]
    await writer.write(batch)
    await writer.write([*batch, question("c")])
    assert [row["text"] for row in await rows(database)] == ["a", "b", "c"]


async def test_an_entry_the_database_refuses_holds_nothing_up(
    database: Database, recorder: QueueRecorder, caplog: pytest.LogCaptureFixture
) -> None:
    recorder.record(question("before"))
    recorder.record(question("no zone", asked_at=datetime(2026, 1, 1)))  # noqa: DTZ001 - the fault meant
    recorder.record(question("no number", latency_ms=2**70))
    recorder.record(question("after"))
    await eventually(lambda: recorder.status().waiting == 0, "the queue to empty")
    assert (recorder.status().written, recorder.status().lost) == (2, 2)
    assert [row["text"] for row in await rows(database)] == ["before", "after"]
    assert "refuses an entry" in caplog.text


@pytest.mark.parametrize("text", ["nul \0 byte", "half \ud83d character", "x" * 5000, "", "' OR 1=1 --"])
async def test_any_text_can_be_kept(database: Database, recorder: QueueRecorder, text: str) -> None:
    recorder.record(question(text, record=text, runner_up=text, locale=text, records_version=text))
    await eventually(lambda: recorder.status().written == 1, "the question to be written")
    (row,) = await rows(database)
    assert row["text"] == storable(text, LONGEST_TEXT)
    assert len(row["text"]) <= LONGEST_TEXT


async def test_a_question_is_forgotten_wherever_it_is(database: Database, recorder: QueueRecorder) -> None:
    written, waiting = question("written"), question("waiting")
    recorder.record(written)
    recorder.vote(Vote(written.handle, helpful=False))
    await recorder.flush()
    recorder.record(waiting)
    recorder.vote(Vote(waiting.handle, helpful=False))

    assert await recorder.forget(written.handle)
    assert await recorder.forget(waiting.handle)
    assert not await recorder.forget("never heard of")
    recorder.vote(Vote(written.handle, helpful=True))
    await recorder.flush()
    assert await rows(database) == []
    assert await rows(database, votes) == []


async def test_nothing_of_a_forgotten_question_is_left_in_the_files(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    writer = EntryWriter(database)
    secret = question("where does my aunt Agatha live")
    await writer.write([*(question(f"other {number}") for number in range(200)), secret])
    files = [f"{sqlite_url.removeprefix('sqlite:///')}{end}" for end in ("", "-wal")]
    assert any(b"Agatha" in Path(file).read_bytes() for file in files)  # noqa: ASYNC240 - at once
    assert await writer.forget(secret.handle)
    assert not any(b"Agatha" in Path(file).read_bytes() for file in files)  # noqa: ASYNC240 - at once
    assert len(await rows(database)) == 200
    await database.aclose()


async def test_closing_writes_what_waits_and_later_entries_count_as_lost(database: Database) -> None:
    recorder = QueueRecorder(EntryWriter(database), Retention(database), Pace(interval=60))
    await recorder.start()
    for number in range(1234):
        recorder.record(question(str(number)))
    await recorder.aclose()
    recorder.record(question("too late"))
    assert len(await rows(database)) == 1234
    assert (recorder.status().written, recorder.status().waiting, recorder.status().lost) == (1234, 0, 1)


async def test_what_is_past_its_days_is_deleted_with_its_votes(database: Database) -> None:
    now = datetime(2026, 8, 1, tzinfo=UTC)
    old = [question(f"old {n}", asked_at=now - timedelta(days=30, seconds=1 + n)) for n in range(25)]
    young = [question("young", asked_at=now - timedelta(days=29, hours=23))]
    ballots = [Vote(asked.handle, helpful=False) for asked in (*old, *young)]
    await EntryWriter(database).write([*old, *young, *ballots])

    retention = Retention(database, days=30, batch=10, now=lambda: now)
    assert await retention.sweep() == 25
    assert [row["text"] for row in await rows(database)] == ["young"]
    assert len(await rows(database, votes)) == 1


async def test_the_recorder_enforces_the_days_by_itself(database: Database) -> None:
    await EntryWriter(database).write([question(asked_at=datetime.now(UTC) - timedelta(days=3))])
    recorder = QueueRecorder(EntryWriter(database), Retention(database, days=2, interval=0.01))
    await recorder.start()

    async def gone() -> bool:
        return await rows(database) == []

    await eventually(gone, "the old question to go")
    await recorder.aclose()


async def test_with_the_journal_off_nothing_is_kept_and_old_questions_still_go(database: Database) -> None:
    await EntryWriter(database).write([question("old", asked_at=datetime.now(UTC) - timedelta(days=40))])
    recorder = NullRecorder(Retention(database, interval=0.01))
    await recorder.start()
    recorder.record(question())
    recorder.vote(Vote("any", helpful=True))
    assert not await recorder.forget("any")

    async def gone() -> bool:
        return await rows(database) == []

    await eventually(gone, "the old question to go")
    await recorder.aclose()
    assert await rows(database) == []
    assert not recorder.status().enabled


async def test_ten_thousand_questions_do_not_hold_the_loop_up(recorder: QueueRecorder) -> None:
    longest = 0.0
    loop = asyncio.get_running_loop()
    for number in range(100):
        for _ in range(100):
            recorder.record(question(f"question {number}"))
        before = loop.time()
        await asyncio.sleep(0)
        longest = max(longest, loop.time() - before)
    await eventually(lambda: recorder.status().written == 10_000, "all to be written", 30)
    assert longest < 0.5
    assert recorder.status().lost == 0


@given(
    bound=st.integers(1, 6),
    steps=st.lists(st.sampled_from(["add", "take", "settle", "back", "drop"]), max_size=40),
)
def test_the_backlog_is_bounded_in_order_and_counts_right(bound: int, steps: list[str]) -> None:
    backlog = Backlog(bound)
    taken: list[Any] = []
    added: list[str] = []
    settled = dropped = 0
    for step in steps:
        if step == "add":
            entry = question(f"{len(added)}")
            added.append(entry.handle)
            backlog.add(entry)
        elif step == "take" and not taken:
            taken = backlog.take(2)
            assert [added.index(one.handle) for one in taken] == sorted(
                added.index(one.handle) for one in taken
            )
        elif step == "settle":
            settled += len(taken)
            taken = []
            backlog.settle()
        elif step == "back" and taken:
            backlog.put_back(taken)
            taken = []
        elif step == "drop" and added:
            dropped += backlog.drop(added[-1])
        assert len(backlog) <= bound + len(taken)
        assert len(backlog) + backlog.lost + settled + dropped == len(added)


def test_only_the_asker_has_the_mark_also_after_a_restart() -> None:
    asked = question()
    mark = AskerMarks("token").mark(asked.handle, 42)
    assert AskerMarks("token").is_asker(mark, asked.handle, 42)
    assert not AskerMarks("token").is_asker(mark, asked.handle, 43)
    assert not AskerMarks("token").is_asker(mark, question().handle, 42)
    assert not AskerMarks("another").is_asker(mark, asked.handle, 42)
    assert not AskerMarks("token").is_asker("é", asked.handle, 42)
    assert len(f"verbatim:vote:{asked.handle}:{mark}:down") <= 100


async def test_the_last_ending_counts_and_leaves_the_rest_of_the_row(
    database: Database, recorder: QueueRecorder
) -> None:
    offered, declined = (question(outcome=OutcomeKind.CLARIFY, score=0.25) for _ in range(2))
    recorder.record(offered)
    recorder.record(declined)
    await recorder.flush()
    recorder.end(Ending(offered.handle, OutcomeKind.NONE_OF_THESE))
    recorder.end(Ending(offered.handle, OutcomeKind.CHOSEN, "award"))
    recorder.end(Ending(declined.handle, OutcomeKind.NONE_OF_THESE))
    recorder.end(Ending("nobody-knows", OutcomeKind.CHOSEN, "award"))
    await recorder.flush()
    found = [(row["outcome"], row["record"], row["score"]) for row in await rows(database)]
    assert found == [("chosen", "award", 0.25), ("none_of_these", "signers", 0.25)]
