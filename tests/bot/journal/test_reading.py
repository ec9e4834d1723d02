"""What curators read from the journal, on both databases."""

from datetime import UTC, date, datetime, timedelta

from bot.journal import Database, DayCount, OutcomeKind, RecordCount, Storage, Vote
from bot.journal.writing import EntryWriter
from tests.bot.journal.asking import question

NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)


async def test_missed_questions_are_counted_by_wording_most_asked_first(
    database: Database, storage: Storage
) -> None:
    liked, disliked = question("liked"), question("disliked", asked_at=NOON, score=0.9)
    miss = {"outcome": OutcomeKind.NOT_STATED, "record": "signing-date", "asked_at": NOON}
    await EntryWriter(database).write(
        [
            question("too old", **{**miss, "asked_at": NOON - timedelta(days=9)}),
            question("which day", score=0.2, **miss),
            question("which day", score=0.6, **{**miss, "asked_at": NOON + timedelta(hours=1)}),
            question("lunch?", outcome=OutcomeKind.OUT_OF_SCOPE, record=None, asked_at=NOON),
            question("hi", outcome=OutcomeKind.SMALL_TALK, asked_at=NOON),
            question("slow down", outcome=OutcomeKind.COOLDOWN, asked_at=NOON),
            liked,
            disliked,
            Vote(liked.handle, helpful=True),
            Vote(disliked.handle, helpful=False),
        ]
    )
    missed = await storage.reader.missed(NOON - timedelta(days=1))
    assert [(m.text, m.count, m.record, m.score, m.voted_down) for m in missed] == [
        ("which day", 2, "signing-date", 0.6, False),
        ("disliked", 1, "signers", 0.9, True),
        ("lunch?", 1, None, None, False),
    ]
    assert missed[0].last_asked == NOON + timedelta(hours=1)
    assert missed[0].outcome is OutcomeKind.NOT_STATED
    assert [m.text for m in await storage.reader.missed(NOON, limit=1)] == ["which day"]
    only = await storage.reader.missed(NOON, outcomes=[OutcomeKind.COOLDOWN])
    assert {m.text for m in only} == {"slow down", "disliked"}


async def test_days_are_days_in_utc(database: Database, storage: Storage) -> None:
    evening = datetime(2026, 8, 1, 23, 59, 59, tzinfo=UTC)
    await EntryWriter(database).write(
        [
            question(asked_at=evening),
            question(asked_at=evening + timedelta(seconds=1)),
            question(asked_at=evening + timedelta(seconds=2)),
            question(asked_at=evening, outcome=OutcomeKind.FAILED),
        ]
    )
    assert await storage.reader.per_day(NOON) == (
        DayCount(date(2026, 8, 1), OutcomeKind.ANSWER, 1),
        DayCount(date(2026, 8, 1), OutcomeKind.FAILED, 1),
        DayCount(date(2026, 8, 2), OutcomeKind.ANSWER, 2),
    )


async def test_records_are_counted_when_they_answered(database: Database, storage: Storage) -> None:
    first = [question(record="a") for _ in range(3)]
    chosen = question(record="b", outcome=OutcomeKind.CHOSEN)
    near = question(record="b", outcome=OutcomeKind.NOT_STATED)
    ballots = [Vote(first[0].handle, helpful=True), Vote(first[1].handle, helpful=False)]
    await EntryWriter(database).write([*first, chosen, near, *ballots])
    assert await storage.reader.per_record(NOON - timedelta(days=9999)) == (
        RecordCount("a", 3, 1, 1),
        RecordCount("b", 1, 0, 0),
    )


async def test_an_empty_journal_has_nothing_to_tell(storage: Storage) -> None:
    assert await storage.reader.missed(NOON) == ()
    assert await storage.reader.per_day(NOON) == ()
    assert await storage.reader.per_record(NOON) == ()
