"""How a knowledge base fares on the golden questions, before and after a change."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge import comparing
from knowledge.base import KnowledgeBase
from knowledge.comparing import Change
from knowledge.evaluating import Figures, Judgement, evaluate
from knowledge.labelled import LabelError, read_labelled

_HELD_OUT = "held-out"  # questions of this split are looked at only as a figure


@dataclass(frozen=True, slots=True)
class Measurement:
    """How the golden questions were answered, and what kept some files of them from being used."""

    judged: tuple[Judgement, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def figures(self) -> Figures | None:
        """The totals, None when no question could be asked."""
        return Figures.of(self.judged) if self.judged else None


@dataclass(frozen=True, slots=True)
class Difference:
    """What a change does to single questions; `shown` leaves out those that are only for the figures."""

    fixed: int
    broken: int
    shown: tuple[tuple[str, Change], ...]


def measure(base: KnowledgeBase, folder: Path) -> Measurement:
    """Ask all questions of a folder of golden files; what is wrong with a file does not stop the others."""
    judged: list[Judgement] = []
    problems: list[str] = []
    for path in sorted(folder.glob("*.jsonl")):
        try:
            labelled = read_labelled(path, base.announcement)
        except LabelError as error:
            problems.append(str(error))
            continue
        problems += labelled.problems
        judged += evaluate(base, labelled)
    if not judged and not problems:
        problems.append(f"The folder {folder} holds no golden questions.")
    return Measurement(tuple(judged), tuple(dict.fromkeys(problems)))


def difference(before: Measurement, after: Measurement) -> Difference:
    """Tell which questions got better or worse."""
    compared = comparing.compare(comparing.as_data(before.judged, ""), after.judged)
    held_out = {judgement.case.id for judgement in after.judged if judgement.case.split == _HELD_OUT}
    worse = [("worse", change) for change in _worst_first(compared.broken)]
    better = [("better", change) for change in compared.fixed]
    shown = tuple(pair for pair in (*worse, *better) if pair[1].id not in held_out)
    return Difference(len(compared.fixed), len(compared.broken), shown)


def _worst_first(changes: Sequence[Change]) -> list[Change]:
    return sorted(changes, key=lambda change: not change.turned_wrong)
