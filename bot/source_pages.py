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
_LINE = 700  # with a heading and a name above it, it is still within the room
_AROUND = 2
_NEIGHBOUR = 220  # of room for each sentence around, at least


class SourcePages:
    """All pages of one announcement, as full as can be."""

    def __init__(self, announcement: Announcement) -> None:
        self.announcement = announcement
        self._pages: list[list[str]] = []
        self._first: dict[int, int] = {}
        used = _ROOM + 1
        for sentence, block in _blocks(announcement):
            if used + length(block) + 1 > _ROOM:
                # Who speaks is told on every page.
                begun = sentence.speaker and block.startswith(">")
                self._pages.append([_speaks(sentence)] if begun else [])
                used = sum(length(line) + 1 for line in self._pages[-1])
            self._pages[-1].append(block)
            self._first.setdefault(sentence.index, len(self._pages) - 1)
            used += length(block) + 1

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
    introduced = [_speaks(one, before) for before, one in zip((None, *near), near, strict=False)]
    room = CONTENT - length("\n".join((*fixed, *introduced))) - len(near)
    main = quoted(here.text, quotation.start, quotation.end, room=room - others * _NEIGHBOUR)
    room -= length(main)
    lines = [fixed[0]]
    left = others
    for introduction, sentence in zip(introduced, near, strict=True):
        lines.append(introduction)
        if sentence.index == here.index:
            lines += [main, *fixed[1:]]
        else:
            left -= 1
            lines.append(quoted(sentence.text, room=room - left * _NEIGHBOUR))
            room -= length(lines[-1])
    return fitted(lines)


def _speaks(sentence: Sentence, before: Sentence | None = None) -> str:
    """Say whose words a sentence is where that is no longer as it was; "" where nothing has changed."""
    if sentence.speaker == (before.speaker if before else None):
        return ""
    return texts.says(literal(cut(sentence.speaker.name, 150))) if sentence.speaker else texts.GOES_ON


def _blocks(announcement: Announcement) -> Iterator[tuple[Sentence, str]]:
    """Lay out what must not be torn apart, each with its sentence.

    A heading and the name of who speaks stand on the same page as the words below them.
    """
    before: Sentence | None = None
    for sentence in announcement.sentences:
        above: list[str] = []
        if sentence.section and (before is None or sentence.section != before.section):
            above.append(f"**{literal(cut(sentence.section, 200))}**")
        if (speaks := _speaks(sentence, before)) and (sentence.speaker or not above):
            above.append(speaks)
        mark = "• " if sentence.kind == "bullet" else ""
        for piece in _pieces(mark + sentence.text):
            yield sentence, "\n".join((*above, f"> {literal(piece)}"))
            above = []
        before = sentence


def _pieces(text: str) -> Iterator[str]:
    """Divide a sentence that is too long for a line at its spaces, so that none of it is lost."""
    start, space, size = 0, -1, 0
    for place, character in enumerate(text):
        size += length(literal(character))
        if character == " ":
            space = place
        if size > _LINE:
            end = space if space > start else place
            yield text[start:end]
            start = end + (end == space)
            size = length(literal(text[start : place + 1]))
    if text[start:]:
        yield text[start:]
