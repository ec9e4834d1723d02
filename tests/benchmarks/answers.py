"""How right the answers are, and what each piece of the matcher adds: `python -m tests.benchmarks.answers`.

Prints Markdown tables for knowledge/README.md. Takes some minutes: every variant is fitted anew.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any
from unittest.mock import patch

import numpy as np
import scipy.sparse as sp

from knowledge import agreement, matching, spelling
from knowledge.base import KnowledgeBase
from knowledge.evaluating import Figures, Judgement, evaluate, figures_by
from knowledge.labelled import LabelledSet, read_labelled
from knowledge.language import Language
from knowledge.loading import Curation, read_folder

GOLDEN = Path(__file__).parents[1] / "golden"
MANNERS = ("formal", "casual", "typing", "adversarial", "expert-lay")
VOICES = {
    "formal": ("formal", "journalist", "indirect", "parliamentary", "newsroom"),
    "casual": ("teenager", "keyword", "community", "gamer", "rambling", "blunt"),
    "typing": ("second-language", "second-language-two", "immigrant", "dictated"),
    "adversarial": ("hostile", "leading", "quizzer", "circumlocution"),
    "expert-lay": ("expert", "investor", "trade", "student", "teacher", "everyday", "neighbour", "anecdote"),
}


def golden(manner: str, base: KnowledgeBase) -> LabelledSet:
    return read_labelled(GOLDEN / f"{manner}.jsonl", base.announcement)


def judged(base: KnowledgeBase, manners: tuple[str, ...] = MANNERS, split: str = "") -> list[Judgement]:
    found = [one for manner in manners for one in evaluate(base, golden(manner, base))]
    return [one for one in found if not split or one.case.split == split]


def without_voices(curation: Curation, voices: tuple[str, ...]) -> Curation:
    """Leave the example questions of some voices out of all records."""
    records, forms = {}, {}
    for id_, record in curation.records.items():
        kept = {voice: texts for voice, texts in record.questions.items() if voice not in voices}
        records[id_] = record.model_copy(update={"questions": MappingProxyType(kept)})
        voice_of = [voice for voice, texts in record.questions.items() for _ in texts]
        forms[id_] = tuple(
            form
            for voice, form in zip(voice_of, curation.normalised[id_], strict=True)
            if voice not in voices
        )
    return replace(curation, records=MappingProxyType(records), normalised=MappingProxyType(forms))


def without_names(curation: Curation) -> Curation:
    plain = Language()
    forms = {id_: tuple(map(plain.normalise, record.examples)) for id_, record in curation.records.items()}
    return replace(curation, language=plain, normalised=MappingProxyType(forms))


def say(line: str) -> None:
    """Print a line at once: every variant takes seconds."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def row(name: str, figures: Figures) -> str:
    shown = (figures.decision, figures.wrong, figures.precision, figures.reachable)
    return (
        f"| {name} | {figures.n} | "
        + " | ".join("–" if one is None else f"{one:.3f}" for one in shown)
        + " |"
    )


def untrained(vectors: Any, _labels: Any, classes: int) -> Any:
    """Weights that know nothing."""
    return sp.csr_matrix(np.zeros((vectors.shape[0], classes), np.float32))


@contextmanager
def nothing() -> Iterator[None]:
    yield


def shares(**changed: float) -> Any:
    return patch.object(matching, "SHARES", replace(matching.SHARES, **changed))


def variants(curation: Curation) -> Mapping[str, tuple[Callable[[], Any], Curation]]:
    """Each variant leaves one piece out."""
    no_also = replace(curation, also=MappingProxyType({}))
    return {
        "everything": (nothing, curation),
        "without pieces of words": (lambda: shares(pieces=1e-9), curation),
        "without single stems": (lambda: shares(stems=1e-9), curation),
        "without pairs and gaps": (lambda: shares(pairs=1e-9, gaps=1e-9), curation),
        "without spelling repair": (
            lambda: patch.object(spelling.Mender, "mend", lambda _self, words: (list(words), [])),
            curation,
        ),
        "mending English words too": (lambda: patch.object(spelling, "_KNOWN_ENGLISH", 10**15), curation),
        "without names and abbreviations": (nothing, without_names(curation)),
        "without the nearest example": (lambda: patch.object(matching, "NEAREST_SHARE", 0.0), curation),
        "without agreement of figures": (
            lambda: patch.multiple(agreement, LARGE_DISAGREEMENT=0.0, SMALL_DISAGREEMENT=0.0),
            curation,
        ),
        "without the sentences that say the same": (nothing, no_also),
        "nearest example alone (no training)": (
            lambda: patch.multiple(matching, train=untrained, NEAREST_SHARE=2.0),
            curation,
        ),
    }


def curve(found: list[Judgement], base: KnowledgeBase) -> Iterator[str]:
    """Of answers given with about this probability, how many are right."""
    direct = [one for one in found if one.outcome == "answer"]
    scores = np.array([min(1.0, sureness(base, one.case.question)) for one in direct])
    right = np.array([not one.is_wrong for one in direct])
    for low, high in ((0.4, 0.6), (0.6, 0.8), (0.8, 0.9), (0.9, 0.97), (0.97, 1.01)):
        inside = (scores >= low) & (scores < high)
        if inside.any():
            shares = f"{scores[inside].mean():.2f} | {right[inside].mean():.2f}"
            yield f"| {low:.2f}–{min(high, 1):.2f} | {inside.sum()} | {shares} |"


def sureness(base: KnowledgeBase, question: str) -> float:
    return base.standing(question).sentences[0][0]


def main() -> None:
    curation = read_folder()
    base = KnowledgeBase.load()
    head = "| {} | questions | decision | wrong | precision | reachable |\n|---|---|---|---|---|---|"
    say(head.format("manner"))
    everything = judged(base)
    for split in ("development", "held-out"):
        part = [one for one in everything if one.case.split == split]
        for manner, figures in figures_by(part, lambda case: case.manner).items():
            say(row(f"{manner}, {split}", figures))
        say(row(f"**all, {split}**", Figures.of(part)))
    say("\n| probability | answers | mean probability | right |\n|---|---|---|---|")
    say("\n".join(curve(everything, base)))
    say("\n" + head.format("manner, its own voices left out"))
    left_out = []
    for manner, voices in VOICES.items():
        found = judged(KnowledgeBase.build(without_voices(curation, voices)), (manner,), "held-out")
        left_out += found
        say(row(manner, Figures.of(found)))
    say(row("**all**", Figures.of(left_out)))
    say("\n" + head.format("variant, held-out half"))
    for name, (changed, records) in variants(curation).items():
        with changed():
            say(row(name, Figures.of(judged(KnowledgeBase.build(records), split="held-out"))))


if __name__ == "__main__":
    main()
