"""Curated files become one value."""

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from knowledge.announcement import Speaker
from knowledge.loading import Curation, read_files, read_folder
from knowledge.problems import LoadError
from knowledge.records import Fact, NotStatedTopic, SmallTalk

TEXT = "# News\n\nAnn signed the statement.\n\nBob said:\n\nWe paid £5 million for 12 projects. I am glad.\n"
ABOUT = """
source = "news.md"
starters = ["who-paid", "who-signed"]

[[speaker]]
name = "Bob"
role = "Minister"
introduced_by = "Bob said:"
first = "We paid"
last = "glad."

[[name]]
forms = ["NPL", "National Physical Laboratory"]
"""
SIGNING = """# A comment with [[fact]] in it.
theme = "The signing"

[[not_stated]]
id = "signing-place"
title = "where it was signed"
nearest = "Ann signed"
questions = ["where was it signed"]

[[fact]]
id = "who-signed"
title = "Who signed?"
quote = "Ann"
questions = ["who signed it", "whose signature is on it [[fact]]"]
"""
MONEY = """
theme = "Money"

[[fact]]
id = "who-paid"
title = "How much was paid?"
quote = "£5 million"
questions = { teenager = ["how much dough"], formal = ["what sum was paid", "what did the NPL get"] }

[[small_talk]]
id = "thanks"
reply = "thanks"
questions = ["thank you"]
"""
FILES = {
    "announcement.toml": ABOUT.encode(),
    "signing.toml": SIGNING.encode(),
    "money.toml": MONEY.encode(),
}


@pytest.fixture
def curation() -> Curation:
    return read_files(FILES, TEXT)


def folder_of(path: Path, files: dict[str, bytes]) -> Path:
    path.mkdir(exist_ok=True)
    for name, content in files.items():
        (path / name).write_bytes(content)
    return path


def test_records_keep_the_order_of_files_and_lines(curation: Curation) -> None:
    assert list(curation.records) == ["who-paid", "thanks", "signing-place", "who-signed"]
    kinds = [type(record) for record in curation.records.values()]
    assert kinds == [Fact, SmallTalk, NotStatedTopic, Fact]


def test_the_announcement_has_its_speakers(curation: Curation) -> None:
    assert [sentence.speaker for sentence in curation.announcement.sentences] == [
        None,
        None,
        Speaker("Bob", "Minister"),
        Speaker("Bob", "Minister"),
    ]


def test_quotes_are_found_with_sentence_and_span(curation: Curation) -> None:
    place = curation.quoted["who-paid"]
    assert place.sentence.text == "We paid £5 million for 12 projects."
    assert place.sentence.text[place.start : place.end] == "£5 million"
    assert curation.quoted["signing-place"].sentence.text == "Ann signed the statement."
    assert "thanks" not in curation.quoted


def test_files_with_facts_are_themes(curation: Curation) -> None:
    assert [(theme.id, theme.title, theme.facts) for theme in curation.themes] == [
        ("money", "Money", ("who-paid",)),
        ("signing", "The signing", ("who-signed",)),
    ]


def test_a_file_without_facts_needs_no_theme() -> None:
    chat = b'[[small_talk]]\nid = "bye"\nreply = "bye"\nquestions = ["bye"]\n'
    curation = read_files({**FILES, "small_talk.toml": chat}, TEXT)
    assert "bye" in curation.records
    assert len(curation.themes) == 2


def test_names_starters_and_places_are_kept(curation: Curation) -> None:
    assert curation.names == (("NPL", "National Physical Laboratory"),)
    assert curation.starters == ("who-paid", "who-signed")
    assert curation.places["signing-place"] == ("signing.toml", 4)
    assert curation.places["who-signed"] == ("signing.toml", 10)


def test_questions_are_normalised_once_in_the_order_of_examples(curation: Curation) -> None:
    examples = curation.records["who-paid"].examples
    assert len(examples) == 3
    assert curation.normalised["who-paid"] == tuple(map(curation.language.normalise, examples))


def test_the_curation_cannot_be_changed(curation: Curation) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        curation.version = "x"  # type: ignore[misc]
    with pytest.raises(TypeError):
        curation.records["x"] = curation.records["thanks"]  # type: ignore[index]
    with pytest.raises(ValidationError):
        curation.records["thanks"].id = "x"


def test_the_version_tells_any_change_and_nothing_else(curation: Curation) -> None:
    assert len(curation.version) == 12
    assert set(curation.version) <= set("0123456789abcdef")
    assert read_files(dict(reversed(FILES.items())), TEXT).version == curation.version
    assert read_files(FILES, TEXT + "More.").version != curation.version
    changed = {**FILES, "money.toml": FILES["money.toml"] + b"# a note\n"}
    assert read_files(changed, TEXT).version != curation.version


def test_windows_line_ends_and_a_byte_order_mark_are_welcome(curation: Curation) -> None:
    windows = {name: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n") for name, data in FILES.items()}
    read = read_files(windows, "\ufeff" + TEXT.replace("\n", "\r\n"))
    assert dict(read.records) == dict(curation.records)
    assert dict(read.places) == dict(curation.places)


def test_the_shipped_folder_is_read_by_default() -> None:
    curation = read_folder()
    assert len(curation.announcement.sentences) == 25
    assert len({sentence.speaker for sentence in curation.announcement.sentences}) == 3
    assert len(curation.starters) == 10
    assert set(curation.places) == set(curation.records)


def test_the_source_beside_the_records_goes_before_the_seeds(tmp_path: Path) -> None:
    about = ABOUT.replace("news.md", "uk-us-quantum-statement.md")
    files = {**FILES, "announcement.toml": about.encode(), "uk-us-quantum-statement.md": TEXT.encode()}
    folder = folder_of(tmp_path / "records", files)
    assert read_folder(folder).announcement.title == "News"


def test_the_seeds_hold_the_source_that_is_not_beside_the_records(tmp_path: Path) -> None:
    about = 'source = "uk-us-quantum-statement.md"\n'
    chat = b'[[small_talk]]\nid = "bye"\nreply = "bye"\nquestions = ["bye"]\n'
    folder = folder_of(tmp_path / "records", {"announcement.toml": about.encode(), "chat.toml": chat})
    with pytest.raises(LoadError, match="introduces words that no speaker is named for"):
        read_folder(folder)


def test_another_announcement_can_be_given(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "records", FILES)
    (tmp_path / "other.md").write_text(TEXT + "\nMore.", encoding="utf-8")
    assert read_folder(folder, tmp_path / "other.md").announcement.sentences[-1].text == "More."


def test_other_files_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "records", {**FILES, "README.md": b"\xff", "news.md": TEXT.encode()})
    assert len(read_folder(folder).records) == 4


@given(
    st.dictionaries(st.text(max_size=8).map(lambda name: name + ".toml"), st.binary(), max_size=3), st.text()
)
def test_whatever_the_files_hold_the_problems_are_told(files: dict[str, bytes], text: str) -> None:
    with pytest.raises(LoadError) as refused:
        read_files(files, text)
    assert all(problem.message.endswith((".", "?")) for problem in refused.value.problems)
