"""The traps of the shipped announcement, and announcements of other makes."""

import re
from pathlib import Path

import pytest

import knowledge
from knowledge.announcement import Announcement, Sentence, Speaker, SpeechError, parse
from knowledge.records import Speech

SOURCE = Path(knowledge.__file__).parent.parent / "seeds" / "uk-us-quantum-statement.md"
FREEMAN = Speech(
    name="George Freeman",
    role="UK Science Minister",
    introduced_by="UK Science Minister George Freeman said:",
    first="Quantum technologies are set to revolutionise computing",
    last="for both nations in the years ahead.",
)
LANDER = Speech(
    name="Dr Eric Lander",
    role="US Director of the Office of Science and Technology Policy and Science Advisor to the President",
    introduced_by="Science Advisor to the President, Dr Eric Lander said:",
    first="Science transcends borders",
    last="the benefits of these technologies for everyone.",
)


@pytest.fixture(scope="module")
def source() -> str:
    return SOURCE.read_bytes().decode()


@pytest.fixture(scope="module")
def statement(source: str) -> Announcement:
    return parse(source, [FREEMAN, LANDER])


def texts(announcement: Announcement) -> list[str]:
    return [sentence.text for sentence in announcement.sentences]


def by_start(announcement: Announcement, start: str) -> Sentence:
    [sentence] = [sentence for sentence in announcement.sentences if sentence.text.startswith(start)]
    return sentence


def by_rule(span: str) -> str:
    """Apply the documented rule to a span of a simple source, independently of the parser."""
    span = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", span)
    return " ".join(re.sub(r"[*_`]|(?m:^>)", "", span).split())


# The shipped announcement


def test_the_statement_has_its_headline_three_bullets_and_21_sentences(statement: Announcement) -> None:
    kinds = [sentence.kind for sentence in statement.sentences]
    assert kinds == ["headline", *["bullet"] * 3, *["text"] * 21]
    assert [sentence.index for sentence in statement.sentences] == list(range(25))
    expected = Path(__file__).with_name("statement_sentences.txt").read_text(encoding="utf-8").splitlines()
    assert texts(statement) == expected
    assert statement.title == "New joint statement between UK and US to strengthen quantum collaboration"


def test_a_page_break_does_not_split_a_sentence(statement: Announcement) -> None:
    assert by_start(statement, "Science transcends").text == (
        "Science transcends borders, and cooperation with partners accelerates the way we bring technologies "
        "to market."
    )
    assert by_start(statement, "The £50 million").text.endswith(
        "including automotive, healthcare, infrastructure, telecommunications, cybersecurity and defence."
    )


def test_a_dead_link_gives_its_text_alone(statement: Announcement) -> None:
    sentence = by_start(statement, "The United Kingdom")
    assert "signed a new joint statement of intent to boost collaboration on quantum" in sentence.text
    assert not any(mark in text for text in texts(statement) for mark in ("(#)", "[", "]"))


def test_bullets_in_lower_case_stay_apart(statement: Announcement) -> None:
    bullets = [sentence.text for sentence in statement.sentences if sentence.kind == "bullet"]
    assert [bullet.split()[0] for bullet in bullets] == ["New", "signed", "announcement"]


def test_each_speaker_has_three_sentences_and_the_body_resumes(statement: Announcement) -> None:
    spoken = [(s.speaker.name, s.text.split()[0]) for s in statement.sentences if s.speaker]
    assert spoken == [
        ("George Freeman", "Quantum"),
        ("George Freeman", "The"),
        ("George Freeman", "Today's"),
        ("Dr Eric Lander", "Science"),
        ("Dr Eric Lander", "I"),
        ("Dr Eric Lander", "By"),
    ]
    assert by_start(statement, "The technologies that").speaker is None
    assert by_start(statement, "Science").speaker == Speaker(LANDER.name, LANDER.role)


def test_lines_that_introduce_a_speaker_are_no_sentences(statement: Announcement) -> None:
    assert not [text for text in texts(statement) if text.endswith("said:")]


def test_the_source_is_kept_and_each_span_gives_its_text(statement: Announcement, source: str) -> None:
    assert statement.source == source
    for sentence in statement.sentences:
        assert by_rule(source[sentence.start : sentence.end]) == sentence.text


def test_windows_line_ends_change_only_the_spans(statement: Announcement, source: str) -> None:
    windows = parse("\ufeff" + source.replace("\n", "\r\n"), [FREEMAN, LANDER])
    assert texts(windows) == texts(statement)
    for sentence in windows.sentences:
        assert by_rule(windows.source[sentence.start : sentence.end]) == sentence.text


def test_a_quote_is_found_with_its_sentence_and_span(statement: Announcement) -> None:
    [place] = statement.places("£170 million Commercialising Quantum\nTechnologies challenge for 12 projects")
    assert place.sentence.text[place.start : place.end].startswith("£170 million")
    assert len(statement.places("£50 million")) == 3
    assert statement.places("no such words") == statement.places(" ") == ()


# Other announcements


