"""Mends misspelt words against the words the records use."""

import math
from collections.abc import Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA, Levenshtein

from knowledge.english import word_frequencies
from knowledge.words.vectors import word_vectors

_EDITS_BY_LENGTH = (0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 3)  # letters -> letters that may be wrong
_KNOWN_ENGLISH = 100_000  # occurrences in the list; what is rarer is as often a slip as a word
_REMEMBERED = 20_000
_NAME_COUNT = 50
_SHORTEST = 3  # letters a word must have to be mended or to be what another is mended to
_SHORTEST_SLIP = 5  # letters from which a word that people repeat may still be a slip
_CLOSE = 0.25  # of its letters that may be wrong
_OFTENER = 2  # how many times as often what a rare word of the records is mended to must stand there
_CLEARLY = 10  # how many times as often the right spelling stands
_VOWELS = "aeiouy"
_NEGATING = frozenset({"un", "non", "de", "dis", "in", "im", "ir", "il", "mis", "counter", "sub"})
_SWAPPED = 1.1  # what two edits cost less that are one swap of neighbours


class Mender:
    """Replaces words that are neither the records' nor English by the closest word of the records.

    A common English word is left alone, however close it comes to a word of the records: somebody who writes
    "lender" does not mean "Lander". The records' own words may be misspelt too, where people of many hands
    have written them: what is no English and close to a far commoner word is never what another is mended to.
    """

    def __init__(
        self, counts: Mapping[str, int], *, frequent: int = 3, mended: Iterable[str] | None = None
    ) -> None:
        """Look for slips among the words unless those are given that `corrections` found before."""
        self._english = word_frequencies()
        self._common = word_vectors().places  # names and new words among them
        self._counts = dict(counts)
        self._frequent = frequent
        self._mended: dict[str, tuple[str, ...]] = {}
        candidates = [word for word in counts if len(word) >= _SHORTEST and word.isalpha()]
        self._targets = [word for word in candidates if self._is_common(word)]
        sure = set(self._targets)
        rare = [word for word in candidates if word not in sure]
        rare = [word for word in rare if word in self._english or counts[word] >= frequent]
        slips = filter(self._is_slip, rare) if mended is None else set(rare).intersection(mended)
        self._slips = frozenset(slips)
        self._targets = sorted(sure.union(rare) - self._slips)

    @classmethod
    def of(
        cls, counts: Mapping[str, int], names: Iterable[str] = (), mended: Iterable[str] | None = None
    ) -> "Mender":
        """Take words and how often they occur as vocabulary and, as if frequent, those of names."""
        more = dict(counts)
        for word in names:
            more[word] = more.get(word, 0) + _NAME_COUNT
        return cls(more, mended=mended)

    def mend(self, words: Iterable[str]) -> tuple[list[str], list[tuple[str, str]]]:
        """Replace misspelt words, and tell (typed, understood) for each that was."""
        result: list[str] = []
        mended: list[tuple[str, str]] = []
        for word in words:
            better = (word,) if self._is_known(word) else self._better(word)
            result.extend(better)
            if better != (word,):
                mended.append((word, " ".join(better)))
        return result, mended

    def corrections(self) -> dict[str, tuple[str, ...]]:
        """Find the vocabulary's own misspelt words and what they are mended to."""
        found = {word: self._better(word) for word in self._counts if not self._is_known(word)}
        return {word: better for word, better in found.items() if self._is_clearer(word, better)}

    def _is_clearer(self, word: str, better: tuple[str, ...]) -> bool:
        """Tell whether what a word of the vocabulary would be mended to is written clearly oftener."""
        least = min(self._counts.get(part, 0) for part in better)
        return better != (word,) and least >= _OFTENER * self._counts[word]

    def _is_known(self, word: str) -> bool:
        if not word.isalpha() or not word.isascii() or len(word) < _SHORTEST:
            return True
        if self._is_common(word):
            return True
        return self._counts.get(word, 0) >= self._frequent and word not in self._slips

    def _is_common(self, word: str) -> bool:
        return self._english.get(word, 0) >= _KNOWN_ENGLISH or word in self._common

    def _is_slip(self, word: str) -> bool:
        """Tell whether a word that people repeat is still a misspelling of a far commoner one.

        A rare English word is one only where two of its letters have changed places: "singed" for "signed".
        """
        if len(word) < _SHORTEST_SLIP:
            return False
        best = self._closest(word)
        if best is None or self._counts[best] < _CLEARLY * self._counts[word]:
            return False
        if word in self._english:
            return OSA.distance(word, best) == 1 and sorted(word) == sorted(best)
        return OSA.distance(word, best) <= _CLOSE * len(word)

    def _better(self, word: str) -> tuple[str, ...]:
        better = self._mended.get(word)
        if better is None:
            closest = self._closest(word)
            better = (closest,) if closest else self._split(word) or (word,)
            if len(self._mended) < _REMEMBERED:
                self._mended[word] = better
        return better

    def _closest(self, word: str) -> str | None:
        allowed = _EDITS_BY_LENGTH[min(len(word), len(_EDITS_BY_LENGTH) - 1)]
        found = process.extract(word, self._targets, scorer=OSA.distance, score_cutoff=allowed, limit=12)
        meant = [match[0] for match in found if not _negates(word, match[0])]
        return min(meant, key=lambda target: (self._cost(word, target), target), default=None)

    def _cost(self, word: str, target: str) -> float:
        """How unlikely it is that somebody who meant `target` typed `word`; only good for comparing."""
        cost = 0.7 * (target[0] != word[0]) + 0.4 * (_skeleton(target) != _skeleton(word))
        edits = Levenshtein.editops(word, target)
        cost -= _SWAPPED * (len(edits) - OSA.distance(word, target))
        for edit in edits:
            here, there = edit.src_pos, edit.dest_pos
            if edit.tag == "insert":  # a letter left out is the commonest slip
                cost += 0.8
            elif edit.tag == "delete":
                cost += 0.8 if word[here] in word[max(0, here - 1) : here] else 1.0
            else:
                cost += 1.0 if word[here] in _VOWELS and target[there] in _VOWELS else 1.3
        return cost - 0.12 * math.log1p(self._counts.get(target, 0))

    def _split(self, word: str) -> tuple[str, ...]:
        best: tuple[int, tuple[str, ...]] = (0, ())
        for place in range(2, len(word) - 1):
            left, right = word[:place], word[place:]
            weight = min(self._counts.get(left, 0), self._counts.get(right, 0))
            if weight > best[0]:
                best = (weight, (left, right))
        return best[1]


def _negates(word: str, other: str) -> bool:
    """Tell whether one word is the other with something before it that turns its sense round."""
    longer, shorter = (word, other) if len(word) > len(other) else (other, word)
    return longer.endswith(shorter) and longer.removesuffix(shorter) in _NEGATING


def _skeleton(word: str) -> str:
    kept = "".join(letter for letter in word if letter not in "aeiouyh")
    return "".join(letter for place, letter in enumerate(kept) if place == 0 or kept[place - 1] != letter)
