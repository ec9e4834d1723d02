"""Every problem of curated files in its exact words, each where it stands."""

from pathlib import Path

import pytest

from knowledge.loading import read_files, read_folder
from knowledge.problems import LoadError
from knowledge.quoting import MAX_SENTENCE

TEXT = """# News

- Ann signed the statement

The statement of Ann and Bob was signed in Leeds today. It brings £50 million from the fund's own purse.

Bob's projects are 12 in number. Another one follows in a year.
"""
ABOUT = 'source = "news.md"\n'
FACT = """theme = "Signing"

[[fact]]
id = "where-signed"
title = "Where was it signed?"
quote = "in Leeds"
questions = [
  "where was it signed",
  "which town",
]
"""


def problems(records: str = FACT, about: str = ABOUT, text: str = TEXT, **more: str | bytes) -> list[str]:
    """Load one file of records named signing.toml; more files are named by keyword."""
    files: dict[str, str | bytes] = {"announcement.toml": about, "signing.toml": records}
    files |= {f"{name}.toml": content for name, content in more.items()}
    encoded = {name: value.encode() if isinstance(value, str) else value for name, value in files.items()}
    with pytest.raises(LoadError) as refused:
        read_files(encoded, text)
    return [str(problem) for problem in refused.value.problems]


def folder_problems(folder: Path, announcement: Path | None = None) -> list[str]:
    with pytest.raises(LoadError) as refused:
        read_folder(folder, announcement)
    return [str(problem) for problem in refused.value.problems]


def fact(**changes: str) -> str:
    values = {
        "id": '"where-signed"',
        "title": '"Where was it signed?"',
        "quote": '"in Leeds"',
        "questions": '["where was it signed", "which town"]',
    }
    lines = [f"{key} = {value}" for key, value in (values | changes).items() if value]
    return "\n".join(['theme = "Signing"', "", "[[fact]]", *lines, ""])


def test_the_records_these_tests_spoil_are_sound() -> None:
    files = {"announcement.toml": ABOUT.encode(), "signing.toml": fact().encode()}
    assert list(read_files(files, TEXT).records) == ["where-signed"]


# Quotes


@pytest.mark.parametrize(
    ("quote", "told"),
    [
        (
            "£50m from the fund’s own purse",
            (
                "The closest passage is “£50 million from the fund's own purse”: “£50m” should be “£50 "
                "million”; “fund’s” should be “fund's”. Copy the words from there."
            ),
        ),
        (
            "statement of Bob was signed",
            (
                "The closest passage is “statement of Ann and Bob was signed”: “Ann and” is missing. "
                "Copy the words from there."
            ),
        ),
        (
            "was duly signed in Leeds",
            "The closest passage is “was signed in Leeds”: “duly” is too much. Copy the words from there.",
        ),
    ],
)
def test_a_quote_that_is_not_in_the_source(quote: str, told: str) -> None:
    assert problems(fact(quote=f'"{quote}"')) == [
        f"signing.toml:6: where-signed: The quote “{quote}” is not in the announcement. {told}"
    ]


def test_a_quote_that_is_like_nothing_in_the_source() -> None:
    assert problems(fact(quote='"zzz xxx qqq"')) == [
        (
            "signing.toml:6: where-signed: The quote “zzz xxx qqq” is not in the announcement, nor is "
            "anything like it. Copy the words from the announcement."
        )
    ]


def test_a_quote_that_occurs_twice() -> None:
    assert problems(fact(quote='"statement"')) == [
        (
            "signing.toml:6: where-signed: The quote “statement” occurs twice: in “Ann signed the statement” "
            "and in “The statement of Ann and Bob was signed in Leeds…”. Quote more words, so that it occurs "
            "once."
        )
    ]


def test_a_quote_that_occurs_more_often() -> None:
    [told] = problems(fact(quote='"in"'))
    assert "The quote “in” occurs 4 times: in “" in told


def test_a_quote_that_runs_over_two_sentences() -> None:
    assert problems(fact(quote='"in number. Another"')) == [
        (
            "signing.toml:6: where-signed: The quote “in number. Another” runs over two sentences, “Bob's "
            "projects are 12 in number.” and “Another one follows in a year.”. Quote words of one of them."
        )
    ]


