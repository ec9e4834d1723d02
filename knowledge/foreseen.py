"""Turns that curators foresaw: what somebody means who has just talked of a record."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from knowledge.features import Commonest, FeatureSpace, Index, Words, even
from knowledge.forms import Forms
from knowledge.language import stem
from knowledge.network import Network
from knowledge.opinion import Floats, shares
from knowledge.words.vectors import word_vectors

FORESEEN_ROWS = 5
_FEWEST = 300  # turns to learn from; fewer are only compared with
# Raise when features or training change, so that what was learnt before is not taken for new.
_RECIPE = "1"


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

    @cached_property
    def _numbered(self) -> dict[str, int]:
        return {theme: number for number, theme in enumerate(dict.fromkeys(self.themes), len(self.themes))}

    @property
    def count(self) -> int:
        """How many columns there are: one a record, one a theme, one a sentence."""
        return len(self.themes) + len(self._numbered) + max(self.sentences, default=-1) + 1

    def columns(self, place: int) -> NDArray[np.intp]:
        """Give the columns of the record at a place: its own, its theme's, its sentence's if it has one."""
        sentence = self.sentences[place]
        columns = [place, self._numbered[self.themes[place]]]
        columns += [len(self.themes) + len(self._numbered) + sentence] if sentence >= 0 else []
        return np.array(columns, np.intp)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A turn that curators foresaw: the places of the record it means and of that before it (-1: any)."""

    words: Words
    means: int
    after: int = -1


@dataclass(frozen=True, eq=False)
class LearntTurns:
    """A network from a turn and what was talked of before to records, and the digest of what it learnt."""

    digest: str
    network: Network


class FollowUps:
    """Knows the turns that curators foresaw, of which there is one at least."""

    def __init__(
        self, foreseen: Iterable[FollowUp], neighbourhood: Neighbourhood, learnt: LearntTurns | None = None
    ) -> None:
        """Learn anew unless what was learnt from the same turns is given."""
        rows = [one for one in foreseen if one.words]
        self._neighbourhood = neighbourhood
        self._means = np.array([one.means for one in rows], np.intp)
        self._after = np.array([one.after for one in rows], np.intp)
        self._space = FeatureSpace()
        forms = Forms.of([one.words for one in rows])
        vectors = self._space.fit(forms)
        self._index = Index(vectors)
        self._meanings = word_vectors().of_questions(forms)
        self._commonest = Commonest(vectors, self._space.of_words)
        inputs = len(self._commonest) + neighbourhood.count
        digest = self._digest(rows)
        after = np.flatnonzero(self._after >= 0)
        if len(after) < _FEWEST:
            learnt = None
        elif (
            learnt is None
            or learnt.digest != digest
            or not learnt.network.fits(inputs, word_vectors().size, len(neighbourhood.themes))
        ):
            learnt = LearntTurns(digest, self._learn(vectors[after], after))
        self.learnt = learnt

    def _digest(self, rows: Sequence[FollowUp]) -> str:
        parts = [_RECIPE, *self._neighbourhood.themes, str(self._neighbourhood.sentences)]
        parts += [f"{' '.join(map(stem, row.words))} {row.means} {row.after}" for row in rows]
        parts.append(word_vectors().digest)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def _learn(self, vectors: sp.csr_matrix, rows: NDArray[np.intp]) -> Network:
        words = self._commonest.of(vectors)
        before = [self._neighbourhood.columns(place) for place in self._after[rows].tolist()]
        ends = np.cumsum([0, *map(len, before)])
        shape = len(rows), self._neighbourhood.count
        context = sp.csr_matrix((np.ones(ends[-1], np.float32), np.concatenate(before), ends), shape=shape)
        features = even(sp.csr_matrix(sp.hstack([words, context])))
        classes = len(self._neighbourhood.themes)
        return Network.train(features, self._meanings[rows], self._means[rows], classes)

    def meant(self, words: Words, place: int) -> Floats:
        """Tell how probable each record is after that at a place, as learnt; 0 if too few were foreseen."""
        if self.learnt is None:
            return np.zeros(len(self._neighbourhood.themes), np.float32)
        known = self._commonest.among(self._space.vector(words)[0])
        before = len(self._commonest) + self._neighbourhood.columns(place)
        vector = word_vectors().of_question(words)
        logits = self.learnt.network.logits(np.concatenate([known, before]), vector)
        return shares(logits)

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
