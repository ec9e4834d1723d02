"""Where sentences end, on the examples by which the library was chosen."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.boundaries import sentence_spans


def _examples() -> list[object]:
    text = Path(__file__).with_name("sentence_examples.txt").read_text(encoding="utf-8")
    examples: list[object] = []
    for paragraph in text.split("\n\n"):
        lines = paragraph.strip().splitlines()
        sentences = [line for line in lines if not line.startswith("#")]
        missed = "# missed" in lines
        if sentences:
            marks = [pytest.mark.xfail(reason="the library misses it", strict=False)] if missed else []
            examples.append(pytest.param(sentences, marks=marks, id=sentences[0][:40]))
    return examples


@pytest.mark.parametrize("sentences", _examples())
def test_an_example_is_split_as_written(sentences: list[str]) -> None:
    paragraph = " ".join(sentences)
    assert [paragraph[start:end] for start, end in sentence_spans(paragraph)] == sentences


def test_a_number_of_a_list_in_running_text_is_no_sentence() -> None:
    paragraph = "1. Sign the statement. 2. Fund the work."
    sentences = [paragraph[start:end] for start, end in sentence_spans(paragraph)]
    assert sentences == ["1. Sign the statement.", "2. Fund the work."]


@given(st.text())
def test_spans_are_in_order_and_leave_out_only_white_space(paragraph: str) -> None:
    spans = sentence_spans(paragraph)
    position = 0
    for start, end in spans:
        assert not paragraph[position:start].strip()
        assert paragraph[start:end] == paragraph[start:end].strip() != ""
        position = end
    assert not paragraph[position:].strip()
