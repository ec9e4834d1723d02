"""Figures that must agree: a question about one sum is not answered by a sentence about another."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.loading import Curation

_SMALLEST = 3  # "2 countries", "one of them": too common to tell anything
_LARGE = 1000
LARGE_DISAGREEMENT = 0.6
SMALL_DISAGREEMENT = 0.3


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

    def disagreement(self, words: Sequence[str]) -> NDArray[np.float32]:
        """Tell what to take from each record's claim: something where a question names only others' figures.

        Figures that the announcement does not name at all say nothing: they are false premises or years.
        """
        asked = _figures(words) & self._said
        penalty = LARGE_DISAGREEMENT if asked and max(asked) >= _LARGE else SMALL_DISAGREEMENT
        return np.array(
            [penalty if asked and own is not None and not asked & own else 0.0 for own in self._of_record],
            np.float32,
        )


def _facts(curation: Curation) -> frozenset[str]:
    return frozenset(id_ for theme in curation.themes for id_ in theme.facts)


def _figures(words: Sequence[str]) -> frozenset[int]:
    return frozenset(int(word) for word in words if word.isdecimal() and int(word) >= _SMALLEST)
