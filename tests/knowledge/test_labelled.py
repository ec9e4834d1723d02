"""Files of labelled questions, good and bad."""

from pathlib import Path

import pytest

from knowledge.evaluating import evaluate
from knowledge.labelled import LabelError, read_labelled
from tests.bot.harbour import harbour
from tests.knowledge.labels import question, write


def test_questions_and_dialogues_become_cases(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        question("a", "how much will it cost", "cost", manner="formal", split="held-out"),
        {"turns": [{"q": "hello", "gold": []}, {"q": "and the mayor?", "gold": ["mayor"]}]},
        question("b", "who is the architect", abstain_ok=True),
    )
    labelled = read_labelled(path, harbour().announcement)
    assert labelled.problems == ()
    assert [(one.id, one.type, one.refusal_is_right) for one in labelled.cases] == [
        ("a", "plain", False),
        ("questions:2#1", "first turn", True),
        ("questions:2#2", "later turn", False),
        ("b", "plain", True),
    ]
    assert labelled.cases[2].earlier == ("hello",)
    assert labelled.cases[0].manner == "formal"
    judged = evaluate(harbour(), labelled)
    assert [one.said for one in judged][:2] == ["cost", "out_of_scope"]


def test_what_cannot_be_read_is_told_and_the_rest_kept(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        question("a", "how much will it cost", "cost"),
        question("b", "how much will it cost", "price"),
        question("c", "how much will it cost") | {"gold": "cost"},
        question("d", "how much will it cost", abstain_ok="yes"),
        '{"id": "e", "gold": []}',
        "nonsense",
    )
    labelled = read_labelled(path, harbour().announcement)
    assert len(labelled.cases) == 1
    assert [problem.partition(": ")[0] for problem in labelled.problems] == [
        f"questions.jsonl, line {number}" for number in range(2, 7)
    ]
    assert "the sentence id “price” is not in sentences.json" in labelled.problems[0]
    assert "“gold” must be a list of sentence ids" in labelled.problems[1]
    assert "“abstain_ok” must be true or false, not a text" in labelled.problems[2]
    assert "the key “q” is missing" in labelled.problems[3]


def test_labels_of_another_announcement_are_told(tmp_path: Path) -> None:
    path = write(tmp_path, question("a", "how much will it cost", "cost"))
    (tmp_path / "sentences.json").write_text('{"cost": "It is free."}', "utf-8")
    (problem,) = read_labelled(path, harbour().announcement).problems
    said = "sentences.json: the sentence cost is not in the announcement, so no reply can be it:"
    assert problem == f"{said} “It is free.”"


@pytest.mark.parametrize(
    ("sentences", "said"),
    [("[]", "must be one object"), ("{", "is not JSON in UTF-8"), (None, "is needed beside the questions")],
)
def test_the_sentences_must_be_there(sentences: str | None, said: str, tmp_path: Path) -> None:
    path = write(tmp_path, question("a", "how much will it cost"))
    (tmp_path / "sentences.json").unlink()
    if sentences is not None:
        (tmp_path / "sentences.json").write_text(sentences, "utf-8")
    with pytest.raises(LabelError, match=said):
        read_labelled(path, harbour().announcement)


def test_a_file_without_any_question_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LabelError, match="holds no labelled question"):
        read_labelled(write(tmp_path, ""), harbour().announcement)
