"""Normal forms of many questions in little space, and kept beside the records so that loading is quick."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from knowledge import english, language

FILE = "fitted.npz"  # beside the records, with what a fit has learnt of them
_CODE = (language, english)  # what normal forms depend on, besides the texts


@dataclass(frozen=True, eq=False)
class Forms:
    """The words of many questions.

    The question at a place has the words `vocabulary[token]` for each token in
    `tokens[starts[place]:starts[place + 1]]`; the vocabulary is sorted.
    """

    vocabulary: tuple[str, ...]
    tokens: NDArray[np.int32]
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, questions: Iterable[Sequence[str]]) -> Self:
        """Collect the words of questions."""
        listed = list(questions)
        words = list(chain.from_iterable(listed))
        vocabulary = tuple(sorted(set(words)))
        number = {word: token for token, word in enumerate(vocabulary)}
        tokens = np.fromiter(map(number.__getitem__, words), np.int32, len(words))
        lengths = np.fromiter(map(len, listed), np.int64, len(listed))
        return cls(vocabulary, tokens, np.concatenate([[0], np.cumsum(lengths)]))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, place: int) -> tuple[str, ...]:
        tokens = self.tokens[self.starts[place] : self.starts[place + 1]]
        return tuple(self.vocabulary[token] for token in tokens)

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        return map(self.__getitem__, range(len(self)))

    @property
    def lengths(self) -> NDArray[np.int64]:
        """How many words each question has."""
        return np.diff(self.starts)

    def counts(self) -> Mapping[str, int]:
        """How often each word occurs."""
        found = np.bincount(self.tokens, minlength=len(self.vocabulary))
        return dict(zip(self.vocabulary, found.tolist(), strict=True))

    def take(self, places: NDArray[np.intp]) -> Self:
        """Pick questions by their places, in that order."""
        lengths = self.lengths[places]
        ends = np.cumsum(lengths)
        within = np.arange(lengths.sum()) + np.repeat(self.starts[:-1][places] - ends + lengths, lengths)
        return type(self)(self.vocabulary, self.tokens[within], np.concatenate([[0], ends]))

    def replaced(self, words: Mapping[str, Sequence[str]]) -> Self:
        """Put other words, one or more, in the place of some."""
        vocabulary = tuple(sorted({part for word in self.vocabulary for part in words.get(word, (word,))}))
        number = {word: token for token, word in enumerate(vocabulary)}
        parts = [[number[part] for part in words.get(word, (word,))] for word in self.vocabulary]
        sizes = np.fromiter(map(len, parts), np.int64, len(parts))
        flat = np.fromiter(chain.from_iterable(parts), np.int32, int(sizes.sum()))
        firsts = np.cumsum(sizes) - sizes
        lengths = sizes[self.tokens]
        ends = np.concatenate([[0], np.cumsum(lengths)])
        within = np.arange(ends[-1]) + np.repeat(firsts[self.tokens] - ends[:-1], lengths)
        return type(self)(vocabulary, flat[within], ends[self.starts])


def key_of(names: Iterable[Sequence[str]], questions: Iterable[str]) -> str:
    """Digest all that the normal forms of these questions depend on."""
    parts = [_code_digest(), *("\t".join(forms) for forms in names), "", *questions]
    return hashlib.sha256("\n".join(parts).encode(errors="surrogatepass")).hexdigest()


@cache
def _code_digest() -> str:
    code = b"".join(Path(str(module.__file__)).read_bytes() for module in _CODE)
    return hashlib.sha256(code).hexdigest()


def arrays(forms: Forms, key: str) -> dict[str, Any]:
    """Give what `read` reads, to be kept in an archive."""
    return {
        "forms_key": np.array(key),
        "vocabulary": np.array("\n".join(forms.vocabulary)),
        "tokens": forms.tokens.astype(np.uint32),
        "lengths": forms.lengths.astype(np.uint16),
    }


def read(path: Path, key: str) -> Forms | None:
    """Load the normal forms kept under a key; None if there is no such file or it is of other questions."""
    try:
        with path.open("rb") as stored, np.load(stored, allow_pickle=False) as file:
            if str(file["forms_key"]) != key:
                return None
            vocabulary = tuple(str(file["vocabulary"]).split("\n"))
            starts = np.concatenate([[0], np.cumsum(file["lengths"], dtype=np.int64)])
            forms = Forms(vocabulary, file["tokens"].astype(np.int32), starts)
            sound = starts[-1] == len(forms.tokens) and forms.tokens.max(initial=0) < len(vocabulary)
            return forms if sound else None
    except Exception:  # noqa: BLE001 - a damaged archive fails in many ways, and normalising anew mends them all
        return None
