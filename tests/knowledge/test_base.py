"""A knowledge base answers in the announcement's words, asks back, or says that it is not said."""

import re
from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from knowledge import fitted
from knowledge.base import KnowledgeBase, examples_of
from knowledge.conversation import Conversation
from knowledge.language import MAX_CHARACTERS
from knowledge.loading import read_files
from knowledge.outcomes import Answer, Clarify, NotStated, Outcome, OutOfScope, Quotation
from knowledge.records import Fact, NotStatedTopic, SmallTalk
from tests.knowledge.lighthouse import ANNOUNCEMENT, FILES, curation, lighthouse

BASE = lighthouse()
ODD = [
    "", " \n\t", "?!…", "\0\x07\x1b[31mwho\x1b[0m", "\u202ewho signed", "من وقع الاتفاقية؟", "誰が署名",
    "🗼🗼🗼", "кто подписал", "<@1234567890>", "https://example.org", "x" * 10_000, "who signed " * 1000,
    "9" * 10_000, "hundred " * 1250, "\ud800", "0n't", "፩", "£" * 500, "e\u0301" * 5000, "NaN", "inf", "-1",
    "'; DROP TABLE facts; --",
]  # fmt: skip


def after(*questions: str) -> Conversation:
    """Hold the conversation that these questions make, a second apart."""
    conversation = Conversation()
    for second, question in enumerate(questions):
        conversation = conversation.after(BASE.ask(question, conversation), float(second))
    return conversation


def ask(question: str, *before: str) -> str:
    """Ask after other questions, and tell the record that comes of it, "?" for a choice, or a reply's key."""
    match BASE.ask(question, after(*before)):
        case Answer(quotation=quotation):
            return quotation.fact.id
        case NotStated(topic=topic):
            return topic.id
        case Clarify():
            return "?"
        case OutOfScope(reply=reply):
            return reply


def quotations(outcome: Outcome) -> tuple[Quotation, ...]:
    match outcome:
        case Answer(quotation=quotation):
            return (quotation,)
        case Clarify(candidates=some) | NotStated(suggestions=some) | OutOfScope(suggestions=some):
            return some


