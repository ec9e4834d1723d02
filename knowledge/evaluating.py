"""How well labelled questions are answered: figures, confusions, and two runs compared."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self

from knowledge.base import KnowledgeBase
from knowledge.batching import converse, name_of, suggestions
from knowledge.labelled import Case, LabelledSet
from knowledge.outcomes import Answer, Clarify, NotStated, Outcome, OutOfScope
from knowledge.records import Fact

REFUSAL = "(a refusal)"
ASKED_BACK = "(asked back)"
NOTHING = "(nothing found)"
ANOTHER = "(another of its sentences)"


@dataclass(frozen=True, slots=True)
class Judgement:
    """How one labelled question was answered.

    `said` is the id of the sentence given as the answer, else the word for the outcome. `took` is the record
    that decided, `wanted` the right one that came closest.
    """

    case: Case
    outcome: str
    said: str
    score: float
    is_wrong: bool
    is_reached: bool
    took: str
    wanted: str

    def as_data(self) -> dict[str, Any]:
        """Turn the judgement into plain data."""
        return {
            "id": self.case.id,
            "q": self.case.question,
            "type": self.case.type,
            "manner": self.case.manner,
            "gold": sorted(self.case.gold),
            "outcome": self.outcome,
            "said": self.said,
            "score": self.score,
            "wrong": self.is_wrong,
            "reached": self.is_reached,
            "record": self.took,
        }


@dataclass(frozen=True, slots=True)
class Figures:
    """Totals over judged questions, each a share.

    `decision`: right decisions, a clarification that offers a right sentence (or could have refused) counting
    half. `wrong`: direct answers that are wrong, of all questions. `precision`: right direct answers, of
    all direct ones. `reachable`: answerable questions whose right sentence is the answer or among three
    suggestions.
    """

    n: int
    decision: float
    wrong: float
    precision: float | None
    reachable: float | None

    @classmethod
    def of(cls, judged: Sequence[Judgement]) -> Self:
        """Total some judgements, at least one."""
        answerable = [judgement for judgement in judged if judgement.case.gold]
        direct = [judgement for judgement in judged if judgement.outcome == "answer"]
        wrong = sum(judgement.is_wrong for judgement in judged)
        return cls(
            n=len(judged),
            decision=round(sum(judgement.score for judgement in judged) / len(judged), 4),
            wrong=round(wrong / len(judged), 4),
            precision=round(1 - wrong / len(direct), 4) if direct else None,
            reachable=round(sum(judgement.is_reached for judgement in answerable) / len(answerable), 4)
            if answerable
            else None,
        )


def evaluate(knowledge_base: KnowledgeBase, labelled: LabelledSet) -> list[Judgement]:
    """Ask every labelled question and judge its outcome."""
    judged: list[Judgement] = []
    for case in labelled.cases:
        outcome = converse(knowledge_base, (*case.earlier, case.question))[-1]
        judged.append(judge(knowledge_base, labelled, case, outcome))
    return judged


def judge(knowledge_base: KnowledgeBase, labelled: LabelledSet, case: Case, outcome: Outcome) -> Judgement:
    """Judge one outcome by the labels of its question."""
    said = labelled.name(outcome.quotation.sentence.text) if isinstance(outcome, Answer) else ""
    offered = {labelled.name(one.sentence.text) for one in suggestions(knowledge_base, outcome)}
    match outcome:
        case Answer():
            score = 1.0 if said in case.gold else 0.0
        case Clarify():
            score = 0.5 if offered & case.gold or not case.gold or case.refusal_is_right else 0.0
        case _:
            score = 1.0 if case.refusal_is_right else 0.0
    took = _took(outcome)
    wanted = "" if score == 1.0 else _wanted(knowledge_base, labelled, case)
    return Judgement(
        case=case,
        outcome=name_of(outcome),
        said=said or name_of(outcome),
        score=score,
        is_wrong=isinstance(outcome, Answer) and said not in case.gold,
        is_reached=bool(case.gold) and (said in case.gold or bool(offered & case.gold)),
        took=took,
        wanted=ANOTHER if wanted == took else wanted,
    )


def _took(outcome: Outcome) -> str:
    match outcome:
        case Answer():
            return outcome.quotation.fact.id
        case NotStated():
            return outcome.topic.id
        case OutOfScope() if outcome.reply and outcome.evidence.matches:
            return outcome.evidence.matches[0].id
        case OutOfScope():
            return NOTHING
    return ASKED_BACK


def _wanted(knowledge_base: KnowledgeBase, labelled: LabelledSet, case: Case) -> str:
    """Name the fact of a right sentence that came closest to the question."""
    if not case.gold:
        return REFUSAL
    matcher = knowledge_base.matcher
    for match in matcher.rank(case.question, limit=len(matcher.ids)):
        if case.gold & {labelled.name(text) for text in _sentences(knowledge_base, match.id)}:
            return match.id
    return " or ".join(sorted(case.gold))


def _sentences(knowledge_base: KnowledgeBase, record: str) -> list[str]:
    curation = knowledge_base.curation
    if not isinstance(curation.records[record], Fact):
        return []
    return [place.sentence.text for place in (curation.quoted[record], *curation.also.get(record, ()))]


def figures_by(judged: Iterable[Judgement], key: Callable[[Case], str]) -> dict[str, Figures]:
    """Total judgements by a trait of their questions, in the trait's order; those without it are left out."""
    groups: defaultdict[str, list[Judgement]] = defaultdict(list)
    for judgement in judged:
        groups[key(judgement.case)].append(judgement)
    return {name: Figures.of(group) for name, group in sorted(groups.items()) if name}


@dataclass(frozen=True, slots=True)
class Confusion:
    """One record taking questions of another, with one of the questions."""

    took: str
    wanted: str
    count: int
    example: str


def confusions(judged: Iterable[Judgement]) -> list[Confusion]:
    """Which record took which record's questions, most first; asking back is no confusion."""
    pairs: Counter[tuple[str, str]] = Counter()
    examples: dict[tuple[str, str], str] = {}
    for judgement in judged:
        if judgement.score < 1 and judgement.took != ASKED_BACK:
            pair = (judgement.took, judgement.wanted)
            pairs[pair] += 1
            examples.setdefault(pair, judgement.case.question)
    ordered = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))
    return [Confusion(*pair, count, examples[pair]) for pair, count in ordered]
