"""A Markdown or plain text as passages of the characters a reader sees, each tied to its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from markdown_it.token import Token

from knowledge.marks import Reader

_LINE_ENDS = re.compile("[\f\v\x1c-\x1e\x85\u2028\u2029]|\r(?!\n)")
_OTHER_SPACE = re.compile(r"[^\S\n]|\A\ufeff")
_NO_CHARACTER = re.compile("[\0\ud800-\udfff]")
_CLOSED = re.compile(r"""[.!?:…]["'’”»)\]*_]*(\[\d+\])*$""")
_BOLD_LINE_LIMIT = 80


class Letter(NamedTuple):
    """A character as read, and the span of the source that gives it, marks that touch it included."""

    character: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading, a list item's text or a paragraph.

    `level` is a heading's level, 0 otherwise; `group` tells which list item or quotation it stands in: only
    neighbours in the same one can be halves of one paragraph.
    """

    kind: str  # "heading", "item" or "paragraph"
    level: int
    group: tuple[int, ...]
    letters: tuple[Letter, ...]

    @property
    def text(self) -> str:
        """The characters as read: no marks, and one space for each run of white space."""
        return "".join(letter.character for letter in self.letters)

    @property
    def closed(self) -> bool:
        """Whether it ends as a sentence or an introduction ends, closing quotation marks and all."""
        return _CLOSED.search(self.text) is not None


def passages(source: str) -> list[Passage]:
    """List the passages of a source, paragraphs that a page break split made whole again."""
    halves: list[list[Passage]] = []
    for passage in _blocks(source):
        if halves and _continues(halves[-1][-1], passage):
            halves[-1].append(passage)
        else:
            halves.append([passage])
    return [_joined(parts) if len(parts) > 1 else parts[0] for parts in halves]


def _joined(parts: list[Passage]) -> Passage:
    letters = list(parts[0].letters)
    for part in parts[1:]:
        letters.append(Letter(" ", letters[-1].end, part.letters[0].start))
        letters.extend(part.letters)
    return replace(parts[0], letters=tuple(letters))


def _continues(first: Passage, second: Passage) -> bool:
    """Tell whether a page break may have split one paragraph into these two.

    A heading is never continued, nor one list item by another: they rarely end in punctuation. A colon
    closes, since a list without marks may follow it. Names like "iPhone" or "mRNA" are not lower case.
    """
    if "heading" in (first.kind, second.kind) or first.group != second.group or first.closed:
        return False
    start = second.text[:2]
    return start[0].islower() and not start[1:].isupper()


def _blocks(source: str) -> Iterator[Passage]:
    # Every replacement keeps the length, so that a place in the text is the same place in the source.
    text = _LINE_ENDS.sub("\n", source)
    text = _OTHER_SPACE.sub(" ", text)
    text = _NO_CHARACTER.sub("\ufffd", text)
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)

    reader = Reader()
    env: dict[str, Any] = {}
    groups: list[int] = []
    heading: Token | None = None
    for number, token in enumerate(reader.parse(text, env)):
        match token.type:
            case "list_item_open":
                groups.append(number)
            case "blockquote_open":
                groups.append(0)
            case "list_item_close" | "blockquote_close":
                groups.pop()
            case "heading_open":
                heading = token
            case "heading_close":
                heading = None
            case "inline" if token.map:
                places = _places(token.content, lines, starts, token.map[0])
                letters = _collapsed(_letters(reader.shown(token.content, env), places))
                if letters:
                    yield _passage(heading, token.content, tuple(groups), letters)


def _passage(heading: Token | None, content: str, groups: tuple[int, ...], letters: list[Letter]) -> Passage:
    kind = "item" if any(groups) else "paragraph"
    passage = Passage(kind, 0, groups, tuple(letters))
    bold = content.startswith("**") and content.endswith("**") and content.count("**") == 2  # noqa: PLR2004
    if heading:
        # Prose with a row of dashes under it is prose before a rule, though CommonMark calls it a heading.
        prose = heading.markup == "-" and (passage.closed or "\n" in content)
        return passage if prose else Passage("heading", int(heading.tag[1]), groups, tuple(letters))
    if bold and kind == "paragraph" and not passage.closed and len(content) <= _BOLD_LINE_LIMIT:
        return Passage("heading", 6, groups, tuple(letters))
    return passage


def _places(content: str, lines: list[str], starts: list[int], first: int) -> list[int]:
    """Find the place in the source of each character of a block's content, and of its end."""
    places: list[int] = []
    place = 0
    for number, piece in enumerate(content.split("\n"), first):
        # Block marks stand before the content of a line, a heading's closing marks after it.
        line, piece_end = lines[number].rstrip(), piece.rstrip()
        if not line.endswith(piece_end):
            line = line.rstrip("#").rstrip()
        place = starts[number] + max(0, line.rfind(piece_end))
        places.extend(range(place, place + len(piece) + 1))
    return places


def _letters(shown: list[str | None], places: list[int]) -> Iterator[Letter]:
    """Tie each character that shows to its span; a mark goes with the character before it if they touch."""
    last: Letter | None = None
    start: int | None = None
    for character, place in zip(shown, places, strict=False):
        if character:
            if last:
                yield last
            for extra in character[:-1]:
                yield Letter(extra, place, place + 1)
            last = Letter(character[-1], place if start is None else start, place + 1)
            start = None
        elif last and (character is None or not last.character.isspace()):
            last = last._replace(end=place + 1)
        elif start is None:
            start = place
    if last:
        yield last


def _collapsed(letters: Iterator[Letter]) -> list[Letter]:
    """Leave one space for each run of white space, none at the ends."""
    kept: list[Letter] = []
    for letter in letters:
        if not letter.character.isspace():
            kept.append(letter)
        elif kept and kept[-1].character != " ":
            kept.append(letter._replace(character=" "))
    if kept and kept[-1].character == " ":
        kept.pop()
    return kept