@pytest.mark.parametrize(
    "text",
    [
        "The lab was opened by Dr Smith. It is new.",
        "The U.S. government agreed. The U.K. followed.",
        "Talks were held at No. 10 on Monday. No statement followed.",
        "It costs £1.5 million a year. It may cost £2.5 million.",
        "Sensors, e.g. clocks, matter. Computers too.",
        "“This is a start.” He left.",
        "He said: “This is a start.” He left.",
        "“It’s ours,” she said. ‘It’s theirs,’ he said.",
    ],
)
def test_two_sentences_are_two(text: str) -> None:
    found = parse(text).sentences
    assert len(found) == 2
    assert " ".join(sentence.text for sentence in found) == text


def test_a_byte_order_mark_is_no_part_of_the_headline() -> None:
    announcement = parse("\ufeff# News\n\nIt is out.")
    assert texts(announcement) == ["News", "It is out."]
    assert announcement.source[announcement.sentences[1].start] == "I"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_any_line_end_ends_a_line(end: str) -> None:
    announcement = parse(end.join(["# News", "", "It is", "out.", "", "- a", "- b", ""]))
    assert texts(announcement) == ["News", "It is out.", "a", "b"]


def test_non_breaking_spaces_read_as_spaces() -> None:
    assert texts(parse("Dr\u00a0Smith gave £5\u00a0million.\u00a0 He\u202fleft.")) == [
        "Dr Smith gave £5 million.",
        "He left.",
    ]


def test_headings_are_the_section_of_what_follows_and_no_replies() -> None:
    announcement = parse("# News\n\nOne.\n\n## Who *pays*\n\nTwo.\n\nThree\n-----\n\nFour.")
    assert [(s.text, s.section) for s in announcement.sentences] == [
        ("News", ""),
        ("One.", ""),
        ("Two.", "Who pays"),
        ("Four.", "Three"),
    ]


def test_a_short_bold_line_is_a_heading() -> None:
    announcement = parse("# News\n\n**Notes to editors**\n\nOne.\n\n**Bold words.** Two.")
    assert [(s.text, s.section) for s in announcement.sentences[1:]] == [
        ("One.", "Notes to editors"),
        ("Bold words.", "Notes to editors"),
        ("Two.", "Notes to editors"),
    ]


def test_prose_over_a_row_of_dashes_is_not_lost_as_a_heading() -> None:
    assert texts(parse("# News\n\nIt is out.\n---\nGet it.")) == ["News", "It is out.", "Get it."]


def test_numbered_nested_and_two_paragraph_list_items_are_bullets() -> None:
    announcement = parse("# News\n\n1. First thing\n2) Other\n\n* Top\n  - inner one\n\n  More of it.\n")
    assert [(s.text, s.kind) for s in announcement.sentences[1:]] == [
        ("First thing", "bullet"),
        ("Other", "bullet"),
        ("Top", "bullet"),
        ("inner one", "bullet"),
        ("More of it.", "bullet"),
    ]


@pytest.mark.parametrize(
    ("source", "read"),
    [
        ("It is *very* **new** and __big__.", "It is very new and big."),
        ("***All*** of snake_case stays.", "All of snake_case stays."),
        ("Not * an * emphasis, 2*3.", "Not * an * emphasis, 2*3."),
        ('See [the **site**](http://a.example/b_(c) "in (the) way").', "See the site."),
        ("See [the site][1] in.\n\n[1]: http://a.example", "See the site in."),
        ("See <http://a.example/x> now.", "See http://a.example/x now."),
        ("Run `a  b` now.", "Run a b now."),
        ("A \\*star\\* is &amp; stays.", "A *star* is & stays."),
        ("£5&nbsp;million<br>a <b>year</b>.", "£5 million a year."),
        ("Seen ![a chart](chart.png) here.", "Seen here."),
        ("A script [runs](javascript:alert(1)) not.", "A script runs not."),
        ("It is [not a link] (really).", "It is [not a link] (really)."),
    ],
)
def test_marks_give_nothing_and_all_else_is_kept(source: str, read: str) -> None:
    assert texts(parse(source)) == [read]


def test_a_span_takes_in_the_marks_that_touch_it() -> None:
    source = "*One.* [Two](#) it. See [three](#). Four&nbsp; five."
    spans = [source[s.start : s.end] for s in parse(source).sentences]
    assert spans == ["*One.*", "[Two](#) it.", "See [three](#).", "Four&nbsp; five."]


def test_block_quotes_are_read_without_their_marks() -> None:
    announcement = parse("# News\n\n> It is\n> out.\n>\n> Get it.\n")
    assert texts(announcement) == ["News", "It is out.", "Get it."]
    sentence = announcement.sentences[1]
    assert announcement.source[sentence.start : sentence.end] == "It is\n> out."


def test_plain_text_with_hard_wrapped_lines_is_made_whole() -> None:
    announcement = parse("BIG NEWS\n\n    The statement was signed\n    by Dr\nSmith. It is\nnew.\n")
    assert [(s.text, s.kind) for s in announcement.sentences] == [
        ("BIG NEWS", "headline"),
        ("The statement was signed by Dr Smith.", "text"),
        ("It is new.", "text"),
    ]


