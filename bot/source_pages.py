"""The announcement itself, cut into pages that fit into a message."""

from collections.abc import Iterator

from bot import texts
from bot.escaping import literal, quoted
from bot.limits import CONTENT, cut, fitted, length
from bot.replies import attribution
from knowledge.announcement import Announcement, Sentence
from knowledge.outcomes import Quotation

# A page leaves room for the line above it.
_ROOM = CONTENT - 400
_AROUND = 2
_NEIGHBOUR = 220  # of room for each sentence around, at least


def page_count(announcement: Announcement) -> int:
    """Count the pages."""
    return max(1, len(_pages(announcement)))


def source_page(announcement: Announcement, page: int) -> str:
    """Show a page, from 0; the last one for any number beyond it."""
    found = _pages(announcement)
    return "\n".join(text for _, text in found[min(page, len(found) - 1)]) if found else ""


def around(announcement: Announcement, quotation: Quotation) -> tuple[str, int]:
    """Show the sentence of a quotation with a few around it; also the page on which it stands."""
    here = quotation.sentence
    near = announcement.sentences[max(0, here.index - _AROUND) : here.index + _AROUND + 1]
    others = len(near) - 1
    fixed = [texts.around(literal(quotation.fact.title)), *attribution(announcement, here)]
    room = CONTENT - length("\n".join(fixed)) - len(near)
    main = quoted(here.text, quotation.start, quotation.end, room=room - others * _NEIGHBOUR)
    room -= length(main)
    lines = [fixed[0]]
    for sentence in near:
        if sentence is here:
            lines += [main, *fixed[1:]]
        else:
            lines.append(quoted(sentence.text, room=room // others))
    return fitted(lines), _page_of(announcement, here.index)


def _page_of(announcement: Announcement, index: int) -> int:
    numbered = enumerate(_pages(announcement))
    return next((number for number, page in numbered if any(one == index for one, _ in page)), 0)


def _pages(announcement: Announcement) -> list[list[tuple[int, str]]]:
    """Lay out all lines, each with the index of its sentence, in pages that are as full as can be."""
    found: list[list[tuple[int, str]]] = []
    used = _ROOM + 1
    for index, line in _lines(announcement):
        size = length(line) + 1
        if used + size > _ROOM:
            found.append([])
            used = 0
        found[-1].append((index, line))
        used += size
    return found


def _lines(announcement: Announcement) -> Iterator[tuple[int, str]]:
    before: Sentence | None = None
    for sentence in announcement.sentences:
        if sentence.section and (before is None or sentence.section != before.section):
            yield sentence.index, f"**{literal(cut(sentence.section, 200))}**"
        if sentence.speaker and (before is None or sentence.speaker != before.speaker):
            yield sentence.index, texts.says(literal(cut(sentence.speaker.name, 200)))
        mark = "• " if sentence.kind == "bullet" else ""
        for piece in _pieces(mark + sentence.text):
            yield sentence.index, f"> {piece}"
        before = sentence


def _pieces(text: str) -> Iterator[str]:
    """Divide a sentence that is longer than a page at its spaces, so that none of it is lost."""
    piece = ""
    for word in text.split(" "):
        longer = f"{piece} {word}" if piece else word
        if piece and length(literal(longer)) > _ROOM // 2:
            yield literal(piece)
            longer = word
        while length(literal(longer)) > _ROOM // 2:
            yield literal(longer[: _ROOM // 4])
            longer = longer[_ROOM // 4 :]
        piece = longer
    if piece:
        yield literal(piece)
