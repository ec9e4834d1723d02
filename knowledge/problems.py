"""What can be wrong with curated files, in words a curator can act on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from rapidfuzz import fuzz, process

_EXPECTED = {
    "string_type": "text in quotation marks",
    "tuple_type": "a list in square brackets",
}
_SHAPES = {
    "questions": "a list of texts, or a table of such lists",
    "next": "a table of lists of texts, each under the id of a record",
}
_NEAR_ENOUGH = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a curated file: where, in which record, and what to do.

    `line` is None if it cannot be had, `record` is "" for what is wrong with a file as a whole.
    """

    file: str
    line: int | None
    record: str
    message: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return ": ".join(part for part in (place, self.record, self.message) if part)


class LoadError(Exception):
    """Curated files cannot be used; `problems` are all that is wrong with them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        count = "1 problem" if len(self.problems) == 1 else f"{len(self.problems)} problems"
        super().__init__("\n".join([f"{count} in the curated files:", *map(str, self.problems)]))


def nearest(word: str, known: Iterable[str]) -> str:
    """Suggest the known word that was probably meant, as a sentence, or list them when none is near."""
    words = list(known)
    found = process.extractOne(word, words, scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH)
    if found:
        return f"Did you mean “{found[0]}”?"
    return f"Known are {', '.join(words)}." if words else "There are none."


def unknown_key(key: str, known: Iterable[str]) -> str:
    """Say that a key is not known and which was probably meant."""
    return f"The key “{key}” is not known here. {nearest(key, known)}"


def in_words(error: ValidationError, known: Iterable[str]) -> list[tuple[str, Any, str]]:
    """Say what a model with the known keys refuses: (key, value, message), each message once."""
    said: dict[str, tuple[str, Any, str]] = {}
    for details in error.errors(include_url=False, include_context=True):
        key = str(details["loc"][0]) if details["loc"] else ""
        message = _message(details, key, known)
        said.setdefault(message, (key, details["input"], message))
    return list(said.values())


def _message(details: ErrorDetails, key: str, known: Iterable[str]) -> str:
    kind, value, innermost = details["type"], details["input"], str(details["loc"][-1])
    limits = details.get("ctx", {})
    match kind:
        case "extra_forbidden":
            message = unknown_key(innermost, known)
        case "missing":
            message = f"The key “{innermost}” is missing. Add it."
        case "string_too_long":
            message = (
                f"The {key} is {len(value)} characters long and may have {limits['max_length']}. "
                f"Shorten “{value}”."
            )
        case "string_too_short" | "too_short":
            message = f"The key “{key}” is empty. Write something in it or leave the key out."
        case "string_pattern_mismatch" if key == "reply":
            message = (
                f"The reply “{value}” is no key of a text. Write lower-case letters joined by underscores."
            )
        case "string_pattern_mismatch":
            message = (
                f"“{value}” is no id. Write lower-case letters and figures joined by hyphens, "
                "such as “who-signed”."
            )
        case "string_type" if len(details["loc"]) > 1:
            message = f"Each item of “{key}” must be text in quotation marks, not {_named(value)}."
        case _ if key in _SHAPES:
            message = f"The key “{key}” must be {_SHAPES[key]}, not {_named(value)}."
        case _ if kind in _EXPECTED:
            message = f"The key “{key}” must be {_EXPECTED[kind]}, not {_named(value)}."
        case _:
            message = f"The key “{key}” cannot be {_named(value)}. Compare it with another record."
    return message


def _named(value: object) -> str:
    """Name a TOML value for someone who has never heard of types."""
    if isinstance(value, bool):
        return f"the truth value {str(value).lower()}"
    if isinstance(value, int | float):
        return f"the number {value}"
    if isinstance(value, str):
        return f"the text “{value}”"
    if isinstance(value, dict):
        return "a table"
    return "a list" if isinstance(value, Sequence) else f"the value {value}"
