"""The matcher on public questions it was not made for: `python -m tests.benchmarks.public_sets [FOLDER]`.

The folder has `clinc150.jsonl` and `banking77.jsonl`, lines of {"split", "q", "label"}: `train` is learnt,
`val` ranked, and `oos_val` are questions that no label is right for. Prints a table of knowledge/README.md.
"""

import json
import resource
import sys
import time
from pathlib import Path

import numpy as np
from scipy.stats import rankdata

from knowledge.matching import Matcher

FOLDER = Path(__file__).parents[3] / "shared" / "public"


def area_under_curve(inside: list[float], outside: list[float]) -> float:
    """How probably a question inside has a higher score than one outside (Mann and Whitney's U)."""
    ranks = rankdata([*inside, *outside])
    n = len(inside)
    return float((ranks[:n].sum() - n * (n + 1) / 2) / (n * len(outside)))


def line(path: Path) -> str:
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
    asked = len(best["val"]) + len(best["oos_val"])
    each = (time.perf_counter() - fitted) / asked
    accuracy = np.mean([match.id == label for match, label in best["val"]])
    scores = {split: [match.score for match, _ in found] for split, found in best.items()}
    area = f"{area_under_curve(scores['val'], scores['oos_val']):.3f}" if scores["oos_val"] else "–"
    return (
        f"| {path.stem} | {sum(map(len, records.values())):,} | {accuracy:.3f} | {area} "
        f"| {fitted - began:.0f} s | {each * 1000:.1f} ms |"
    )


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    sys.stdout.write(
        "| set | example questions | accuracy | out of scope, area under the curve | fit | a question |\n"
        "|---|---|---|---|---|---|\n"
    )
    for name in ("clinc150", "banking77"):
        sys.stdout.write(line(folder / f"{name}.jsonl") + "\n")
        sys.stdout.flush()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    sys.stdout.write(f"\nAt most {peak:.1f} GiB.\n")


if __name__ == "__main__":
    main()
