"""The command `evaluate`: labelled questions asked, and what came of it."""

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from rich.text import Text

from bot.machine import print_json
from bot.opening import stop
from bot.reports import compared, confused
from bot.reports import misses as print_misses
from bot.reports import results as print_results
from bot.screen import screen, visible
from knowledge.base import KnowledgeBase
from knowledge.comparing import ResultsError, as_data, compare
from knowledge.evaluating import Judgement, confusions, evaluate
from knowledge.json_lines import written
from knowledge.labelled import LabelError, LabelledSet, read_labelled


def run_evaluation(
    files: Sequence[Path],
    load: Callable[[], KnowledgeBase],
    *,
    results: Path | None,
    old: Path | None,
    misses: bool,
) -> bool:
    """Evaluate files of labelled questions; whether every line of them could be read."""
    earlier = _read_results(old) if old else None
    knowledge_base = load()
    sets = _read(files, knowledge_base)
    judged = [judgement for labelled in sets for judgement in evaluate(knowledge_base, labelled)]
    data = as_data(judged, knowledge_base.version)
    if str(results) == "-":
        print_json(data)
    else:
        _print(judged, old, earlier, misses=misses)
        if results:
            _write(results, data)
    return not any(labelled.problems for labelled in sets)


def _read(files: Sequence[Path], knowledge_base: KnowledgeBase) -> list[LabelledSet]:
    err = screen(sys.stderr)
    sets = []
    for file in files:
        try:
            labelled = read_labelled(file, knowledge_base.announcement)
        except LabelError as error:
            stop(str(error))
        for problem in labelled.problems:
            err.print(Text(visible(problem)))
        sets.append(labelled)
    return sets


def _print(judged: Sequence[Judgement], old: Path | None, earlier: object, *, misses: bool) -> None:
    out = screen(sys.stdout)
    print_results(judged, out)
    confused(confusions(judged), out)
    if misses:
        print_misses(judged, out)
    if old:
        try:
            compared(compare(earlier, judged), judged, out)
        except ResultsError as error:
            stop(f"The file {old} cannot be compared with. {error}")


def _read_results(old: Path) -> Any:
    try:
        return json.loads(old.read_bytes())
    except OSError as error:
        stop(f"The file {old} cannot be read: {error.strerror}.")
    except (ValueError, RecursionError):
        stop(f"The file {old} is not JSON; it should hold results written with --json.")


def _write(results: Path, data: object) -> None:
    try:
        results.write_bytes(written(data))
    except OSError as error:
        stop(f"The results cannot be written to {results}: {error.strerror}.")
