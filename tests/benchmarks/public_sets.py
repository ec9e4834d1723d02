"""The matcher on public questions it was not made for: `python -m tests.benchmarks.public_sets [FOLDER]`.

The folder has `clinc150.jsonl` and `banking77.jsonl`, lines of {"split", "q", "label"}: `train` is learnt,
`val` ranked, and `oos_val` are questions that no label is right for. Prints tables of knowledge/README.md.
"""

import json
import resource
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
from scipy.stats import rankdata

from knowledge.matching import Match, Matcher

FOLDER = Path(__file__).parents[3] / "shared" / "public"


def area_under_curve(inside: list[float], outside: list[float]) -> float:
    """How probably a question inside has a higher score than one outside (Mann and Whitney's U)."""
    ranks = rankdata([*inside, *outside])
    n = len(inside)
    return float((ranks[:n].sum() - n * (n + 1) / 2) / (n * len(outside)))


def measured(path: Path) -> tuple[str, list[str]]:
    """Give the row of a set in the table of figures and its rows in that of the curve."""
    rows = [json.loads(text) for text in path.read_text("utf-8").splitlines()]
    records: dict[str, list[str]] = {}
    for row in rows:
        if row["split"] == "train":
            records.setdefault(row["label"], []).append(row["q"])
    began = time.perf_counter()
    matcher = Matcher.fit(records)
    fitted = time.perf_counter()
    best = {
        split: [(matcher.rank(row["q"])[0], row["label"]) for row in rows if row["split"] == split]
        for split in ("val", "oos_val")
    }
    each = (time.perf_counter() - fitted) / sum(map(len, best.values()))
    accuracy = np.mean([match.id == label for match, label in best["val"]])
    scores = {split: [match.score for match, _ in found] for split, found in best.items()}
    area = f"{area_under_curve(scores['val'], scores['oos_val']):.3f}" if scores["oos_val"] else "–"
    figures = (
        f"| {path.stem} | {sum(map(len, records.values())):,} | {accuracy:.3f} | {area} "
        f"| {fitted - began:.0f} s | {each * 1000:.1f} ms |"
    )
    return figures, list(curve(path.stem, [*best["val"], *best["oos_val"]]))


def curve(name: str, found: list[tuple[Match, str]]) -> Iterator[str]:
    """Of questions whose best score is about so high, how many are the record's."""
    scores = np.array([match.score for match, _ in found])
    right = np.array([match.id == label for match, label in found])
    for low, high in pairwise((0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.97, 1.0)):
        inside = (scores >= low) & (scores < high)
        shares = f"{scores[inside].mean():.2f} | {right[inside].mean():.2f}"
        yield f"| {name} | {low}–{high} | {inside.sum()} | {shares} |"


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    curves: list[str] = []
    say("| set | example questions | accuracy | out of scope, area under the curve | fit | a question |")
    say("|---|---|---|---|---|---|")
    for name in ("clinc150", "banking77"):
        figures, rows = measured(folder / f"{name}.jsonl")
        curves += rows
        say(figures)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    say(f"\nAt most {peak:.1f} GiB.\n")
    say("| set | best score | questions | mean score | right |")
    say("|---|---|---|---|---|")
    say("\n".join(curves))


if __name__ == "__main__":
    main()
