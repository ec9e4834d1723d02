"""Quotes checked against the announcement, and what is wrong with one in words."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from knowledge.announcement import Announcement, Place, Sentence

# A Discord message holds 2,000 characters; the rest is for the speaker, the place and the suggestions.
MAX_SENTENCE = 1500

_NEAR_ENOUGH = 55  # below this, the closest passage has only common words with the quote
_MARGIN = 4  # words by which the closest passage may reach beyond its alignment
_COSTS = (1, 2, 2)  # to insert, delete, replace: a curator leaves words out rather than makes them up
_CLOSING = ".,;:!?"
_SHOWN = 3  # differences worth listing


def locate(announcement: Announcement, quote: str, key: str) -> Place | str:
    """Find the one place of a quote, or say why it has none; `key` is what the record calls it."""
    words = " ".join(quote.split())
    places = announcement.places(words)
    if not places:
        return _crossing(announcement, words, key) or _missing(announcement, words, key)
    if len(places) > 1:
        where = " and ".join(f"in “{_extract(place)}”" for place in places[:_SHOWN])
        count = {2: "twice"}.get(len(places), f"{len(places)} times")
        return f"The {key} “{words}” occurs {count}: {where}. Quote more words, so that it occurs once."
    length = len(places[0].sentence.text)
    if length > MAX_SENTENCE:
        return (
            f"The sentence of the {key} “{words}” is {length:,} characters long and a reply carries at most "
            f"{MAX_SENTENCE:,}. Quote a shorter sentence."
        )
    return places[0]


def _extract(place: Place) -> str:
    """Take the words around a quote, enough to tell two places apart."""
    text = place.sentence.text
    start = text.rfind(" ", 0, max(0, place.start - 30)) + 1
    end = text.find(" ", min(len(text), place.end + 30))
    end = len(text) if end < 0 else end
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


def _crossing(announcement: Announcement, words: str, key: str) -> str:
    for first, second in zip(announcement.sentences, announcement.sentences[1:], strict=False):
        if words in f"{first.text} {second.text}":
            return (
                f"The {key} “{words}” runs over two sentences, “{first.text}” and “{second.text}”. "
                "Quote words of one of them."
            )
    if words in " ".join(sentence.text for sentence in announcement.sentences):
        return f"The {key} “{words}” runs over several sentences. Quote words of one of them."
    return ""


def _missing(announcement: Announcement, words: str, key: str) -> str:
    said = f"The {key} “{words}” is not in the announcement"
    passage = _closest(announcement.sentences, words)
    if not passage:
        return f"{said}, nor is anything like it. Copy the words from the announcement."
    differences = list(_differences(words.split(), passage.split()))
    shown = "; ".join(differences[:_SHOWN]) + ("; …" if len(differences) > _SHOWN else "")
    return f"{said}. The closest passage is “{passage}”: {shown}. Copy the words from there."


def _closest(sentences: Sequence[Sentence], words: str) -> str:
    """Find the passage of the announcement that is most like a quote, in whole words."""
    best: tuple[float, Sentence | None, int, int] = (0.0, None, 0, 0)
    for sentence in sentences:
        found = fuzz.partial_ratio_alignment(words, sentence.text, score_cutoff=max(best[0], _NEAR_ENOUGH))
        if found and found.score > best[0]:
            best = (found.score, sentence, found.dest_start, found.dest_end)
    _, nearest, start, end = best
    if nearest is None:
        return ""
    # The alignment is as long as the quote and may cut words: the best window of whole words lies around it.
    all_words = nearest.text.split(" ")
    first = nearest.text.count(" ", 0, start)
    last = nearest.text.count(" ", 0, end) + 1
    windows = [
        " ".join(all_words[begin:stop])
        for begin in range(max(0, first - _MARGIN), first + _MARGIN)
        for stop in range(max(begin + 1, last - _MARGIN), last + _MARGIN)
    ]
    windows += [window.rstrip(_CLOSING) for window in windows]
    return min(filter(None, windows), key=lambda window: Levenshtein.distance(words, window, weights=_COSTS))


def _differences(quote: list[str], passage: list[str]) -> Iterator[str]:
    """Say where a quote and a passage differ, neighbouring differences as one."""
    codes = Levenshtein.opcodes(quote, passage)
    for same, group in groupby(codes, key=lambda code: code.tag == "equal"):
        if same:
            continue
        run = list(group)
        ours = " ".join(quote[run[0].src_start : run[-1].src_end])
        theirs = " ".join(passage[run[0].dest_start : run[-1].dest_end])
        if ours and theirs:
            yield f"“{ours}” should be “{theirs}”"
        elif theirs:
            yield f"“{theirs}” is missing"
        else:
            yield f"“{ours}” is too much"
