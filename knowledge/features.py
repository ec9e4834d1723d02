"""Questions as sparse vectors: stems, pairs of stems and pieces of words, weighted by how telling they are."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from knowledge.language import stem

Words = Sequence[str]
Indices = NDArray[np.int32]
Values = NDArray[np.float32]


def stems(words: Words) -> list[str]:
    """The stems, in order."""
    return [stem(word) for word in words]


def pairs(words: Words) -> list[str]:
    """Neighbouring stems, the ends of the question counting as neighbours."""
    return [f"{left} {right}" for left, right in pairwise(["^", *stems(words), "$"])]


def gaps(words: Words) -> list[str]:
    """Pairs of stems with one or two others between them."""
    found = stems(words)
    return [f"{left}_{right}" for place, left in enumerate(found) for right in found[place + 2 : place + 4]]


def pieces(words: Words) -> list[str]:
    """The runs of three to five letters of each word, its ends counting as letters."""
    return [piece for word in words for piece in _pieces(word)]


def _pieces(word: str) -> Iterator[str]:
    padded = f" {word} "
    return (padded[start : start + size] for size in (3, 4, 5) for start in range(len(padded) - size + 1))


@dataclass(frozen=True)
class Block:
    """One kind of feature and its share of the similarity; rarer ones than `least` questions are dropped."""

    extract: Callable[[Words], list[str]]
    weight: float
    least: int = 1


BLOCKS = (Block(stems, 1.0), Block(pairs, 0.7, 2), Block(gaps, 0.3, 2), Block(pieces, 1.0, 2))


class FeatureSpace:
    """The features of a set of questions and their weights: tf-idf, each block of unit length times its share.

    The dot product of two vectors lies between 0 and 1; 1 means the same features.
    """

    def __init__(self, blocks: Sequence[Block] = BLOCKS) -> None:
        self._blocks = tuple(blocks)
        self._terms: list[dict[str, int]] = []
        self._idf: list[Values] = []
        self._total = sum(block.weight for block in self._blocks)
        self.size = 0

    def fit(self, questions: Sequence[Words]) -> sp.csr_matrix:
        """Learn the features of these questions and give their vectors, one row each."""
        parts = []
        for block in self._blocks:
            terms: dict[str, int] = {}
            listed = [[terms.setdefault(term, len(terms)) for term in block.extract(words)] for words in questions]
            counts = _counts(listed, len(terms))
            document_frequency = np.bincount(counts.indices, minlength=len(terms))
            kept = np.flatnonzero(document_frequency >= block.least)
            place = {int(old): new for new, old in enumerate(kept)}
            self._terms.append({term: place[old] for term, old in terms.items() if old in place})
            idf = np.log((1 + len(questions)) / (1 + document_frequency[kept])) + 1
            self._idf.append(idf.astype(np.float32))
            parts.append(self._weighted(counts[:, kept], self._idf[-1], block.weight))
        self.size = sum(len(terms) for terms in self._terms)
        return sp.csr_matrix(sp.hstack(parts, format="csr", dtype=np.float32))

    def vector(self, words: Words) -> tuple[Indices, Values]:
        """The features of one question and their weights; features never seen count in the length only."""
        indices: list[Indices] = []
        values: list[Values] = []
        offset = 0
        for block, terms, idf in zip(self._blocks, self._terms, self._idf, strict=True):
            counts: dict[int, int] = {}
            for term in block.extract(words):
                place = terms.get(term)
                if place is not None:
                    counts[place] = counts.get(place, 0) + 1
            found = np.fromiter(counts.keys(), np.int32, len(counts))
            weights = (1 + np.log(np.fromiter(counts.values(), np.float32, len(counts)))) * idf[found]
            length = float(np.sqrt(weights @ weights)) or 1.0
            indices.append(found + offset)
            values.append((weights * np.sqrt(block.weight / self._total) / length).astype(np.float32))
            offset += len(terms)
        return np.concatenate(indices), np.concatenate(values)

    def _weighted(self, counts: sp.csr_matrix, idf: Values, weight: float) -> sp.csr_matrix:
        counts.data = (1 + np.log(counts.data)) * idf[counts.indices]
        lengths = np.sqrt(np.add.reduceat(np.append(counts.data**2, 0), counts.indptr[:-1])[: counts.shape[0]])
        lengths[np.diff(counts.indptr) == 0] = 1
        scale = np.sqrt(weight / self._total) / lengths
        counts.data *= np.repeat(scale, np.diff(counts.indptr)).astype(np.float32)
        return counts


def _counts(listed: Iterable[list[int]], width: int) -> sp.csr_matrix:
    rows = [np.asarray(row, np.int32) for row in listed]
    indptr = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
    indices = np.concatenate(rows) if rows else np.empty(0, np.int32)
    matrix = sp.csr_matrix((np.ones(len(indices), np.float32), indices, indptr), shape=(len(rows), width))
    matrix.sum_duplicates()
    return matrix
