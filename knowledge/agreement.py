"""Figures that must agree: a question about one sum is not answered by a sentence about another."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.loading import Curation

_SMALLEST = 3  # "2 countries", "one of them": too common to tell anything
_LARGE = 1000
# What is left of a record's odds whose sentences do not name the figure asked about.
LARGE_LEFT = 0.03
SMALL_LEFT = 0.15


class Figures:
    """The figures in the announcement's sentences, and for each record those of the sentences it quotes."""

    def __init__(self, curation: Curation, ids: Sequence[str]) -> None:
        normal = curation.language.words
        of_sentence = [_figures(normal(sentence.text)) for sentence in curation.announcement.sentences]
        self._said = frozenset().union(*of_sentence)
        self._of_record: list[frozenset[int] | None] = []
        for id_ in ids:
            places = [curation.quoted[id_], *curation.also.get(id_, ())] if id_ in _facts(curation) else None
            figures = None if places is None else [of_sentence[place.sentence.index] for place in places]
            own = None if figures is None else frozenset().union(*figures)
            self._of_record.append(own)

    def agreed(self, probabilities: NDArray[np.float32], words: Sequence[str]) -> NDArray[np.float32]:
        """Take from records whose sentences lack the figures that a question names, and give it to the rest.

        Figures that the announcement does not name at all say nothing: they are false premises or years.
        """
        asked = _figures(words) & self._said
        if not asked:
            return probabilities
        left = LARGE_LEFT if max(asked) >= _LARGE else SMALL_LEFT
        kept = np.array([1.0 if own is None or asked & own else left for own in self._of_record], np.float32)
        weighed = probabilities * kept
        return np.asarray(weighed / max(1.0 - float(probabilities.sum() - weighed.sum()), 1e-6), np.float32)


def _facts(curation: Curation) -> frozenset[str]:
    return frozenset(id_ for theme in curation.themes for id_ in theme.facts)


def _figures(words: Sequence[str]) -> frozenset[int]:
    return frozenset(int(word) for word in words if word.isdecimal() and int(word) >= _SMALLEST)