def test_a_text_that_opens_with_a_sentence_has_no_headline() -> None:
    announcement = parse("It is out.\n\nGet it.")
    assert announcement.title == ""
    assert {sentence.kind for sentence in announcement.sentences} == {"text"}


def test_a_rule_or_a_form_feed_between_pages_does_not_split_a_sentence() -> None:
    assert texts(parse("# N\n\nWe work with\n\n---\n\nmany people\n\fand firms.")) == [
        "N",
        "We work with many people and firms.",
    ]


def test_a_sentence_over_three_pages_is_made_whole() -> None:
    announcement = parse("# N\n\nWe work\n\nwith many\n\npeople. It helps.")
    assert [(s.text, s.paragraph) for s in announcement.sentences[1:]] == [
        ("We work with many people.", 2),
        ("It helps.", 2),
    ]


def test_a_quotation_split_by_a_page_break_is_made_whole() -> None:
    assert texts(parse("# N\n\n> We work with\n\n> many people.")) == ["N", "We work with many people."]


@pytest.mark.parametrize(
    ("source", "read"),
    [
        ("# N\n\n## part one\n\nlower case follows.", ["N", "lower case follows."]),
        ("# N\n\n- one\n\nand two.", ["N", "one", "and two."]),
        ("# N\n\nThe aims are:\n\nto grow.", ["N", "The aims are:", "to grow."]),
        ("# N\n\nAn aim (one).\n\nto grow.", ["N", "An aim (one).", "to grow."]),
        ("# N\n\n“An aim.”\n\nto grow.", ["N", "“An aim.”", "to grow."]),
        ("# N\n\nNew phones\n\niPhone sales rose.", ["N", "New phones", "iPhone sales rose."]),
        ("# N\n\nNew things\n\nSales rose.", ["N", "New things", "Sales rose."]),
    ],
)
def test_paragraphs_that_only_look_split_stay_apart(source: str, read: list[str]) -> None:
    assert texts(parse(source)) == read


@pytest.mark.parametrize("nothing", ["", " \n\n", "\ufeff", "***", "#", "-", "…", "<!-- note -->"])
def test_a_text_without_words_has_no_sentences(nothing: str) -> None:
    assert parse(nothing).sentences == ()


# Speeches


def speech(**changes: str) -> Speech:
    words = {"name": "Ann", "role": "Chair", "introduced_by": "Ann said:", "first": "We", "last": "last."}
    return Speech(**(words | changes))


TALK = "# N\n\nAnn said:\n\nWe are first. I am last.\n\nMore follows.\n\nBob said:\n\nMe too.\n"


def test_one_person_may_speak_twice_after_the_same_line() -> None:
    announcement = parse(
        "# N\n\nAnn said:\n\nOne.\n\nTwo.\n\nAnn said:\n\nThree.",
        [speech(first="Three", last="Three."), speech(first="One", last="One.")],
    )
    assert [(s.text, s.speaker is not None) for s in announcement.sentences[1:]] == [
        ("One.", True),
        ("Two.", False),
        ("Three.", True),
    ]


def test_an_introduction_inside_a_sentence_leaves_the_sentence() -> None:
    announcement = parse(
        "# N\n\n“Good news,” said Ann. “We start now.” It is out.",
        [speech(introduced_by="said Ann.", first="We start", last="start now.”")],
    )
    assert [(s.text, s.speaker is not None) for s in announcement.sentences[1:]] == [
        ("“Good news,” said Ann.", False),
        ("“We start now.”", True),
        ("It is out.", False),
    ]


@pytest.mark.parametrize(
    ("speeches", "message"),
    [
        (
            [speech(introduced_by="Eve said:")],
            (
                "the line “Eve said:” that should introduce Ann is not in the announcement; copy it from the "
                "source into introduced_by"
            ),
        ),
        (
            [speech(first="I am")],
            (
                "the first words “I am” of Ann do not open the sentence after “Ann said:”; that sentence is "
                "“We are first.”: copy its opening words into first"
            ),
        ),
        (
            [speech(introduced_by="Me too.")],
            (
                "the first words “We” of Ann do not open the sentence after “Me too.”; nothing follows it: "
                "copy its opening words into first"
            ),
        ),
        (
            [speech(last="lost.")],
            (
                "the last words “lost.” of Ann close no sentence from “We” on; copy the closing words of the "
                "last sentence spoken into last"
            ),
        ),
        (
            [
                speech(last="Me too."),
                speech(name="Bob", introduced_by="Bob said:", first="Me", last="too."),
            ],
            "the words of Bob overlap those of Ann at “Me too.”; give each speaker sentences of their own",
        ),
    ],
)
def test_a_speech_that_does_not_fit_is_refused(speeches: list[Speech], message: str) -> None:
    with pytest.raises(SpeechError) as refused:
        parse(TALK, speeches)
    assert [text for _, text in refused.value.problems] == [message]


def test_every_faulty_speech_is_reported() -> None:
    with pytest.raises(SpeechError) as refused:
        parse(TALK, [speech(introduced_by="Eve said:"), speech(), speech(last="no")])
    assert [number for number, _ in refused.value.problems] == [0, 2]
