"""One curated TOML file: its tables, and the lines they stand on, which the TOML reader does not tell."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import tomli

from knowledge.problems import Problem

_TOKENS = re.compile(
    r'(?P<text>"""(?:[^"\\]|\\.|"(?!""))*"{3,5}|\'\'\'(?:[^\']|\'(?!\'\'))*\'{3,5}'
    r'|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\')'
    r"|#[^\n]*"
    r"|^[ \t]*\[\[?[ \t]*(?P<table>[\w-]+)[ \t]*\]\]?"
    r"|^[ \t]*(?P<key>[\w-]+)[ \t]*=",
    re.DOTALL | re.MULTILINE,
)
# Where no text spans lines, what looks like a header on a line of its own is one.
_HEADER_LINE = re.compile(r"^[ \t]*\[\[?[ \t]*(?P<table>[\w-]+)[ \t]*\]\]?[ \t]*(?:#.*)?$", re.MULTILINE)
_AT_LINE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


@dataclass(frozen=True)
class CuratedFile:
    """The decoded text and the data of one file."""

    name: str
    text: str
    data: dict[str, Any]

    def line(self, table: str, number: int) -> int | None:
        """Find the line of the header of a table, counted from 0 among its kind, if it has one."""
        span = self._span(table, number)
        return None if span is None else self._line_at(span[0])

    def line_of_header(self, table: str) -> int | None:
        """Find the line of the first header of a table, whatever its brackets."""
        start = next((start for name, start in self._headers if name == table), None)
        return None if start is None else self._line_at(start)

    def line_of_key(self, key: str) -> int | None:
        """Find the line of a key above the first table."""
        first_table = next((start for _, start in self._headers), len(self.text))
        start = self._key_start(key, 0, first_table)
        return None if start is None else self._line_at(start)

    def line_of(self, table: str, number: int, value: object, key: str = "", nth: int = 0) -> int | None:
        """Find the line of a text inside a table (its nth occurrence), else of a key, else of the table."""
        span = self._span(table, number)
        if span is None:
            return None
        start, end = span
        key_start = self._key_start(key, start, end)
        if isinstance(value, str):
            texts = self._texts(start if key_start is None else key_start, end)
            lines = [line for line, text in texts if text.strip() == value.strip()]
            if len(lines) > nth:
                return lines[nth]
        return self._line_at(start if key_start is None else key_start)

    @cached_property
    def _headers(self) -> list[tuple[str, int]]:
        if '"""' not in self.text and "'''" not in self.text:
            return [(match["table"], match.start()) for match in _HEADER_LINE.finditer(self.text)]
        # Texts and comments are matched too, so that nothing inside them is taken for a header.
        found = ((match["table"], match.start("table")) for match in _TOKENS.finditer(self.text))
        return [(table, start) for table, start in found if table]

    @cached_property
    def _spans(self) -> dict[str, list[tuple[int, int]]]:
        ends = [*(start for _, start in self._headers[1:]), len(self.text)]
        spans: dict[str, list[tuple[int, int]]] = {}
        for (table, start), end in zip(self._headers, ends, strict=False):
            spans.setdefault(table, []).append((start, end))
        return spans

    def _span(self, table: str, number: int) -> tuple[int, int] | None:
        spans = self._spans.get(table, [])
        rows = self.data.get(table, ())
        return spans[number] if number < len(spans) == len(rows) else None

    def _texts(self, start: int, end: int) -> Iterator[tuple[int, str]]:
        for match in _TOKENS.finditer(self.text, start, end):
            if match["text"]:
                value = tomli.loads(f"value = {match['text']}")["value"]
                yield self._line_at(match.start()), value

    def _key_start(self, key: str, start: int, end: int) -> int | None:
        matches = _TOKENS.finditer(self.text, start, end)
        return next((match.start("key") for match in matches if key and match["key"] == key), None)

    def _line_at(self, position: int) -> int:
        return self.text.count("\n", 0, position) + 1


def read(name: str, content: bytes) -> CuratedFile | Problem:
    """Decode and read one file, or say why it cannot be read."""
    try:
        text = decoded(content)
        return CuratedFile(name, text, tomli.loads(text))
    except UnicodeDecodeError as error:
        return not_utf8(name, error)
    except RecursionError:
        return Problem(name, None, "", "The file nests lists or tables too deeply. Write it flat.")
    except ValueError as error:
        reason = str(error)
        line, column = None, ""
        if at := _AT_LINE.search(reason):
            line = int(at[1]) if at[1] else text.count("\n") + 1
            column = f" at column {at[2]}" if at[2] else ""
            reason = reason[: at.start()]
        message = (
            f"The file is not valid TOML{column}: {reason[:1].lower()}{reason[1:].rstrip('.')}. "
            "Look here and just above for a missing quotation mark, comma or bracket."
        )
        return Problem(name, line, "", message)


def decoded(content: bytes) -> str:
    """Decode a file, without the byte-order mark some editors write."""
    return content.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")


def not_utf8(name: str, error: UnicodeDecodeError) -> Problem:
    """Say where a file stops being UTF-8."""
    line = error.object.count(b"\n", 0, error.start) + 1
    message = (
        f"The file is not UTF-8: byte {error.start} is 0x{error.object[error.start]:02x}. "
        "Save it as UTF-8 in your editor."
    )
    return Problem(name, line, "", message)
