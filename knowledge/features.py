"""Questions as sparse vectors: stems, pairs and pieces of words, weighted by how telling they are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from knowledge.forms import Forms
from knowledge.language import stem

Words = Sequence[str]
Keys = NDArray[np.int64]
Values = NDArray[np.float32]

_PIECE_SIZES = (3, 4)
_NEVER_COMMON = 50  # questions: in a small set, nothing is too common
_MOST_STEMS = 1 << 20  # a pair of stems is one number: left times this plus right


@dataclass(frozen=True)
class Shares:
    """What each kind of feature counts in the similarity of two questions.

    `stems` single words; `pairs` neighbouring ones, the ends of a question among them; `gaps` words with
    one or two others between them; `pieces` runs of three or four letters of a word, its ends
    counting as letters.
    """

    stems: float = 1.0
    pairs: float = 0.8
    gaps: float = 0.4
    pieces: float = 1.0


@dataclass
class _Block:
    """The columns of one kind of feature: its keys, and how telling each is."""

    share: float
    least: int  # questions a feature must occur in
    most: float = 1.0  # the share of questions that it may occur in
    columns: dict[int, int] = field(default_factory=dict)
    idf: Values = field(default_factory=lambda: np.empty(0, np.float32))
    offset: int = 0

    def fit(self, counts: sp.csr_matrix, keys: Keys) -> sp.csr_matrix:
        """Keep the features that occur often enough; `keys` names the columns of `counts`."""
        frequency = np.bincount(counts.indices, minlength=counts.shape[1])
        common = max(self.most * counts.shape[0], _NEVER_COMMON)
        kept = np.flatnonzero((frequency >= self.least) & (frequency <= common))
        self.columns = {int(key): column for column, key in enumerate(keys[kept])}
        self.idf = (np.log((1 + counts.shape[0]) / (1 + frequency[kept])) + 1).astype(np.float32)
        matrix = sp.csr_matrix(counts[:, kept], dtype=np.float32)
        lengths = np.diff(matrix.indptr)
        matrix.data = (1 + np.log(matrix.data)) * self.idf[matrix.indices]
        rows = np.repeat(np.arange(len(lengths)), lengths)
        squares = np.bincount(rows, matrix.data**2, len(lengths))
        matrix.data *= (np.sqrt(self.share / np.maximum(squares, 1e-12)))[rows].astype(np.float32)
        return matrix

    def vector(self, keys: Sequence[int]) -> tuple[Keys, Values]:
        """Weigh the columns of one question's features; a feature never seen counts for nothing."""
        counts: dict[int, int] = {}
        for key in keys:
            column = self.columns.get(key)
            if column is not None:
                counts[column] = counts.get(column, 0) + 1
        found = np.fromiter(counts.keys(), np.int64, len(counts))
        weights = (1 + np.log(np.fromiter(counts.values(), np.float32, len(counts)))) * self.idf[found]
        length = float(np.sqrt(weights @ weights)) or 1.0
        return found + self.offset, (weights * (np.sqrt(self.share) / length)).astype(np.float32)


class FeatureSpace:
    """The features of a set of questions: tf-idf, each kind of unit length times its share of the whole.

    The dot product of two vectors lies between 0 and 1; 1 means the same features.
    """

    def __init__(self, shares: Shares | None = None) -> None:
        shares = shares or Shares()
        total = shares.stems + shares.pairs + shares.gaps + shares.pieces
        self._stems: dict[str, int] = {" ^": 0, " $": 1}  # no word has a space
        self._pieces: dict[str, int] = {}
        self._blocks = (
            _Block(shares.stems / total, 1),
            _Block(shares.pairs / total, 2),
            _Block(shares.gaps / total, 2),
            # A piece in every fourth question tells nothing and takes time.
            _Block(shares.pieces / total, 2, most=0.25),
        )

    @property
    def of_words(self) -> int:
        """How many columns, the first ones, are of single stems and of pairs."""
        return self._blocks[2].offset

    def fit(self, questions: Forms) -> sp.csr_matrix:
        """Learn the features of these questions and give their vectors, one row each."""
        words, count = questions.tokens.astype(np.int64), len(questions)
        rows = np.repeat(np.arange(count), questions.lengths)
        stems = np.array([self._stem_id(word) for word in questions.vocabulary], np.int64)[words]
        parts = [
            self._blocks[0].fit(*_table(rows, stems, count)),
            self._blocks[1].fit(*_table(*_pairs(rows, stems, count), count)),
            self._blocks[2].fit(*_table(*_gaps(rows, stems), count)),
            self._blocks[3].fit(*self._piece_table(rows, words, questions.vocabulary, count)),
        ]
        for block, before in zip(
            self._blocks, np.cumsum([0, *(part.shape[1] for part in parts)]), strict=False
        ):
            block.offset = int(before)
        return sp.csr_matrix(sp.hstack(parts, format="csr", dtype=np.float32))

    def vector(self, words: Words) -> tuple[Keys, Values]:
        """Give the columns and weights of one question, as `fit` would have given them."""
        stems = [self._stems.get(stem(word), -1) for word in words]
        padded = [0, *stems, 1]
        pairs = [left * _MOST_STEMS + right for left, right in pairwise(padded)]
        gaps = [
            left * _MOST_STEMS + right
            for place, left in enumerate(stems)
            for right in stems[place + 2 : place + 4]
            if left >= 0 and right >= 0
        ]
        pieces = [self._pieces.get(piece, -1) for word in words for piece in _pieces(word)]
        found = [
            block.vector(keys) for block, keys in zip(self._blocks, (stems, pairs, gaps, pieces), strict=True)
        ]
        return np.concatenate([columns for columns, _ in found]), np.concatenate(
            [values for _, values in found]
        )

    def _stem_id(self, word: str) -> int:
        return self._stems.setdefault(stem(word), len(self._stems))

    def _piece_table(
        self, rows: Keys, words: Keys, vocabulary: Sequence[str], count: int
    ) -> tuple[sp.csr_matrix, Keys]:
        """Count pieces per word once, then add them up over the words of each question."""
        listed = [
            [self._pieces.setdefault(piece, len(self._pieces)) for piece in _pieces(word)]
            for word in vocabulary
        ]
        of_word = np.repeat(np.arange(len(vocabulary)), [len(pieces) for pieces in listed])
        columns = np.fromiter(chain.from_iterable(listed), np.int64, len(of_word))
        per_word = _counts(of_word, columns, (len(vocabulary), len(self._pieces)))
        per_question = _counts(rows, words, (count, len(vocabulary)))
        return sp.csr_matrix(per_question @ per_word), np.arange(len(self._pieces))


