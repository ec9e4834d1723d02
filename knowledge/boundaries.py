"""Where the sentences of a paragraph begin and end."""

import re

from sentencex import get_sentence_boundaries  # type: ignore[import-untyped]

# The library breaks after these; before a figure they never end a sentence.
_BEFORE_FIGURES = re.compile(r"\b(?:approx|ca?|ch|ext|figs?|nos?|nr|paras?|pp?|vol)\.\s*\Z", re.IGNORECASE)
_FIGURE = re.compile(r"[£$€]?\d")


def sentence_spans(paragraph: str) -> list[tuple[int, int]]:
    """Find the spans of a paragraph's sentences, without the white space around them."""
    spans: list[tuple[int, int]] = []
    open_from: int | None = None
    for boundary in get_sentence_boundaries("en", paragraph):
        start: int = boundary["start_index"] if open_from is None else open_from
        end: int = boundary["end_index"]
        piece = paragraph[start:end]
        unfinished = _BEFORE_FIGURES.search(piece) and _FIGURE.match(paragraph, end)
        # A number of a list in running text is taken for a sentence of its own: it belongs to the next.
        if unfinished or not any(character.isalpha() for character in piece):
            open_from = start
            continue
        open_from = None
        spans.append(_trimmed(paragraph, start, end))
    if open_from is not None and paragraph[open_from:].strip():
        first = spans.pop()[0] if spans else open_from
        spans.append(_trimmed(paragraph, first, len(paragraph)))
    return spans


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return start, start + len(piece.strip())
