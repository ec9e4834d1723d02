"""Normal forms in little space are the words that went in; kept ones are only taken for their questions."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import forms
from knowledge.forms import Forms

WORDS = st.lists(
    st.sampled_from(["who", "signed", "it", "£", "@uk"]) | st.text(min_size=1, max_size=4), max_size=6
)
NAMES = (("UK", "United Kingdom"),)
QUESTIONS = ("who signed it", "when", "signed by whom")
FORMS = Forms.of([question.split() for question in QUESTIONS])


@given(st.lists(WORDS, max_size=6))
def test_the_words_come_out_as_they_went_in(questions: list[list[str]]) -> None:
    collected = Forms.of(questions)
    assert [list(words) for words in collected] == questions
    assert len(collected) == len(questions)
    assert list(collected.vocabulary) == sorted({word for words in questions for word in words})


@given(st.lists(WORDS, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_questions_are_picked_in_the_order_asked_for(questions: list[list[str]], numbers: object) -> None:
    places = [numbers.randrange(len(questions)) for _ in range(5)]  # type: ignore[attr-defined]
    picked = Forms.of(questions).take(np.array(places, np.intp))
    assert [list(words) for words in picked] == [questions[place] for place in places]


def test_words_are_counted() -> None:
    assert FORMS.counts() == {"by": 1, "it": 1, "signed": 2, "when": 1, "who": 1, "whom": 1}


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    path = tmp_path / forms.FILE
    np.savez_compressed(path, **forms.arrays(FORMS, forms.key_of(NAMES, QUESTIONS)))
    return path


def test_kept_forms_are_read_again(kept: Path) -> None:
    found = forms.read(kept, forms.key_of(NAMES, QUESTIONS))
    assert found is not None
    assert list(found) == list(FORMS)


@pytest.mark.parametrize(
    ("names", "questions"),
    [
        (NAMES, QUESTIONS[1:]),
        (NAMES, (*QUESTIONS, "how")),
        (NAMES, ("Who signed it", *QUESTIONS[1:])),
        (NAMES, QUESTIONS[::-1]),
        ((("UK",),), QUESTIONS),
        ((), QUESTIONS),
    ],
)
def test_those_of_other_questions_or_names_are_refused(
    kept: Path, names: tuple[tuple[str, ...], ...], questions: tuple[str, ...]
) -> None:
    assert forms.read(kept, forms.key_of(names, questions)) is None


def test_a_damaged_or_missing_file_is_no_forms(kept: Path) -> None:
    key = forms.key_of(NAMES, QUESTIONS)
    whole = kept.read_bytes()
    for content in (b"", whole[:50], whole[: len(whole) // 2]):
        kept.write_bytes(content)
        assert forms.read(kept, key) is None
    kept.unlink()
    assert forms.read(kept, key) is None


def test_parts_that_do_not_fit_together_are_refused(tmp_path: Path) -> None:
    key = forms.key_of(NAMES, QUESTIONS)
    good = forms.arrays(FORMS, key)
    for wrong in ({"tokens": good["tokens"][1:]}, {"vocabulary": np.array("who")}):
        np.savez_compressed(tmp_path / "wrong.npz", **{**good, **wrong})
        assert forms.read(tmp_path / "wrong.npz", key) is None
