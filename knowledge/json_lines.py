"""JSON objects a line, read from bytes that may be anything."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_EXAMPLE = '{"id": "1", "q": "Who signed it?"}'
# A reader may split lines where Unicode does; JSON lets these stand escaped in any text.
_LINE_ENDS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


class LineError(ValueError):
    """A line that cannot be used, in words that say why and what to write instead."""


def numbered_lines(stream: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """Give the lines that hold something with their numbers, from 1; blank ones count."""
    for number, line in enumerate(stream, 1):
        content = line.removeprefix(_BYTE_ORDER_MARK) if number == 1 else line
        if content.strip():
            yield number, content.strip()


def read_object(line: bytes) -> dict[str, Any]:
    """Read the one JSON object of a line; LineError says why there is none."""
    try:
        value = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise LineError(
            f"the line is not UTF-8: byte {error.start + 1} of it is 0x{error.object[error.start]:02x}. "
            "Save the file as UTF-8."
        ) from None
    except json.JSONDecodeError as error:
        raise LineError(
            f"the line is not JSON at column {error.colno}: {error.msg[:1].lower()}{error.msg[1:]}. "
            f"Write one object a line, such as {_EXAMPLE}."
        ) from None
    except RecursionError:
        raise LineError("the line nests lists or objects too deeply. Write it flat.") from None
    except ValueError:
        raise LineError("the line holds a number of too many digits. Put it in quotation marks.") from None
    if not isinstance(value, dict):
        raise LineError(f"the line holds {named(value)}, not an object. Write it like {_EXAMPLE}.")
    return value


def read_text(values: dict[str, Any], key: str, where: str = "") -> str:
    """Read a text that must be there."""
    if key not in values:
        raise LineError(f"the key “{key}” is missing{where}. Add it, as in {_EXAMPLE}.")
    value = values[key]
    if not isinstance(value, str):
        raise LineError(f"“{key}” must be text in quotation marks, not {named(value)}{where}.")
    return value


def read_id(values: dict[str, Any]) -> str | int | None:
    """Read an id: text or a whole number, None when there is none."""
    value = values.get("id")
    if value is None or isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise LineError(f"“id” must be text in quotation marks, not {named(value)}.")


def read_turns(values: dict[str, Any]) -> list[dict[str, Any]]:
    """Read the turns of a dialogue: a list of objects."""
    turns = values["turns"]
    if not isinstance(turns, list):
        raise LineError(f"“turns” must be a list of objects, not {named(turns)}.")
    for number, turn in enumerate(turns, 1):
        if not isinstance(turn, dict):
            raise LineError(f"turn {number} must be an object, not {named(turn)}.")
    return turns


def written(value: object) -> bytes:
    """Write a value as one line of UTF-8, whatever its texts hold."""
    text = json.dumps(value, ensure_ascii=False)
    try:
        return text.translate(_LINE_ENDS).encode() + b"\n"
    except UnicodeEncodeError:  # half a surrogate pair, which only JSON's own escapes can carry
        return json.dumps(value).encode() + b"\n"


def named(value: object) -> str:
    """Name a JSON value for someone who sees the line but not the program."""
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case int() | float():
            return "a number"
        case str():
            return "a text"
        case list():
            return "a list"
    return "an object"
