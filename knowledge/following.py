"""Follow-ups: what a turn that leans on an earlier one is likeliest to mean."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.conversation import leaning
from knowledge.features import FeatureSpace, Index, Words
from knowledge.forms import Forms
from knowledge.opinion import Floats
from knowledge.words.vectors import word_vectors

FORESEEN_ROWS = 5
_LEAST = 1e-4  # a probability below which one record is as good as another

# What each row of `Hints.table` weighs, and what no record at all claims, for turns that lean wholly and
# partly on the one before: learnt on 160 dialogues written for it (maximum likelihood of the labels).
WHOLLY: tuple[float, ...] = (0.35, 0.35, 0.2, 0.0, 0.0, 0.9, 0.3, 2.8, 1.1, 1.65, 1.9, 0.6, 0.0)
PARTLY: tuple[float, ...] = (0.7, 0.1, 0.15, 0.0, 0.0, 1.8, 0.0, 2.1, 1.95, 1.5, 2.3, 1.0, 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Hints:
    """What speaks for each record when a turn leans on an earlier one.

    `alone` are the probabilities for the turn's own words, `together` for those of both turns, `titled` for
    the title of the record before and the turn's words; `near` and `foreseen` are tables of `Neighbourhood`
    and `FollowUps`.
    """

    alone: Floats
    together: Floats
    titled: Floats
    near: Floats
    foreseen: Floats

    @property
    def table(self) -> Floats:
        """One row a hint, one column a record."""
        sure = [np.log(np.maximum(one, _LEAST) / _LEAST) for one in (self.alone, self.together, self.titled)]
        return np.asarray(np.vstack([*sure, self.near, self.foreseen]), np.float32)


def pooled(hints: Hints, weights: Sequence[float]) -> Floats:
    """Weigh the hints into the probability of each record."""
    *each, nothing = weights
    strengths = np.array(each, np.float32) @ hints.table
    highest = max(float(strengths.max()), nothing)
    odds = np.exp(strengths - highest)
    return np.asarray(odds / (odds.sum() + np.exp(nothing - highest)), np.float32)


def weights_for(words: Sequence[str], certainty: float) -> tuple[float, ...] | None:
    """Choose by how much a turn leans on the one before; None if it stands alone."""
    strength = leaning(words, certainty)
    return None if strength == 0 else WHOLLY if strength == 1 else PARTLY


@dataclass(frozen=True)
class Neighbourhood:
    """Which records lie near which: a sentence (-1 for none) and a theme for each, in the matcher's order."""

    sentences: tuple[int, ...]
    themes: tuple[str, ...]

    def near(self, place: int) -> Floats:
        """Tell of each record whether it is that at a place, of its sentence, of one beside, of its theme."""
        sentences = np.array(self.sentences)
        distance = np.where(
            (sentences >= 0) & (sentences[place] >= 0), np.abs(sentences - sentences[place]), -1
        )
        same_theme = [theme == self.themes[place] for theme in self.themes]
        return np.array(
            [np.arange(len(sentences)) == place, distance == 0, distance == 1, same_theme], np.float32
        )


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A turn that curators foresaw: the places of the record it means and of that before it (-1: any)."""

    words: Words
    means: int
    after: int = -1


class FollowUps:
    """Knows the turns that curators foresaw, of which there is one at least."""

    def __init__(self, foreseen: Iterable[FollowUp], neighbourhood: Neighbourhood) -> None:
        rows = [one for one in foreseen if one.words]
        self._neighbourhood = neighbourhood
        self._means = np.array([one.means for one in rows], np.intp)
        self._after = np.array([one.after for one in rows], np.intp)
        self._space = FeatureSpace()
        forms = Forms.of([one.words for one in rows])
        self._index = Index(self._space.fit(forms))
        self._meanings = word_vectors().of_questions(forms)

    def foreseen(self, words: Words, place: int) -> Floats:
        """How like a foreseen turn this one is, from 0 to 1, for each record it may mean.

        The rows are for turns foreseen after the record at this place, after or about one of its sentence,
        after or about one of its theme, for all, and for those that mean a record wherever its matter is
        talked of.
        """
        alike = self._index.similarities(*self._space.vector(words))
        alike += np.maximum(self._meanings @ word_vectors().of_question(words), 0)
        wherever = self._after < 0
        near = self._neighbourhood.near(place)[:, np.where(wherever, self._means, self._after)] > 0
        rows = [near[0] & ~wherever, near[1], near[3], np.ones_like(wherever), wherever]
        result = np.zeros((FORESEEN_ROWS, len(self._neighbourhood.themes)), np.float32)
        for row, chosen in zip(result, rows, strict=True):
            np.maximum.at(row, self._means[chosen], alike[chosen] / 2)
        return result


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
