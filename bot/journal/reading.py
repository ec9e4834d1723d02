"""What curators read from the journal: what was missed, and counts for reports."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from bot.journal.database import Database
from bot.journal.entries import OutcomeKind
from bot.journal.tables import questions, votes

# Small talk and refusals are no questions the records could have answered; a failure is a fault of the bot.
MISSES = frozenset(
    {OutcomeKind.CLARIFY, OutcomeKind.NONE_OF_THESE, OutcomeKind.NOT_STATED, OutcomeKind.OUT_OF_SCOPE}
)


@dataclass(frozen=True, slots=True)
class Missed:
    """One wording of a question that ended the same way `count` times without satisfying who asked.

    `record` is what was shown or came closest, with its best `score`; `voted_down` says that the asker was
    not satisfied, whatever the outcome.
    """

    text: str
    outcome: OutcomeKind
    record: str | None
    score: float | None
    voted_down: bool
    count: int
    last_asked: datetime


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many questions of one day (UTC) ended in one way."""

    day: date
    outcome: OutcomeKind
    count: int


@dataclass(frozen=True, slots=True)
class RecordCount:
    """How often a record was the answer, and what the askers thought of it."""

    record: str
    answers: int
    voted_up: int
    voted_down: int


class JournalReader:
    """Reads the journal in aggregates; a question's handle is never read."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def missed(
        self, since: datetime, *, outcomes: Collection[OutcomeKind] = MISSES, limit: int = 50_000
    ) -> tuple[Missed, ...]:
        """Questions since then that ended in one of `outcomes`, or were voted down; most asked first.

        At most `limit` different wordings.
        """
        down = sa.func.coalesce(votes.c.helpful.is_(sa.false()), sa.false())
        count = sa.func.count()
        last = sa.func.max(questions.c.asked_at)
        what = (questions.c.text, questions.c.outcome, questions.c.record)
        statement = (
            sa.select(*what, sa.func.max(questions.c.score), down.label("down"), count, last)
            .select_from(questions.outerjoin(votes))
            .where(questions.c.asked_at >= since, sa.or_(questions.c.outcome.in_(sorted(outcomes)), down))
            .group_by(*what, down)
            .order_by(count.desc(), last.desc(), questions.c.text)
            .limit(limit)
        )
        async with self._database.reading() as connection:
            rows = await connection.execute(statement)
            return tuple(
                Missed(text, OutcomeKind(outcome), record, score, bool(voted_down), number, at)
                for text, outcome, record, score, voted_down, number, at in rows
            )

    async def per_day(self, since: datetime) -> tuple[DayCount, ...]:
        """Questions per day and outcome since then, oldest day first."""
        day = sa.func.date(questions.c.asked_at)
        statement = (
            sa.select(day, questions.c.outcome, sa.func.count())
            .where(questions.c.asked_at >= since)
            .group_by(day, questions.c.outcome)
            .order_by(day, questions.c.outcome)
        )
        async with self._database.reading() as connection:
            rows = await connection.execute(statement)
            return tuple(DayCount(_day(at), OutcomeKind(outcome), count) for at, outcome, count in rows)

    async def per_record(self, since: datetime) -> tuple[RecordCount, ...]:
        """How often each record was the answer since then, most often first."""
        answered = sorted(kind for kind in OutcomeKind if kind.answered)
        count = sa.func.count()
        statement = (
            sa.select(questions.c.record, count, _votes(helpful=True), _votes(helpful=False))
            .select_from(questions.outerjoin(votes))
            .where(
                questions.c.asked_at >= since,
                questions.c.outcome.in_(answered),
                questions.c.record.is_not(None),
            )
            .group_by(questions.c.record)
            .order_by(count.desc(), questions.c.record)
        )
        async with self._database.reading() as connection:
            return tuple(RecordCount(*row) for row in await connection.execute(statement))


def _votes(*, helpful: bool) -> sa.ColumnElement[int]:
    return sa.func.coalesce(
        sa.func.sum(sa.case((votes.c.helpful.is_(sa.true() if helpful else sa.false()), 1), else_=0)), 0
    )


def _day(value: date | str) -> date:
    """SQLite has no dates, only their text."""
    return date.fromisoformat(value) if isinstance(value, str) else value
