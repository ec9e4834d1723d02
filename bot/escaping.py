"""Text made literal: whatever it holds, Discord shows exactly its characters."""

import re

from bot.limits import ELLIPSIS, length

# A backslash before any of these shows the character itself. "<" opens mentions, timestamps and links, "@"
# everyone and here, "[" masked links; the others mark up.
_SPECIAL = frozenset("\\*_~`|<@[")
_AT_LINE_START = re.compile(r"#{1,3}(?=\s)|>|-#?(?=\s)|\+(?=\s)|\d+(?=[.)]\s)")
_BREAKS = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")


def literal(text: str) -> str:
    """Escape a text that becomes one line (or the rest of one)."""
    return "".join(_pieces(text))


def quoted(text: str, start: int = 0, end: int = 0, *, room: int) -> str:
    """Make a quotation line of a sentence, the words from `start` to `end` in bold, in `room` units at most.

    Where marks and escapes leave no room for a whole sentence it is shown as code, which needs none, and only
    what is too long even so is cut.
    """
    start, end = _whole_words(text, start, end)
    pieces = _pieces(text)
    marked = f"> {_marked(pieces, start, end)}"
    if length(marked) <= room:
        return marked
    if "```" not in text and length(text) + len("```\n\n```") <= room:
        return f"```\n{text}\n```"
    while pieces and length(f"> {_marked(pieces, start, end)}{ELLIPSIS}") > room:
        excess = length(f"> {_marked(pieces, start, end)}{ELLIPSIS}") - room
        pieces = pieces[: len(pieces) - max(1, excess // 2)]
    return f"> {_marked(pieces, start, end)}{ELLIPSIS}"


def _pieces(text: str) -> list[str]:
    """Escape each character by itself, so that a text can be cut and marked between any two."""
    text = _BREAKS.sub(lambda found: " " * len(found[0]), text)
    pieces = [f"\\{character}" if character in _SPECIAL else character for character in text]
    for place in range(len(text) - 2):
        if text.startswith("://", place):
            pieces[place] = "\\:"
    indent = len(text) - len(text.lstrip())
    if found := _AT_LINE_START.match(text, indent):
        # A digit cannot be escaped, but the point after it can.
        place = found.end() if found[0].isdigit() else found.start()
        pieces[place] = f"\\{text[place]}"
    return pieces


def _marked(pieces: list[str], start: int, end: int) -> str:
    end = min(end, len(pieces))
    if start >= end:
        return "".join(pieces)
    return f"{''.join(pieces[:start])}**{''.join(pieces[start:end])}**{''.join(pieces[end:])}"


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Let a span neither begin nor end inside a word, nor with a space: bold marks would not work there."""
    start, end = max(0, start), min(end, len(text))
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    while 0 < start < end and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while start < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end
