"""Labelled example questions in a fixed order, for a matcher to learn from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from knowledge.forms import Forms


@dataclass(frozen=True, eq=False)
class Examples:
    """Labelled questions in a fixed order: `labels` are places in `ids`, `forms` the normal forms."""

    ids: tuple[str, ...]
    questions: tuple[str, ...]
    forms: Forms
    labels: NDArray[np.intp]

    @classmethod
    def collect(cls, records: Mapping[str, Iterable[tuple[str, Sequence[str]]]]) -> Self:
        """Order the (question, normal form) pairs of each record, so that the order they come in is lost."""
        rows = [(id_, question, words) for id_, pairs in records.items() for question, words in pairs]
        forms = Forms.of([words for _, _, words in rows])
        return cls.of(list(records), [id_ for id_, _, _ in rows], [text for _, text, _ in rows], forms)

    @classmethod
    def of(cls, ids: Iterable[str], owners: Sequence[str], questions: Sequence[str], forms: Forms) -> Self:
        """Order questions, each with the id of its record and its normal form at the same place."""
        sorted_ids = tuple(sorted(ids))
        if not sorted_ids:
            raise ValueError("there are no records to learn")
        label_of = {id_: label for label, id_ in enumerate(sorted_ids)}
        labels = np.fromiter(map(label_of.__getitem__, owners), np.intp, len(owners))
        for label in np.flatnonzero(np.bincount(labels, minlength=len(sorted_ids)) == 0):
            raise ValueError(f"the record “{sorted_ids[label]}” has no example question to learn from")
        order = sorted(range(len(questions)), key=lambda place: (questions[place], labels[place]))
        places = np.array(order, np.intp)
        ordered = tuple(questions[place] for place in order)
        return cls(sorted_ids, ordered, forms.take(places), labels[places])