def test_what_is_nearest_to_a_topic_is_checked_like_a_quote() -> None:
    topic = '[[not_stated]]\nid = "a"\ntitle = "why"\nnearest = "was signed in London"\nquestions = ["why"]\n'
    assert problems(topic) == [
        (
            "signing.toml:4: a: The nearest “was signed in London” is not in the announcement. The closest "
            "passage is “was signed in Leeds”: “London” should be “Leeds”. Copy the words from there."
        )
    ]


def test_a_sentence_too_long_for_a_reply() -> None:
    long = "It was signed in Leeds" + " and on" * 300 + "."
    assert len(long) > MAX_SENTENCE
    assert problems(text=long) == [
        (
            "signing.toml:6: where-signed: The sentence of the quote “in Leeds” is 2,123 characters long "
            "and a reply carries at most 1,500. Quote a shorter sentence."
        )
    ]


# Ids and questions


def test_an_id_used_twice() -> None:
    again = '[[small_talk]]\nid = "where-signed"\nreply = "bye"\nquestions = ["bye"]\n'
    assert problems(more=again) == [
        (
            "signing.toml:4: where-signed: The id “where-signed” is already used at more.toml:1. Give one "
            "of the two another id."
        )
    ]


def test_a_question_under_two_records() -> None:
    other = '[[small_talk]]\nid = "town"\nreply = "bye"\nquestions = ["Which TOWN?"]\n'
    assert problems(FACT, zoo=other) == [
        (
            "zoo.toml:4: town: The question “Which TOWN?” is also under “where-signed” at signing.toml:3, "
            "there written “which town”, and both mean “which town”. Keep it under the record that answers "
            "it."
        )
    ]


def test_a_question_twice_in_one_record() -> None:
    twice = FACT.replace('  "which town",\n', '  "which town",\n' * 2)
    assert problems(twice) == [
        "signing.toml:10: where-signed: The question “which town” stands twice in the record. Remove one."
    ]


@pytest.mark.parametrize("question", ["?!", " ", "…"])
def test_a_question_without_a_word(question: str) -> None:
    assert problems(fact(questions=f'["which town", "{question}"]')) == [
        (
            f"signing.toml:7: where-signed: The question “{question.strip()}” has no word in it that "
            "counts. Write it out or remove it."
        )
    ]


@pytest.mark.parametrize("questions", ["[]", "{}", "{ formal = [] }"])
def test_a_record_without_questions(questions: str) -> None:
    assert problems(fact(questions=questions)) == [
        "signing.toml:7: where-signed: The record has no questions. Write at least one that it answers."
    ]


# Tables and values


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            {"qoute": '"in Leeds"'},
            ":8: where-signed: The key “qoute” is not known here. Did you mean “quote”?",
        ),
        (
            {"xyz": "1"},
            (
                ":8: where-signed: The key “xyz” is not known here. "
                "Known are id, questions, follow_ups, next, title, quote, also."
            ),
        ),
        ({"quote": ""}, ":3: where-signed: The key “quote” is missing. Add it."),
        ({"id": ""}, ":3: fact 1: The key “id” is missing. Add it."),
        (
            {"id": '"Who Signed"'},
            (
                ":4: Who Signed: “Who Signed” is no id. Write lower-case letters and figures joined by "
                "hyphens, such as “who-signed”."
            ),
        ),
        (
            {"title": "12"},
            ":5: where-signed: The key “title” must be text in quotation marks, not the number 12.",
        ),
        (
            {"title": f'"{"x" * 90}"'},
            f":5: where-signed: The title is 90 characters long and may have 80. Shorten “{'x' * 90}”.",
        ),
        (
            {"title": '""'},
            ":5: where-signed: The key “title” is empty. Write something in it or leave the key out.",
        ),
        (
            {"questions": '"where"'},
            (
                ":7: where-signed: The key “questions” must be a list of texts, or a table of such lists, "
                "not the text “where”."
            ),
        ),
        (
            {"questions": '["where", true]'},
            (
                ":7: where-signed: Each item of “questions” must be text in quotation marks, not the truth "
                "value true."
            ),
        ),
        (
            {"questions": '{ formal = "where" }'},
            (
                ":7: where-signed: The key “questions” must be a list of texts, or a table of such lists, "
                "not the text “where”."
            ),
        ),
    ],
)
def test_a_fact_that_is_not_written_as_one(changes: dict[str, str], told: str) -> None:
    assert problems(fact(**changes)) == [f"signing.toml{told}"]


