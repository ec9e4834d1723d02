"""An announcement as sentences that can each be a reply."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whose words a sentence is."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A unit of the announcement that can be a reply.

    `text` is the source's own characters after one rule: link markup `[text](target)` gives its text, other
    Markdown marks of structure and emphasis give nothing, and each run of white space (line ends and page
    breaks inside the sentence among it) gives one space. `start` and `end` are its character span in the
    decoded source. `section` is the heading it stands under ("" before the first), `paragraph` counts from 1
    through the whole announcement, `index` is its place among all sentences, from 0.
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
class Announcement:
    """A parsed announcement: its headline, its source text as decoded, and its sentences in order."""

    title: str
    source: str
    sentences: tuple[Sentence, ...]
