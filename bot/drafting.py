"""Edits curated files the way a careful person would: everything not meant stays as it is, byte for byte."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import tomli
import tomlkit
from tomlkit.items import Array, InlineTable, Item, Table

VOICE = "members"  # under which members' own wordings go where a record sorts its questions by voice

_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*[\w-]+[ \t]*\]\][ \t]*(?:#[^\n]*)?\r?$", re.MULTILINE)
_TAIL = re.compile(r"(?:^[ \t]*(?:#[^\n]*)?(?:\r?\n|\Z))+\Z", re.MULTILINE)
_KINDS = ("fact", "not_stated", "small_talk")


class DraftError(Exception):
    """A file can't be edited as wished; the message is for the admin who wished it."""


@dataclass(frozen=True, slots=True)
class _Block:
    """The span of a file that one record takes, and its data."""

    start: int
    end: int
    kind: str
    record: dict[str, Any]


def add_questions(toml: bytes, record_id: str, questions: Sequence[str]) -> bytes:
    """Add example questions to a record, after those it has; in the voice "members" if it has voices.

    Questions it already has, in whatever capitals, are left out. Comments and order stay; where the last
    question of the list had no comma it gets one.
    """
    text, before = _read(toml)
    block = next((block for block in _blocks(text) if block.record.get("id") == record_id), None)
    if block is None:
        raise DraftError(f"The file has no record {record_id!r}; choose the file it stands in.")
    present = block.record.get("questions")
    if not isinstance(present, list | dict):
        raise DraftError(f"The record {record_id!r} has no list of questions; give it one by hand first.")
    known = present if isinstance(present, list) else [q for voice in present.values() for q in voice]
    new = _new(questions, known)
    if not new:
        return toml
    edited = _edit(text[block.start : block.end], block.kind, new)
    number = sum(other.kind == block.kind and other.start < block.start for other in _blocks(text))
    expected = deepcopy(before)
    _extend(expected[block.kind][number], new)
    return _checked(text[: block.start] + edited + text[block.end :], expected)


def add_not_stated(
    toml: bytes, record_id: str, title: str, questions: Sequence[str], nearest: str | None = None
) -> bytes:
    """Add a topic the announcement does not state at the end of a file, which may be empty."""
    text, before = _read(toml)
    if any(block.record.get("id") == record_id for block in _blocks(text)):
        raise DraftError(f"The file has a record {record_id!r} already; choose another id.")
    record: dict[str, Any] = {"id": record_id, "title": _tidy(title)}
    if nearest is not None:
        record["nearest"] = _tidy(nearest)
    record["questions"] = _new(questions, [])
    keys = [f"{key} = {_quoted(value)}\n" for key, value in record.items() if isinstance(value, str)]
    added = f"[[not_stated]]\n{''.join(keys)}questions = {_listed(record['questions'])}\n"
    apart = "" if not text else "\n" if text.endswith("\n") else "\n\n"
    expected = deepcopy(before)
    expected.setdefault("not_stated", []).append(record)
    return _checked(text + _like(text, apart + added), expected)


def _read(toml: bytes) -> tuple[str, dict[str, Any]]:
    try:
        text = toml.decode()
        return text, tomli.loads(text)
    except UnicodeDecodeError:
        raise DraftError("The file is not UTF-8 text; save it as UTF-8 first.") from None
    except tomli.TOMLDecodeError as error:
        raise DraftError(f"The file is not valid TOML ({error}); correct it first.") from None


def _checked(text: str, expected: dict[str, Any]) -> bytes:
    """Return the edited file, but never one that says anything else than was meant."""
    try:
        done = tomli.loads(text) == expected
    except tomli.TOMLDecodeError:
        done = False
    if not done:
        raise DraftError("The file is written in a way that can't be edited safely here; edit it by hand.")
    return text.encode()


def _blocks(text: str) -> Iterator[_Block]:
    """Find the records, each from its header to the next.

    Blocks are edited alone because tomlkit does not keep the order of records of several kinds in one file.
    What looks like a header inside a text or a list is none: up to there the block is no valid TOML.
    """
    start = 0
    for end in [*(match.start() for match in _HEADER.finditer(text)), len(text)]:
        try:
            data = tomli.loads(text[start:end])
        except tomli.TOMLDecodeError:
            continue
        for kind in _KINDS:
            if isinstance(rows := data.get(kind), list) and len(rows) == 1 and _HEADER.match(text, start):
                yield _Block(start, _without_tail(text, start, end), kind, rows[0])
        start = end


def _without_tail(text: str, start: int, end: int) -> int:
    """Leave out blank lines and comments at the end: they belong to what follows."""
    tail = _TAIL.search(text, start, end)
    return tail.start() if tail else end


def _edit(text: str, kind: str, new: list[str]) -> str:
    document = tomlkit.parse(text)
    rows: Any = document[kind]
    questions = rows[0]["questions"]
    if isinstance(questions, Table | InlineTable) and VOICE in questions:
        questions = questions[VOICE]
    if isinstance(questions, Array):
        for question in new:
            questions.append(question)
    else:
        questions[VOICE] = _item(new, inline=isinstance(questions, InlineTable))
    return _like(text, tomlkit.dumps(document))


def _item(questions: list[str], *, inline: bool) -> Item:
    listed = f"[{', '.join(map(_quoted, questions))}]" if inline else _listed(questions)
    return tomlkit.value(listed)


def _extend(record: dict[str, Any], new: list[str]) -> None:
    present = record["questions"]
    target = present if isinstance(present, list) else present.setdefault(VOICE, [])
    target.extend(new)


def _listed(questions: Iterable[str]) -> str:
    return "[\n" + "".join(f"  {_quoted(question)},\n" for question in questions) + "]"


def _quoted(text: str) -> str:
    return tomlkit.string(text).as_string()


def _like(text: str, edited: str) -> str:
    """Give the edited part the line ends of the file."""
    if "\r\n" not in text:
        return edited
    return re.sub(r"(?<!\r)\n", "\r\n", edited)


def _tidy(text: str) -> str:
    """Make one line of any text: no line ends, no control characters, no half characters."""
    clean = "".join(" " if unicodedata.category(letter) in {"Cc", "Cs"} else letter for letter in text)
    return " ".join(clean.split())


def _new(questions: Iterable[str], known: Iterable[str]) -> list[str]:
    seen = {_tidy(question).casefold() for question in known}
    new = []
    for question in map(_tidy, questions):
        if question and question.casefold() not in seen:
            seen.add(question.casefold())
            new.append(question)
    return new