def test_a_reply_that_is_no_key() -> None:
    assert problems('[[small_talk]]\nid = "a"\nreply = "Good bye!"\nquestions = ["bye"]\n') == [
        (
            "signing.toml:3: a: The reply “Good bye!” is no key of a text. Write lower-case letters joined "
            "by underscores."
        )
    ]


def test_what_is_asked_next_of_no_record() -> None:
    assert problems(
        f'{fact()}\n[fact.next]\nwhere-signed = ["and where"]\nwhere-sined = ["which town"]\n'
    ) == [
        (
            "signing.toml:11: where-signed: The next “where-sined” is no record in any file. "
            "Did you mean “where-signed”?"
        )
    ]


def test_a_turn_without_a_word() -> None:
    assert problems(fact(follow_ups='["?!"]', next='{ where-signed = ["…"] }')) == [
        "signing.toml:8: where-signed: The turn “?!” has no word in it. Write it out or remove it.",
        "signing.toml:9: where-signed: The turn “…” has no word in it. Write it out or remove it.",
    ]


@pytest.mark.parametrize(
    ("written", "told"),
    [('["and where"]', "a list"), ('{ where-signed = "and where" }', "the text “and where”")],
)
def test_what_is_asked_next_is_a_table_of_lists(written: str, told: str) -> None:
    assert problems(fact(next=written)) == [
        (
            "signing.toml:8: where-signed: The key “next” must be a table of lists of texts, "
            f"each under the id of a record, not {told}."
        )
    ]


def test_a_kind_of_record_that_is_not_known() -> None:
    assert problems(FACT.replace("[[fact]]", "[[facts]]")) == [
        "signing.toml: The file holds no records. Add one, or remove the file.",
        "signing.toml:3: The key “facts” is not known here. Did you mean “fact”?",
    ]


def test_a_single_table_where_each_record_has_one() -> None:
    assert problems(FACT.replace("[[fact]]", "[fact]")) == [
        "signing.toml:3: [fact] is not how a fact is written. Write [[fact]] above each one."
    ]


def test_a_file_without_records() -> None:
    assert problems("# later\n") == ["signing.toml: The file holds no records. Add one, or remove the file."]


def test_no_file_of_records() -> None:
    with pytest.raises(LoadError) as refused:
        read_files({"announcement.toml": ABOUT.encode()}, TEXT)
    assert [str(problem) for problem in refused.value.problems] == [
        "announcement.toml: No file of records stands beside this one. Add one with a record in it."
    ]


@pytest.mark.parametrize("theme", ["", "theme = 1\n", 'theme = " "\n'])
def test_facts_without_the_title_of_their_theme(theme: str) -> None:
    [told] = problems(FACT.replace('theme = "Signing"\n', theme))
    assert told.endswith(
        "The theme's title must be text in quotation marks. Write it above the first record: "
        'theme = "The laboratories".'
    )


def test_a_file_name_that_cannot_be_a_theme() -> None:
    files = {"announcement.toml": ABOUT.encode(), "The signing.toml": FACT.encode()}
    with pytest.raises(LoadError) as refused:
        read_files(files, TEXT)
    assert [str(problem) for problem in refused.value.problems] == [
        (
            "The signing.toml: The file's name “The signing” cannot be the theme's id. Rename the file: "
            "lower-case letters and figures joined by hyphens, such as “the-laboratories.toml”."
        )
    ]


