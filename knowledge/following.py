"""Follow-ups: what a turn that leans on an earlier one is likeliest to mean."""

from dataclasses import dataclass

import numpy as np

from knowledge.features import Words
from knowledge.opinion import Floats, shares

_LEAST = 1e-4  # a probability below which one record is as good as another


@dataclass(frozen=True, slots=True)
class Weights:
    """What each row of `Hints.table` weighs, and last what no record at all claims.

    There is one list for turns that lean wholly on the one before, and one for those that do so partly.
    """

    wholly: tuple[float, ...]
    partly: tuple[float, ...]


# Learnt on 270 dialogues written for it (maximum likelihood of the labels), with `Hints.meant` and without.
WITH_LEARNT = Weights(
    (0.18, 0.26, 0.08, 0.55, 0.0, 0.0, 0.63, 0.56, 1.6, 0.1, 1.4, 0.9, 0.0, 0.0),
    (0.48, 0.1, 0.07, 0.72, 0.0, 0.0, 1.2, 0.0, 0.0, 1.1, 0.1, 0.15, 0.0, 0.0),
)
WITHOUT_LEARNT = Weights(
    (0.35, 0.35, 0.2, 0.0, 0.0, 0.0, 0.9, 0.3, 2.8, 1.1, 1.65, 1.9, 0.6, 0.0),
    (0.7, 0.1, 0.15, 0.0, 0.0, 0.0, 1.8, 0.0, 2.1, 1.95, 1.5, 2.3, 1.0, 0.0),
)


@dataclass(frozen=True, slots=True, eq=False)
class Hints:
    """What speaks for each record when a turn leans on an earlier one.

    `alone` are the probabilities for the turn's own words, `together` for those of both turns, `titled` for
    the title of the record before and the turn's words, and `meant` for the turn after that record as
    `FollowUps` has learnt it; `near` and `foreseen` are tables of `Neighbourhood` and `FollowUps`.
    """

    alone: Floats
    together: Floats
    titled: Floats
    meant: Floats
    near: Floats
    foreseen: Floats

    @property
    def table(self) -> Floats:
        """One row a hint, one column a record."""
        opinions = (self.alone, self.together, self.titled, self.meant)
        sure = [np.log(np.maximum(one, _LEAST) / _LEAST) for one in opinions]
        return np.asarray(np.vstack([*sure, self.near, self.foreseen]), np.float32)


def pooled(hints: Hints, strength: float) -> Floats:
    """Weigh the hints into each record's probability, for a turn that leans so much on the one before."""
    weights = WITH_LEARNT if hints.meant.any() else WITHOUT_LEARNT
    *each, nothing = weights.wholly if strength >= 1 else weights.partly
    return shares(np.array(each, np.float32) @ hints.table, nothing)


_MORE = frozenset({"more", "else", "continue", "further", "another", "elaborate"})
_GOING_ON = tuple(map(frozenset, (("go", "on"), ("carry", "on"), ("keep", "going"))))
_NEXT = frozenset("and then please ok okay the one next".split())
_MORE_WORDS = _MORE | frozenset(
    "tell me us go what is there say does it about that this and please anything something can you a bit "
    "give some detail details keep going carry one then next on i want to know like would".split()
)
_NO = frozenset({"no", "not", "nope", "wrong", "nah"})
_OTHER = frozenset({"other", "another", "that", "meant", "mean", "wrong", "different", "one", "it"})
_ANOTHER_FILLERS = frozenset("the i did do ask what this thing one was is person sorry oh".split())
_ANOTHER_WORDS = _NO | _OTHER | _ANOTHER_FILLERS


def wants_more(words: Words) -> bool:
    """Whether a turn only asks to go on ("tell me more", "what else")."""
    asked = not _MORE.isdisjoint(words) or any(phrase.issubset(words) for phrase in _GOING_ON)
    return (asked and _MORE_WORDS.issuperset(words)) or ("next" in words and _NEXT.issuperset(words))


def wants_another(words: Words) -> bool:
    """Whether a turn only says that the last reply was not meant ("no, the other one")."""
    return (
        bool(words)
        and (words[0] in _NO or "not" in words[:2])
        and not _OTHER.isdisjoint(words)
        and _ANOTHER_WORDS.issuperset(words)
    )