def by_rule(source: str) -> str:
    """Apply the documented rule: link markup gives its text, white space and page breaks one space."""
    return " ".join(re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", source).split())


def assert_sound(base: KnowledgeBase, outcome: Outcome) -> None:
    """Whatever came of a question, all that may be shown is the announcement's."""
    shown = quotations(outcome)
    sentences = base.announcement.sentences
    for quotation in shown:
        assert quotation.sentence == sentences[quotation.sentence.index]
        assert quotation.sentence.text in by_rule(base.announcement.source)
        assert quotation.fact is base.curation.records[quotation.fact.id]
        marked = quotation.sentence.text[quotation.start : quotation.end]
        assert marked in [" ".join(quote.split()) for quote in (quotation.fact.quote, *quotation.fact.also)]
    assert len(shown) <= 3
    assert len({quotation.sentence.index for quotation in shown}) == len(shown)
    assert shown or not isinstance(outcome, Clarify)
    if isinstance(outcome, NotStated) and outcome.nearest:
        assert outcome.nearest in sentences
    evidence = outcome.evidence
    scores = [match.score for match in evidence.matches]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert {match.id for match in evidence.matches} <= set(base.curation.records)


class TestAsking:
    @pytest.mark.parametrize(
        ("id_", "question"),
        [
            (id_, question)
            for id_, record in curation().records.items()
            for question in record.examples
            if not isinstance(record, SmallTalk)
        ],
    )
    def test_an_example_question_gets_its_record(self, id_: str, question: str) -> None:
        outcome = BASE.ask(question)
        assert outcome.evidence.score > 0.4
        assert outcome.evidence.matches[0].id == id_
        if isinstance(BASE.curation.records[id_], Fact):
            assert isinstance(outcome, Answer)
            own = [BASE.curation.quoted[id_], *BASE.curation.also.get(id_, ())]
            assert outcome.quotation.sentence in [place.sentence for place in own]
        else:
            assert isinstance(outcome, NotStated)

    def test_the_sentence_comes_whole_with_its_speaker(self) -> None:
        outcome = BASE.ask("how long did the keeper wait")
        assert isinstance(outcome, Answer)
        sentence = outcome.quotation.sentence
        assert sentence.text == "I have waited 25 years for this light."
        assert sentence.speaker
        assert sentence.speaker.name == "Mary Wick"

    def test_a_sentence_has_no_link_markup_and_no_line_end(self) -> None:
        texts = {
            quotations(BASE.ask(question))[0].sentence.text
            for question in ("who fixed it", "the second lamp")
        }
        assert texts == {
            "The Harbour Trust has repaired the old lighthouse with £40 million from a fund of £90 million.",
            "A second lamp is being built by Fresnel and Sons, and 30 more towers may follow.",
        }

    def test_small_talk_has_the_key_of_its_reply(self) -> None:
        assert ask("Thank you!") == "thanks"
        assert ask("hi there") == "greeting"

    @pytest.mark.parametrize("question", ["", "   ", "?!", "🗼", "<@1234>", "\0"])
    def test_what_has_no_word_is_gibberish(self, question: str) -> None:
        outcome = BASE.ask(question)
        assert isinstance(outcome, OutOfScope)
        assert (outcome.reply, outcome.suggestions, outcome.evidence.matches) == ("gibberish", (), ())
        assert outcome.evidence.question == question

    def test_what_no_record_claims_is_no_answer(self) -> None:
        assert not isinstance(BASE.ask("zzz qqq xxyy"), Answer)

    @pytest.mark.parametrize("question", ODD, ids=[ascii(question[:10]) for question in ODD])
    def test_nothing_typed_disturbs_it(self, question: str) -> None:
        assert_sound(BASE, BASE.ask(question))
        assert_sound(BASE, BASE.ask(question, after("who signed the agreement")))

    def test_what_follows_the_longest_message_is_not_read(self) -> None:
        padding = " " * MAX_CHARACTERS
        assert ask(f"who signed the agreement{padding}how tall is the tower") == "signatories"

    def test_the_same_question_gets_the_same_outcome(self) -> None:
        assert BASE.ask("how many guides") == BASE.ask("how many guides")

    def test_the_order_of_files_and_records_changes_nothing(self) -> None:
        def turned(text: str) -> str:
            head, *records = re.split(r"(?m)^(?=\[\[(?:fact|not_stated|small_talk)\]\])", text)
            return "\n".join([head, *reversed(records)])

        files = {
            name: (text if name == "announcement.toml" else turned(text)).encode()
            for name, text in FILES.items()
        }
        other = KnowledgeBase.build(read_files(dict(reversed(files.items())), ANNOUNCEMENT))
        assert list(other.curation.records) != list(BASE.curation.records)
        for question in ("who signed", "how much", "when", "price of a lamp", "30", "cheers"):
            assert other.ask(question) == BASE.ask(question)

    def test_a_base_without_facts_still_replies(self) -> None:
        about = FILES["announcement.toml"].replace('starters = ["repair-cost", "opening", "signatories"]', "")
        files = {"announcement.toml": about.encode(), "other.toml": FILES["other.toml"].encode()}
        bare = KnowledgeBase.build(read_files(files, ANNOUNCEMENT))
        assert isinstance(bare.ask("how tall is the tower"), NotStated)
        assert isinstance(bare.ask("who signed the agreement"), NotStated | OutOfScope)
        assert bare.suggest("who") == bare.suggest("") == list(bare.starters) == []

    def test_it_is_one_immutable_value(self) -> None:
        with pytest.raises(FrozenInstanceError):
            BASE.matcher = BASE.matcher  # type: ignore[misc]


class TestEvidence:
    def test_it_tells_what_was_understood_and_what_came_close(self) -> None:
        evidence = BASE.ask("Who SIGNED the agreemnt?!").evidence
        assert evidence.question == "Who SIGNED the agreemnt?!"
        assert evidence.understood == "who signed the agreement"
        assert evidence.mended == (("agreemnt", "agreement"),)
        assert evidence.example == "who signed the agreement"
        assert evidence.matches[0].id == "signatories"
        assert evidence.score == evidence.matches[0].score
        assert evidence.runner_up == evidence.matches[1]
        assert len(evidence.matches) == 5
        assert evidence.borrowed == ""

    @pytest.mark.parametrize("place", range(len(BASE.matcher.examples.questions)))
    def test_it_names_the_nearest_example(self, place: int) -> None:
        question = BASE.matcher.examples.questions[place]
        assert BASE.ask(question).evidence.example == question

    def test_it_names_no_example_where_none_has_anything_in_common(self) -> None:
        assert BASE.ask("zzz qqq").evidence.example == ""

    def test_probabilities_add_up_to_one_at_most(self) -> None:
        assert sum(match.score for match in BASE.ask("who signed").evidence.matches) <= 1 + 1e-6

    def test_it_tells_what_was_borrowed(self) -> None:
        evidence = BASE.ask("and when?", after("who signed the agreement")).evidence
        assert evidence.borrowed == "who signed the agreement"
        assert evidence.understood == "and when"


def test_few_foreign_questions_are_answered_even_by_few_records() -> None:
    foreign = [
        "what is the capital of france", "who wrote hamlet", "how do i boil an egg", "best pizza in rome",
        "zzz qqq", "who won the match", "write me a poem", "what time is it", "do you like cats",
        "is it raining", "how tall is everest", "why is the sky blue", "my phone is broken",
        "who is the king of spain",
    ]  # fmt: skip
    answered = [question for question in foreign if isinstance(BASE.ask(question), Answer)]
    assert len(answered) <= len(foreign) / 4, answered


class TestFollowingUp:
    @pytest.mark.parametrize(
        ("before", "question", "expected"),
        [
            ("who signed the agreement", "and when?", "signing-day"),
            ("how many guides will there be", "and from when?", "opening"),
            ("how big is the fund", "who did it?", "repairer"),
        ],
    )
    def test_a_turn_that_leans_is_about_what_was_just_talked_of(
        self, before: str, question: str, expected: str
    ) -> None:
        assert ask(question, before) == expected

    @pytest.mark.parametrize(
        "question",
        [
            "how much did the repair of the old lighthouse cost",
            "on which day was the agreement signed by the councils",
            "which councils signed the agreement", "how many metres high is the lighthouse tower",
            "who repaired the old lighthouse for the councils",
        ],
    )  # fmt: skip
    @pytest.mark.parametrize(
        "before", ["how many guides will there be", "price of admission", "how big is the fund"]
    )
    def test_a_question_that_stands_alone_is_not_bent(self, question: str, before: str) -> None:
        assert BASE.ask(question, after(before)) == BASE.ask(question)

    def test_small_talk_between_changes_nothing(self) -> None:
        assert after("who signed the agreement", "thanks") == after("who signed the agreement")
        assert ask("and when?", "who signed the agreement", "thanks") == "signing-day"

    @pytest.mark.parametrize("talk", ["thanks", "thank you", "hello", "cheers"])
    def test_small_talk_is_small_talk_in_any_conversation(self, talk: str) -> None:
        assert BASE.ask(talk, after("who signed the agreement")) == BASE.ask(talk)

    def test_btw_begins_a_new_subject(self) -> None:
        outcome = BASE.ask("btw who signed the agreement", after("how big is the fund"))
        assert outcome.evidence.borrowed == ""
        assert quotations(outcome)[0].fact.id == "signatories"

    def test_an_empty_conversation_is_none(self) -> None:
        for question in ("and when?", "who signed", "tell me more", "no, the other one"):
            assert BASE.ask(question, Conversation()) == BASE.ask(question)

    def test_what_expired_lends_nothing(self) -> None:
        conversation = after("who signed the agreement").recent(1e6)
        assert BASE.ask("and when?", conversation) == BASE.ask("and when?")

    def test_telling_more_goes_on_to_a_sentence_not_shown_yet(self) -> None:
        conversation = after("who signed the agreement")
        seen = [BASE.ask("who signed the agreement")]
        for second in range(1, 4):
            outcome = BASE.ask("tell me more", conversation)
            assert isinstance(outcome, Answer)
            seen.append(outcome)
            conversation = conversation.after(outcome, float(second))
        assert len({quotations(outcome)[0].sentence.index for outcome in seen}) == 4

    def test_telling_more_begins_with_the_same_theme(self) -> None:
        more = ask("tell me more", "how much did the repair cost")
        assert more in {"second-lamp", "more-towers"}

    def test_telling_more_of_what_somebody_said_goes_on_with_what_they_said(self) -> None:
        assert ask("tell me more", "how long did the keeper wait") in {"ships", "future"}

    def test_telling_more_comes_to_an_end_calmly(self) -> None:
        conversation = after("who signed the agreement")
        for second in range(1, 20):
            outcome = BASE.ask("tell me more", conversation)
            assert_sound(BASE, outcome)
            conversation = conversation.after(outcome, float(second))

    def test_telling_more_after_nothing_is_a_question_like_others(self) -> None:
        assert_sound(BASE, BASE.ask("tell me more"))

    def test_the_other_one_is_the_next_that_was_meant(self) -> None:
        first = BASE.ask("when")
        assert isinstance(first, Answer)
        second = BASE.ask("no, the other one", Conversation().after(first, 0.0))
        assert isinstance(second, Answer)
        assert second.quotation.fact.id in {"opening", "signing-day"} - {first.quotation.fact.id}

    def test_the_other_one_is_never_the_sentence_shown(self) -> None:
        for question in (
            "who signed the agreement",
            "how big is the fund",
            "how are ships helped",
            "how many",
        ):
            first = BASE.ask(question)
            other = BASE.ask("no not that", Conversation().after(first, 0.0))
            if isinstance(first, Answer) and isinstance(other, Answer):
                assert other.quotation.sentence != first.quotation.sentence

    def test_records_that_are_gone_lend_nothing(self) -> None:
        """A conversation may be older than the records."""
        about = FILES["announcement.toml"].replace('starters = ["repair-cost", "opening", "signatories"]', "")
        files = {
            "announcement.toml": about,
            "repair.toml": FILES["repair.toml"],
            "other.toml": FILES["other.toml"],
        }
        newer = KnowledgeBase.build(
            read_files({name: text.encode() for name, text in files.items()}, ANNOUNCEMENT)
        )
        conversation = after("who signed the agreement", "how many guides")
        for question in ("and when?", "tell me more", "no, the other one", "which ones", "how much"):
            assert_sound(newer, newer.ask(question, conversation))
        assert newer.ask("how much", conversation) == newer.ask("how much")


class TestPicking:
    def test_a_picked_fact_is_answered(self) -> None:
        answer = BASE.answer("fund-size")
        assert answer
        assert answer.quotation == BASE.quotation("fund-size")
        assert answer.evidence.question == "How big is the fund?"
        assert answer.evidence.understood == "how big is the fund"

    @pytest.mark.parametrize("id_", ["", "no-such", "height", "thanks"])
    def test_what_is_no_fact_cannot_be_picked(self, id_: str) -> None:
        assert BASE.answer(id_) is None
        assert BASE.quotation(id_) is None

    def test_the_starters_are_in_their_order(self) -> None:
        assert [fact.id for fact in BASE.starters] == ["repair-cost", "opening", "signatories"]


class TestSuggesting:
    @pytest.mark.parametrize("typed", ["", "  ", "?", "\0", "🗼"])
    def test_the_starters_come_before_anything_is_typed(self, typed: str) -> None:
        assert BASE.suggest(typed) == list(BASE.starters)
        assert BASE.suggest(typed, 2) == list(BASE.starters[:2])

    @pytest.mark.parametrize("fact", BASE.facts, ids=lambda fact: fact.id)
    def test_the_beginning_of_a_title_leads_to_it(self, fact: Fact) -> None:
        for length in range(1, len(fact.title) + 1):
            typed = fact.title[:length]
            alike = [one for one in BASE.facts if one.title.lower().startswith(typed.lower().strip())]
            assert fact in BASE.suggest(typed.lower())[: len(alike)]
            assert fact in BASE.suggest(typed.upper())[: len(alike)]

    @pytest.mark.parametrize(
        ("typed", "id_"),
        [
            ("fu", "fund-size"), ("guid", "guides"), ("lam", "second-lamp"), ("sig", "signatories"),
            ("rep", "repairer"),
            ("agreement sig", "signatories"), ("ship", "ships"), ("keep", "waiting"),
            ("twoer ope", "opening"),
            ("cost of repairing", "repair-cost"), ("number of guides", "guides"),
        ],
    )  # fmt: skip
    def test_the_first_letters_of_a_telling_word_lead_to_it(self, typed: str, id_: str) -> None:
        assert id_ in [fact.id for fact in BASE.suggest(typed, 3)]

    @pytest.mark.parametrize(
        "typed", ["price of the repair", "who fixed it", "what jobs does the tower bring"]
    )
    def test_an_example_question_leads_to_its_fact_though_the_title_has_other_words(self, typed: str) -> None:
        assert BASE.suggest(typed)[0].id == BASE.ask(typed).evidence.matches[0].id

    @given(st.text(st.characters(codec=None)) | st.sampled_from(ODD), st.integers(0, 30))
    def test_no_fact_comes_twice_and_none_beyond_the_limit(self, typed: str, limit: int) -> None:
        suggested = BASE.suggest(typed, limit)
        assert len(suggested) <= limit
        ids = [fact.id for fact in suggested]
        assert len(set(ids)) == len(ids)
        assert set(ids) <= {fact.id for fact in BASE.facts}

    def test_there_are_25_at_most_unless_told_otherwise(self, shipped: KnowledgeBase) -> None:
        assert len(shipped.suggest("what")) == 25


class TestBrowsing:
    def test_related_facts_stand_in_other_sentences_those_of_the_theme_first(self) -> None:
        related = [quotation.fact.id for quotation in BASE.related("signatories")]
        assert related[:3] == ["waiting", "ships", "opening"]
        assert set(related[3:]) <= {"repair-cost", "fund-size", "repairer"}

    @pytest.mark.parametrize("fact", BASE.facts, ids=lambda fact: fact.id)
    def test_no_sentence_is_related_twice_or_to_itself(self, fact: Fact) -> None:
        indexes = [quotation.sentence.index for quotation in BASE.related(fact.id, 100)]
        own = BASE.quotation(fact.id)
        assert own
        assert len({*indexes, own.sentence.index}) == len(indexes) + 1

    def test_related_facts_are_limited(self) -> None:
        assert len(BASE.related("signatories", 2)) == 2

    @pytest.mark.parametrize("id_", ["no-such", "height", "thanks"])
    def test_nothing_is_related_to_what_is_no_fact(self, id_: str) -> None:
        assert BASE.related(id_) == []

    def test_the_neighbours_of_a_sentence_stand_before_and_after_it(self) -> None:
        sentences = BASE.announcement.sentences
        assert BASE.neighbours(sentences[2]) == (sentences[1], sentences[3])

    def test_the_first_and_the_last_sentence_have_one_neighbour(self) -> None:
        sentences = BASE.announcement.sentences
        assert BASE.neighbours(sentences[0]) == (None, sentences[1])
        assert BASE.neighbours(sentences[-1]) == (sentences[-2], None)


class TestLoading:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        for name, text in FILES.items():
            (tmp_path / name).write_text(text, "utf-8")
        (tmp_path / "lighthouse.md").write_text(ANNOUNCEMENT, "utf-8")
        return tmp_path

    def test_a_folder_gives_the_same_base(self, folder: Path) -> None:
        loaded = KnowledgeBase.load(folder)
        assert loaded.version == BASE.version
        assert loaded.ask("who signed") == BASE.ask("who signed")

    def test_what_was_learnt_before_is_taken(self, folder: Path) -> None:
        weights = BASE.matcher.learnt.weights.copy()
        weights.data *= 0.5  # to be told from what would be learnt anew
        learnt = replace(BASE.matcher.learnt, weights=weights)
        fitted.write(folder / fitted.FILE, examples_of(curation()), learnt)
        taken = KnowledgeBase.load(folder).matcher.learnt.weights
        assert taken.max() == pytest.approx(weights.max(), rel=0.01)

    def test_what_was_learnt_before_gives_the_same_outcomes(self, folder: Path) -> None:
        BASE.keep(folder / fitted.FILE)
        loaded = KnowledgeBase.load(folder)
        for question in BASE.matcher.examples.questions:
            ours, theirs = BASE.ask(question), loaded.ask(question)
            assert (type(ours), quotations(ours)[:1]) == (type(theirs), quotations(theirs)[:1])
            assert ours.evidence.score == pytest.approx(theirs.evidence.score, abs=0.01)

    def test_a_damaged_file_is_learnt_anew(self, folder: Path) -> None:
        (folder / fitted.FILE).write_bytes(b"PK\x03\x04 damaged")
        assert KnowledgeBase.load(folder).ask("who signed") == BASE.ask("who signed")

    def test_a_file_of_other_records_is_learnt_anew(self, folder: Path) -> None:
        BASE.keep(folder / fitted.FILE)
        other = folder / "other.toml"
        other.write_text(other.read_text("utf-8").replace("entry fee", "entrance fee"), "utf-8")
        loaded = KnowledgeBase.load(folder)
        assert loaded.version != BASE.version
        assert loaded.ask("entrance fee").evidence.example == "entrance fee"


WORDS = st.sampled_from(
    "who what when how much many is the uk us US npl nist nsf ukri £50m 170 million quantum "
    "technologies freeman lander said signed today january projects why and more other one that tell "
    "me 1bn labs computing it does not".split()
)
TYPED = st.lists(WORDS, max_size=12).map(" ".join) | st.text(st.characters(codec=None)) | st.sampled_from(ODD)


class TestShipped:
    @settings(max_examples=60)
    @example(["0n't"])
    @example(["tell me more", "no, the other one", "and the us?"])
    @given(st.lists(TYPED, min_size=1, max_size=4))
    def test_only_the_announcements_sentences_are_shown_whatever_is_asked(
        self, shipped: KnowledgeBase, questions: list[str]
    ) -> None:
        conversation = Conversation()
        for second, question in enumerate(questions):
            outcome = shipped.ask(question, conversation)
            assert_sound(shipped, outcome)
            conversation = conversation.after(outcome, float(second))

    def test_every_title_is_answered_by_its_fact(self, shipped: KnowledgeBase) -> None:
        for fact in shipped.facts:
            outcome = shipped.ask(fact.title)
            assert_sound(shipped, outcome)
            own = [shipped.curation.quoted[fact.id], *shipped.curation.also.get(fact.id, ())]
            shown = [quotation.sentence for quotation in quotations(outcome)]
            assert {place.sentence for place in own} & set(shown), fact.title

    def test_the_beginnings_of_titles_lead_to_them(self, shipped: KnowledgeBase) -> None:
        missed = [fact.title for fact in shipped.facts if fact not in shipped.suggest(fact.title[:10], 10)]
        assert missed == []

    def test_the_first_letters_of_a_titles_words_lead_to_it(self, shipped: KnowledgeBase) -> None:
        words = {fact.id: re.findall(r"\w{7,}", fact.title.lower()) for fact in shipped.facts}
        for fact in shipped.facts:
            for word in words[fact.id]:
                alike = [
                    id_ for id_, others in words.items() if any(one.startswith(word[:5]) for one in others)
                ]
                suggested = [one.id for one in shipped.suggest(word[:5], max(5, 2 * len(alike)))]
                assert len(alike) > 12 or fact.id in suggested, (word[:5], fact.title)

    def test_not_stated_topics_say_what_is_not_stated(self, shipped: KnowledgeBase) -> None:
        topics = [one for one in shipped.curation.records.values() if isinstance(one, NotStatedTopic)]
        outcomes = [shipped.ask(topic.examples[0]) for topic in topics]
        answered = [outcome for outcome in outcomes if isinstance(outcome, Answer)]
        assert len(answered) <= len(topics) // 50

    def test_each_sentence_is_quoted_with_its_speaker(self, shipped: KnowledgeBase) -> None:
        spoken = {sentence.speaker.name for sentence in shipped.announcement.sentences if sentence.speaker}
        assert spoken == {"George Freeman", "Dr Eric Lander"}
        outcome = shipped.ask("what did Lander say about borders")
        assert isinstance(outcome, Answer)
        assert outcome.quotation.sentence.speaker
        assert outcome.quotation.sentence.speaker.name == "Dr Eric Lander"

    def test_a_lender_is_not_lander(self, shipped: KnowledgeBase) -> None:
        assert ("lender", "lander") not in shipped.ask("is a lender involved in this").evidence.mended
        assert shipped.ask("what did landr say").evidence.mended == (("landr", "lander"),)
