"""The word vectors that are part of the package tell which questions are of like meaning."""

import pickle

import numpy as np
import pytest

from knowledge.forms import Forms
from knowledge.words.vectors import word_vectors

TABLE = word_vectors()


def likeness(one: str, other: str) -> float:
    return float(TABLE.of_question(one.split()) @ TABLE.of_question(other.split()))


@pytest.mark.parametrize(
    ("asked", "alike", "unlike"),
    [
        ("the motor trade", "the car industry", "the weather forecast"),
        ("cash handed out", "money given", "phones and lasers"),
        ("who inked it", "who signed it", "who cooked it"),
        ("boffins swapping labs", "scientists exchanging laboratories", "trains leaving stations"),
        ("physicians", "doctors", "lorries"),
    ],
)
def test_questions_of_like_meaning_are_more_alike_than_others(asked: str, alike: str, unlike: str) -> None:
    assert likeness(asked, alike) > likeness(asked, unlike)


def test_a_vector_has_length_1_where_both_parts_know_a_word() -> None:
    assert np.linalg.norm(TABLE.of_question(["money", "zzzz"])) == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize("words", [[], ["zzzz"], ["£", "@"]])
def test_unknown_words_have_none(words: list[str]) -> None:
    assert not TABLE.of_question(words).any()


def test_a_name_counts_as_the_word_it_is() -> None:
    np.testing.assert_array_equal(TABLE.of_question(["@nasa"]), TABLE.of_question(["nasa"]))


def test_common_words_hardly_count() -> None:
    assert likeness("what is the money", "money") > 0.9


def test_many_questions_are_read_as_each_alone() -> None:
    questions = [["who", "signed"], [], ["money"], ["zzzz", "money"]]
    together = TABLE.of_questions(Forms.of(questions))
    for question, vector in zip(questions, together, strict=True):
        np.testing.assert_allclose(TABLE.of_question(question), vector, atol=1e-6)


def test_a_copy_in_another_process_is_read_there_and_not_sent() -> None:
    sent = pickle.dumps(TABLE)
    assert len(sent) < 200
    assert pickle.loads(sent) is TABLE  # noqa: S301 - our own
