"""What of a member's question goes into the journal, unless the member does not want that."""

import re
import time
from dataclasses import dataclass, field

from bot.conversations import Asker
from bot.journal import AskerMarks, Ending, OutcomeKind, Place, Question, Storage, Vote
from knowledge.outcomes import Answer, Clarify, NotStated, Outcome, OutOfScope

_MENTION = re.compile(r"<(@[!&]?|#|a?:\w+:)\d+>")
_NAMES = {"#": "#channel", "@&": "@role"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it came: its words, who asked, in what kind of place and language setting.

    `author` is who wrote the words, if somebody else did; it is kept no more than the asker.
    """

    text: str
    asker: Asker
    place: Place
    locale: str = ""
    author: int | None = None
    began: float = field(default_factory=time.perf_counter)


@dataclass(frozen=True, slots=True)
class Ticket:
    """By what the buttons below a reply find the question's row, and know the asker."""

    handle: str
    mark: str

    @property
    def words(self) -> tuple[str, str]:
        """Return what a button's action needs to know."""
        return self.handle, self.mark


class Scribe:
    """Writes into the journal; without a storage, or with the journal off, nothing.

    Nothing here waits for the database, except for forgetting, which a member waits for.
    """

    def __init__(self, storage: Storage | None, marks: AskerMarks) -> None:
        self._storage = storage if storage and storage.recorder.status().enabled else None
        self._marks = marks

    def write(
        self, asked: Asked, kind: OutcomeKind, *, version: str, outcome: Outcome | None = None
    ) -> Ticket | None:
        """Keep a question and how it ended; None when it may not be kept."""
        if self._storage is None or not self._may_keep(asked):
            return None
        evidence = outcome.evidence if outcome else None
        question = Question(
            text=without_ids(asked.text),
            outcome=kind,
            place=asked.place,
            record=_record(outcome),
            score=evidence.score if evidence and evidence.matches else None,
            runner_up=evidence.runner_up.id if evidence and evidence.runner_up else None,
            records_version=version,
            locale=asked.locale,
            latency_ms=round((time.perf_counter() - asked.began) * 1000),
        )
        self._storage.recorder.record(question)
        return self.ticket(question.handle, asked.asker.user)

    def end(self, handle: str, user: int, kind: OutcomeKind, record: str | None = None) -> Ticket | None:
        """Keep what became of a question after its asker looked at the choices offered."""
        ticket = self.ticket(handle, user)
        if self._storage and ticket and self._storage.opt_outs.may_record(user):
            self._storage.recorder.end(Ending(handle, kind, record))
        return ticket

    def vote(self, ticket: Ticket, user: int, *, helpful: bool) -> bool:
        """Keep what an asker thinks of an answer; whether it may be kept."""
        if self._storage is None or not self._storage.opt_outs.may_record(user):
            return False
        self._storage.recorder.vote(Vote(ticket.handle, helpful))
        return True

    async def forget(self, ticket: Ticket) -> bool:
        """Delete a question for good; whether it was there. StorageError when the database is away."""
        return self._storage is not None and await self._storage.recorder.forget(ticket.handle)

    def is_asker(self, ticket: Ticket, user: int) -> bool:
        """Tell whether this is who asked the question."""
        return self._marks.is_asker(ticket.mark, ticket.handle, user)

    def _may_keep(self, asked: Asked) -> bool:
        people = {asked.asker.user, asked.asker.user if asked.author is None else asked.author}
        return self._storage is not None and all(map(self._storage.opt_outs.may_record, people))

    def ticket(self, handle: str, user: int) -> Ticket | None:
        """Return the ticket of a question by its handle, None when there is none."""
        return Ticket(handle, self._marks.mark(handle, user)) if self._storage and handle else None


def kind_of(outcome: Outcome) -> OutcomeKind:
    """Tell how a question ended in the journal's words."""
    match outcome:
        case Answer():
            return OutcomeKind.ANSWER
        case Clarify():
            return OutcomeKind.CLARIFY
        case NotStated():
            return OutcomeKind.NOT_STATED
        case OutOfScope(reply=""):
            return OutcomeKind.OUT_OF_SCOPE
        case OutOfScope():
            return OutcomeKind.SMALL_TALK


def without_ids(text: str) -> str:
    """Take out who and what is mentioned in a text: Discord writes that with ids."""
    return _MENTION.sub(_named, text)


def _named(found: re.Match[str]) -> str:
    what = found[1]
    return what.removeprefix("a") if what.endswith(":") else _NAMES.get(what, "@member")


def _record(outcome: Outcome | None) -> str | None:
    """Name the record shown or, without one, the one that came closest."""
    match outcome:
        case None:
            return None
        case Answer():
            return outcome.quotation.fact.id
        case NotStated():
            return outcome.topic.id
        case Clarify() | OutOfScope():
            matches = outcome.evidence.matches
            return matches[0].id if matches else None
