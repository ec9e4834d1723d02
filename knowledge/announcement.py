"""An announcement as sentences that can each be a reply."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.boundaries import sentence_spans
from knowledge.markdown import Passage, passages
from knowledge.records import Speech

_OPENING = "\"'‘“«(["
_CLOSING = " .!?…\"'’”»)]"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whose words a sentence is."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A unit of the announcement that can be a reply.

    `text` is the source's own characters after one rule: link markup `[text](target)` gives its text, other
    Markdown marks of structure and emphasis (and HTML tags) give nothing, a character reference such as
    `&amp;` gives its character, and each run of white space (line ends and page breaks inside the sentence
    among it) gives one space. `start` and `end` are its character span in the decoded source. `section` is
    the heading it stands under ("" before the first; the headline is none), `paragraph` counts from 1 through
    the whole announcement, `index` is its place among all sentences, from 0.
    """

    index: int
    text: str
    section: str
    paragraph: int
    start: int
    end: int
    kind: str  # "headline", "bullet" or "text"
    speaker: Speaker | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quote stands: its sentence, and its span in the sentence's text."""

    sentence: Sentence
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Announcement:
    """A parsed announcement: its headline (or ""), its source text as decoded, its sentences in order."""

    title: str
    source: str
    sentences: tuple[Sentence, ...]

    def places(self, quote: str) -> tuple[Place, ...]:
        """Find every place where a quote stands inside a sentence, white space apart."""
        words = " ".join(quote.split())
        found: list[Place] = []
        for sentence in self.sentences if words else ():
            start = sentence.text.find(words)
            while start >= 0:
                found.append(Place(sentence, start, start + len(words)))
                start = sentence.text.find(words, start + 1)
        return tuple(found)


class SpeechError(ValueError):
    """Curated speeches do not fit the announcement: (place among the speeches, message) for each fault."""

    def __init__(self, problems: Sequence[tuple[int, str]]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(message for _, message in self.problems))


def parse(text: str, speeches: Sequence[Speech] = ()) -> Announcement:
    """Read a Markdown or plain text; raise SpeechError if the speeches do not fit it."""
    sentences = tuple(_sentences(passages(text)))
    title = next((sentence.text for sentence in sentences if sentence.kind == "headline"), "")
    return Announcement(title, text, _attributed(sentences, speeches) if speeches else sentences)


def _sentences(found: Sequence[Passage]) -> Iterator[Sentence]:
    headline = _headline(found)
    section = ""
    index = paragraph = 0
    for passage in found:
        if passage.kind == "heading" and passage is not headline:
            section = passage.text
            continue
        paragraph += 1
        kind = "headline" if passage is headline else "bullet" if passage.kind == "item" else "text"
        text = passage.text
        for start, end in [(0, len(text))] if passage is headline else sentence_spans(text):
            if any(character.isalnum() for character in text[start:end]):
                first, last = passage.letters[start], passage.letters[end - 1]
                yield Sentence(index, text[start:end], section, paragraph, first.start, last.end, kind)
                index += 1


def _headline(found: Sequence[Passage]) -> Passage | None:
    """Choose the first heading, if it is a top one or opens the text, or else an opening unclosed line."""
    heading = next((passage for passage in found if passage.kind == "heading"), None)
    if heading and (heading.level == 1 or heading is found[0]):
        return heading
    opening = found[0] if len(found) > 1 else None
    if opening and opening.kind == "paragraph" and not opening.closed and not opening.text.endswith(","):
        return opening
    return None


def _attributed(sentences: Sequence[Sentence], speeches: Sequence[Speech]) -> tuple[Sentence, ...]:
    """Give the sentences their speakers, and leave out the lines that only introduce one."""
    spoken: dict[int, int] = {}
    introductions: set[int] = set()
    problems: list[tuple[int, str]] = []
    for number, speech in enumerate(speeches):
        try:
            introduction, first, last = _located(sentences, speech)
        except ValueError as error:
            problems.append((number, str(error)))
            continue
        taken = next((index for index in range(first, last + 1) if index in spoken), None)
        if taken is not None:
            message = (
                f"the words of {speech.name} overlap those of {speeches[spoken[taken]].name} at "
                f"“{sentences[taken].text}”; give each speaker sentences of their own"
            )
            problems.append((number, message))
        spoken.update(dict.fromkeys(range(first, last + 1), number))
        if introduction != first and sentences[introduction].text.endswith(":"):
            introductions.add(introduction)
    if problems:
        raise SpeechError(problems)
    people = {index: Speaker(speeches[n].name, speeches[n].role) for index, n in spoken.items()}
    kept = [
        replace(sentence, speaker=people.get(sentence.index))
        for sentence in sentences
        if sentence.index not in introductions
    ]
    return tuple(replace(sentence, index=index) for index, sentence in enumerate(kept))


def _located(sentences: Sequence[Sentence], speech: Speech) -> tuple[int, int, int]:
    """Find the introduction, the first and the last sentence of a speech; ValueError says why not."""
    line, first_words, last_words = (
        " ".join(words.split()) for words in (speech.introduced_by, speech.first, speech.last)
    )
    introductions = [sentence.index for sentence in sentences if line and line in sentence.text]
    if not introductions:
        raise ValueError(
            f"the line “{line}” that should introduce {speech.name} is not in the announcement; "
            "copy it from the source into introduced_by"
        )
    # Two speeches of one person may have the same introduction: the words that follow tell them apart.
    starts = [
        (index, first)
        for index in introductions
        if (first := _first(sentences, index, line, first_words)) is not None
    ]
    if not starts:
        following = [sentence.text for sentence in sentences[introductions[0] + 1 :][:1]]
        raise ValueError(
            f"the first words “{first_words}” of {speech.name} do not open the sentence after “{line}”; "
            + (f"that sentence is “{following[0]}”: " if following else "nothing follows it: ")
            + "copy its opening words into first"
        )
    introduction, first = starts[0]
    wanted = last_words.rstrip(_CLOSING)
    for sentence in sentences[first:]:
        if wanted and sentence.text.rstrip(_CLOSING).endswith(wanted):
            return introduction, first, sentence.index
    raise ValueError(
        f"the last words “{last_words}” of {speech.name} close no sentence from “{first_words}” on; "
        "copy the closing words of the last sentence spoken into last"
    )


def _first(sentences: Sequence[Sentence], index: int, line: str, words: str) -> int | None:
    """Find the sentence a speech starts with: the one after the introduction, or the introduction's own."""
    text = sentences[index].text
    if words and words in text[text.index(line) + len(line) :]:
        return index
    following = sentences[index + 1].text if index + 1 < len(sentences) else ""
    opens = words and following.lstrip(_OPENING).startswith(words.lstrip(_OPENING))
    return index + 1 if opens else None