def test_a_question_mentioned_in_comments_and_texts_does_not_move_the_line() -> None:
    tricky = "# [[fact]]\n" + fact(questions='["""\n[[fact]]\nid = 1\n""", "which town", "which town"]')
    [told] = problems(tricky)
    assert told.startswith("signing.toml:11: where-signed: The question “which town” stands twice")


# Files


def test_a_syntax_error() -> None:
    [told] = problems(fact(title='"Where'))
    assert told.startswith("signing.toml:5: The file is not valid TOML at column 15: illegal character ")
    assert told.endswith(
        ". Look here and just above for a missing quotation mark, comma or bracket.",
    )


def test_a_file_that_ends_too_early() -> None:
    [told] = problems(fact() + "[[fact")
    assert told.startswith("signing.toml:8: The file is not valid TOML: ")
    assert "end of document" not in told


def test_lists_in_lists_without_end() -> None:
    assert problems("x = " + "[" * 100_000) == [
        "signing.toml: The file nests lists or tables too deeply. Write it flat."
    ]


def test_a_file_that_is_not_utf_8() -> None:
    assert problems(more=b"theme = 'Caf\xe9'") == [
        "more.toml:1: The file is not UTF-8: byte 12 is 0xe9. Save it as UTF-8 in your editor."
    ]


def test_a_name_that_is_not_toml() -> None:
    with pytest.raises(
        LoadError, match=r"^2 problems .*\nannouncement.toml: The file is missing.*\nnotes: The"
    ):
        read_files({"notes": b""}, TEXT)


def test_announcement_toml_is_missing(tmp_path: Path) -> None:
    (tmp_path / "signing.toml").write_text(FACT, encoding="utf-8")
    assert folder_problems(tmp_path) == [
        (
            "announcement.toml: The file is missing. It names the announcement's source, its speakers, "
            "names and starters."
        )
    ]


def test_a_missing_folder_a_file_in_its_place_and_an_empty_one(tmp_path: Path) -> None:
    assert folder_problems(tmp_path / "none") == [
        (
            f"{tmp_path / 'none'}: The folder does not exist. Name a folder that holds announcement.toml "
            "and the records."
        )
    ]
    (tmp_path / "file").touch()
    [told] = folder_problems(tmp_path / "file")
    assert told.startswith(f"{tmp_path / 'file'}: The folder is a file. Name a folder that")
    (tmp_path / "file").unlink()
    assert folder_problems(tmp_path) == [
        f"{tmp_path}: The folder holds no TOML file. Put announcement.toml and a file of records in it."
    ]


@pytest.mark.parametrize("source", ["news.md", "../news.md"])
def test_a_source_that_is_nowhere(tmp_path: Path, source: str) -> None:
    folder = tmp_path / "records"
    folder.mkdir()
    (tmp_path / "news.md").touch(exist_ok=True)
    (folder / "announcement.toml").write_text(f'source = "{source}"', encoding="utf-8")
    (folder / "signing.toml").write_text(FACT, encoding="utf-8")
    assert folder_problems(folder) == [
        (
            f"announcement.toml:1: The source “{source}” is neither beside this file nor among the shipped "
            "seeds. Put the announcement beside this file and write its file name, without folders."
        )
    ]


def test_a_source_that_is_not_utf_8(tmp_path: Path) -> None:
    (tmp_path / "announcement.toml").write_text(ABOUT, encoding="utf-8")
    (tmp_path / "signing.toml").write_text(FACT, encoding="utf-8")
    (tmp_path / "news.md").write_bytes(b"# News\n\n\xa350 million.")
    assert folder_problems(tmp_path) == [
        "news.md:3: The file is not UTF-8: byte 8 is 0xa3. Save it as UTF-8 in your editor."
    ]


def test_an_announcement_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "announcement.toml").write_text(ABOUT, encoding="utf-8")
    (tmp_path / "signing.toml").write_text(FACT, encoding="utf-8")
    [told] = folder_problems(tmp_path, tmp_path / "none.md")
    assert told.startswith(f"{tmp_path / 'none.md'}: The file cannot be read: ")
    assert told.endswith(". Check its name and rights.")


def test_an_announcement_without_sentences() -> None:
    [first, second] = problems(text=" ")
    assert first == ("announcement.toml:1: The announcement has no sentences. Name a source with text in it.")
    assert "is not in the announcement, nor is anything like it" in second


