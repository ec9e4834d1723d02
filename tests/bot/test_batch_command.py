"""The contract of `python -m bot batch`, to the letter."""

import json
from pathlib import Path

import pytest

from tests.bot.program import run, write_harbour

KEYS = ["outcome", "fact", "sentence", "suggestions", "score"]
MIXED = b"""\xef\xbb\xbf{"id": "one", "q": "how much will it cost", "type": "ignored"}
{"id": "two", "turns": [{"q": "hello", "gold": []}, {"q": "who is the architect"}]}

not json
\xff\xfe{"id": "utf-16"}
{"id": "three"}
{"id": "four", "q": ["a list"]}
{"id": ["five"], "q": "hello"}
[1, 2]
{"id": "six", "turns": {"q": "hello"}}
{"id": "seven", "turns": ["hello", {"q": "hello"}]}
{"id": "eight", "turns": [{"q": "hello"}, {"question": "hello"}]}
{"id": "\xc3\xa9\\u2028\\ud83d", "q": "\\ud83d \\u0000 \\u202e"}
{"id": 9, "q": ""}
{"turns": []}
{"id": 10, "q": "hello"}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_harbour(tmp_path_factory.mktemp("records") / "harbour")


def test_good_lines_are_answered_in_order_and_bad_ones_reported(folder: Path, tmp_path: Path) -> None:
    questions = tmp_path / "mixed.jsonl"
    questions.write_bytes(MIXED)
    done = run("batch", questions, "--facts", folder, cwd=tmp_path, PYTHONIOENCODING="ascii", LC_ALL="C")
    assert done.returncode == 1
    answers = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    assert [answer["id"] for answer in answers] == ["one", "two", "é\u2028\ud83d", 9, None, 10]
    one, two, strange, nothing, empty, _ = answers
    assert list(one) == ["id", *KEYS]
    assert one["outcome"] == "answer"
    assert one["fact"] == "cost"
    assert one["sentence"] == "The building will cost 12 million pounds and will open in May 2031."
    assert list(two) == ["id", "turns"]
    assert [list(turn) for turn in two["turns"]] == [KEYS, KEYS]
    assert [turn["outcome"] for turn in two["turns"]] == ["out_of_scope", "not_stated"]
    assert strange["outcome"] == nothing["outcome"] == "out_of_scope"
    assert empty == {"id": None, "turns": []}
    reported = done.stderr.decode("ascii", "replace").splitlines()
    numbers = [int(line.removeprefix("Line ").partition(":")[0]) for line in reported]
    assert numbers == [4, 5, 6, 7, 8, 9, 10, 11, 12]
    assert "is not JSON at column 1" in reported[0]
    assert "is not UTF-8: byte 1 of it is 0xff" in reported[1]
    assert "is missing" in reported[2]
    assert "not a list" in reported[3]


def test_questions_come_by_the_input_too(folder: Path, tmp_path: Path) -> None:
    done = run("batch", "-", "--facts", folder, cwd=tmp_path, given=b'{"id": "1", "q": "hello"}\r\n')
    assert done.returncode == 0
    assert json.loads(done.stdout)["outcome"] == "out_of_scope"
    assert done.stderr == b""
