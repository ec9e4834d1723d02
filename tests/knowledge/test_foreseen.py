"""Turns that curators foresaw lead to the records that they were foreseen for."""

import numpy as np
import pytest

from knowledge import foreseen
from knowledge.foreseen import FollowUp, FollowUps, LearntTurns, Neighbourhood

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


MANY = [
    FollowUp([*start.split(), what], means, after)
    for start in ("and", "so", "but", "well", "ok and", "right so", "then", "hm")
    for after, others in ((COST, (FUND, DAY)), (FUND, (COST, KEEPER)))
    for what, means in zip(("fund", "day"), others, strict=True)
]


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let few turns be enough to learn from."""
    monkeypatch.setattr(foreseen, "_FEWEST", len(MANY))


@pytest.mark.usefixtures("few")
def test_what_a_turn_means_is_learnt_for_each_record_before() -> None:
    known = FollowUps(MANY, NEAR)
    assert known.meant(["also", "day"], COST).argmax() == DAY
    assert known.meant(["also", "day"], FUND).argmax() == KEEPER
    assert known.meant(["day"], COST).sum() == pytest.approx(1)


def test_few_turns_teach_nothing() -> None:
    assert FORESEEN.learnt is None
    assert FORESEEN.meant(["who", "pays"], COST).sum() == 0


@pytest.mark.usefixtures("few")
def test_what_was_learnt_before_is_taken_for_the_same_turns_only() -> None:
    first = FollowUps(MANY, NEAR).learnt
    assert first is not None
    other = LearntTurns(first.digest, FollowUps(MANY[::-1], NEAR).learnt.network)  # type: ignore[union-attr]
    assert FollowUps(MANY, NEAR, other).learnt is other
    assert FollowUps(MANY[1:] + MANY[:1], NEAR, other).learnt is not other
    elsewhere = Neighbourhood((1, 1, 2, 4, -1, -1), ("money", "day", "money", "people", "height", "thanks"))
    assert FollowUps(MANY, elsewhere, other).learnt is not other
