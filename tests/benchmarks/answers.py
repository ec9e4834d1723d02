"""How right the answers are, and what each piece of the matcher adds: `python -m tests.benchmarks.answers`.

Prints Markdown tables for knowledge/README.md. Takes half an hour: every variant is fitted anew.
"""

import random
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any
from unittest.mock import patch

import numpy as np

from knowledge import agreement, matching, spelling
from knowledge.base import KnowledgeBase
from knowledge.evaluating import Figures, Judgement, evaluate, figures_by
from knowledge.forms import Forms
from knowledge.labelled import LabelledSet, read_labelled
from knowledge.language import Language
from knowledge.loading import Curation, read_folder
from knowledge.opinion import Calibration, Floats, Opinion
from knowledge.words.vectors import WordVectors, word_vectors

HEAD = "| {} | questions | decision | wrong | precision | reachable |\n|---|---|---|---|---|---|"
SPLITS = ("development", "held-out")
GOLDEN = Path(__file__).parents[1] / "golden"
MANNERS = ("formal", "casual", "typing", "adversarial", "expert-lay")
VOICES = {
    "formal": "formal journalist indirect parliamentary newsroom broadsheet civil-servant clerk",
    "casual": "teenager keyword community gamer rambling blunt lurker meme phone terse mention rambler wit",
    "typing": (
        "second-language second-language-two immigrant dictated voice-note phonetic romance-speaker "
        "slavic-speaker german-speaker asian-speaker commonwealth"
    ),
    "adversarial": (
        "hostile leading quizzer circumlocution contrarian sceptic riddler boundary synonym foil trap "
        "oblique lure premise role"
    ),
    "expert-lay": (
        "expert investor trade student teacher everyday neighbour anecdote wonk researcher physicist founder "
        "worker pensioner child"
    ),
}


def golden(manner: str, base: KnowledgeBase) -> LabelledSet:
    return read_labelled(GOLDEN / f"{manner}.jsonl", base.announcement)


def judged(base: KnowledgeBase, manners: tuple[str, ...] = MANNERS, split: str = "") -> list[Judgement]:
    found = [one for manner in manners for one in evaluate(base, golden(manner, base))]
    return [one for one in found if not split or one.case.split == split]


def without_voices(curation: Curation, voices: Collection[str]) -> Curation:
    """Leave the example questions of some voices out of all records."""
    records, place = {}, 0
    places: list[int] = []
    for id_, record in curation.records.items():
        kept = {voice: texts for voice, texts in record.questions.items() if voice not in voices}
        records[id_] = record.model_copy(update={"questions": MappingProxyType(kept)})
        for voice, texts in record.questions.items():
            places += range(place, place + len(texts)) if voice in kept else ()
            place += len(texts)
    forms = curation.forms.take(np.array(places))
    return replace(curation, records=MappingProxyType(records), forms=forms)


def without_names(curation: Curation) -> Curation:
    plain = Language()
    questions = [question for record in curation.records.values() for question in record.examples]
    return replace(curation, language=plain, forms=Forms.of(map(plain.words, questions)))


def without_next(curation: Curation) -> Curation:
    records = {
        id_: record.model_copy(update={"next": MappingProxyType({})})
        for id_, record in curation.records.items()
    }
    return replace(curation, records=MappingProxyType(records))


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


def wordless() -> WordVectors:
    """Word vectors that know no word."""
    known = word_vectors()
    return WordVectors({}, known.digest, known.telling[:1], known.usage[:1], known.senses[:1])


@contextmanager
def without_network() -> Iterator[None]:
    probabilities = Opinion.probabilities

    def by_claims(self: Opinion, calibration: Calibration) -> Floats:
        level = calibration.sharpness * calibration.nothing
        twice = Opinion(self.claims, calibration.sharpness * self.claims)
        return probabilities(twice, replace(calibration, confidence=1.0, nowhere=level))

    with patch.object(Opinion, "probabilities", by_claims):
        yield


@contextmanager
def without_repair() -> Iterator[None]:
    with (
        patch.object(spelling.Mender, "mend", lambda _self, words: (list(words), [])),
        patch.object(spelling.Mender, "corrections", lambda _self: {}),
    ):
        yield


def shares(**changed: float) -> Any:
    return patch.object(matching, "SHARES", replace(matching.SHARES, **changed))


