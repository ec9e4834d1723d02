"""Reads a message as Discord shows it, by the part of its Markdown that bots can fall into.

The rules are those of Discord's client in their order of precedence: escapes, then code, then marks.
"""

import re
from dataclasses import dataclass

_RULES = [
    ("escaped", re.compile(r"\\([^0-9A-Za-z\s])")),
    ("code", re.compile(r"(`+)([\s\S]*?[^`])\1(?!`)")),
    ("mention", re.compile(r"<(?:@[!&]?|#|t:|a?:\w+:|/[^:>]+:|id:)[^<>\s]*>|@everyone|@here")),
    ("link", re.compile(r"\[[^\]]+\]\([^)\s]+\)|<[^: >]+:/[^ >]+>|https?://[^\s<]+[^<.,:;\"')\]\s]")),
    ("bold", re.compile(r"\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)")),
    ("underline", re.compile(r"__((?:\\[\s\S]|[^\\])+?)__(?!_)")),
    ("spoiler", re.compile(r"\|\|([\s\S]+?)\|\|")),
    ("strike", re.compile(r"~~((?:\\[\s\S]|[^\\])+?)~~")),
    ("italic", re.compile(r"\*(?=\S)((?:\\[\s\S]|[^\\*])+?)\*|\b_((?:\\[\s\S]|[^\\_])+?)_\b")),
]
_LINE_RULES = re.compile(r"(#{1,3} |-# |> |>>> |[-*+] |\d+[.)] )")


@dataclass(frozen=True)
class Line:
    """A line as read: its text, the words in bold, and all marks that took effect, of whatever kind."""

    text: str
    bold: tuple[str, ...]
    effects: tuple[str, ...]


def read_line(line: str) -> Line:
    """Read one line."""
    effects: list[str] = []
    bold: list[str] = []
    while found := _LINE_RULES.match(line):
        effects.append(found[1].strip())
        line = line[found.end() :]
    return Line(_inline(line, bold, effects), tuple(bold), tuple(effects))


def _inline(text: str, bold: list[str], effects: list[str]) -> str:
    shown = ""
    while text:
        for name, rule in _RULES:
            found = rule.match(text)
            if found is None:
                continue
            if name == "escaped":
                shown += found[1]
            elif name == "code":
                effects.append(name)
                shown += found[2]
            else:
                effects.append(name)
                inner = (
                    next((group for group in found.groups() if group), found[0])
                    if found.groups()
                    else found[0]
                )
                inner = _inline(inner, bold, effects) if found.groups() else inner
                if name == "bold":
                    bold.append(inner)
                shown += inner
            text = text[found.end() :]
            break
        else:
            shown, text = shown + text[0], text[1:]
    return shown


def shown_as_read(line: str) -> str:
    """Leave of a line's marks only those of bold words."""
    return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", line)
