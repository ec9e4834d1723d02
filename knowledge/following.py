"""Follow-ups: what a turn that leans on an earlier one is likeliest to mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.features import FeatureSpace, Words

Claims = NDArray[np.float32]

ALONE = 0.5
TOGETHER = 0.5
FOLLOW_UP = 0.8
SAME_SENTENCE = 0.3
SAME_THEME = 0.15

_MORE = frozenset({"more", "else", "next", "continue", "on", "further", "another", "elaborate"})
_MORE_WORDS = _MORE | frozenset(
    "tell me us go what is there say does it about that this and please anything something can you a bit "
    "give some detail details keep going one then next on i want to know like would".split()
)
_NO = frozenset({"no", "not", "nope", "wrong", "nah"})
_OTHER = frozenset({"other", "another", "that", "meant", "mean", "wrong", "different", "one", "it"})
_ANOTHER_FILLERS = frozenset("the i did do ask what this thing one was is person sorry oh".split())
_ANOTHER_WORDS = _NO | _OTHER | _ANOTHER_FILLERS


@dataclass(frozen=True)
class Neighbourhood:
    """Which records lie near which: a sentence index and a theme for each record, in the matcher's order."""

    sentences: NDArray[np.intp]
    themes: tuple[str, ...]

    def near(self, place: int) -> Claims:
        """How near each record is to one: by the same sentence, by the same theme."""
        same_theme = np.array([theme == self.themes[place] for theme in self.themes])
        same_sentence = (self.sentences == self.sentences[place]) & (self.sentences[place] >= 0)
        return np.asarray(SAME_SENTENCE * same_sentence + SAME_THEME * same_theme, np.float32)


class FollowUps:
    """Knows the curated follow-ups of the records."""

    def __init__(self, ids: Sequence[str], follow_ups: Mapping[str, Sequence[Words]]) -> None:
        rows = [(place, words) for place, id_ in enumerate(ids) for words in follow_ups.get(id_, ())]
        self._count = len(ids)
        self._places = np.array([place for place, _ in rows], np.intp)
        self._space = FeatureSpace()
        self._vectors = self._space.fit([words for _, words in rows]) if rows else None

    def claims(self, words: Words) -> Claims:
        """How like its most similar curated follow-up a turn is, for each record, from 0 to 1."""
        result = np.zeros(self._count, np.float32)
        if self._vectors is not None and words:
            columns, values = self._space.vector(words)
            np.maximum.at(result, self._places, self._vectors[:, columns] @ values)
        return result


def blend(alone: Claims, together: Claims, follow_up: Claims, near: Claims) -> Claims:
    """Work out the claims of a turn that leans wholly on the one before.

    They come from its own words, from those of both turns together, from curated follow-ups like it and from
    how near a record is to the one before.
    """
    return np.asarray(ALONE * alone + TOGETHER * together + FOLLOW_UP * follow_up + near, np.float32)


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