def variants(curation: Curation) -> Mapping[str, tuple[Callable[[], Any], Curation]]:
    """Each variant leaves one piece out."""
    no_also = replace(curation, also=MappingProxyType({}))
    return {
        "everything": (nullcontext, curation),
        "without the network": (without_network, curation),
        "without word vectors": (lambda: patch.object(matching, "word_vectors", wordless), curation),
        "without pieces of words": (lambda: shares(pieces=1e-9), curation),
        "without single stems": (lambda: shares(stems=1e-9), curation),
        "without pairs and gaps": (lambda: shares(pairs=1e-9, gaps=1e-9), curation),
        "without spelling repair": (without_repair, curation),
        "without repair of the examples": (
            lambda: patch.object(spelling.Mender, "corrections", lambda _self: {}),
            curation,
        ),
        "mending English words too": (lambda: patch.object(spelling, "_KNOWN_ENGLISH", 10**15), curation),
        "without names and abbreviations": (nullcontext, without_names(curation)),
        "without the nearest example": (lambda: patch.object(matching, "NEAREST_SHARE", 0.0), curation),
        "without agreement of figures": (
            lambda: patch.multiple(agreement, LARGE_LEFT=1.0, SMALL_LEFT=1.0),
            curation,
        ),
        "without the sentences that say the same": (nullcontext, no_also),
        "without passages of long messages": (lambda: patch.object(matching, "_LONG", 10**9), curation),
    }


def later_turns(base: KnowledgeBase, split: str, *, alone: bool = False) -> Figures:
    """Judge the turns of dialogues that come after others, if told so as if nothing had come before."""
    found = golden("dialogues", base)
    cases = tuple(case for case in found.cases if case.earlier and case.split == split)
    if alone:
        cases = tuple(replace(case, earlier=()) for case in cases)
    return Figures.of(list(evaluate(base, replace(found, cases=cases))))


def curve(found: list[Judgement], base: KnowledgeBase) -> Iterator[str]:
    """Of answers given with about this probability, how many are right."""
    direct = [one for one in found if one.outcome == "answer"]
    scores = np.array([base.ask(one.case.question).evidence.sureness for one in direct])
    right = np.array([not one.is_wrong for one in direct])
    for low, high in ((0.8, 0.85), (0.85, 0.9), (0.9, 0.95), (0.95, 0.98), (0.98, 1.01)):
        inside = (scores >= low) & (scores < high)
        if inside.any():
            shares = f"{scores[inside].mean():.2f} | {right[inside].mean():.2f}"
            yield f"| {low:.2f}–{min(high, 1):.2f} | {inside.sum()} | {shares} |"


def by_manner(base: KnowledgeBase) -> None:
    say(HEAD.format("manner"))
    everything = judged(base)
    for split in SPLITS:
        part = [one for one in everything if one.case.split == split]
        for manner, figures in figures_by(part, lambda case: case.manner).items():
            say(row(f"{manner}, {split}", figures))
        say(row(f"**all, {split}**", Figures.of(part)))
    say("\n| split | probability | answers | mean probability | right |\n|---|---|---|---|---|")
    for split in SPLITS:
        for line in curve([one for one in everything if one.case.split == split], base):
            say(f"| {split} {line}")


def by_dialogue(base: KnowledgeBase) -> None:
    plain = KnowledgeBase(without_next(base.curation), base.matcher)
    say("\n" + HEAD.format("later turns of dialogues"))
    for split in SPLITS:
        say(row(f"everything, {split}", later_turns(base, split)))
        say(row(f"without what is asked next, {split}", later_turns(plain, split)))
        say(row(f"without what came before, {split}", later_turns(base, split, alone=True)))


def by_voices_left_out(curation: Curation) -> None:
    say("\n" + HEAD.format("manner, its own voices left out"))
    left_out = []
    for manner, voices in VOICES.items():
        base = KnowledgeBase.build(without_voices(curation, voices.split()))
        found = judged(base, (manner,), "held-out")
        left_out += found
        say(row(manner, Figures.of(found)))
    say(row("**all**", Figures.of(left_out)))


def with_few(curation: Curation, most: int) -> Curation:
    """Leave each record only so many of its example questions, picked at random."""
    chance = random.Random(0)  # noqa: S311 - a sample, nothing secret
    records, place = {}, 0
    places: list[int] = []
    for id_, record in curation.records.items():
        questions = record.examples
        chosen = sorted(chance.sample(range(len(questions)), min(most, len(questions))))
        kept = tuple(questions[number] for number in chosen)
        records[id_] = record.model_copy(update={"questions": MappingProxyType({"": kept})})
        places += [place + number for number in chosen]
        place += len(questions)
    forms = curation.forms.take(np.array(places))
    return replace(curation, records=MappingProxyType(records), forms=forms)


def by_examples(curation: Curation) -> None:
    say("\n" + HEAD.format("example questions a record, development"))
    for most in (6, 12, 25, 50, 100):
        base = KnowledgeBase.build(with_few(curation, most))
        say(row(str(most), Figures.of(judged(base, split="development"))))


def by_variant(curation: Curation, title: str, split: str) -> None:
    say("\n" + HEAD.format(title))
    for name, (changed, records) in variants(curation).items():
        with changed():
            say(row(name, Figures.of(judged(KnowledgeBase.build(records), split=split))))


def main() -> None:
    curation = read_folder()
    base = KnowledgeBase.load()
    by_manner(base)
    by_dialogue(base)
    by_voices_left_out(curation)
    by_examples(curation)
    by_variant(with_few(curation, 25), "variant, 25 example questions a record, development", "development")
    by_variant(curation, "variant, all example questions, held-out", "held-out")


if __name__ == "__main__":
    main()
