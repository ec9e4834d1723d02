"""What earlier turns of a conversation lend to a follow-up."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from knowledge.outcomes import Answer, Clarify, NotStated, Outcome, OutOfScope

MOST_TURNS = 4
LASTS = 900.0  # seconds after which a turn is forgotten
_LONGEST_TOPIC = 30  # words
_LEAST_OTHER = 0.03  # probability of a record that may have been meant instead

_POINTING = frozenset(
    "it its that this those these they them their theirs he his him she her hers one ones there both each "
    "other others another else more same such so latter former first second".split()
)
_OPENING = frozenset({"and", "but", "or", "so", "also", "then", "ok", "okay", "plus"})
_EMPTY = _POINTING | frozenset(
    "a an the is are was were be been do does did of to in on for at by with from and or but if as not no "
    "yes ok okay please what which who whom whose when where why how many much will would can could "
    "should may might i you we me my your our us any some have has had get got go come also then than too "
    "just really exactly about mean tell say said again actually".split()
)
_NEW_SUBJECT = tuple(
    tuple(phrase.split())
    for phrase in (
        "forget that", "forget it", "never mind", "nevermind", "change of subject", "changing subject",
        "changing the subject", "new subject", "new topic", "different subject", "different topic",
        "new question", "different question", "another question", "other question", "next question",
        "moving on", "on another note", "on a different note", "by the way",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier question that was about the announcement.

    `topic` are the words it stood for, borrowed ones among them; `record` is the record that came closest,
    `others` those that came next, and `sentence` the index of the sentence shown (-1 for none); `at` is when,
    in seconds.
    """

    topic: tuple[str, ...]
    record: str
    others: tuple[str, ...]
    sentence: int
    at: float


@dataclass(frozen=True, slots=True)
class Conversation:
    """The last few turns of one conversation, oldest first; a value, so it can be kept anywhere.

    `shown` are the indexes of the sentences shown in it so far.
    """

    turns: tuple[Turn, ...] = ()
    shown: frozenset[int] = frozenset()

    @property
    def last(self) -> Turn | None:
        """The turn a follow-up leans on."""
        return self.turns[-1] if self.turns else None

    def recent(self, now: float) -> Self:
        """Forget the turns older than `LASTS` seconds."""
        turns = tuple(turn for turn in self.turns if now - turn.at <= LASTS)
        return replace(self, turns=turns, shown=self.shown if turns else frozenset())

    def after(self, outcome: Outcome, now: float) -> Self:
        """Add the turn that ended in an outcome at a time in seconds; small talk changes nothing."""
        record, sentence = _subject(outcome)
        if not record:
            return self
        evidence = outcome.evidence
        borrowed, own = tuple(evidence.borrowed.split()), tuple(evidence.understood.split())
        likely = [match.id for match in evidence.matches if match.score >= _LEAST_OTHER]
        if borrowed and not evidence.matches and self.last:  # a turn that only asked to go on
            own, likely = (), list(self.last.others)
        others = tuple(id_ for id_ in likely if id_ != record)
        turn = Turn((*borrowed, *own)[-_LONGEST_TOPIC:], record, others, sentence, now)
        shown = self.shown | {sentence} if sentence >= 0 else self.shown
        return replace(self, turns=(*self.turns, turn)[-MOST_TURNS:], shown=shown)


def _subject(outcome: Outcome) -> tuple[str, int]:
    """Tell the record an outcome is about ("" for none) and the index of the sentence shown (-1 for none)."""
    match outcome:
        case Answer(quotation=quotation):
            return quotation.fact.id, quotation.sentence.index
        case NotStated(topic=topic):
            return topic.id, -1
        case Clarify(candidates=candidates):
            return candidates[0].fact.id, -1
        case OutOfScope(reply="", suggestions=(first, *_)):
            return first.fact.id, -1
        case OutOfScope():
            return "", -1


def leaning(words: Sequence[str], certainty: float) -> float:
    """How much a question leans on what was said before, from 0 (it stands on its own) to 1.

    `certainty` is the probability of the record it would lead to alone. Words that point back, an opening
    "and" or a question with hardly a content word make it lean; enough words of its own and certainty keep it
    upright, and so does the announcement of a new subject.
    """
    if any(tuple(words[: len(phrase)]) == phrase and len(words) > len(phrase) for phrase in _NEW_SUBJECT):
        return 0.0
    own = sum(word not in _EMPTY for word in words)
    points = bool(words) and (words[0] in _OPENING or not _POINTING.isdisjoint(words))
    if own <= 1 or (points and own <= 2):  # noqa: PLR2004 - counts of words
        return 1.0
    if points:
        return 0.6 if certainty < 0.9 else 0.0  # noqa: PLR2004
    return 0.5 if own <= 3 and certainty < 0.7 else 0.0  # noqa: PLR2004
