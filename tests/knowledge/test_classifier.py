"""What can be told apart is learnt, and the same every time."""

import numpy as np
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from knowledge.classifier import BIAS, train

Vectors = NDArray[np.float32]


def clusters(seed: int, classes: int, each: int = 6) -> tuple[Vectors, NDArray[np.intp]]:
    """Rows of unit length, those of a class near one another."""
    numbers = np.random.default_rng(seed)
    labels = np.repeat(np.arange(classes), each)
    rows = np.eye(classes + 3)[labels] + 0.2 * numbers.random((len(labels), classes + 3))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32), labels


def scores(weights: sp.csr_matrix, examples: Vectors, rows: Vectors) -> Vectors:
    return np.asarray((weights.T @ (examples @ rows.T)).T + BIAS)


@given(st.integers(0, 10**6), st.integers(2, 6))
def test_separable_examples_are_all_learnt(seed: int, classes: int) -> None:
    rows, labels = clusters(seed, classes)
    weights = train(sp.csr_matrix(rows), labels, classes)
    given_scores = scores(weights, rows, rows)
    assert (given_scores.argmax(axis=1) == labels).all()
    own = given_scores[np.arange(len(labels)), labels]
    assert (own > 0).all()
    assert ((given_scores > 0).sum(axis=1) == 1).all()


def test_new_rows_go_to_the_class_they_are_like() -> None:
    rows, labels = clusters(1, 4)
    new, new_labels = clusters(2, 4)
    weights = train(sp.csr_matrix(rows), labels, 4)
    assert (scores(weights, rows, new).argmax(axis=1) == new_labels).all()


def test_a_row_that_shares_nothing_is_claimed_by_no_class() -> None:
    rows, labels = clusters(1, 3)
    weights = train(sp.csr_matrix(rows), labels, 3)
    assert (scores(weights, rows, np.zeros((1, rows.shape[1]), np.float32)) == BIAS).all()


def test_only_the_own_class_is_pulled_up() -> None:
    rows, labels = clusters(3, 4)
    weights = train(sp.csr_matrix(rows), labels, 4).toarray()
    own = weights[np.arange(len(labels)), labels]
    assert (own >= 0).all()
    assert own.any()
    weights[np.arange(len(labels)), labels] = 0
    assert (weights <= 0).all()


@given(st.integers(0, 10**6))
def test_the_same_input_gives_the_same_weights(seed: int) -> None:
    rows, labels = clusters(seed, 3)
    first, second = (train(sp.csr_matrix(rows), labels, 3) for _ in range(2))
    assert (first.toarray() == second.toarray()).all()


def test_learning_leaves_its_input_as_it_was() -> None:
    rows, labels = clusters(4, 3)
    vectors, before = sp.csr_matrix(rows), labels.copy()
    train(vectors, labels, 3)
    assert (vectors.toarray() == rows).all()
    assert (labels == before).all()


def test_one_class_of_one_example_is_enough() -> None:
    weights = train(sp.csr_matrix(np.ones((1, 1), np.float32)), np.zeros(1, np.intp), 1)
    assert weights.shape == (1, 1)
    assert weights[0, 0] > 0


def test_examples_without_a_feature_do_no_harm() -> None:
    rows, labels = clusters(5, 2)
    rows[0] = 0
    weights = train(sp.csr_matrix(rows), labels, 2)
    assert np.isfinite(weights.data).all()
    assert (scores(weights, rows, rows[1:]).argmax(axis=1) == labels[1:]).all()


def test_examples_under_two_classes_tear_neither_away() -> None:
    rows, labels = clusters(6, 2)
    contradictory = np.vstack([rows, rows[:1]])
    weights = train(sp.csr_matrix(contradictory), np.append(labels, 1), 2)
    assert (scores(weights, contradictory, rows[1:]).argmax(axis=1) == labels[1:]).all()
