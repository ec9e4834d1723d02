"""Earlier turns lend to what leans on them, for a while, and to nothing else."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.conversation import LASTS, MOST_TURNS, Conversation, leaning
from knowledge.matching import Match
from knowledge.outcomes import Answer, Clarify, Evidence, NotStated, Outcome, OutOfScope, Quotation
from knowledge.records import NotStatedTopic
from tests.knowledge.lighthouse import curation, lighthouse

EVIDENCE = Evidence("?", "how much is it")


def quotation(fact: str) -> Quotation:
    found = lighthouse().quotation(fact)
    assert found
    return found


def not_stated(id_: str) -> NotStated:
    record = curation().records[id_]
    assert isinstance(record, NotStatedTopic)
    return NotStated(record, None, None, EVIDENCE)


def told(fact: str = "opening", understood: str = "when does it open", borrowed: str = "") -> Answer:
    return Answer(quotation(fact), Evidence("?", understood, borrowed=borrowed))


def after(*outcomes: Outcome) -> Conversation:
    """Hold a conversation of outcomes a second apart."""
    conversation = Conversation()
    for second, outcome in enumerate(outcomes):
        conversation = conversation.after(outcome, float(second))
    return conversation


def test_a_new_conversation_has_no_turn() -> None:
    assert Conversation().turns == ()
    assert Conversation().last is None
    assert Conversation().shown == frozenset()


def test_an_answer_is_a_turn_about_its_fact() -> None:
    turn = after(told("opening")).last
    assert turn
    assert (turn.record, turn.sentence) == ("opening", quotation("opening").sentence.index)
    assert turn.topic == ("when", "does", "it", "open")


def test_what_was_borrowed_stays_the_topic() -> None:
    turn = after(told(understood="and when", borrowed="the second lamp")).last
    assert turn
    assert turn.topic == ("the", "second", "lamp", "and", "when")


def test_a_topic_does_not_grow_without_end() -> None:
    turn = after(told(understood="now this", borrowed="many words " * 500)).last
    assert turn
    assert len(turn.topic) <= 50
    assert turn.topic[-2:] == ("now", "this")


def test_the_records_that_came_next_are_kept() -> None:
    matches = (Match("opening", 0.6), Match("waiting", 0.2), Match("thanks", 0.1))
    turn = after(Answer(quotation("opening"), Evidence("?", "when", matches=matches))).last
    assert turn
    assert turn.others == ("waiting", "thanks")


def test_what_is_not_stated_is_a_turn_that_shows_no_sentence() -> None:
    turn = after(not_stated("height")).last
    assert turn
    assert (turn.record, turn.sentence) == ("height", -1)


def test_a_choice_is_a_turn_about_its_likeliest() -> None:
    turn = after(Clarify((quotation("ships"), quotation("waiting")), EVIDENCE)).last
    assert turn
    assert (turn.record, turn.sentence) == ("ships", -1)


def test_a_refusal_with_suggestions_is_a_turn_about_the_first() -> None:
    turn = after(OutOfScope("", EVIDENCE, (quotation("guides"),))).last
    assert turn
    assert turn.record == "guides"


@pytest.mark.parametrize(
    "talk", [OutOfScope("thanks", EVIDENCE), OutOfScope("gibberish", EVIDENCE), OutOfScope("", EVIDENCE)]
)
def test_small_talk_changes_nothing(talk: OutOfScope) -> None:
    before = after(told())
    assert before.after(talk, 99.0) is before
    assert Conversation().after(talk, 0.0) == Conversation()


def test_only_the_last_few_turns_are_kept() -> None:
    facts = ["opening", "waiting", "ships", "guides", "repairer", "signatories", "fund-size"]
    conversation = after(*map(told, facts))
    assert [turn.record for turn in conversation.turns] == facts[-MOST_TURNS:]


def test_a_turn_expires() -> None:
    conversation = after(told("opening"))
    assert conversation.recent(LASTS).last
    assert conversation.recent(LASTS + 0.1).turns == ()


def test_only_what_is_old_expires() -> None:
    conversation = Conversation().after(told("opening"), 0.0).after(told("waiting"), LASTS)
    assert [turn.record for turn in conversation.recent(LASTS + 1).turns] == ["waiting"]


def test_nothing_is_changed_in_place() -> None:
    before = after(told())
    before.after(told("waiting"), 1.0)
    before.recent(1e9)
    assert before == after(told())


def test_the_sentences_shown_are_known() -> None:
    shown = after(told("opening"), not_stated("height"), told("ships")).shown
    assert {quotation("opening").sentence.index, quotation("ships").sentence.index} <= shown


@given(st.lists(st.sampled_from(["opening", "height", "thanks", "ships"]), max_size=12), st.floats(0, 1e6))
def test_a_conversation_is_bounded_and_in_order(course: list[str], now: float) -> None:
    outcomes: dict[str, Outcome] = {
        "opening": told("opening"),
        "ships": told("ships"),
        "height": not_stated("height"),
        "thanks": OutOfScope("thanks", EVIDENCE),
    }
    conversation = after(*(outcomes[name] for name in course))
    expected = [name for name in course if name != "thanks"][-MOST_TURNS:]
    assert [turn.record for turn in conversation.turns] == expected
    recent = conversation.recent(now)
    assert recent.recent(now) == recent
    assert all(now - turn.at <= LASTS for turn in recent.turns)


@pytest.mark.parametrize(
    "question",
    [
        "and the american one", "how many", "what for", "why", "who", "which ones", "when was that",
        "what about it",
        "and for ships", "is that all of them", "how much is it", "really", "and", "but why them",
    ],
)  # fmt: skip
def test_a_short_or_pointing_question_leans_wholly(question: str) -> None:
    assert leaning(question.split(), 0.3) == 1.0


@pytest.mark.parametrize(
    "question",
    [
        "how much money did the harbour trust spend on the lighthouse",
        "who signed the agreement between the councils",
        "when does the old tower open to visitors",
        "does the announcement name the company that builds the lamp",
    ],
)  # fmt: skip
def test_a_question_with_words_of_its_own_stands_alone(question: str) -> None:
    assert leaning(question.split(), 0.95) == 0.0


def test_a_word_that_may_point_does_not_bend_a_question_that_is_sure() -> None:
    assert leaning("who builds the second lamp for the lighthouse".split(), 0.95) == 0.0
    assert leaning("who builds the second lamp for the lighthouse".split(), 0.6) > 0.0


@pytest.mark.parametrize(
    "start", ["forget that", "changing the subject", "Different question:", "by the way"]
)
def test_a_new_subject_that_is_announced_stands_alone(start: str) -> None:
    words = start.lower().strip(":").split()
    assert leaning([*words, "who", "signed", "it"], 0.3) == 0.0
    assert leaning(words, 0.3) > 0.0


def test_of_two_alike_the_unsure_one_leans_more() -> None:
    for question in ("lamp builder price", "did it pay the old lighthouse keeper money"):
        assert leaning(question.split(), 0.1) > leaning(question.split(), 0.99) == 0.0


@given(st.lists(st.text(max_size=6)), st.floats(0, 1))
def test_leaning_is_a_share(words: list[str], certainty: float) -> None:
    assert 0 <= leaning(words, certainty) <= 1


def test_no_words_at_all_lean() -> None:
    assert leaning([], 0.0) == 1.0


def test_all_sentences_shown_are_remembered_however_long_it_goes_on() -> None:
    base, conversation = lighthouse(), Conversation().after(lighthouse().ask("who signed the agreement"), 0.0)
    seen = [min(conversation.shown)]
    for second in range(1, 6):
        outcome = base.ask("tell me more", conversation)
        assert isinstance(outcome, Answer)
        seen.append(outcome.quotation.sentence.index)
        conversation = conversation.after(outcome, float(second))
    assert len(seen) == len(set(seen)) > MOST_TURNS


def test_asking_to_go_on_keeps_the_matter_and_what_else_was_meant() -> None:
    base = lighthouse()
    conversation = Conversation().after(base.ask("who signed the agreement"), 0.0)
    before = conversation.last
    after = conversation.after(base.ask("tell me more", conversation), 1.0).last
    assert before is not None
    assert after is not None
    assert (after.topic, after.others) == (before.topic, before.others)


def test_a_record_hardly_thought_of_was_not_meant_either() -> None:
    unlikely = Evidence("?", "who signed", matches=(Match("signatories", 0.99), Match("repairer", 0.0001)))
    turn = Conversation().after(replace(lighthouse().ask("who signed"), evidence=unlikely), 0.0).last
    assert turn is not None
    assert turn.others == ()
