"""Labelled questions teach a ranking, whatever they are about and whatever is typed."""

import random
import subprocess
import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from knowledge.examples import Examples
from knowledge.language import Language
from knowledge.matching import Match, Matcher

KITCHEN = {
    "boil-egg": [
        "how long do I boil an egg",
        "boiling time of eggs",
        "when is an egg done",
        "soft egg minutes",
    ],
    "sharpen-knife": ["how do I sharpen a knife", "my knife is blunt", "what stone sharpens knives"],
    "clean-oven": ["how do I clean the oven", "the oven is dirty", "what removes burnt fat", "oven cleaning"],
    "bake-bread": ["how is bread baked", "bread recipe", "how hot is the oven for a loaf", "baking a loaf"],
    "substitute": ["what can I use instead of butter"],
}
MATCHER = Matcher.fit(KITCHEN)
ODD = [
    "", " ", "?!", "\0\x07\x1b[31m", "<@12>", "مرحبا كيف تسلق البيضة", "\u202eegg an boil", "🥚🥚🥚",
    "鸡蛋要煮多久", "egg " * 2500, "x" * 10_000, "£50m " * 2000, "\ud800", "'", "n't", "0n't", "፩",
    "9" * 5000, "a\u0301" * 3000, "hundred " * 1000,
]  # fmt: skip


@pytest.mark.parametrize(("id_", "question"), [(id_, one) for id_, many in KITCHEN.items() for one in many])
def test_an_example_question_finds_its_own_record(id_: str, question: str) -> None:
    first = MATCHER.rank(question)[0]
    assert first.id == id_
    assert first.score > 0.5


@pytest.mark.parametrize(
    ("id_", "question"),
    [
        ("boil-egg", "HOW LONG must an egg be boiled?!"),
        ("sharpen-knife", "shrapening a blunt knive"),
        ("clean-oven", "get a dirty oven clean"),
        ("bake-bread", "bread baking"),
        ("substitute", "instead of butter"),
    ],
)
def test_a_new_wording_finds_the_record(id_: str, question: str) -> None:
    assert MATCHER.rank(question)[0].id == id_


def test_the_best_comes_first() -> None:
    scores = [match.score for match in MATCHER.rank("how do I clean a knife", 5)]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) == 5


@pytest.mark.parametrize("limit", [0, 1, 2, 5])
def test_there_are_never_more_than_the_limit(limit: int) -> None:
    assert len(MATCHER.rank("how do I boil an egg", limit)) == limit


def test_there_are_never_more_than_the_records() -> None:
    ranked = [match.id for match in MATCHER.rank("egg", 100)]
    assert sorted(ranked) == sorted(KITCHEN)


def test_five_come_unless_told_otherwise() -> None:
    assert (
        len(Matcher.fit({f"r{number}": [f"question {number}"] for number in range(8)}).rank("question")) == 5
    )


def test_a_shorter_list_is_the_start_of_a_longer_one() -> None:
    assert MATCHER.rank("knife for bread", 5)[:2] == MATCHER.rank("knife for bread", 2)


def test_a_record_with_one_question_is_found() -> None:
    matcher = Matcher.fit({"only": ["who are you"]})
    assert [match.id for match in matcher.rank("who are you")] == ["only"]


@pytest.mark.parametrize("question", ["", " \n", "?!…", "🥚", "<@1234>", "\0"])
def test_a_question_without_a_word_ranks_nothing(question: str) -> None:
    assert MATCHER.rank(question) == []


def test_what_shares_nothing_with_any_example_is_thought_to_be_none() -> None:
    scores = [match.score for match in MATCHER.rank("zzz qqq")]
    assert sum(scores) < MATCHER.rank("the egg")[0].score
    assert max(scores) < 0.2


def test_a_wordless_example_does_no_harm() -> None:
    matcher = Matcher.fit({**KITCHEN, "gibberish": ["???", "…"]})
    assert matcher.rank("how long do I boil an egg")[0].id == "boil-egg"
    assert matcher.rank("???") == []


def test_the_same_question_under_two_records_is_no_fault() -> None:
    both = Matcher.fit({"one": ["which one is it"], "two": ["which one is it"]}).rank("which one is it")
    assert {match.id for match in both} == {"one", "two"}


@pytest.mark.parametrize(
    "records", [{"one": ["a question"], "two": []}, {"one": [], "two": ["a question"]}, {"one": []}]
)
def test_a_record_without_questions_is_refused_by_name(records: dict[str, list[str]]) -> None:
    without = next(id_ for id_, questions in records.items() if not questions)
    with pytest.raises(ValueError, match=f"“{without}” has no example question"):
        Matcher.fit(records)


def test_no_records_at_all_are_refused() -> None:
    with pytest.raises(ValueError, match="no records"):
        Matcher.fit({})


@pytest.mark.parametrize("question", ODD, ids=[repr(question[:8]) for question in ODD])
def test_nothing_typed_disturbs_it(question: str) -> None:
    assert all(0 <= match.score <= 1 for match in MATCHER.rank(question))


