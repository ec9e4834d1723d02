"""Follow-ups lead to what lies near, to what curators foresaw, or on to the next matter."""

import numpy as np
import pytest

from knowledge.following import (
    Hints,
    pooled,
    wants_another,
    wants_more,
)


def hints(**given: list[float]) -> Hints:
    even = np.full(2, 0.01, np.float32)
    parts = {
        name: np.array(given.get(name, even), np.float32) for name in ("alone", "together", "titled", "meant")
    }
    near, foreseen = np.zeros((4, 2), np.float32), np.zeros((5, 2), np.float32)
    near[2], foreseen[0] = given.get("near", [0, 0]), given.get("foreseen", [0, 0])
    return Hints(**parts, near=near, foreseen=foreseen)


@pytest.mark.parametrize("hint", ["alone", "together", "titled", "meant", "near", "foreseen"])
def test_what_speaks_for_a_record_makes_it_likelier(hint: str) -> None:
    first, second = pooled(hints(**{hint: [0.01, 0.9]}), 1.0)
    assert second > first


@pytest.mark.parametrize("strength", [1.0, 0.6])
@pytest.mark.parametrize("meant", [[0.0, 0.0], [0.6, 0.4]])
def test_pooled_hints_are_probabilities(strength: float, meant: list[float]) -> None:
    assert 0 < pooled(hints(alone=[0.5, 0.4], foreseen=[1, 0], meant=meant), strength).sum() < 1


def test_what_leans_less_goes_more_by_its_own_words() -> None:
    torn = hints(alone=[0.01, 0.9], together=[0.9, 0.01], meant=[0.5, 0.5])
    assert pooled(torn, 0.6)[1] > pooled(torn, 1.0)[1]


@pytest.mark.parametrize(
    "turn",
    [
        "tell me more", "more", "more please", "go on", "what else", "what else is there", "continue",
        "anything else",
        "give me more details", "can you tell me something more about this", "next",
        "and what else does it say",
        "i would like to know more", "elaborate", "keep going", "and the next one please",
    ],
)  # fmt: skip
def test_a_turn_that_only_asks_to_go_on(turn: str) -> None:
    assert wants_more(turn.split())


@pytest.mark.parametrize(
    "turn",
    [
        "", "tell me", "tell me more about the lamp", "how many more towers", "who else signed", "what is it",
        "the next step of the project", "is there more money", "one",
        "what is it on", "what is next", "on",
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
