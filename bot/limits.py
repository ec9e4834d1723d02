"""Discord's limits, and the one place that keeps to them; everything the bot sends is made of these."""

from collections.abc import Iterable, Sequence

CONTENT = 2000
BUTTONS_IN_ROW = 5
ROWS = 5
BUTTON_LABEL = 80
CUSTOM_ID = 100
OPTIONS = 25
OPTION_TEXT = 100
PLACEHOLDER = 150
CHOICES = 25
CHOICE_TEXT = 100

ELLIPSIS = "…"


def length(text: str) -> int:
    """Count as Discord does at worst: in UTF-16 units, of which a character outside the BMP takes two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, most: int) -> str:
    """Shorten a plain text to `most` units, ending in “…” at a word if one ends near; never empty."""
    text = " ".join(text.split()) or ELLIPSIS
    if length(text) <= most:
        return text
    while length(text) > most - 1:
        text = text[: min(len(text) - 1, most - 1)]
    at_word = text.rpartition(" ")[0]
    return (at_word if len(at_word) > len(text) * 3 // 4 else text).rstrip() + ELLIPSIS


def fitted(required: Sequence[str], optional: Iterable[str] = (), most: int = CONTENT) -> str:
    """Join paragraphs to a content: all the required ones, then as many of the optional ones as have room.

    Required paragraphs that are too long are a mistake of the caller; they are cut rather than refused.
    """
    text = "\n".join(part for part in required if part)
    for part in optional:
        longer = f"{text}\n{part}" if text else part
        if part and length(longer) <= most:
            text = longer
    while length(text) > most:
        text = text[: most - 1 - (length(text) - len(text))].rstrip() + ELLIPSIS
    return text


def pages(count: int, a_page: int) -> int:
    """Count the pages that so many things fill; one when there is nothing."""
    return max(1, -(-count // a_page))
