"""What the journal takes in: a question and how it ended, in the end, and a vote on it."""

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

LONGEST_TEXT = 1000


class OutcomeKind(StrEnum):
    """How a question ended: a closed list, checked by the database as well."""

    ANSWER = "answer"
    CHOSEN = "chosen"  # a member picked one of the choices offered, or one from the list
    CLARIFY = "clarify"
    NONE_OF_THESE = "none_of_these"  # a member said that no choice offered was meant
    NOT_STATED = "not_stated"
    OUT_OF_SCOPE = "out_of_scope"
    SMALL_TALK = "small_talk"
    TOO_LONG = "too_long"
    COOLDOWN = "cooldown"
    FAILED = "failed"

    @property
    def answered(self) -> bool:
        """Whether a sentence of the announcement was the reply."""
        return self in {OutcomeKind.ANSWER, OutcomeKind.CHOSEN}


class Place(StrEnum):
    """Where a question was asked: the kind of place, never which one."""

    SERVER = "server"
    DIRECT_MESSAGE = "dm"
    GROUP = "group"
    MENTION = "mention"
    MENU = "menu"
    CONSOLE = "console"


def new_handle() -> str:
    """Make a random name for a question, by which its votes and "Forget this question" refer to it.

    It fits a button's custom id and comes from nothing but chance.
    """
    return secrets.token_urlsafe(12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question and how it ended, with nothing of who asked it.

    `record` is the record shown or, when the question was not answered, the one that came closest;
    `records_version` is whatever names the records then live.
    """

    text: str
    outcome: OutcomeKind
    place: Place
    record: str | None = None
    score: float | None = None
    runner_up: str | None = None
    records_version: str = ""
    locale: str = ""
    latency_ms: int = 0
    asked_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    handle: str = field(default_factory=new_handle)


@dataclass(frozen=True, slots=True)
class Ending:
    """How a question ended after all, once its asker has looked at the choices offered; the last one counts.

    `record` is the one chosen, None to leave the row's record as it is.
    """

    handle: str
    outcome: OutcomeKind
    record: str | None = None


@dataclass(frozen=True, slots=True)
class Vote:
    """What the asker of a question thought of its answer; the last vote counts.

    One vote per asker and answer, without identity: a question has exactly one asker and one answer, so the
    question itself is that pair, and its vote is one row keyed by the question. Nothing derived from a user
    id is needed, not even a keyed hash of one, which would still be tied to a person. The vote goes when its
    question goes: forgotten, or past its days.

    That only the asker votes is for the front end to see to, from what Discord itself remembers: only the
    asker sees a private reply, and for a public one `bot.journal.askers` puts a mark into the button.
    """

    handle: str
    helpful: bool
    voted_at: datetime = field(default_factory=lambda: datetime.now(UTC))


Entry = Question | Ending | Vote


def storable(text: str, longest: int) -> str:
    """Make any text one that both databases keep: no NUL, no half character, not too long."""
    whole = text.encode("utf-8", "replace").decode("utf-8").replace("\0", "\N{REPLACEMENT CHARACTER}")
    return whole[:longest]
