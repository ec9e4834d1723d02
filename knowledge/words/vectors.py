"""Word vectors: which English words are used alike or mean nearly the same, as a fixed table."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from knowledge.forms import Forms

FILE = "vectors.npz"

Vectors = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class WordVectors:
    """The table: a row a word in `usage` (from GloVe) and `senses` (from WordNet).

    `digest` is the file's SHA-256; `telling` is how much a word counts in a question, between 0 and 1: the
    rarer, the more.
    """

    places: Mapping[str, int]
    digest: str
    telling: NDArray[np.float16]
    usage: NDArray[np.int8]
    senses: NDArray[np.int8]

    @property
    def size(self) -> int:
        """The length of a question's vector."""
        return int(self.usage.shape[1] + self.senses.shape[1])

    def of_questions(self, questions: Forms) -> Vectors:
        """Give each question's vector, a row each: usage and senses of length √½, or 0 for unknown words."""
        places = np.array([self._place(word) for word in questions.vocabulary], np.intp)
        known = places >= 0
        weights = self.telling[places[questions.tokens]] * known[questions.tokens]
        shape = len(questions), len(questions.vocabulary)
        table = sp.csr_matrix((weights.astype(np.float32), questions.tokens, questions.starts), shape=shape)
        return np.hstack(
            [_half(table @ part[places].astype(np.float32)) for part in (self.usage, self.senses)]
        )

    def of_question(self, words: Sequence[str]) -> Vectors:
        """Give one question's vector."""
        return np.asarray(self.of_questions(Forms.of([words]))[0], np.float32)

    def _place(self, word: str) -> int:
        return self.places.get(word.lstrip("@"), -1)

    def __reduce__(self) -> tuple[object, ...]:
        """Stay out of pickles: every process reads the table that is installed."""
        return word_vectors, ()


def _half(sums: Vectors) -> Vectors:
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    return np.asarray(sums * np.sqrt(0.5) / np.maximum(lengths, 1e-6), np.float32)


@cache
def word_vectors() -> WordVectors:
    """Read the table that is part of the package: some 26,000 words."""
    file = resources.files(__package__) / FILE
    with file.open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        words = str(stored["words"]).split("\n")
        places = {word: place for place, word in enumerate(words)}
        return WordVectors(places, digest, stored["telling"], stored["usage"], stored["senses"])
