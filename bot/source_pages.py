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
_LINE = _ROOM // 2
_AROUND = 2
_NEIGHBOUR = 220  # of room for each sentence around, at least


class SourcePages:
    """All pages of one announcement, as full as can be."""

    def __init__(self, announcement: Announcement) -> None:
        self.announcement = announcement
        self._pages: list[list[str]] = []
        self._first: dict[int, int] = {}
        used = _ROOM + 1
        for index, line in _lines(announcement):
            size = length(line) + 1
            if used + size > _ROOM:
                self._pages.append([])
                used = 0
            self._pages[-1].append(line)
            self._first.setdefault(index, len(self._pages) - 1)
            used += size

    def __len__(self) -> int:
        return max(1, len(self._pages))

    def page(self, number: int) -> str:
        """Show a page, counted from 0."""
        return "\n".join(self._pages[number]) if self._pages else ""

    def page_of(self, sentence: Sentence) -> int:
        """Tell on which page a sentence begins."""
        return self._first.get(sentence.index, 0)


def around(announcement: Announcement, quotation: Quotation) -> str:
    """Show the sentence of a quotation with a few around it."""
    here = quotation.sentence
    near = announcement.sentences[max(0, here.index - _AROUND) : here.index + _AROUND + 1]
    others = len(near) - 1
    fixed = [texts.around(literal(quotation.fact.title)), *attribution(announcement, here)]
    room = CONTENT - length("\n".join(fixed)) - len(near)
    main = quoted(here.text, quotation.start, quotation.end, room=room - others * _NEIGHBOUR)
    room -= length(main)
    lines = [fixed[0]]
    for sentence in near:
        if sentence.index == here.index:
            lines += [main, *fixed[1:]]
        else:
            lines.append(quoted(sentence.text, room=room // others))
    return fitted(lines)


def _lines(announcement: Announcement) -> Iterator[tuple[int, str]]:
    """Lay out all lines, each with the index of its sentence."""
    before: Sentence | None = None
    for sentence in announcement.sentences:
        if sentence.section and (before is None or sentence.section != before.section):
            yield sentence.index, f"**{literal(cut(sentence.section, 200))}**"
        if sentence.speaker and (before is None or sentence.speaker != before.speaker):
            yield sentence.index, texts.says(literal(cut(sentence.speaker.name, 200)))
        mark = "• " if sentence.kind == "bullet" else ""
        for piece in _pieces(mark + sentence.text):
            yield sentence.index, f"> {literal(piece)}"
        before = sentence


def _pieces(text: str) -> Iterator[str]:
    """Divide a sentence that is too long for a line at its spaces, so that none of it is lost."""
    start, space, size = 0, -1, 0
    for place, character in enumerate(text):
        # At worst every character is escaped.
        size += 1 + length(character)
        if character == " ":
            space = place
        if size > _LINE:
            end = space if space > start else place
            yield text[start:end]
            start = end + (end == space)
            size = 2 * length(text[start : place + 1])
    if text[start:]:
        yield text[start:]
