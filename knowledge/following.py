"""Follow-ups: what a turn that leans on an earlier one is likeliest to mean."""

from dataclasses import dataclass

import numpy as np

from knowledge.features import Words
from knowledge.opinion import Floats

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
    (0.17, 0.27, 0.09, 0.55, 0.0, 0.0, 0.69, 0.45, 1.4, 0.16, 1.39, 0.76, 0.0, 0.0),
    (0.49, 0.21, 0.0, 0.68, 0.0, 0.0, 1.26, 0.0, 0.0, 0.87, 0.0, 0.32, 0.0, 0.0),
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
    strengths = np.array(each, np.float32) @ hints.table
    highest = max(float(strengths.max()), nothing)
    odds = np.exp(strengths - highest)
    return np.asarray(odds / (odds.sum() + np.exp(nothing - highest)), np.float32)


_MORE = frozenset({"more", "else", "next", "continue", "on", "further", "another", "elaborate"})
_MORE_WORDS = _MORE | frozenset(
    "tell me us go what is there say does it about that this and please anything something can you a bit "
    "give some detail details keep going one then next on i want to know like would".split()
)
_NO = frozenset({"no", "not", "nope", "wrong", "nah"})
_OTHER = frozenset({"other", "another", "that", "meant", "mean", "wrong", "different", "one", "it"})
_ANOTHER_FILLERS = frozenset("the i did do ask what this thing one was is person sorry oh".split())
_ANOTHER_WORDS = _NO | _OTHER | _ANOTHER_FILLERS


def wants_more(words: Words) -> bool:
    """Whether a turn only asks to go on ("tell me more", "what else")."""
    return not _MORE.isdisjoint(words) and _MORE_WORDS.issuperset(words)


def wants_another(words: Words) -> bool:
    """Whether a turn only says that the last reply was not meant ("no, the other one")."""
    return (
        bool(words)
        and (words[0] in _NO or "not" in words[:2])
        and not _OTHER.isdisjoint(words)
        and _ANOTHER_WORDS.issuperset(words)
    )
