"""Follow-ups lead to what lies near, to what curators foresaw, or on to the next matter."""

import numpy as np
import pytest

from knowledge.following import (
    PARTLY,
    WHOLLY,
    FollowUp,
    FollowUps,
    Hints,
    Neighbourhood,
    pooled,
    wants_another,
    wants_more,
    weights_for,
)

IDS = ("cost", "fund", "day", "keeper", "height", "thanks")
NEAR = Neighbourhood((1, 1, 2, 4, -1, -1), ("money", "money", "money", "people", "height", "thanks"))
COST, FUND, DAY, KEEPER, HEIGHT, THANKS = range(len(IDS))
AFTER, SAME_SENTENCE, SAME_THEME, ANYWHERE, ANY_TIME = range(5)
FORESEEN = FollowUps(
    [
        FollowUp(["how", "much"], COST),
        FollowUp(["when", "was", "that"], DAY),
        FollowUp(["who", "pays"], FUND, after=COST),
        FollowUp(["who", "looks", "after", "it"], KEEPER, after=DAY),
        FollowUp(["how", "tall"], HEIGHT, after=KEEPER),
        FollowUp([], HEIGHT, after=KEEPER),
    ],
    NEAR,
)


def test_a_record_is_near_itself_its_sentence_and_its_theme() -> None:
    itself, same_sentence, beside, same_theme = NEAR.near(COST).astype(bool)
    assert np.flatnonzero(itself).tolist() == [COST]
    assert np.flatnonzero(same_sentence).tolist() == [COST, FUND]
    assert np.flatnonzero(beside).tolist() == [DAY]
    assert np.flatnonzero(same_theme).tolist() == [COST, FUND, DAY]


def test_records_without_a_sentence_share_none() -> None:
    _, same_sentence, beside, _ = NEAR.near(HEIGHT)
    assert not same_sentence.any()
    assert not beside.any()


def test_a_turn_foreseen_after_a_record_counts_most_there() -> None:
    after_cost = FORESEEN.foreseen(["who", "pays"], COST)
    assert after_cost[AFTER].argmax() == FUND
    assert after_cost[AFTER, FUND] == pytest.approx(1, abs=0.1)


def test_it_counts_less_closely_after_a_neighbour_and_elsewhere() -> None:
    after_fund = FORESEEN.foreseen(["who", "pays"], FUND)
    assert after_fund[AFTER, FUND] == 0 < after_fund[SAME_SENTENCE, FUND]
    after_day = FORESEEN.foreseen(["who", "pays"], DAY)
    assert after_day[SAME_SENTENCE, FUND] == 0 < after_day[SAME_THEME, FUND]
    after_height = FORESEEN.foreseen(["who", "pays"], HEIGHT)
    assert after_height[SAME_THEME, FUND] == 0 < after_height[ANYWHERE, FUND]


def test_a_turn_that_means_a_record_at_any_time_is_told_apart() -> None:
    table = FORESEEN.foreseen(["how", "much"], THANKS)
    assert table[ANY_TIME].argmax() == COST
    assert table[SAME_SENTENCE, COST] == 0 < table[ANYWHERE, COST]


def test_such_a_turn_counts_more_where_its_matter_is_talked_of() -> None:
    table = FORESEEN.foreseen(["how", "much"], FUND)
    assert table[AFTER, COST] == 0 < table[SAME_SENTENCE, COST]


def test_words_of_like_meaning_are_alike() -> None:
    """No example has the word "costs", nor anything of its letters."""
    assert (
        FORESEEN.foreseen(["who", "funds"], COST)[AFTER, FUND]
        > FORESEEN.foreseen(["banana"], COST)[AFTER, FUND]
    )


def test_a_turn_like_none_foreseen_means_hardly_anything() -> None:
    assert FORESEEN.foreseen(["zzz"], COST).max() == 0


def hints(**given: list[float]) -> Hints:
    even = np.full(2, 0.01, np.float32)
    parts = {name: np.array(given.get(name, even), np.float32) for name in ("alone", "together", "titled")}
    near, foreseen = np.zeros((4, 2), np.float32), np.zeros((5, 2), np.float32)
    near[2], foreseen[0] = given.get("near", [0, 0]), given.get("foreseen", [0, 0])
    return Hints(parts["alone"], parts["together"], parts["titled"], near, foreseen)


@pytest.mark.parametrize("hint", ["alone", "together", "titled", "near", "foreseen"])
def test_what_speaks_for_a_record_makes_it_likelier(hint: str) -> None:
    first, second = pooled(hints(**{hint: [0.01, 0.9]}), WHOLLY)
    assert second > first


def test_pooled_hints_are_probabilities() -> None:
    for weights in (WHOLLY, PARTLY):
        assert 0 < pooled(hints(alone=[0.5, 0.4], foreseen=[1, 0]), weights).sum() < 1


def test_a_turn_that_stands_alone_has_no_weights() -> None:
    alone = "how much money did the harbour trust spend on the lighthouse".split()
    assert weights_for(alone, 0.95) is None
    assert weights_for(["why"], 0.2) == WHOLLY
    assert weights_for("who builds the second lamp for the lighthouse".split(), 0.4) == PARTLY


@pytest.mark.parametrize(
    "turn",
    [
        "tell me more", "more", "more please", "go on", "what else", "what else is there", "continue",
        "anything else",
        "give me more details", "can you tell me something more about this", "next",
        "and what else does it say",
        "i would like to know more", "elaborate",
    ],
)  # fmt: skip
def test_a_turn_that_only_asks_to_go_on(turn: str) -> None:
    assert wants_more(turn.split())


@pytest.mark.parametrize(
    "turn",
    [
        "", "tell me", "tell me more about the lamp", "how many more towers", "who else signed", "what is it",
        "the next step of the project", "is there more money", "one",
    ],
)  # fmt: skip
def test_a_turn_that_asks_for_something_does_not_only_ask_to_go_on(turn: str) -> None:
    assert not wants_more(turn.split())


@pytest.mark.parametrize(
    "turn",
    [
        "no the other one", "not that one", "no i meant the other", "nope wrong one", "no not that",
        "wrong one",
        "no that is not what i meant", "no i did not ask that", "not this the other person",
    ],
)  # fmt: skip
def test_a_turn_that_only_says_something_else_was_meant(turn: str) -> None:
    assert wants_another(turn.split())


@pytest.mark.parametrize(
    "turn",
    [
        "",
        "no",
        "no thanks",
        "the other lamp",
        "no i meant the lamp",
        "other",
        "is it not signed",
        "not much money",
    ],
)
def test_a_turn_that_names_what_was_meant_is_a_question(turn: str) -> None:
    assert not wants_another(turn.split())
