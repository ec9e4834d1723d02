"""One-against-all linear support vector machines, all records trained at once."""

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

BIAS = -1.0  # no record claims a question that shares nothing with its examples
_SMALLEST_STEP = 1e-3


def train(
    vectors: sp.csr_matrix, labels: NDArray[np.intp], classes: int, *, cost: float = 2.0, epochs: int = 3
) -> sp.csr_matrix:
    """Weigh the examples, a row each and a column per class: `weights.T @ similarities + BIAS` scores.

    L2-regularised squared-hinge loss by dual coordinate descent (Hsieh et al., ICML 2008), each example's
    step taken for every class together. With the fixed bias nearly all (example, class) pairs start and stay
    at zero. The examples are visited in one fixed pseudo-random order, so the same input gives the same
    weights.
    """
    count = vectors.shape[0]
    primal = np.zeros((vectors.shape[1], classes), np.float32)
    dual = np.zeros((count, classes), np.float32)
    signs = -np.ones(classes, np.float32)
    shrink = np.float32(1 / (2 * cost))
    squares = np.asarray(vectors.multiply(vectors).sum(axis=1), np.float32).ravel() + shrink
    order = np.random.default_rng(0)
    starts, indices, data = vectors.indptr, vectors.indices, vectors.data
    for _ in range(epochs):
        for row in order.permutation(count):
            features = indices[starts[row] : starts[row + 1]]
            weights = data[starts[row] : starts[row + 1]]
            scores = weights @ primal[features] + np.float32(BIAS)
            signs[labels[row]] = 1
            multipliers = dual[row]
            moved = np.maximum(multipliers - (signs * scores - 1 + shrink * multipliers) / squares[row], 0)
            steps = (moved - multipliers) * signs
            signs[labels[row]] = -1
            changed = np.flatnonzero(np.abs(steps) > _SMALLEST_STEP)
            if len(changed):
                multipliers[changed] = moved[changed]
                primal[features[:, None], changed] += weights[:, None] * steps[changed]
    dual *= -1
    own = np.arange(count), labels
    dual[own] = -dual[own]
    return sp.csr_matrix(dual)
