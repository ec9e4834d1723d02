"""Edits of curated files."""

import difflib
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import knowledge
from bot.drafting import DraftError, add_not_stated, add_questions

FILE = b"""# The money, and who gives it.
theme = "Funding"

[[fact]]
id = "award"          # the one everyone asks for
title = "How much?"
quote = "x"
questions = [
  "how much",  # plain
  "what is the sum",
]

# Between two records.

[[not_stated]]
id = "tax"
title = "the tax"
questions = ["any tax?", 'is it "taxed"']   # short

[[fact]]
id = "voices"
title = "Who?"
quote = "y"

[fact.questions]
teenager = ["yo who"]
# a comment inside
formal = [
    "Who, pray?"
]

# About the next one.

[[fact]]
id = "heard"
title = "Said?"
quote = \"\"\"
[[fact]]
id = "award"
\"\"\"
[fact.questions]
members = [
  "who said",
]
formal = ["By whom?"]

[[small_talk]]
id = "inline"
reply = "hello"
questions = { teen = ["hi"], formal = ["Good day"] }
# The end.
"""


def changes(before: bytes, after: bytes) -> list[str]:
    lines = difflib.unified_diff(before.decode().splitlines(), after.decode().splitlines(), n=0, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ("award", ['+  "new one",', '+  "new two",']),
        (
            "tax",
            [
                '-questions = ["any tax?", \'is it "taxed"\']   # short',
                '+questions = ["any tax?", \'is it "taxed"\', "new one", "new two"]   # short',
            ],
        ),
        ("voices", ["+members = [", '+  "new one",', '+  "new two",', "+]"]),
        ("heard", ['+  "new one",', '+  "new two",']),
    ],
)
def test_only_the_lines_meant_change(record: str, expected: list[str]) -> None:
    assert changes(FILE, add_questions(FILE, record, ["new one", "new two"])) == expected


def test_a_new_voice_stands_with_its_record_not_after_the_next_ones_comment() -> None:
    after = add_questions(FILE, "voices", ["new"]).decode()
    assert 'formal = [\n    "Who, pray?"\n]\nmembers = [\n  "new",\n]\n\n# About the next one.' in after


def test_an_inline_table_of_voices_stays_inline() -> None:
    after = add_questions(FILE, "inline", ["hey", "ho"])
    (talk,) = tomllib.loads(after.decode())["small_talk"]
    assert talk["questions"] == {"teen": ["hi"], "formal": ["Good day"], "members": ["hey", "ho"]}
    assert len(changes(FILE, after)) == 2


def test_what_is_known_already_is_not_added_again() -> None:
    assert add_questions(FILE, "award", ["How  MUCH", "", " \n "]) == FILE
    assert add_questions(FILE, "voices", ["who, pray?"]) == FILE
    assert changes(FILE, add_questions(FILE, "award", ["twice", "Twice"])) == ['+  "twice",']


def test_line_ends_stay_as_they_are() -> None:
    windows = FILE.replace(b"\n", b"\r\n")
    for record in ("award", "voices", "inline"):
        after = add_questions(windows, record, ["new"])
        assert after.count(b"\n") == after.count(b"\r\n")
        assert after.replace(b"\r\n", b"\n") == add_questions(FILE, record, ["new"])
    assert add_not_stated(windows, "n", "t", ["q"]).count(b"\n") == windows.count(b"\n") + 7


@pytest.mark.parametrize(
    "listed", ['[\n  "a"  # last\n]', '["a",\n "b"]', '[ "a", ]', '[\n  "a",\n  # comment\n]', "[]", "[\n]"]
)
def test_lists_of_any_style_can_be_added_to(listed: str) -> None:
    file = f'[[fact]]\nid = "a-b"\nquestions = {listed} # end\nquote = "z"\n'.encode()
    after = add_questions(file, "a-b", ["new"]).decode()
    assert tomllib.loads(after)["fact"][0]["questions"][-1] == "new"
    assert after.count("#") == file.count(b"#")
    assert after.endswith(' # end\nquote = "z"\n')


def test_a_topic_is_added_at_the_end() -> None:
    after = add_not_stated(
        FILE, "lunch", "who paid for lunch", ["who paid?", "Who  Paid?", "lunch"], 'the "food"'
    )
    assert after == FILE + (
        b'\n[[not_stated]]\nid = "lunch"\ntitle = "who paid for lunch"\nnearest = "the \\"food\\""\n'
        b'questions = [\n  "who paid?",\n  "lunch",\n]\n'
    )
    assert add_not_stated(b"", "n", "t", ["q"]) == (
        b'[[not_stated]]\nid = "n"\ntitle = "t"\nquestions = [\n  "q",\n]\n'
    )
    assert add_not_stated(b"x = 1", "n", "t", ["q"]).startswith(b"x = 1\n\n[[not_stated]]\n")


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (FILE, "has no record 'nobody'; choose the file"),
        (b"[[fact]\n", "not valid TOML"),
        (b"\xff", "not UTF-8"),
        (b'[[fact]]\nid = "nobody"\n', "no list of questions"),
        (b'fact = [{ id = "nobody", questions = [] }]\n', "has no record 'nobody'"),
    ],
)
def test_what_cannot_be_edited_is_told(file: bytes, message: str) -> None:
    with pytest.raises(DraftError, match=message):
        add_questions(file, "nobody", ["q"])


def test_a_topic_that_exists_or_cannot_be_appended_is_told() -> None:
    with pytest.raises(DraftError, match="already"):
        add_not_stated(FILE, "tax", "t", ["q"])
    with pytest.raises(DraftError, match="by hand"):
        add_not_stated(b"not_stated = []\n", "n", "t", ["q"])


@given(
    st.lists(st.text(max_size=40), max_size=5), st.sampled_from(["award", "tax", "voices", "heard", "inline"])
)
def test_any_question_can_be_added_and_nothing_else_changes(questions: list[str], record: str) -> None:
    after = add_questions(FILE, record, questions)
    before_rows, after_rows = tomllib.loads(FILE.decode()), tomllib.loads(after.decode())
    for kind in ("fact", "not_stated", "small_talk"):
        for old, new in zip(before_rows[kind], after_rows[kind], strict=True):
            if old["id"] != record:
                assert old == new
    assert add_questions(after, record, questions) == after


def test_a_record_of_every_shipped_file_can_be_added_to() -> None:
    for path in sorted((Path(knowledge.__file__).parent / "facts").glob("*.toml")):
        file = path.read_bytes()
        data = tomllib.loads(file.decode())
        for kind in ("fact", "not_stated", "small_talk"):
            for row in data.get(kind, ())[:1]:
                after = add_questions(file, row["id"], ["an entirely new question"])
                removed = [line for line in changes(file, after) if line.startswith("-")]
                assert len(removed) <= 1, path.name
