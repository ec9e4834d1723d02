"""A small neural network from a question's words and their vectors to records, trained on examples alone."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_GAIN = 4.0  # what comes in has length 1; the first layer learns faster from more
_STEP = 4e-3
_MOMENTUM, _SQUARES = np.float32(0.9), np.float32(0.999)
_TINY = np.float32(1e-8)
_SPREAD = 0.1  # of the weights at the start


@dataclass(frozen=True)
class Training:
    """How a network learns.

    `hidden` units; `epochs` rounds over all examples, `batch` of them a step; `forgotten` of what comes in
    and `dropped` of the hidden units are left out at random (Srivastava et al., JMLR 2014); `doubt` is the
    probability left for other records than the right one (Szegedy et al., CVPR 2016).
    """

    hidden: int = 128
    epochs: int = 8
    batch: int = 128
    forgotten: float = 0.2
    dropped: float = 0.3
    doubt: float = 0.05

    @classmethod
    def of(cls, count: int) -> Self:
        """Choose for so many examples: few are shown more often, in smaller batches."""
        batch = min(max(count // 60, 8), 128)
        return cls(epochs=min(max(1000 * batch // max(count, 1), 8), 30), batch=batch)


@dataclass(frozen=True, eq=False)
class Network:
    """Two layers: rows of `features` and `vectors` weigh what comes in, `output` the records.

    The arrays are (sparse features, hidden), (vector size, hidden), (hidden,), (hidden, records), (records,).
    """

    features: Floats
    vectors: Floats
    hidden_bias: Floats
    output: Floats
    output_bias: Floats

    def logits(self, columns: NDArray[np.intp], vector: Floats) -> Floats:
        """Give the logarithm of each record's odds, up to a constant, for one question."""
        features = self.features[columns].sum(axis=0) / np.float32(np.sqrt(max(len(columns), 1)))
        hidden = features + vector @ self.vectors + self.hidden_bias
        return np.asarray(np.maximum(hidden, 0) @ self.output + self.output_bias, np.float32)

    def fits(self, features: int, vectors: int, records: int) -> bool:
        """Whether all weights are there, and are numbers, for such features, vectors and records."""
        hidden = len(self.hidden_bias)
        shapes = [(features, hidden), (vectors, hidden), (hidden,), (hidden, records), (records,)]
        return [array.shape for array in self.arrays] == shapes and all(
            np.isfinite(array).all() for array in self.arrays
        )

    @property
    def arrays(self) -> tuple[Floats, ...]:
        """All weights, in the order in which they make a network again."""
        return self.features, self.vectors, self.hidden_bias, self.output, self.output_bias

    @classmethod
    def train(
        cls,
        features: sp.csr_matrix,
        vectors: Floats,
        labels: NDArray[np.intp],
        classes: int,
        how: Training | None = None,
    ) -> Self:
        """Learn from examples, a row each; the same examples always give the same network."""
        how = how or Training.of(features.shape[0])
        chance = np.random.default_rng(0)
        table = _Learning(chance.normal(0, _SPREAD, (features.shape[1], how.hidden)))
        others = [
            _Learning(chance.normal(0, _SPREAD, (vectors.shape[1], how.hidden))),
            _Learning(np.zeros(how.hidden)),
            _Learning(chance.normal(0, how.hidden**-0.5, (how.hidden, classes))),
            _Learning(np.zeros(classes)),
        ]
        count = features.shape[0]
        steps = how.epochs * -(-count // how.batch)
        taken = 0
        for _ in range(how.epochs):
            order = chance.permutation(count)
            for start in range(0, count, how.batch):
                rows = order[start : start + how.batch]
                batch = _Batch.draw(features, vectors, rows, how.forgotten, chance)
                rate = _rate(taken, steps)
                taken += 1
                used = table.weights[batch.columns]
                slopes = _slopes(batch, used, others, labels[rows], how=how, chance=chance)
                table.descend(slopes[0], rate, batch.columns)
                for one, slope in zip(others, slopes[1:], strict=True):
                    one.descend(slope, rate)
        weights = [table.weights, *(one.weights for one in others)]
        return cls(weights[0] * np.float32(_GAIN), weights[1] * np.float32(_GAIN), *weights[2:])


def _rate(taken: int, steps: int) -> float:
    """Fall from the first step to nothing, with Adam's correction of the first averages."""
    correction = np.sqrt(1 - float(_SQUARES) ** (taken + 1)) / (1 - float(_MOMENTUM) ** (taken + 1))
    return float(_STEP * (1 - taken / steps) * correction)


class _Learning:
    """Weights with the running averages of their slopes (Adam: Kingma and Ba, ICLR 2015)."""

    def __init__(self, weights: NDArray[np.float64]) -> None:
        self.weights: Floats = weights.astype(np.float32)
        self._slopes = np.zeros_like(self.weights)
        self._squares = np.zeros_like(self.weights)

    def descend(self, slope: Floats, rate: float, rows: NDArray[np.intp] | slice = slice(None)) -> None:
        """Go down a slope; of a large table only the rows that the batch touched."""
        slopes = self._slopes[rows] * _MOMENTUM + (1 - _MOMENTUM) * slope
        squares = self._squares[rows] * _SQUARES + (1 - _SQUARES) * slope * slope
        self._slopes[rows], self._squares[rows] = slopes, squares
        self.weights[rows] -= np.float32(rate) * slopes / (np.sqrt(squares) + _TINY)


@dataclass(frozen=True)
class _Batch:
    """Some examples: their features over only the `columns` they have, and their vectors."""

    columns: NDArray[np.intp]
    features: sp.csr_matrix
    vectors: Floats

    @classmethod
    def draw(
        cls,
        features: sp.csr_matrix,
        vectors: Floats,
        rows: NDArray[np.intp],
        forgotten: float,
        chance: np.random.Generator,
    ) -> Self:
        starts, lengths = features.indptr[rows], np.diff(features.indptr)[rows]
        ends = np.cumsum(lengths)
        places = np.arange(ends[-1]) + np.repeat(starts - ends + lengths, lengths)
        columns, within = np.unique(features.indices[places], return_inverse=True)
        kept = features.data[places] * (chance.random(len(places), np.float32) > forgotten)
        kept *= np.float32(_GAIN / (1 - forgotten))
        shape = len(rows), len(columns)
        table = sp.csr_matrix((kept, within, np.concatenate([[0], ends])), shape=shape)
        remembered = vectors[rows] * (chance.random((len(rows), vectors.shape[1]), np.float32) > forgotten)
        return cls(columns, table, remembered * np.float32(_GAIN / (1 - forgotten)))


def _slopes(
    batch: _Batch,
    table: Floats,
    others: list[_Learning],
    labels: NDArray[np.intp],
    *,
    how: Training,
    chance: np.random.Generator,
) -> list[Floats]:
    """Differentiate the mean cross-entropy of a batch by each array of weights."""
    vectors, hidden_bias, output, output_bias = (one.weights for one in others)
    sums = batch.features @ table + batch.vectors @ vectors + hidden_bias
    passing = (sums > 0) * (chance.random(sums.shape, np.float32) > how.dropped) / np.float32(1 - how.dropped)
    hidden = sums * passing
    logits = hidden @ output + output_bias
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    error = odds / odds.sum(axis=1, keepdims=True) - np.float32(how.doubt / odds.shape[1])
    error[np.arange(len(labels)), labels] -= np.float32(1 - how.doubt)
    error /= np.float32(len(labels))
    back = (error @ output.T) * passing
    return [
        batch.features.T @ back,
        batch.vectors.T @ back,
        back.sum(axis=0),
        hidden.T @ error,
        error.sum(axis=0),
    ]
