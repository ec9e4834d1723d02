"""Requests read from any bytes, and outcomes as plain data."""

import contextlib
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from knowledge.batching import Request, read_request, reply
from knowledge.json_lines import LineError, numbered_lines, written
from tests.bot.harbour import harbour

JSON = some.recursive(
    some.none() | some.booleans() | some.floats() | some.integers() | some.text(),
    lambda inner: some.lists(inner) | some.dictionaries(some.sampled_from(["id", "q", "turns"]), inner),
)


@given(some.binary() | JSON.map(lambda value: json.dumps(value).encode()))
def test_any_line_is_a_request_or_said_to_be_none(line: bytes) -> None:
    with contextlib.suppress(LineError):
        assert isinstance(read_request(line), Request)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(some.lists(some.text(some.characters(codec=None)), max_size=3), some.text(some.characters(codec=None)))
def test_any_question_gets_a_line_that_reads_back(questions: list[str], name: str) -> None:
    line = written(reply(harbour(), Request(name, tuple(questions), is_dialogue=True)))
    assert line.count(b"\n") == 1
    assert len(line.decode("utf-8").splitlines()) == 1
    answer = json.loads(line)
    assert answer["id"] == name
    assert len(answer["turns"]) == len(questions)
    for turn, question in zip(answer["turns"][:1], questions[:1], strict=True):
        alone = json.loads(written(reply(harbour(), Request(name, (question,)))))
        assert alone == {"id": name} | turn


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"{", "the line is not JSON at column 2"),
        (b"[" * 100_000, "nests lists or objects too deeply"),
        (b'{"id": ' + b"9" * 5000 + b"}", "a number of too many digits"),
        (b'"text"', "the line holds a text, not an object"),
        (b'{"id": true, "q": "x"}', "“id” must be text in quotation marks, not true"),
        (b'{"id": 1.5, "q": "x"}', "“id” must be text in quotation marks, not a number"),
        (b'{"id": "1", "q": null}', "“q” must be text in quotation marks, not null"),
        (b'{"turns": null}', "“turns” must be a list of objects, not null"),
        (b'{"turns": [1]}', "turn 1 must be an object, not a number"),
        (b'{"turns": [{"q": "x"}, {"q": {}}]}', "not an object in turn 2"),
    ],
)
def test_what_is_wrong_with_a_line_is_said(line: bytes, said: str) -> None:
    with pytest.raises(LineError, match=said):
        read_request(line)


def test_blank_lines_count_but_ask_nothing() -> None:
    assert list(numbered_lines([b"\xef\xbb\xbf\n", b" a\r\n", b"\t\n", b"b"])) == [(2, b"a"), (4, b"b")]


def test_suggestions_are_other_sentences_likeliest_first() -> None:
    data = reply(harbour(), Request("1", ("which gate",)))
    assert data["outcome"] == "clarify"
    assert [one["fact"] for one in data["suggestions"]] == ["north", "south"]
    assert data["fact"] is None
    assert data["sentence"] is None
