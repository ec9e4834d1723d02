"""Two opinions become one probability for each record, and something is left for none."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from knowledge.opinion import Calibration, Opinion, trusted

EVEN = Calibration(sharpness=5.0, nothing=-0.5)
NUMBERS = st.floats(-50, 50, width=32)


def opinion(claims: list[float], logits: list[float]) -> Opinion:
    return Opinion(np.array(claims, np.float32), np.array(logits, np.float32))


@given(arrays(np.float32, 4, elements=NUMBERS), arrays(np.float32, 4, elements=NUMBERS), NUMBERS)
def test_any_opinion_becomes_probabilities(claims: np.ndarray, logits: np.ndarray, nowhere: float) -> None:
    found = Opinion(claims, logits).probabilities(Calibration(3.0, -0.9, nowhere=nowhere))
    assert (found >= 0).all()
    assert found.sum() <= 1 + 1e-5


def test_both_opinions_count() -> None:
    first = opinion([1, -1], [0, 0]).probabilities(EVEN)
    second = opinion([-1, -1], [3, 0]).probabilities(EVEN)
    assert first[0] > first[1]
    assert second[0] > second[1]


def test_where_they_differ_neither_is_sure() -> None:
    split = opinion([1, -1], [0, 6]).probabilities(EVEN)
    agreed = opinion([1, -1], [6, 0]).probabilities(EVEN)
    assert split.max() < 0.6
    assert agreed.max() > 0.95


def test_sharpness_makes_a_lead_count_more() -> None:
    blunt, sharp = (
        opinion([0.5, 0.2], [0, 0]).probabilities(Calibration(sharpness, -0.5)) for sharpness in (2.0, 8.0)
    )
    assert sharp[0] > blunt[0]


def test_weak_claims_leave_most_to_no_record_at_all() -> None:
    everywhere = Calibration(5.0, -0.5, nowhere=3.0)
    assert opinion([-1, -1], [0, 0]).probabilities(everywhere).sum() < 0.2
    assert opinion([1, -1], [9, 0]).probabilities(everywhere).sum() > 0.9


def test_a_long_message_is_also_what_its_best_passage_is() -> None:
    whole, passage = opinion([-0.8, -0.8], [0, 0]), opinion([0.9, -0.9], [4, 0])
    read = whole.or_of_passages([passage, opinion([-0.9, -0.9], [0, 0])])
    assert read.probabilities(EVEN)[0] > whole.probabilities(EVEN)[0]
    assert read.claims[0] == pytest.approx(0.8)


def test_a_passage_that_says_nothing_takes_no_lead() -> None:
    others = 200
    whole = opinion([0.9, *[-0.9] * others], [9, *[0] * others])
    read = whole.or_of_passages([opinion([-1] * (others + 1), [0] * (others + 1))])
    assert whole.probabilities(EVEN)[0] > read.probabilities(EVEN)[0] > 0.7


@given(arrays(np.float32, st.integers(1, 9), elements=st.floats(0, 1, width=32)))
def test_trusted_scores_keep_their_order_and_are_probabilities(scores: np.ndarray) -> None:
    shares = np.asarray(scores / max(scores.sum() * 1.1, 1e-6), np.float32)
    found = trusted(shares)
    assert (found >= 0).all()
    assert found.sum() <= 1 + 1e-5
    assert (found[shares < shares.max()] <= found.max()).all()
    others = np.delete(np.arange(len(shares)), shares.argmax())
    assert (np.diff(found[others][np.argsort(shares[others])]) >= 0).all()


def test_a_soft_score_among_many_records_is_trusted_more() -> None:
    few, many = np.array([0.4, 0.1], np.float32), np.array([0.4, *[0.001] * 100], np.float32)
    assert trusted(many)[0] > trusted(few)[0]
