"""Clusters of missed questions."""

import random
import time
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.gaps import Wording, find_gaps
from bot.journal import Missed, OutcomeKind

NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)


def missed(  # noqa: PLR0917 - short in the tests
    text: str,
    count: int = 1,
    record: str | None = None,
    score: float | None = None,
    outcome: OutcomeKind = OutcomeKind.NOT_STATED,
    down: bool = False,
) -> Missed:
    return Missed(text, outcome, record, score, down, count, NOON)


def plain(text: str) -> str:
    return text.lower().strip("?! ")


def test_near_identical_questions_make_one_gap_most_asked_first() -> None:
    gaps = find_gaps(
        [
            missed("who pays for the lunch?", 2, "funders", 0.3),
            missed("Who pays for the lunch", 5, "funders", 0.4),
            missed("who pays for the lnuch", 1, "award", 0.9, OutcomeKind.CLARIFY),
            missed("the lunch, who pays for it", 1),
            missed("what colour was the pen", 10, "signing", 0.1, down=True),
        ],
        plain,
    )
    assert [(gap.wordings[0].text, gap.count, gap.record, gap.score) for gap in gaps] == [
        ("what colour was the pen", 10, "signing", 0.1),
        ("Who pays for the lunch", 9, "funders", 0.4),
    ]
    assert gaps[0].voted_down == 10
    assert gaps[1].outcomes == {OutcomeKind.NOT_STATED: 8, OutcomeKind.CLARIFY: 1}
    assert gaps[1].wordings == (
        Wording("Who pays for the lunch", 5),
        Wording("who pays for the lunch?", 2),
        Wording("the lunch, who pays for it", 1),
        Wording("who pays for the lnuch", 1),
    )


def test_the_order_of_words_and_a_wrong_first_letter_do_not_keep_questions_apart() -> None:
    (gap,) = find_gaps(
        [missed("when was it signed"), missed("it was signed when"), missed("qhen was it signed")], plain
    )
    assert gap.count == 3


def test_numbers_keep_questions_apart() -> None:
    gaps = find_gaps(
        [missed("what happened in november 2021"), missed("what happened in november 2022")], plain
    )
    assert len(gaps) == 2


def test_what_the_normaliser_brings_together_is_together() -> None:
    gaps = find_gaps([missed("cost"), missed("how expensive")], lambda _: "price")
    assert [gap.count for gap in gaps] == [2]


def test_the_same_wording_with_several_ends_is_one_wording() -> None:
    later = Missed(
        "x y z", OutcomeKind.ANSWER, "b", 0.9, voted_down=True, count=2, last_asked=NOON + timedelta(1)
    )
    (gap,) = find_gaps([missed("x y z", 1, "a", 0.8), later], plain)
    assert gap.wordings == (Wording("x y z", 3),)
    assert (gap.record, gap.voted_down, gap.last_asked) == ("b", 2, NOON + timedelta(1))


def test_nothing_missed_makes_no_gaps_and_odd_texts_do_no_harm() -> None:
    assert find_gaps([], plain) == ()
    odd = ["", "?", "\ud83d", "\N{THINKING FACE}", "a", "日本語"]
    assert sum(gap.count for gap in find_gaps([missed(text) for text in odd], plain)) == len(odd)


@given(st.lists(st.tuples(st.text(max_size=30), st.integers(1, 9)), max_size=30))
def test_every_question_is_in_exactly_one_gap(texts: list[tuple[str, int]]) -> None:
    rows = [missed(text, count) for text, count in texts]
    gaps = find_gaps(rows, plain)
    assert sum(gap.count for gap in gaps) == sum(count for _, count in texts)
    listed = [wording.text for gap in gaps for wording in gap.wordings]
    assert sorted(listed) == sorted({text for text, _ in texts})
    assert [gap.count for gap in gaps] == sorted((gap.count for gap in gaps), reverse=True)
    assert find_gaps(rows, plain) == gaps


def test_fifty_thousand_wordings_take_seconds() -> None:
    chance = random.Random(7)  # noqa: S311 - the same every time
    words = ["".join(chance.choices("abcdefghijklmnoprstuvw", k=chance.randint(2, 9))) for _ in range(3000)]
    questions = [" ".join(chance.choices(words, k=chance.randint(3, 12))) for _ in range(5000)]

    def mistyped(text: str) -> str:
        place = chance.randrange(len(text))
        return text[:place] + chance.choice("xyz") + text[place + 1 :]

    rows = [missed(mistyped(chance.choice(questions))) for _ in range(50_000)]
    begun = time.process_time()
    gaps = find_gaps(rows, plain)
    assert time.process_time() - begun < 20  # about 4 on an idle machine
    assert 5000 <= len(gaps) < 10_000
