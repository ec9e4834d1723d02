"""Follow-ups lead to what lies near, to what curators foresaw, or on to the next matter."""

import numpy as np
import pytest

from knowledge.following import FollowUps, Neighbourhood, blend, wants_another, wants_more

NEAR = Neighbourhood(
    np.array([1, 1, 2, 3, -1, -1]), ("money", "money", "money", "people", "height", "thanks")
)
WRITTEN = {"cost": [["how", "much"], ["what", "did", "it", "cost"]], "day": [["when"]], "opening": [["when"]]}
FOLLOW_UPS = FollowUps(["cost", "day", "height", "opening"], WRITTEN)


def test_a_record_of_the_same_sentence_is_nearer_than_one_of_the_same_theme() -> None:
    _, sentence, theme, other, topic, talk = NEAR.near(0).tolist()
    assert sentence > theme > other == topic == talk == 0


def test_records_without_a_sentence_share_none() -> None:
    assert NEAR.near(4).tolist()[5] == 0


def test_a_record_is_nearest_to_itself() -> None:
    assert all(NEAR.near(place).argmax() == place for place in (2, 3, 4, 5))


def test_a_turn_written_by_curators_claims_its_records() -> None:
    cost, day, height, opening = FOLLOW_UPS.claims(["when"]).tolist()
    assert day == opening > cost >= height == 0
    assert FOLLOW_UPS.claims(["how", "much"]).argmax() == 0


def test_the_likest_of_a_records_follow_ups_counts() -> None:
    one = FollowUps(["cost"], {"cost": [["how", "much"]]}).claims(["how", "much"])[0]
    several = FollowUps(["cost"], {"cost": [["zzz"], ["how", "much"], ["by", "whom"]]}).claims(
        ["how", "much"]
    )[0]
    assert several == pytest.approx(one, abs=0.01)


def test_a_follow_up_written_several_times_claims_no_more_than_once() -> None:
    assert FollowUps(["cost"], {"cost": [["how", "much"]] * 3}).claims(["how", "much"])[0] <= 1 + 1e-6


def test_words_besides_make_a_turn_less_like_a_follow_up() -> None:
    assert 0 < FOLLOW_UPS.claims(["when", "much"])[1] < FOLLOW_UPS.claims(["when"])[1]


@pytest.mark.parametrize("words", [[], ["zzz"], ["lamp", "towers"]])
def test_a_turn_like_none_of_them_claims_nothing(words: list[str]) -> None:
    assert not FOLLOW_UPS.claims(words).any()


def test_records_without_follow_ups_are_no_fault() -> None:
    assert FollowUps(["a", "b"], {}).claims(["when"]).tolist() == [0, 0]
    assert FollowUps(["a"], {"a": []}).claims(["when"]).tolist() == [0]


def test_each_part_of_a_blend_counts_for_its_records() -> None:
    nothing, something = np.zeros(2, np.float32), np.array([0, 1], np.float32)
    base = blend(nothing, nothing, nothing, nothing)
    for place in range(4):
        parts = [nothing] * 4
        parts[place] = something
        assert blend(*parts)[1] > base[1]
        assert blend(*parts)[0] == base[0] == 0


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
