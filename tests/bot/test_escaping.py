"""Text that is made literal shows exactly its characters, and nothing in it takes effect."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.escaping import literal, quoted
from bot.limits import CONTENT, cut, fitted, length
from tests.bot.rendered import read_line

HOSTILE = [
    "**bold** and __underlined__ and *italic* and _italic_ and ~~struck~~ and ||hidden||",
    "`code` and ``more `code` `` and ```\nblock\n```",
    "# heading",
    "### heading",
    "-# small",
    "- item",
    "+ item",
    "* item",
    "1. first",
    "12) twelfth",
    "> quotation",
    ">>> long quotation",
    "<@123> <@!123> <@&123> <#123> @everyone @here </ask:123> <t:123:R> <:smile:123> <id:guide>",
    "[masked](https://example.org) <https://example.org> https://example.org http://a.b.c/d_e_f",
    "\\ \\\\ \\* back\\slash\\",
    "snake_case_word and 2*3*4 and a|b||c",
    "   # heading after spaces",
]
MARKS = st.text(st.sampled_from(list("*_~`|<>@[]()#-+.\\:/ \n!&1a")), max_size=60)


def spaces(text: str) -> str:
    return "".join(
        " " if character in "\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029" else character for character in text
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_shows_as_it_is(text: str) -> None:
    line = read_line(literal(text))
    assert line.text == spaces(text)
    assert not line.effects


@given(MARKS)
@example("*" * 7)
@example("\\")
def test_any_marks_show_as_they_are(text: str) -> None:
    line = read_line(literal(text))
    assert line.text == spaces(text)
    assert not line.effects


@given(MARKS, st.integers(0, 60), st.integers(0, 60))
def test_quotation_shows_the_sentence_and_marks_the_answering_words(text: str, start: int, size: int) -> None:
    line = read_line(quoted(text, start, start + size, room=CONTENT))
    assert line.text == spaces(text)
    assert line.effects in ((">",), (">", "bold"))
    if line.bold:
        assert spaces(text)[start : start + size].strip() in line.bold[0]


@pytest.mark.parametrize(
    ("start", "end", "bold"),
    [
        (0, 3, "The"),
        (1, 3, "The"),
        (4, 9, "gates"),
        (4, 10, "gates"),
        (3, 10, "gates"),
        (5, 6, "gates"),
        (9, 9, None),
    ],
)
def test_bold_neither_breaks_words_nor_begins_with_a_space(start: int, end: int, bold: str | None) -> None:
    assert read_line(quoted("The gates close", start, end, room=CONTENT)).bold == ((bold,) if bold else ())


def test_mark_at_the_edge_of_the_bold_words_is_kept() -> None:
    text = "so *this* is it\\"
    line = read_line(quoted(text, 3, len(text), room=CONTENT))
    assert line.text == text
    assert line.bold == ("*this* is it\\",)


def test_too_many_marks_are_shown_as_code() -> None:
    text = "*" * 1400
    assert quoted(text, 3, 9, room=CONTENT) == f"```\n{text}\n```"


@given(st.integers(10, 300))
def test_what_is_too_long_even_so_is_cut_within_its_room(room: int) -> None:
    for text in ("word " * 100, "```*_|" * 100, "😀" * 400):
        for span in ((0, 0), (2, 9), (len(text) - 9, len(text))):
            found = quoted(text, *span, room=room)
            assert length(found) <= room
            line = read_line(found)
            assert set(line.effects) <= {">", "bold"}
            assert line.text.removesuffix("…") in text


@given(st.text(max_size=300), st.integers(2, 120))
def test_cut_text_is_never_empty_nor_longer(text: str, most: int) -> None:
    assert 1 <= length(cut(text, most)) <= most


@given(st.lists(st.text(max_size=1500), max_size=4), st.lists(st.text(max_size=1500), max_size=4))
def test_fitted_text_keeps_the_limit(required: list[str], optional: list[str]) -> None:
    assert length(fitted(required, optional)) <= CONTENT


def test_optional_paragraphs_come_only_where_there_is_room() -> None:
    assert fitted(["a"], ["b" * 20, "c"], most=10) == "a\nc"
