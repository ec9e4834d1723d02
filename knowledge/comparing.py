"""Two evaluations of the same questions compared: what a change of the records fixed and broke."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.evaluating import Figures, Judgement, figures_by


@dataclass(frozen=True, slots=True)
class Change:
    """A question that was answered better or worse before."""

    id: str
    question: str
    before: str
    after: str
    turned_wrong: bool
    was_wrong: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a newer evaluation fixed and broke, and how many questions only one of the two has."""

    fixed: tuple[Change, ...]
    broken: tuple[Change, ...]
    only_before: int
    only_after: int
    before: Mapping[str, Any]


class ResultsError(ValueError):
    """A file that does not hold the results of an evaluation."""


def as_data(judged: Sequence[Judgement], version: str) -> dict[str, Any]:
    """Turn an evaluation into plain data, to be kept and compared with later."""
    return {
        "version": version,
        "figures": {
            "all": _plain(Figures.of(judged)),
            "type": {
                name: _plain(group) for name, group in figures_by(judged, lambda case: case.type).items()
            },
            "manner": {
                name: _plain(group) for name, group in figures_by(judged, lambda case: case.manner).items()
            },
            "split": {
                name: _plain(group) for name, group in figures_by(judged, lambda case: case.split).items()
            },
        },
        "questions": [judgement.as_data() for judgement in judged],
    }


def _plain(figures: Figures) -> dict[str, Any]:
    return {name: getattr(figures, name) for name in ("n", "decision", "wrong", "precision", "reachable")}


def compare(old: object, judged: Sequence[Judgement]) -> Comparison:
    """Compare kept results with newer ones; a question is the same when its id and its words are."""
    before, figures = _kept(old)
    fixed: list[Change] = []
    broken: list[Change] = []
    after = {(judgement.case.id, judgement.case.question): judgement for judgement in judged}
    for key, judgement in after.items():
        if key not in before:
            continue
        score, was_wrong, said = before[key]
        change = Change(*key, said, judgement.said, judgement.is_wrong and not was_wrong, was_wrong)
        # A wrong answer that becomes a miss is better though both score nothing.
        now, then = (judgement.score, not judgement.is_wrong), (score, not was_wrong)
        if now > then:
            fixed.append(change)
        elif now < then:
            broken.append(change)
    return Comparison(
        fixed=tuple(fixed),
        broken=tuple(broken),
        only_before=len(before.keys() - after.keys()),
        only_after=len(after.keys() - before.keys()),
        before=figures,
    )


def _kept(old: object) -> tuple[dict[tuple[str, str], tuple[float, bool, str]], dict[str, Any]]:
    try:
        match old:
            case {"questions": list(rows), "figures": {"all": dict(figures)}}:
                keys = {
                    (str(row["id"]), str(row["q"])): (
                        float(row["score"]),
                        bool(row["wrong"]),
                        str(row["said"]),
                    )
                    for row in rows
                }
                return keys, figures
    except (KeyError, TypeError, ValueError):
        pass
    raise ResultsError("It does not hold the results of an evaluation; write them with --json.")