class Index:
    """Vectors of questions, arranged so that those that share something with a new one are found fast."""

    def __init__(self, vectors: sp.csr_matrix) -> None:
        self._by_feature = vectors.tocsc()

    def similarities(self, columns: Keys, values: Values) -> Values:
        """Multiply one question's vector, as `FeatureSpace.vector` gives it, with all of them."""
        rows, features = self._by_feature.shape
        shape = np.array([0, len(columns)], np.int32)
        question = sp.csc_matrix((values, columns.astype(np.int32), shape), shape=(features, 1))
        found = self._by_feature @ question
        similarities = np.zeros(rows, np.float32)
        similarities[found.indices] = found.data
        return similarities


class Commonest:
    """The commonest stems and pairs of a set of questions, numbered in the order of their columns."""

    def __init__(self, vectors: sp.csr_matrix, candidates: int, most: int = 12_000) -> None:
        """Choose among the first `candidates` columns; what occurs only once is not common."""
        frequency = np.bincount(vectors.indices, minlength=vectors.shape[1])
        frequency[candidates:] = 0
        chosen = np.sort(np.argsort(-frequency, kind="stable")[:most])
        self._columns = chosen[frequency[chosen] > 1]
        self._numbers = np.full(vectors.shape[1], -1, np.intp)
        self._numbers[self._columns] = np.arange(len(self._columns))

    def __len__(self) -> int:
        return len(self._columns)

    def of(self, vectors: sp.csr_matrix) -> sp.csr_matrix:
        """Take only these columns of vectors."""
        return sp.csr_matrix(vectors[:, self._columns])

    def among(self, columns: Keys) -> NDArray[np.intp]:
        """Find the numbers of those columns that are among these."""
        numbers = self._numbers[columns]
        return numbers[numbers >= 0]


def even(vectors: sp.csr_matrix) -> sp.csr_matrix:
    """Let all features of a row count the same, with the length 1 together."""
    lengths = np.diff(vectors.indptr)
    values = np.repeat(np.maximum(lengths, 1).astype(np.float32) ** -0.5, lengths)
    return sp.csr_matrix((values, vectors.indices, vectors.indptr), shape=vectors.shape)


def _pieces(word: str) -> Iterator[str]:
    padded = f" {word} "
    return (padded[start : start + size] for size in _PIECE_SIZES for start in range(len(padded) - size + 1))


def _pairs(rows: Keys, stems: Keys, count: int) -> tuple[Keys, Keys]:
    starts = np.searchsorted(rows, np.arange(count))
    ends = np.searchsorted(rows, np.arange(count), side="right")
    order = np.concatenate([ends, starts])  # where two questions meet, the end of the first comes first
    padded = np.insert(stems, order, np.repeat([1, 0], count))
    padded_rows = np.insert(rows, order, np.tile(np.arange(count), 2))
    keys = padded[:-1] * _MOST_STEMS + padded[1:]
    same = (padded_rows[:-1] == padded_rows[1:]) & (keys != _MOST_STEMS)  # an end before a start: no words
    return padded_rows[:-1][same], keys[same]


def _gaps(rows: Keys, stems: Keys) -> tuple[Keys, Keys]:
    found_rows, found_keys = [], []
    for distance in (2, 3):
        same = rows[:-distance] == rows[distance:]
        found_rows.append(rows[:-distance][same])
        found_keys.append((stems[:-distance] * _MOST_STEMS + stems[distance:])[same])
    return np.concatenate(found_rows), np.concatenate(found_keys)


def _table(rows: Keys, keys: Keys, count: int) -> tuple[sp.csr_matrix, Keys]:
    """Count how often each key occurs in each row; the keys of the columns come second."""
    unique, columns = np.unique(keys, return_inverse=True)
    return _counts(rows, columns, (count, len(unique))), unique


def _counts(rows: Keys, columns: Keys, shape: tuple[int, int]) -> sp.csr_matrix:
    return sp.coo_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=shape).tocsr()
