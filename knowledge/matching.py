"""Labelled example questions in, a ranking of records for a new question out; knows no announcements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import scipy.sparse as sp

from knowledge.classifier import BIAS, train
from knowledge.examples import Examples
from knowledge.features import Commonest, FeatureSpace, Index, Shares, even
from knowledge.forms import Forms
from knowledge.language import Language
from knowledge.network import Network
from knowledge.opinion import Calibration, Opinion, trusted
from knowledge.spelling import Mender
from knowledge.words.vectors import word_vectors

# Measured on CLINC150's validation questions: sharper scores tell questions out of scope apart less well.
RANKING = Calibration(sharpness=1.5, nothing=-0.9, nowhere=1.4)
NEAREST_SHARE = 0.5
SHARES = Shares()
_REMEMBERED = 2048  # questions: popular ones come again and again
# Words of a message, of the passages it is read in, and between their starts. Of the golden set's development
# questions longer than this, 0.87 are decided rightly so, 0.67 when only read whole.
_LONG = 22
_PASSAGE = 14
_STRIDE = 4
_MOST_PASSAGES = 12  # about


@dataclass(frozen=True, slots=True)
class Match:
    """A record's id and its score: the probability, between 0 and 1, that the question is the record's."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """All that one look at a question gives: its normal form, what was mended, and what it is taken for.

    `nearest` is the place of the most similar example, -1 where none has anything in common with it.
    """

    words: tuple[str, ...]
    mended: tuple[tuple[str, str], ...]
    opinion: Opinion
    nearest: int


@dataclass(frozen=True, eq=False)
class Learnt:
    """What is learnt from examples: how each weighs for each record, a network, and which words are slips."""

    weights: sp.csr_matrix
    network: Network
    mended: Mapping[str, tuple[str, ...]]


class Matcher:
    """Ranks records for a question by what their example questions have taught it."""

    def __init__(self, language: Language, examples: Examples, learnt: Learnt | None = None) -> None:
        """Learn anew unless what an earlier Matcher of the same examples has learnt is given."""
        self.examples = examples
        self.ids = examples.ids
        self._language = language
        known = learnt.mended if learnt else None
        self._mender = Mender.of(examples.forms.counts(), language.name_words, known)
        self._word_vectors = word_vectors()
        self._space = FeatureSpace(SHARES)
        self._seen: dict[tuple[str, ...], tuple[Opinion, int]] = {}
        mended = learnt.mended if learnt else self._mender.corrections()
        forms = examples.forms.replaced(mended)
        vectors = self._space.fit(forms)
        self._commonest = Commonest(vectors, self._space.of_words)
        if learnt is None or not learnt.network.fits(
            len(self._commonest), self._word_vectors.size, len(self.ids)
        ):
            learnt = self._learn(vectors, forms, mended)
        self.learnt = learnt
        self._index = Index(vectors)
        self._by_record = sp.csr_matrix(self.learnt.weights.T)
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

    def _learn(self, vectors: sp.csr_matrix, forms: Forms, mended: Mapping[str, tuple[str, ...]]) -> Learnt:
        labels, classes = self.examples.labels, len(self.ids)
        # What is told by how telling a word is, the claims tell already: other mistakes are made without.
        words = even(self._commonest.of(vectors))
        meanings = self._word_vectors.of_questions(forms)
        return Learnt(
            train(vectors, labels, classes), Network.train(words, meanings, labels, classes), mended
        )

    def rank(self, question: str, limit: int = 5) -> list[Match]:
        """List the records most likely meant, best first; none when the question has no word."""
        ranking = self.look(question)
        scores = trusted(ranking.opinion.probabilities(RANKING))
        best = np.argsort(-scores, kind="stable")[:limit]
        return [Match(self.ids[place], float(scores[place])) for place in best if ranking.words]

    def look(self, question: str) -> Ranking:
        """Everything the matcher makes of a question."""
        plain, mended = self._mender.mend(self._language.plain_words(question))
        words = tuple(self._language.with_names(plain))
        opinion, nearest = self._remembered(words)
        return Ranking(words, tuple(mended), opinion, nearest)

    def opinion(self, words: Sequence[str]) -> Opinion:
        """Tell what a question is taken for whose normal form is known."""
        return self._remembered(tuple(words))[0]

    def example(self, place: int) -> str:
        """Give the example question at a place that `Ranking.nearest` names."""
        return self.examples.questions[place]

    def _remembered(self, words: tuple[str, ...]) -> tuple[Opinion, int]:
        seen = self._seen.get(words)
        if seen is None:
            seen = self._read(words)
            if len(words) > _LONG:
                stride = max(_STRIDE, len(words) // _MOST_PASSAGES)
                length = max(_PASSAGE, 2 * stride)
                starts = [*range(0, len(words) - length, stride), len(words) - length]
                passages = [self._read(words[start : start + length])[0] for start in starts]
                seen = seen[0].or_of_passages(passages), seen[1]
            if len(self._seen) >= _REMEMBERED:
                self._seen = {}  # in one step: other threads may be reading
            self._seen[words] = seen
        return seen

    def _read(self, words: Sequence[str]) -> tuple[Opinion, int]:
        columns, values = self._space.vector(words)
        similarities = self._index.similarities(columns, values)
        nearest = np.maximum.reduceat(similarities[self._order], self._starts)
        claims = self._by_record @ similarities + BIAS + NEAREST_SHARE * nearest
        known = self._commonest.among(columns)
        meaning = self._word_vectors.of_question(words)
        logits = self.learnt.network.logits(known, meaning)
        place = int(similarities.argmax())
        opinion = Opinion(np.asarray(claims, np.float32), logits)
        return opinion, place if similarities[place] > 0 else -1
