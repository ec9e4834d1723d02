"""Labelled example questions in, a ranking of records for a new question out; knows no announcements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from knowledge.classifier import BIAS, train
from knowledge.features import FeatureSpace
from knowledge.language import Language
from knowledge.spelling import Mender

SHARPNESS = 8.0
NOTHING = -0.7
NEAREST_SHARE = 1.0


@dataclass(frozen=True, slots=True)
class Match:
    """A record's id and its score: the probability, between 0 and 1, that the question is the record's."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """All that one look at a question gives: `scores` of every record, in the order of `Matcher.ids`."""

    words: tuple[str, ...]
    mended: tuple[tuple[str, str], ...]
    scores: NDArray[np.float32]
    similarities: NDArray[np.float32]
    examples: tuple[int, ...]


class Matcher:
    """Ranks records for a question by what their example questions have taught it."""

    def __init__(
        self,
        *,
        language: Language,
        questions: Sequence[str],
        words: Sequence[Sequence[str]],
        labels: NDArray[np.intp],
        ids: Sequence[str],
        weights: sp.csr_matrix | None = None,
    ) -> None:
        self.ids = tuple(ids)
        self._language = language
        self._questions = tuple(questions)
        self._labels = labels
        self._mender = Mender.from_texts(words)
        self._space = FeatureSpace()
        vectors = self._space.fit(words)
        self.weights = train(vectors, labels, len(ids)) if weights is None else weights
        self._by_feature = vectors.tocsc()
        self._by_record = sp.csr_matrix(self.weights.T)
        self._order = np.argsort(labels, kind="stable")
        self._starts = np.searchsorted(labels[self._order], np.arange(len(ids)))

    @classmethod
    def fit(cls, records: Mapping[str, Sequence[str]], *, language: Language | None = None) -> "Matcher":
        """Learn which questions belong to which record; every record needs at least one question."""
        language = language or Language()
        ids = sorted(records)
        pairs = sorted((question, label) for label, id_ in enumerate(ids) for question in records[id_])
        questions = [question for question, _ in pairs]
        return cls(
            language=language,
            questions=questions,
            words=[language.words(question) for question in questions],
            labels=np.array([label for _, label in pairs], np.intp),
            ids=ids,
        )

    def rank(self, question: str, limit: int = 5) -> list[Match]:
        """The records most likely meant, best first; an empty list when the question has no word."""
        ranking = self.look(question)
        best = np.argsort(-ranking.scores, kind="stable")[:limit]
        return [Match(self.ids[place], float(ranking.scores[place])) for place in best if ranking.words]

    def look(self, question: str) -> Ranking:
        """Everything the matcher makes of a question."""
        words, mended = self._mender.mend(self._language.words(question))
        indices, values = self._space.vector(words)
        similarities = self._similarities(indices, values)
        nearest = np.maximum.reduceat(similarities[self._order], self._starts)
        raw = self._by_record @ similarities + BIAS + NEAREST_SHARE * nearest
        odds = np.exp(SHARPNESS * (raw - raw.max()))
        scores = odds / (odds.sum() + np.exp(SHARPNESS * (NOTHING - raw.max())))
        examples = np.argsort(-similarities, kind="stable")[:3]
        return Ranking(tuple(words), tuple(mended), scores, nearest, tuple(int(place) for place in examples))

    def example(self, place: int) -> str:
        """The example question at a place that `Ranking.examples` names."""
        return self._questions[place]

    def _similarities(self, indices: NDArray[np.int32], values: NDArray[np.float32]) -> NDArray[np.float32]:
        matrix = self._by_feature
        starts, ends = matrix.indptr[indices], matrix.indptr[indices + 1]
        lengths = ends - starts
        if not lengths.sum():
            return np.zeros(len(self._questions), np.float32)
        places = np.repeat(starts - np.concatenate([[0], np.cumsum(lengths)[:-1]]), lengths) + np.arange(lengths.sum())
        weighted = matrix.data[places] * np.repeat(values, lengths)
        return np.bincount(matrix.indices[places], weighted, len(self._questions)).astype(np.float32)
