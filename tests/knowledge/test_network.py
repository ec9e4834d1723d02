"""A small network learns which words mean which record, and always the same."""

import numpy as np
import scipy.sparse as sp

from knowledge.network import Network, Training

CLASSES = 4
WORDS = 12  # of which each class has three of its own
HOW = Training(hidden=16, epochs=40, batch=8)


def examples(seed: int = 0) -> tuple[sp.csr_matrix, np.ndarray, np.ndarray]:
    """Draw questions of two words of their class and a vector that tells half of it."""
    chance = np.random.default_rng(seed)
    labels = np.repeat(np.arange(CLASSES), 20)
    rows = np.zeros((len(labels), WORDS), np.float32)
    for row, label in zip(rows, labels, strict=True):
        row[3 * label + chance.choice(3, 2, replace=False)] = 0.5**0.5
    vectors = np.stack([labels % 2, 1 - labels % 2], axis=1).astype(np.float32)
    return sp.csr_matrix(rows), vectors, labels.astype(np.intp)


def trained() -> Network:
    rows, vectors, labels = examples()
    return Network.train(rows, vectors, labels, CLASSES, HOW)


NETWORK = trained()


def guess(columns: list[int], vector: list[float]) -> int:
    return int(NETWORK.logits(np.array(columns, np.intp), np.array(vector, np.float32)).argmax())


def test_it_tells_the_classes_it_was_shown() -> None:
    for label in range(CLASSES):
        assert guess([3 * label, 3 * label + 1], [label % 2, 1 - label % 2]) == label


def test_a_vector_tells_where_words_do_not() -> None:
    assert guess([], [1, 0]) % 2 == 1
    assert guess([], [0, 1]) % 2 == 0


def test_the_same_examples_give_the_same_network() -> None:
    for one, other in zip(NETWORK.arrays, trained().arrays, strict=True):
        np.testing.assert_array_equal(one, other)


def test_one_example_is_enough_to_learn_from() -> None:
    network = Network.train(
        sp.csr_matrix(np.zeros((1, 0), np.float32)),
        np.zeros((1, 2), np.float32),
        np.zeros(1, np.intp),
        1,
        HOW,
    )
    assert np.isfinite(network.logits(np.array([], np.intp), np.zeros(2, np.float32))).all()


def test_doubt_keeps_it_from_being_too_sure() -> None:
    rows, vectors, labels = examples()
    sure = Network.train(rows, vectors, labels, CLASSES, Training(hidden=16, epochs=40, batch=8, doubt=0.0))
    columns, vector = np.array([0, 1], np.intp), np.array([0, 1], np.float32)
    lead = [float(np.ptp(network.logits(columns, vector))) for network in (NETWORK, sure)]
    assert lead[0] < lead[1]