# The announcement's own file


SPEAKER = (
    '[[speaker]]\nname = "Bob"\nrole = "Minister"\nintroduced_by = "Bob says:"\nfirst = "No"\nlast = "o"\n'
)


def test_a_speech_that_does_not_fit() -> None:
    assert problems(about=ABOUT + SPEAKER) == [
        (
            "announcement.toml:2: Bob: The line “Bob says:” that should introduce Bob is not in the "
            "announcement; copy it from the source into introduced_by."
        )
    ]


def test_a_speaker_without_a_role() -> None:
    assert problems(about=ABOUT + SPEAKER.replace('role = "Minister"\n', "")) == [
        "announcement.toml:2: Bob: The key “role” is missing. Add it."
    ]


def test_words_whose_speaker_is_not_named() -> None:
    assert problems(text=TEXT + "\nDr Ann Doe said:\n\nWe won.\n") == [
        (
            "announcement.toml: The line “Dr Ann Doe said:” introduces words that no speaker is named for. "
            "Add a [[speaker]] with this line as introduced_by and the first and last words spoken."
        )
    ]


def test_starters_that_are_no_facts() -> None:
    chat = '[[small_talk]]\nid = "bye"\nreply = "bye"\nquestions = ["bye"]\n'
    starters = 'starters = ["where-sined", "bye", "where-signed", "where-signed"]\n'
    assert problems(about=ABOUT + starters, more=chat) == [
        "announcement.toml:2: The starter “where-sined” is no fact in any file. Did you mean “where-signed”?",
        "announcement.toml:2: The starter “bye” is no fact but stands at more.toml:1. Name a fact.",
        "announcement.toml:2: The starter “where-signed” stands twice. Remove one.",
    ]


def test_a_form_under_two_names() -> None:
    names = '[[name]]\nforms = ["UK", "Britain"]\n\n[[name]]\nforms = ["GB", "Britain"]\n'
    assert problems(about=ABOUT + names) == [
        "announcement.toml:6: GB: The form “Britain” stands under “UK” already. Keep it under one name."
    ]


@pytest.mark.parametrize(
    ("about", "told"),
    [
        ("", "announcement.toml: The key “source” is missing. Add it."),
        (
            'source = ""',
            "announcement.toml:1: The key “source” is empty. Write something in it or leave the key out.",
        ),
        (
            'source = "a.md"\nspeakers = 1',
            "announcement.toml:2: The key “speakers” is not known here. Did you mean “speaker”?",
        ),
        (
            "source = 1",
            "announcement.toml:1: The key “source” must be text in quotation marks, not the number 1.",
        ),
        (
            'source = "a.md"\nstarters = "who"',
            "announcement.toml:2: The key “starters” must be a list in square brackets, not the text “who”.",
        ),
        (
            'source = "a.md"\n[[name]]\nforms = []',
            (
                "announcement.toml:3: name 1: The key “forms” is empty. "
                "Write something in it or leave the key out."
            ),
        ),
    ],
)
def test_what_announcement_toml_may_not_say(about: str, told: str) -> None:
    assert problems(about=about) == [told]


# Together


def test_all_problems_are_told_at_once_in_the_order_of_files_and_lines() -> None:
    told = problems(
        fact(title="1", quote='"in Leeds"') + fact(id='"b"', quote='"nowhere near"').partition("\n")[2],
        about=ABOUT + 'starters = ["b", "nothing"]\n',
        broken="[",
        more=b"\xff",
    )
    assert [line.partition(": ")[0] for line in told] == [
        "broken.toml:1",
        "more.toml:1",
        "signing.toml:5",
        "signing.toml:12",
    ]


def test_the_error_counts_and_lists_its_problems() -> None:
    with pytest.raises(LoadError) as refused:
        read_files({"announcement.toml": ABOUT.encode()}, " ")
    assert str(refused.value) == (
        "1 problem in the curated files:\n"
        "announcement.toml:1: The announcement has no sentences. Name a source with text in it."
    )
