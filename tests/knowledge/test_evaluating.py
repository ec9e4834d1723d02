"""Figures and confusions from outcomes that are known."""

from dataclasses import dataclass, replace

import pytest

from knowledge.base import KnowledgeBase
from knowledge.comparing import ResultsError, as_data, compare
from knowledge.evaluating import REFUSAL, Figures, Judgement, confusions, figures_by, judge
from knowledge.labelled import Case, LabelledSet, words_of
from knowledge.matching import Match
from knowledge.outcomes import Answer, Clarify, Evidence, NotStated, Outcome, OutOfScope
from knowledge.records import NotStatedTopic
from tests.bot.harbour import harbour
from tests.knowledge.labels import SENTENCES

LABELS = LabelledSet((), {words_of(text): name for name, text in SENTENCES.items()}, ())


@dataclass(frozen=True)
class Says:
    """Outcomes of the made-up knowledge base, by hand."""

    base: KnowledgeBase

    def answer(self, fact: str, *others: str) -> Outcome:
        quotation = self.base.quotation(fact)
        assert quotation
        matches = tuple(Match(id_, 0.4) for id_ in (fact, *others))
        return Answer(quotation, Evidence("?", "?", matches))

    def clarify(self, *facts: str) -> Outcome:
        found = [self.base.quotation(fact) for fact in facts]
        return Clarify(tuple(one for one in found if one), Evidence("?", "?"))

    def refuse(self, *suggested: str) -> Outcome:
        found = [self.base.quotation(fact) for fact in suggested]
        return OutOfScope("", Evidence("?", "?"), tuple(one for one in found if one))


@pytest.fixture(scope="module")
def says() -> Says:
    return Says(harbour())


def case(*gold: str, refusal: bool | None = None, kind: str = "plain", manner: str = "") -> Case:
    right = not gold if refusal is None else refusal
    return Case("1", "how much will it cost", frozenset(gold), right, kind, manner)


def judged(outcome: Outcome, labelled: Case) -> Judgement:
    return judge(harbour(), LABELS, labelled, outcome)


def scored(outcome: Outcome, labelled: Case) -> tuple[float, bool, bool]:
    judgement = judged(outcome, labelled)
    return judgement.score, judgement.is_wrong, judgement.is_reached


def test_a_direct_answer_is_right_or_wrong(says: Says) -> None:
    assert scored(says.answer("cost"), case("cost", "mayor")) == (1.0, False, True)
    assert scored(says.answer("mayor"), case("cost")) == (0.0, True, False)
    assert scored(says.answer("mayor", "cost"), case("cost")) == (0.0, True, True)
    assert scored(says.answer("books"), case()) == (0.0, True, False)
    assert judged(says.answer("books"), case()).said == "?"


def test_asking_back_counts_half_if_it_helps(says: Says) -> None:
    assert scored(says.clarify("mayor", "cost"), case("cost")) == (0.5, False, True)
    assert scored(says.clarify("mayor", "north"), case("cost")) == (0.0, False, False)
    assert scored(says.clarify("mayor"), case()) == (0.5, False, False)
    assert scored(says.clarify("mayor"), case("cost", refusal=True)) == (0.5, False, False)


def test_a_refusal_is_right_where_the_announcement_does_not_say(says: Says) -> None:
    topic = NotStatedTopic(id="who-paid", title="who paid", questions={"": ("who paid",)})
    assert scored(NotStated(topic, None, None, Evidence("?", "?")), case()) == (1.0, False, False)
    assert scored(says.refuse(), case("cost", refusal=True)) == (1.0, False, False)
    assert scored(says.refuse("cost"), case("cost")) == (0.0, False, True)


def test_figures_are_shares_of_the_questions_they_speak_of(says: Says) -> None:
    right = judged(says.answer("cost"), case("cost", kind="a", manner="formal"))
    wrong = judged(says.answer("mayor"), case("cost", kind="b"))
    refused = judged(says.refuse(), case(kind="b"))
    assert Figures.of([right, wrong, refused]) == Figures(3, 0.6667, 0.3333, 0.5, 0.5)
    assert Figures.of([refused]) == Figures(1, 1.0, 0.0, None, None)
    assert list(figures_by([wrong, right], lambda one: one.type)) == ["a", "b"]
    assert list(figures_by([wrong, right], lambda one: one.manner)) == ["formal"]


def test_confusions_name_who_took_whose_questions(says: Says) -> None:
    wrong = judged(says.answer("mayor"), case("cost"))
    false = judged(says.answer("mayor"), case())
    asked = judged(says.clarify("mayor"), case("cost"))
    found = confusions([wrong, wrong, false, asked, judged(says.answer("cost"), case("cost"))])
    assert [(one.took, one.wanted, one.count) for one in found] == [
        ("mayor", "cost", 2),
        ("mayor", REFUSAL, 1),
    ]


def test_a_comparison_shows_what_was_fixed_and_broken(says: Says) -> None:
    right, wrong, missed = (
        judged(outcome, case("cost"))
        for outcome in (says.answer("cost"), says.answer("mayor"), says.refuse())
    )

    def named(*judgements: Judgement) -> list[Judgement]:
        return [replace(one, case=replace(one.case, id=str(number))) for number, one in enumerate(judgements)]

    old = as_data(named(wrong, right, right, wrong, right), "old")
    comparison = compare(old, named(right, wrong, right, missed))
    assert [(one.id, one.before, one.after) for one in comparison.fixed] == [
        ("0", "mayor", "cost"),
        ("3", "mayor", "out_of_scope"),
    ]
    assert [(one.id, one.turned_wrong) for one in comparison.broken] == [("1", True)]
    assert (comparison.only_before, comparison.only_after) == (1, 0)
    assert comparison.before["decision"] == 0.6


@pytest.mark.parametrize("old", [None, [], {}, {"questions": [{}], "figures": {"all": {}}}])
def test_what_holds_no_results_cannot_be_compared_with(old: object) -> None:
    with pytest.raises(ResultsError, match="write them with --json"):
        compare(old, [])
