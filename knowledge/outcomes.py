"""How a question can end: a closed union of frozen values, each with its evidence."""

from dataclasses import dataclass, field

from knowledge.announcement import Sentence
from knowledge.matching import Match
from knowledge.records import Fact, NotStatedTopic


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why an outcome came about.

    `matches` are the records that came closest, best first, with probabilities between 0 and 1; `example` is
    the curated question nearest to the one asked; `mended` are (typed, understood) words; `borrowed` is what
    an earlier turn of the conversation lent ("" when the question stood on its own); `reason` is one plain
    sentence for curators. `sureness` is the probability that an answer is right, as measured on the shipped
    records: of answers given at 0.9, nine in ten are. It is 0 for other replies, and where nothing is
    guessed, since a member picked the fact or asked to go on.
    """

    question: str
    understood: str
    matches: tuple[Match, ...] = ()
    example: str = ""
    mended: tuple[tuple[str, str], ...] = ()
    borrowed: str = ""
    reason: str = ""
    sureness: float = 0.0

    @property
    def score(self) -> float:
        """The probability given to the best record, 0 when nothing matched."""
        return self.matches[0].score if self.matches else 0.0

    @property
    def runner_up(self) -> Match | None:
        """The second-best record."""
        return self.matches[1] if len(self.matches) > 1 else None


@dataclass(frozen=True, slots=True)
class Quotation:
    """A fact with its whole sentence and where in `sentence.text` the answering words stand."""

    fact: Fact
    sentence: Sentence
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Answer:
    """The announcement says it: the sentence, word for word."""

    quotation: Quotation
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Clarify:
    """Two or three records could be meant (never a guess): at most three candidates, likeliest first."""

    candidates: tuple[Quotation, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class NotStated:
    """The announcement does not say it; `topic` tells exactly what, `nearest` is the nearest it does say.

    `suggestions` are facts that may still help, likeliest first, at most three.
    """

    topic: NotStatedTopic
    nearest: Sentence | None
    nearest_span: tuple[int, int] | None
    evidence: Evidence
    suggestions: tuple[Quotation, ...] = ()


@dataclass(frozen=True, slots=True)
class OutOfScope:
    """Not a question the announcement could answer: small talk (`reply` is its text's key), or nothing known.

    `reply` is "" when no record fits. `suggestions` are facts that may still help, at most three.
    """

    reply: str
    evidence: Evidence
    suggestions: tuple[Quotation, ...] = field(default=())


Outcome = Answer | Clarify | NotStated | OutOfScope
