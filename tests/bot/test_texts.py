"""The fixed words that people read."""

import pytest

from bot import texts
from bot.validation import unknown_replies
from knowledge.base import KnowledgeBase


def test_every_small_talk_reply_of_the_shipped_records_has_words(shipped: KnowledgeBase) -> None:
    assert unknown_replies(shipped.curation) == []


def test_a_reply_without_words_still_gets_some() -> None:
    assert texts.small_talk("never-written") == texts.SMALL_TALK["not_a_question"]
    assert texts.small_talk("") == texts.NOTHING_FOUND


@pytest.mark.parametrize("words", texts.SMALL_TALK.values(), ids=texts.SMALL_TALK)
def test_small_talk_is_short(words: str) -> None:
    """A reply to small talk is read at a glance; only the one for people in trouble may be longer."""
    assert len(words) < (300 if "emergency" in words else 180)
    assert words.endswith((".", "!", "?"))


def test_what_is_not_stated_is_one_sentence() -> None:
    assert texts.not_stated("who paid") == "The announcement doesn't say who paid."


def test_mended_words_are_named_once() -> None:
    assert texts.read_as((("teh", "the"), ("teh", "the"))) == "I read “teh” as “the”."
    assert texts.read_as(()) == ""
