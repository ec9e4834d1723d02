"""Mends misspelt words against the words the records use."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA, Levenshtein

from knowledge.english import word_frequencies

_EDITS_BY_LENGTH = (0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 3)  # letters -> letters that may be wrong
_KNOWN_ENGLISH = 100_000  # occurrences in the list; what is rarer is as often a slip as a word
_REMEMBERED = 20_000
_NAME_COUNT = 50
_SHORTEST = 3  # letters a word must have to be mended or to be what another is mended to
_VOWELS = "aeiouy"


class Mender:
    """Replaces words that are neither the records' nor English by the closest word of the records.

    A correct English word is left alone, however close it comes to a word of the records: somebody who writes
    "lender" does not mean "Lander".
    """

    def __init__(self, counts: Mapping[str, int], *, frequent: int = 3) -> None:
        english = word_frequencies()
        self._counts = dict(counts)
        self._targets: dict[str, list[str]] = {}
        for word, count in counts.items():
            if len(word) >= _SHORTEST and word.isalpha() and (word in english or count >= frequent):
                self._targets.setdefault(word[0], []).append(word)
        self._all = [word for words in self._targets.values() for word in words]
        self._english = english
        self._frequent = frequent
        self._mended: dict[str, tuple[str, ...]] = {}

    @classmethod
    def of(cls, texts: Iterable[Iterable[str]], names: Iterable[str] = ()) -> "Mender":
        """Take the words of these texts as vocabulary and, as if frequent, those of names."""
        counts = Counter(word for words in texts for word in words)
        for word in names:
            counts[word] += _NAME_COUNT
        return cls(counts)

    def mend(self, words: Iterable[str]) -> tuple[list[str], list[tuple[str, str]]]:
        """Replace misspelt words, and tell (typed, understood) for each that was."""
        result: list[str] = []
        mended: list[tuple[str, str]] = []
        for word in words:
            if self._is_known(word):
                result.append(word)
                continue
            better = self._mended.get(word)
            if better is None:
                better = self._closest(word)
                if len(self._mended) < _REMEMBERED:
                    self._mended[word] = better
            result.extend(better)
            if better != (word,):
                mended.append((word, " ".join(better)))
        return result, mended

    def _is_known(self, word: str) -> bool:
        if not word.isalpha() or not word.isascii() or len(word) < _SHORTEST:
            return True
        count = self._counts.get(word, 0)
        return count >= self._frequent or self._english.get(word, 0) >= _KNOWN_ENGLISH

    def _closest(self, word: str) -> tuple[str, ...]:
        allowed = _EDITS_BY_LENGTH[min(len(word), len(_EDITS_BY_LENGTH) - 1)]
        found = process.extract(word, self._all, scorer=OSA.distance, score_cutoff=allowed, limit=12)
        if not found:
            return self._split(word) or (word,)
        return (min((match[0] for match in found), key=lambda target: (self._cost(word, target), target)),)

    def _cost(self, word: str, target: str) -> float:
        """How unlikely it is that somebody who meant `target` typed `word`; only good for comparing."""
        cost = 0.7 * (target[0] != word[0]) + 0.4 * (_skeleton(target) != _skeleton(word))
        for edit in Levenshtein.editops(word, target):
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


def _skeleton(word: str) -> str:
    kept = "".join(letter for letter in word if letter not in "aeiouyh")
    return "".join(letter for place, letter in enumerate(kept) if place == 0 or kept[place - 1] != letter)
