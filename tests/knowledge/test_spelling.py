"""Misspelt words become the records' words, and correct English is left alone."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.spelling import Mender

TEXTS = [
    text.split()
    for text in (
        "who is eric lander",
        "what did lander say",
        "lander quote",
        "how much money is spent",
        "who signed the statement",
        "signed by whom",
        "when was it signed",
        "quantum computing research",
        "quantum computers",
        "what is quantum",
        "which laboratory",
        "the announcement in january",
        "government funding",
        "an orgnisation",
    )
]
COUNTS = Counter(word for text in TEXTS for word in text)
MENDER = Mender.of(COUNTS, ["freeman", "npl"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("quantm", "quantum"),  # a letter left out
        ("quanntum", "quantum"),  # one too many
        ("qauntum", "quantum"),  # two swapped
        ("quantom", "quantum"),  # a wrong one
        ("kwantum", "quantum"),  # as it sounds, the first letter with it
        ("anouncment", "announcement"),
        ("goverment", "government"),
        ("labratory", "laboratory"),
        ("sined", "signed"),
        ("mony", "money"),
        ("mnoey", "money"),  # two swapped are one slip, in a word too short for two
        ("janurary", "january"),
    ],
)
def test_a_misspelt_word_becomes_the_word_of_the_records(typed: str, meant: str) -> None:
    assert MENDER.mend([typed]) == ([meant], [(typed, meant)])


@pytest.mark.parametrize("typed", ["landr", "lnader", "landder"])
def test_a_misspelt_name_becomes_the_name(typed: str) -> None:
    assert MENDER.mend(["what", "did", typed, "say"])[0] == ["what", "did", "lander", "say"]


def test_a_name_that_no_question_has_can_be_meant() -> None:
    assert MENDER.mend(["freman"]) == (["freeman"], [("freman", "freeman")])


@pytest.mark.parametrize(
    "word", ["lender", "landed", "money", "honey", "monkey", "freedom", "sinned", "notion"]
)
def test_correct_english_is_left_alone(word: str) -> None:
    assert MENDER.mend(["the", word]) == (["the", word], [])


def test_a_lender_is_not_turned_into_lander() -> None:
    question = "is the lender happy with the money".split()
    assert MENDER.mend(question) == (question, [])


@pytest.mark.parametrize("word", ["lander", "quantum", "npl", "eric"])
def test_the_words_of_the_records_are_left_alone(word: str) -> None:
    assert MENDER.mend([word]) == ([word], [])


@pytest.mark.parametrize("word", ["zyzzyva", "qqqqqq", "aaaaaaaaaa", "xkcd", "brrr"])
def test_what_is_near_nothing_is_left_as_it_is(word: str) -> None:
    assert MENDER.mend([word]) == ([word], [])


def test_a_slip_that_many_make_is_mended_all_the_same() -> None:
    mender = Mender(
        {"laboratories": 200, "labaratories": 4, "signed": 200, "singed": 3, "fends": 3, "funds": 200}
    )
    assert mender.mend(["labaratories"])[0] == ["laboratories"]
    assert mender.corrections() == {"labaratories": ("laboratories",), "singed": ("signed",)}


def test_slips_found_before_need_not_be_looked_for() -> None:
    counts = {"laboratories": 200, "labaratories": 4, "labaratory": 1, "laboratory": 200}
    before = Mender(counts)
    after = Mender(counts, mended=before.corrections())
    assert after.corrections() == before.corrections()
    assert after.mend(["labaratories"]) == before.mend(["labaratories"])


def test_a_rare_english_word_is_a_slip_only_by_a_swap() -> None:
    mender = Mender({"signed": 200, "singed": 3, "funds": 200, "fends": 3})
    assert mender.mend(["singed", "fends"])[0] == ["signed", "fends"]


def test_a_curators_own_slip_is_nothing_to_mend_to() -> None:
    """A word that is no English and stands once is not what a member means."""
    assert MENDER.mend(["orgnisaton"]) == (["orgnisaton"], [])


@pytest.mark.parametrize("word", ["50000000", "£", "@npl", "x1", "ab", "q", "привет", "émigré", "你好", "US"])
def test_figures_names_short_words_and_other_scripts_are_left_alone(word: str) -> None:
    assert MENDER.mend([word]) == ([word], [])


@pytest.mark.parametrize(
    ("typed", "meant"), [("whosigned", ["who", "signed"]), ("quantumcomputing", ["quantum", "computing"])]
)
def test_joined_words_are_parted(typed: str, meant: list[str]) -> None:
    assert MENDER.mend([typed, "it"]) == ([*meant, "it"], [(typed, " ".join(meant))])


def test_the_longer_the_word_the_more_letters_may_be_wrong() -> None:
    assert MENDER.mend(["mxney"])[0] == ["money"]
    assert MENDER.mend(["mxnqy"])[0] == ["mxnqy"]
    assert MENDER.mend(["quanxqm"])[0] == ["quantum"]
    assert MENDER.mend(["quxxxum"])[0] == ["quxxxum"]
    assert MENDER.mend(["labxxxtory"])[0] == ["laboratory"]


def test_of_two_near_words_the_more_used_is_meant() -> None:
    mender = Mender({"grant": 50, "grand": 3})
    assert mender.mend(["granx"])[0] == ["grant"]
    assert Mender({"grant": 3, "grand": 50}).mend(["granx"])[0] == ["grand"]


def test_nothing_is_mended_without_a_vocabulary() -> None:
    assert Mender.of({}).mend(["quantm", "computr"]) == (["quantm", "computr"], [])


def test_no_words_are_no_words() -> None:
    assert MENDER.mend([]) == ([], [])


@given(st.lists(st.from_regex(r"\w{1,12}|[a-z]{1,20}", fullmatch=True), max_size=6))
def test_whatever_is_typed_comes_back_mended_or_as_it_was(words: list[str]) -> None:
    mended_words, mended = MENDER.mend(words)
    replaced = dict(mended)
    assert mended_words == [part for word in words for part in replaced.get(word, word).split(" ")]
    assert all(typed in words and typed != meant for typed, meant in mended)


@given(st.from_regex(r"[a-z]{3,14}", fullmatch=True))
def test_what_a_word_was_mended_to_needs_no_mending(word: str) -> None:
    once, _ = MENDER.mend([word])
    if once != [word]:
        assert MENDER.mend(once) == (once, [])


@given(st.from_regex(r"[a-z]{3,14}", fullmatch=True))
def test_mending_a_word_again_gives_the_same(word: str) -> None:
    assert MENDER.mend([word]) == MENDER.mend([word]) == Mender.of(COUNTS, ["freeman", "npl"]).mend([word])


@pytest.mark.parametrize(
    ("typed", "opposite"), [("nonbinding", "binding"), ("unratified", "ratified"), ("defunded", "funded")]
)
def test_no_word_is_mended_into_its_opposite(typed: str, opposite: str) -> None:
    assert Mender({opposite: 50}).mend([typed])[0] == [typed]


def test_two_rare_names_are_not_taken_for_one() -> None:
    assert Mender({"vaxo": 2, "vaxa": 2, "price": 9}).corrections() == {}
