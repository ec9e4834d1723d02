"""Text in whatever form it is typed comes down to one normal form."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.language import MAX_CHARACTERS, Language, stem

NAMES = (
    ("UK", "U.K.", "United Kingdom", "the United Kingdom", "Great Britain", "Britain"),
    ("US", "U.S.", "USA", "United States", "the United States", "America", "US of A"),
    ("NPL", "National Physical Laboratory"),
    ("UKRI", "UK Research and Innovation"),
    ("CQT", "Commercialising Quantum Technologies"),
    ("R&D", "research and development"),
)
LANGUAGE = Language(NAMES)
PLAIN = Language()
ANY_TEXT = st.text(st.characters(codec=None))  # lone surrogates among it
PIECES = st.sampled_from(
    [
        "£", "$", "50", "1,000", "1.5", "m", "mil", "million", "bn", "half", "a", "and", "dozen", "of",
        "one", "us",
        "US", "the", "UK", "u.s.", "n't", "it's", "'", "’", "<@1>", "<", "https://x", "&", "R&D", ".", ",",
        " ", " ",
        "\n", "e\u0301", "²", "፩", "½", "😀", "مرحبا", "hundred", "pounds", "versus", "national", "physical",
        "laboratory", "quid", "\u200f", "\0",
    ]
)  # fmt: skip
TYPED = ANY_TEXT | st.lists(PIECES, max_size=30).map(" ".join) | st.lists(PIECES, max_size=30).map("".join)


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("WHO Signed It?!", "who signed it"),
        ("  who\tsigned\r\nit\u00a0…", "who signed it"),
        ("Café Ünïcode", "cafe unicode"),
        ("cafe\u0301", "cafe"),
        ("the ﬁnance", "the finance"),
        ("ＦＵＬＬ width", "full width"),
        ("zero\u200bwidth\u200f", "zerowidth"),
        ("Straße", "strasse"),
        ("anti-war, co-operation", "anti war co operation"),
        ("e.g. the B.B.C.", "eg the bbc"),
        ("who_signed_it", "who signed it"),
    ],
)
def test_case_punctuation_and_unicode_make_no_difference(typed: str, normal: str) -> None:
    assert PLAIN.normalise(typed) == normal


@pytest.mark.parametrize(
    ("typed", "full"),
    [
        ("it doesn't", "it does not"),
        ("it doesn’t", "it does not"),
        ("it doesnt", "it does not"),
        ("they can't", "they can not"),
        ("they cannot", "they can not"),
        ("we won't", "we will not"),
        ("what's new", "what is new"),
        ("whats new", "what is new"),
        ("who'll pay", "who will pay"),
        ("they've paid", "they have paid"),
        ("I'm", "i am"),
        ("let's go", "let us go"),
        ("gonna ask u", "going to ask you"),
        ("wot r ppl sayin", "what are people sayin"),
        ("thx", "thanks"),
    ],
)
def test_contractions_and_shorthand_are_written_out(typed: str, full: str) -> None:
    assert PLAIN.normalise(typed) == full


def test_a_possessive_is_the_word_itself() -> None:
    assert PLAIN.normalise("the lab's and the labs' work") == "the lab and the labs work"


@pytest.mark.parametrize(
    "typed",
    [
        "£50m", "£50M", "£ 50m", "£50 m", "£50 mil", "£50mn", "£50 million", "£50million", "£50,000,000",
        "£50 000 000",
        "50 million pounds", "50m quid", "fifty million pounds", "50 million of pounds", "GBP 50 million",
        "50m gbp",
        "fifty million pounds sterling", "£50.0m", "half a hundred million pounds", "50 Mio. pounds",
    ],
)  # fmt: skip
def test_a_sum_has_one_normal_form(typed: str) -> None:
    assert PLAIN.normalise(typed) == "pound 50000000"


@pytest.mark.parametrize(
    ("typed", "figure"),
    [
        ("50 mil", "50000000"),
        ("fifty million", "50000000"),
        ("50,000,000", "50000000"),
        ("half a billion", "500000000"),
        ("half a million", "500000"),
        ("a billion", "1000000000"),
        ("1bn", "1000000000"),
        ("one hundred and seventy million", "170000000"),
        ("a hundred and seventy", "170"),
        ("a dozen", "12"),
        ("dozen", "12"),
        ("two dozen", "24"),
        ("half a dozen", "6"),
        ("two hundred thousand", "200000"),
        ("three million five hundred thousand", "3500000"),
        ("twelve", "12"),
        ("twenty-one", "21"),
        ("three hundred and five", "305"),
        ("one thousand two hundred", "1200"),
        ("10k", "10000"),
        ("ten grand", "10000"),
        ("1.5m", "1500000"),
        ("two and a half million", "2500000"),
        ("two and a half", "2.5"),
        ("0.5", "0.5"),
        ("٣", "3"),
        ("１２", "12"),
    ],
)
def test_a_number_has_one_normal_form(typed: str, figure: str) -> None:
    assert PLAIN.normalise(typed) == figure


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("$50m", "dollar 50000000"),
        ("50 bucks", "dollar 50"),
        ("€50m", "euro 50000000"),
    ],
)
def test_currencies_stay_apart(typed: str, normal: str) -> None:
    assert PLAIN.normalise(typed) == normal


@pytest.mark.parametrize(
    "typed",
    [
        "one of them", "which one", "an hour", "a half", "the other half", "how many millions", "no m at all",
        "the grand opening", "who foots the bill", "a pound of flesh",
    ],
)  # fmt: skip
def test_words_that_only_look_like_numbers_are_left_alone(typed: str) -> None:
    assert PLAIN.normalise(typed) == typed


def test_two_numbers_stay_two() -> None:
    assert PLAIN.normalise("5 november 2021") == "5 november 2021"
    assert PLAIN.normalise("£50m-£60m") == "pound 50000000 pound 60000000"
    assert PLAIN.normalise("3, 4 and 12") == "3 4 and 12"


@pytest.mark.parametrize("digit", ["፩", "፲", "②", "³", "൰"])
def test_figures_that_are_no_decimal_digits_do_no_harm(digit: str) -> None:
    assert PLAIN.normalise(f"why {digit} why").startswith("why")


def test_a_figure_of_very_many_digits_is_still_one_word() -> None:
    assert PLAIN.words("9" * 1500) == ["9" * 1500]


@pytest.mark.parametrize(
    ("american", "british"),
    [
        ("organization", "organisation"),
        ("commercialized", "commercialised"),
        ("realizing", "realising"),
        ("center", "centre"),
        ("defense programs", "defence programmes"),
        ("labor", "labour"),
    ],
)
def test_american_spellings_become_british(american: str, british: str) -> None:
    assert PLAIN.normalise(american) == PLAIN.normalise(british) == british


@pytest.mark.parametrize("word", ["prize", "size", "sized", "seize", "maize", "capsize"])
def test_a_z_that_is_no_american_spelling_stays(word: str) -> None:
    assert PLAIN.normalise(word) == word


@pytest.mark.parametrize("forms", NAMES, ids=lambda forms: forms[0])
def test_every_form_of_a_name_is_the_same_name(forms: tuple[str, ...]) -> None:
    sentences = {LANGUAGE.normalise(f"does {form} pay") for form in forms}
    assert len(sentences) == 1
    assert [word[0] == "@" for word in sentences.pop().split()] == [False, True, False]


@pytest.mark.parametrize("typed", ["npl", "NPL", "N.P.L.", "NPL's", "national physical laboratory"])
def test_a_name_is_known_in_any_case_with_points_and_as_a_possessive(typed: str) -> None:
    assert LANGUAGE.normalise(f"does {typed} work") == "does @npl work"


def test_the_longest_form_of_a_name_wins() -> None:
    assert LANGUAGE.normalise("UK research and innovation") == "@ukri"
    assert LANGUAGE.normalise("UK research and hope") == "@uk research and hope"


def test_a_name_is_known_in_either_spelling() -> None:
    assert LANGUAGE.normalise("Commercializing Quantum Technologies") == "@cqt"


def test_part_of_a_name_is_no_name() -> None:
    assert LANGUAGE.normalise("the national laboratory") == "the national laboratory"


@pytest.mark.parametrize(
    "typed",
    [
        "What does the US pay", "what does the us pay", "is the U.S. in", "is u.s. in", "uk and us",
        "US and UK",
        "the uk and the us", "us/uk deal", "us or uk", "what do us and the uk do", "what is US", "US",
        "US?", "U.S.",
        "THE US", "WHAT DOES THE US PAY", "US AND UK",
    ],
)  # fmt: skip
def test_us_is_the_country_in_capitals_after_the_and_beside_another_name(typed: str) -> None:
    assert "@us" in LANGUAGE.words(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "tell us more", "what does it do for us", "between us", "us", "TELL US MORE", "WHAT IS IN IT FOR US",
        "tell us the date", "they gave us the money", "how will it help us national treasures", "let's go",
        "will it bring us research", "Does it cost us?",
    ],
)  # fmt: skip
def test_us_is_the_pronoun_otherwise(typed: str) -> None:
    words = LANGUAGE.words(typed)
    assert "us" in words
    assert "@us" not in words


def test_it_in_capitals_is_still_the_pronoun_where_no_name_is_written_so() -> None:
    assert LANGUAGE.normalise("what is IT") == "what is it"
    assert Language([("IT", "information technology")]).normalise("what is IT") == "what is @it"


@pytest.mark.parametrize(
    "mark",
    [
        "<@1234>",
        "<@!1234>",
        "<@&1234>",
        "<#1234>",
        "<:smile:1234>",
        "<a:dance:1234>",
        "<t:1618953630:R>",
        "</ask:1234>",
    ],
)
def test_a_discord_tag_is_not_part_of_the_question(mark: str) -> None:
    assert PLAIN.normalise(f"{mark} who signed {mark}") == "who signed"


@pytest.mark.parametrize(
    "link", ["https://example.org/a?b=c#d", "HTTP://EXAMPLE.ORG", "<https://example.org>"]
)
def test_a_link_is_not_part_of_the_question(link: str) -> None:
    assert PLAIN.normalise(f"who signed {link} it") == "who signed it"


def test_a_less_than_sign_hides_nothing() -> None:
    assert PLAIN.normalise("is 3 < 4 or 5 > 4") == "is 3 4 or 5 4"


@pytest.mark.parametrize(
    "typed", ["", " ", "?!…", "😀", "\0\x07", "\u200b", "<@1234>", "—", "https://example.org"]
)
def test_what_has_no_word_has_an_empty_normal_form(typed: str) -> None:
    assert PLAIN.normalise(typed) == ""


@pytest.mark.parametrize("word", ["مرحبا", "привет", "你好", "שלום"])
def test_other_scripts_are_words_too(word: str) -> None:
    assert PLAIN.normalise(word) == word


def test_what_is_longer_than_any_message_is_not_read() -> None:
    assert PLAIN.normalise("a " * MAX_CHARACTERS) == PLAIN.normalise("a " * (MAX_CHARACTERS // 2))


def test_words_of_one_stem_share_it() -> None:
    assert stem("collaborating") == stem("collaborates") == stem("collaboration")
    assert stem("signed") != stem("sign language")


@example("9" * 400)
@example("hundred " * 200)
@example("million " * 200)
@example("0n't")
@example("a")
@example("half a")
@example("£")
@given(TYPED)
def test_any_text_has_a_normal_form_of_words(text: str) -> None:
    words = LANGUAGE.words(text)
    assert all(word and word == word.lower() and not any(map(str.isspace, word)) for word in words)
    assert LANGUAGE.normalise(text).split() == words


@given(TYPED)
def test_the_normal_form_is_the_same_each_time(text: str) -> None:
    assert Language(NAMES).words(text) == LANGUAGE.words(text)


@given(st.lists(st.from_regex(r"[a-z]{1,9}", fullmatch=True), max_size=8).map(" ".join))
def test_case_never_changes_the_normal_form(text: str) -> None:
    assert PLAIN.normalise(text.upper()) == PLAIN.normalise(text.title()) == PLAIN.normalise(text)


@given(st.integers(0, 10**9))
def test_digit_groups_and_leading_currency_never_change_a_figure(number: int) -> None:
    assert PLAIN.normalise(f"£{number:,}") == f"pound {number}" == PLAIN.normalise(f"{number} pounds")


@given(st.integers(1, 999), st.sampled_from([("k", 10**3), ("m", 10**6), ("bn", 10**9), (" million", 10**6)]))
def test_a_scale_multiplies_its_figure(number: int, scale: tuple[str, int]) -> None:
    assert PLAIN.normalise(f"{number}{scale[0]}") == f"{number * scale[1]}"
