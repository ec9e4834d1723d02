"""Parsing holds for any text: it never raises, and every sentence can be traced to its span."""

import re

from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.announcement import parse

WORDS = st.sampled_from(
    ["quantum", "£1.5 million", "Dr Smith", "the U.S. team", "[a link](#x)", "**bold text**", "*new*", "12"]
)
SENTENCE = st.lists(WORDS, min_size=1, max_size=6).map(lambda words: "The " + " ".join(words) + " ends.")
PARAGRAPH = st.lists(SENTENCE, min_size=1, max_size=4)
MARKS = ["#", "##", "- ", "1. ", "> ", "*", "**", "_", "`", "[", "](", ")", "<", ">", "&amp;", "&nbsp;", "!["]
SPACES = [" ", "\n", "\n\n", "\r\n", "\r", "\t", "\f", "\u00a0", "\u2028", "\ufeff", "\\", "---", "==="]
MARKDOWN = st.lists(st.sampled_from([*MARKS, *SPACES, "a", "Word", "e.g.", "end.", "“", "”", "\0"])).map(
    "".join
)


@given(st.text() | MARKDOWN | st.text(st.characters()))
def test_any_text_is_parsed_into_sentences_in_order(text: str) -> None:
    announcement = parse(text)
    position = 0
    for index, sentence in enumerate(announcement.sentences):
        assert sentence.index == index
        assert position <= sentence.start < sentence.end <= len(text)
        assert sentence.text == " ".join(sentence.text.split()) != ""
        position = sentence.end


@example("\t\x000")
@given(st.text().filter(lambda text: "&" not in text) | MARKDOWN)
def test_a_sentence_is_made_of_the_characters_of_its_span_in_order(text: str) -> None:
    for sentence in parse(text).sentences:
        span = text[sentence.start : sentence.end].replace("\0", "\ufffd")
        remaining = iter(re.sub(r"\s", "", span))
        assert all(character in remaining for character in sentence.text if character != " ")


@given(
    st.lists(PARAGRAPH, min_size=1, max_size=4), st.sampled_from(["\n", "\r\n"]), st.sampled_from([" ", "\n"])
)
def test_a_sentence_is_its_span_by_the_documented_rule(
    paragraphs: list[list[str]], end: str, between: str
) -> None:
    source = "\n\n".join(between.join(sentences) for sentences in paragraphs).replace("\n", end)
    announcement = parse(source)
    spans = [source[sentence.start : sentence.end] for sentence in announcement.sentences]
    assert spans == [sentence for sentences in paragraphs for sentence in sentences]
    for sentence, span in zip(announcement.sentences, spans, strict=True):
        ruled = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", span).replace("*", "")
        assert sentence.text == " ".join(ruled.split())
