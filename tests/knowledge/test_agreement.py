"""A question about one figure is not answered by a sentence about another."""

import numpy as np
import pytest

from knowledge.agreement import LARGE_LEFT, SMALL_LEFT, Figures
from tests.knowledge.lighthouse import curation, lighthouse

IDS = sorted(curation().records)
FIGURES = Figures(curation(), IDS)
MONEY = {"repair-cost", "fund-size", "repairer"}  # the sentence that has both sums
FACTS = {id_ for theme in curation().themes for id_ in theme.facts}


EVEN = np.full(
    len(IDS), 0.5 / len(IDS), np.float32
)  # as if each record were as probable, and half were none's


def agreed(question: str) -> dict[str, float]:
    """Tell each record's probability after a look at the figures of a question."""
    after = FIGURES.agreed(EVEN, curation().language.words(question))
    return dict(zip(IDS, after.tolist(), strict=True))


def against(question: str) -> dict[str, float]:
    """Tell what is left of each record's odds against small talk, where something is taken."""
    after = agreed(question)
    left = {id_: round(after[id_] / after["thanks"], 4) for id_ in IDS}
    return {id_: share for id_, share in left.items() if share != 1}


@pytest.mark.parametrize(
    "question", ["what is the £40 million for", "is it 40m", "forty million", "40,000,000 and 90 million"]
)
def test_a_sum_speaks_against_the_facts_of_all_other_sentences(question: str) -> None:
    assert against(question) == dict.fromkeys(FACTS - MONEY, LARGE_LEFT)


def test_a_small_figure_speaks_less_loudly() -> None:
    assert against("is it 25") == dict.fromkeys(FACTS - {"waiting"}, SMALL_LEFT)
    assert SMALL_LEFT > LARGE_LEFT


def test_a_figure_in_two_sentences_speaks_for_both() -> None:
    assert not {"guides", "opening", "more-towers", "second-lamp"} & set(against("what about the 30"))
    assert "waiting" in against("what about the 30")


def test_the_figures_of_every_sentence_a_fact_quotes_are_its_own() -> None:
    """What may follow is in the keeper's second sentence, and in another that has a figure."""
    assert {"future", "ships"} & set(against("what of the 30")) == {"ships"}


def test_one_figure_of_several_is_enough() -> None:
    assert "fund-size" not in against("30 guides for £90 million")


@pytest.mark.parametrize("question", ["is it £70 million", "in 1998", "how much is it", "", "what of 2 or 1"])
def test_figures_the_announcement_does_not_name_say_nothing(question: str) -> None:
    assert against(question) == {}


def test_nothing_is_held_against_what_is_not_stated_and_small_talk() -> None:
    assert not {"ticket-price", "height", "thanks", "hello"} & set(against("£40 million"))


def test_a_question_about_a_sum_leads_to_the_sentence_that_has_it() -> None:
    """Without its figure the first of these would be answered by another sentence."""
    for question in ("what is the £40 million for", "£90 million"):
        assert lighthouse().ask(question).evidence.matches[0].id in MONEY


def test_what_is_taken_goes_to_the_rest() -> None:
    """Also to what is none's: the odds of a fact against it stay as they are."""
    after = agreed("is it £40 million")
    assert after["repair-cost"] > 0.5 / len(IDS) > after["opening"]
    assert after["repair-cost"] / (1 - sum(after.values())) == pytest.approx(1 / len(IDS), rel=0.001)


def test_records_that_are_no_facts_are_enough_to_ask() -> None:
    even = np.array([0.3, 0.3], np.float32)
    assert Figures(curation(), ["thanks", "height"]).agreed(even, ["40000000"]) == pytest.approx(even)