WORDS = sorted({word for many in KITCHEN.values() for question in many for word in question.split()})
ODD_WORDS = ["eg", "knifes", "£", "50m", "half", "a", "\u202e", "🥚"]
TYPED = st.text(st.characters(codec=None)) | st.lists(st.sampled_from(WORDS + ODD_WORDS)).map(" ".join)
IDS = st.from_regex(r"[a-z]{1,4}", fullmatch=True)


@example("0n't", 5)
@given(TYPED, st.integers(0, 7))
def test_any_text_is_ranked_by_probabilities(question: str, limit: int) -> None:
    ranked = MATCHER.rank(question, limit)
    assert len(ranked) <= min(limit, len(KITCHEN))
    assert len({match.id for match in ranked}) == len(ranked)
    assert {match.id for match in ranked} <= set(KITCHEN)
    assert all(0 <= match.score <= 1 for match in ranked)
    assert sum(match.score for match in ranked) <= 1 + 1e-5
    assert ranked == sorted(ranked, key=lambda match: -match.score)


@settings(max_examples=15)
@given(st.randoms(use_true_random=False), TYPED)
def test_the_order_of_records_and_questions_changes_nothing(numbers: random.Random, question: str) -> None:
    ids = list(KITCHEN)
    numbers.shuffle(ids)
    shuffled = {id_: numbers.sample(KITCHEN[id_], len(KITCHEN[id_])) for id_ in ids}
    assert Matcher.fit(shuffled).rank(question) == MATCHER.rank(question)


@settings(max_examples=15)
@given(st.dictionaries(IDS, st.lists(TYPED, min_size=1, max_size=3), min_size=1), TYPED)
def test_any_records_can_be_learnt(records: dict[str, list[str]], question: str) -> None:
    assert {match.id for match in Matcher.fit(records).rank(question, 100)} in (set(), set(records))


def test_a_look_tells_what_was_understood() -> None:
    ranking = MATCHER.look("How do I shrapen a knife?")
    assert ranking.words == ("how", "do", "i", "sharpen", "a", "knife")
    assert ranking.mended == (("shrapen", "sharpen"),)
    assert len(ranking.opinion.claims) == len(ranking.opinion.logits) == len(MATCHER.ids)
    assert MATCHER.example(ranking.nearest) in KITCHEN["sharpen-knife"]


def test_claims_are_high_for_an_example_and_low_for_what_shares_nothing() -> None:
    own = dict(zip(MATCHER.ids, MATCHER.opinion("how do i boil an egg".split()).claims, strict=True))
    assert own["boil-egg"] > 0
    assert max(MATCHER.opinion(["zzz"]).claims) < -0.5


def test_one_example_is_enough() -> None:
    matcher = Matcher.fit({"one": ["what is it"]})
    assert matcher.rank("what is it")[0].id == "one"


def test_the_names_of_a_language_are_told_on_both_sides() -> None:
    language = Language([("NPL", "National Physical Laboratory"), ("NSF", "National Science Foundation")])
    records = {"npl": ["what does the National Physical Laboratory do"], "nsf": ["what is NSF for"]}
    matcher = Matcher.fit(records, language=language)
    assert matcher.rank("the N.P.L.")[0].id == "npl"
    assert matcher.rank("national science foundation")[0].id == "nsf"


def test_sums_are_alike_however_they_are_written() -> None:
    matcher = Matcher.fit({"fifty": ["who got £50 million"], "hundred": ["who got £100 million"]})
    assert [matcher.rank(typed)[0].id for typed in ("50 mil", "a hundred million quid", "fifty million")] == [
        "fifty", "hundred", "fifty",
    ]  # fmt: skip


def test_a_match_is_a_value() -> None:
    assert Match("a", 0.5) == Match("a", 0.5)
    with pytest.raises(AttributeError):
        Match("a", 0.5).score = 1.0  # type: ignore[misc]


def test_examples_are_ordered_whatever_order_they_come_in() -> None:
    one = Examples.collect({"a": [("x y", ["x", "y"]), ("z", ["z"])], "b": [("w", ["w"])]})
    other = Examples.collect({"b": [("w", ["w"])], "a": [("z", ["z"]), ("x y", ["x", "y"])]})
    assert (one.ids, one.questions, list(one.forms)) == (other.ids, other.questions, list(other.forms))
    assert one.labels.tolist() == other.labels.tolist()


def test_it_knows_nothing_of_announcements() -> None:
    """The matcher can be measured alone: nothing of what is built on it, or beside it, is imported."""
    program = "import sys; from knowledge.matching import Matcher; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    ours = {
        name
        for name in run.stdout.split()
        if name.split(".")[0] in ("knowledge", "bot", "discord", "pydantic")
    }
    own = (
        "classifier", "english", "examples", "features", "forms", "language", "matching", "network",
        "opinion", "spelling", "words", "words.vectors",
    )  # fmt: skip
    assert ours == {"knowledge", *(f"knowledge.{name}" for name in own)}
