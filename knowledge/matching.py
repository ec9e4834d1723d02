"""Labelled example questions in, a ranking of records for a new question out; knows no announcements."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from knowledge.classifier import BIAS, train
from knowledge.features import FeatureSpace, Shares
from knowledge.language import Language
from knowledge.spelling import Mender

# Measured on CLINC150's validation questions: sharper scores tell questions out of scope apart less well
# (area under the curve 0.952 at 5, 0.945 at 8); the share of the nearest example costs nothing from 0 to 1.
SHARPNESS = 5.0
NOTHING = -0.9
NEAREST_SHARE = 0.5
SHARES = Shares()
_REMEMBERED = 2048  # questions: popular ones come again and again
# Words of a message, of the passages it is read in, and between their starts. Of the golden set's development
# questions longer than this, 0.87 are decided rightly so, 0.67 when only read whole.
_LONG = 22
_PASSAGE = 14
_STRIDE = 4
_MOST_PASSAGES = 12
_PASSAGE_COST = 0.1


@dataclass(frozen=True, slots=True)
class Match:
    """A record's id and its score: the probability, between 0 and 1, that the question is the record's."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """All that one look at a question gives.

    `claims` are how strongly each record claims the question, in the order of `Matcher.ids`: about 1 for a
    question like its examples, about -1 for one that has nothing to do with it. `nearest` are places of the
    most similar examples, best first; none where no example has anything in common with the question.
    """

    words: tuple[str, ...]
    mended: tuple[tuple[str, str], ...]
    claims: NDArray[np.float32]
    nearest: tuple[int, ...]


@dataclass(frozen=True)
class Examples:
    """Labelled questions in a fixed order: `labels` are places in `ids`, `words` the normal forms."""

    ids: tuple[str, ...]
    questions: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    labels: NDArray[np.intp]

    @classmethod
    def collect(cls, records: Mapping[str, Iterable[tuple[str, Sequence[str]]]]) -> Self:
        """Order the (question, normal form) pairs of each record, so that the order they come in is lost."""
        if not records:
            raise ValueError("there are no records to learn")
        ids = tuple(sorted(records))
        rows = sorted(
            (question, label, tuple(words))
            for label, id_ in enumerate(ids)
            for question, words in records[id_]
        )
        taught = {label for _, label, _ in rows}
        for label, id_ in enumerate(ids):
            if label not in taught:
                raise ValueError(f"the record “{id_}” has no example question to learn from")
        return cls(
            ids,
            tuple(question for question, _, _ in rows),
            tuple(words for _, _, words in rows),
            np.array([label for _, label, _ in rows], np.intp),
        )


class Matcher:
    """Ranks records for a question by what their example questions have taught it."""

    def __init__(self, language: Language, examples: Examples, weights: sp.csr_matrix | None = None) -> None:
        """Learn the weights anew unless those of an earlier Matcher of the same examples are given."""
        self.examples = examples
        self.ids = examples.ids
        self._language = language
        self._mender = Mender.of(examples.words, language.name_words)
        self._space = FeatureSpace(SHARES)
        self._seen: dict[tuple[str, ...], tuple[NDArray[np.float32], tuple[int, ...]]] = {}
        vectors = self._space.fit(examples.words)
        self.weights = train(vectors, examples.labels, len(self.ids)) if weights is None else weights
        self._by_feature = vectors.tocsc()
        self._by_record = sp.csr_matrix(self.weights.T)
        self._order = np.argsort(examples.labels, kind="stable")
        self._starts = np.searchsorted(examples.labels[self._order], np.arange(len(self.ids)))

    @classmethod
    def fit(cls, records: Mapping[str, Sequence[str]], *, language: Language | None = None) -> Self:
        """Learn which questions belong to which record; every record needs at least one question."""
        language = language or Language()
        pairs = {
            id_: [(question, language.words(question)) for question in questions]
            for id_, questions in records.items()
        }
        return cls(language, Examples.collect(pairs))

    def rank(self, question: str, limit: int = 5) -> list[Match]:
        """List the records most likely meant, best first; none when the question has no word."""
        ranking = self.look(question)
        scores = probabilities(ranking.claims)
        best = np.argsort(-scores, kind="stable")[:limit]
        return [Match(self.ids[place], float(scores[place])) for place in best if ranking.words]

    def look(self, question: str) -> Ranking:
        """Everything the matcher makes of a question."""
        plain, mended = self._mender.mend(self._language.plain_words(question))
        words = self._language.with_names(plain)
        key = tuple(words)
        seen = self._seen.get(key)
        if seen is None:
            similarities = self._similarities(*self._space.vector(words))
            place = int(similarities.argmax())
            nearest = (place,) if similarities[place] > 0 else ()
            seen = self._claims_in_passages(words, self._claims(similarities)), nearest
            if len(self._seen) >= _REMEMBERED:
                self._seen.pop(next(iter(self._seen)), None)
            self._seen[key] = seen
        return Ranking(key, tuple(mended), *seen)

    def claims(self, words: Sequence[str]) -> NDArray[np.float32]:
        """Tell how strongly each record claims a question whose normal form is known; see `Ranking`."""
        return self._claims(self._similarities(*self._space.vector(words)))

    def _claims_in_passages(self, words: Sequence[str], whole: NDArray[np.float32]) -> NDArray[np.float32]:
        """Let a record claim a long message by the passage of it that is the question."""
        if len(words) <= _LONG:
            return whole
        stride = max(_STRIDE, len(words) // _MOST_PASSAGES)
        starts = range(0, len(words) - _PASSAGE + stride, stride)
        best = np.max([self.claims(words[start : start + _PASSAGE]) for start in starts], axis=0)
        return np.asarray(np.maximum(whole, best - _PASSAGE_COST), np.float32)

    def _claims(self, similarities: NDArray[np.float32]) -> NDArray[np.float32]:
        nearest = np.maximum.reduceat(similarities[self._order], self._starts)
        return np.asarray(self._by_record @ similarities + BIAS + NEAREST_SHARE * nearest, np.float32)

    def example(self, place: int) -> str:
        """Give the example question at a place that `Ranking.nearest` names."""
        return self.examples.questions[place]

    def _similarities(self, indices: NDArray[np.int64], values: NDArray[np.float32]) -> NDArray[np.float32]:
        matrix = self._by_feature
        columns = np.array([0, len(indices)], np.int32)
        question = sp.csc_matrix((values, indices.astype(np.int32), columns), shape=(matrix.shape[1], 1))
        found = matrix @ question
        similarities = np.zeros(matrix.shape[0], np.float32)
        similarities[found.indices] = found.data
        return similarities


def probabilities(
    claims: NDArray[np.float32], sharpness: float = SHARPNESS, nothing: float = NOTHING
) -> NDArray[np.float32]:
    """Turn claims into the probability of each record; what is missing to 1 is that of no record at all.

    The larger `sharpness`, the more a lead in the claims counts; no record at all claims as much as
    `nothing`.
    """
    highest = claims.max()
    odds = np.exp(sharpness * (claims - highest))
    return np.asarray(odds / (odds.sum() + np.exp(sharpness * (nothing - highest))), np.float32)
