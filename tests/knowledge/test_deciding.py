"""An answer needs a floor and a margin; else the choice is offered, or it is refused."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge import deciding
from knowledge.deciding import MOST_CANDIDATES, SUGGEST_FLOOR, decide, weigh
from knowledge.outcomes import Answer, Clarify, Evidence, NotStated, Outcome, OutOfScope
from knowledge.records import Fact
from tests.knowledge.lighthouse import curation

ALONE = Evidence("?", "")
LEANT = Evidence("?", "", borrowed="earlier words")


@pytest.fixture
def thresholds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set round thresholds: the shipped ones are chosen by measurement and may change."""
    for name, value in {
        "ALSO_SHARE": 0.9,
        "ANSWER_FLOOR": 0.4,
        "LEANING_FLOOR": 0.75,
        "REFUSE_FLOOR": 0.6,
        "TOPIC_FLOOR": 0.3,
    }.items():
        monkeypatch.setattr(deciding, name, value)


def outcome(scores: Mapping[str, float], evidence: Evidence = ALONE) -> Outcome:
    return decide(weigh(scores, curation()), evidence, curation())


def offered(result: Outcome) -> list[str]:
    match result:
        case Clarify(candidates=some) | NotStated(suggestions=some) | OutOfScope(suggestions=some):
            return [one.fact.id for one in some]
        case Answer():
            return []


def answer(result: Outcome) -> str:
    assert isinstance(result, Answer)
    return result.quotation.fact.id


@pytest.mark.usefixtures("thresholds")
class TestAnswering:
    def test_a_sure_fact_is_answered(self) -> None:
        assert answer(outcome({"opening": 0.9, "waiting": 0.05})) == "opening"

    def test_the_floor_is_needed(self) -> None:
        assert isinstance(outcome({"opening": 0.41, "waiting": 0.25}), Answer)
        assert isinstance(outcome({"opening": 0.39, "waiting": 0.25}), Clarify)

    def test_the_margin_over_other_facts_is_needed(self) -> None:
        assert isinstance(outcome({"opening": 0.5, "waiting": 0.48}), Answer)
        assert offered(outcome({"opening": 0.45, "waiting": 0.25, "ships": 0.25})) == [
            "opening",
            "waiting",
            "ships",
        ]

    def test_the_margin_over_refusal_is_needed(self) -> None:
        assert isinstance(outcome({"opening": 0.51, "height": 0.45}), Answer)
        assert isinstance(outcome({"opening": 0.48, "waiting": 0.02, "height": 0.5}), Clarify)

    def test_what_no_record_claims_speaks_against_answering_too(self) -> None:
        assert isinstance(outcome({"opening": 0.45, "waiting": 0.02}), Clarify)

    def test_one_candidate_is_no_choice(self) -> None:
        assert isinstance(outcome({"opening": 0.45}), OutOfScope)

    def test_a_follow_up_needs_more(self) -> None:
        assert isinstance(outcome({"opening": 0.7, "waiting": 0.2}, LEANT), Clarify)
        assert isinstance(outcome({"opening": 0.7, "waiting": 0.2}), Answer)
        assert isinstance(outcome({"opening": 0.76, "waiting": 0.2}, LEANT), Answer)

    def test_facts_of_one_sentence_stand_together(self) -> None:
        assert answer(outcome({"repair-cost": 0.3, "fund-size": 0.31, "opening": 0.35})) == "fund-size"

    def test_the_quote_of_the_answering_fact_is_marked(self) -> None:
        result = outcome({"guides": 0.9})
        assert isinstance(result, Answer)
        quotation = result.quotation
        assert quotation.sentence.text[quotation.start : quotation.end] == "employ 30 guides"

    def test_the_evidence_is_kept(self) -> None:
        assert replace(outcome({"opening": 0.9}).evidence, sureness=0.0) == ALONE
        assert outcome({}).evidence is ALONE

    def test_an_answer_tells_how_sure_it_is(self) -> None:
        unsure, sure = outcome({"opening": 0.5}), outcome({"opening": 0.9})
        assert 0.5 < unsure.evidence.sureness < sure.evidence.sureness <= 1
        assert outcome({"opening": 0.9}, LEANT).evidence.sureness == pytest.approx(0.9)

    def test_what_is_no_answer_is_not_sure_of_any(self) -> None:
        assert outcome({"opening": 0.3, "waiting": 0.3}).evidence.sureness == 0


@pytest.mark.usefixtures("thresholds")
class TestSeveralSentencesOfOneFact:
    def test_a_fact_counts_for_every_sentence_it_quotes(self) -> None:
        """The fact about guides also quotes the sentence about ships."""
        assert answer(outcome({"guides": 0.45, "ships": 0.35, "waiting": 0.15})) == "guides"
        standing = weigh({"guides": 0.45, "ships": 0.35}, curation())
        assert [round(score, 3) for score, _ in standing.sentences] == [0.755, 0.45]

    def test_the_own_sentence_goes_first_when_only_that_fact_is_meant(self) -> None:
        standing = weigh({"guides": 0.9}, curation())
        assert [quotation.sentence.text[:9] for _, quotation in standing.sentences] == [
            "The tower",
            "Ships wil",
        ]

    def test_another_facts_own_sentence_wins_the_tie(self) -> None:
        """Both quote the sentence about ships; the one whose own it is leads to it."""
        standing = weigh({"guides": 0.4, "ships": 0.4}, curation())
        score, quotation = standing.sentences[0]
        assert quotation.fact.id == "ships"
        assert score == pytest.approx(0.76)

    def test_its_probability_is_counted_once(self) -> None:
        assert weigh({"guides": 0.4, "ships": 0.3}, curation()).answerable == pytest.approx(0.7)

    def test_it_is_offered_once(self) -> None:
        assert offered(outcome({"guides": 0.42, "waiting": 0.1})) == ["guides", "waiting"]


@pytest.mark.usefixtures("thresholds")
class TestAskingBack:
    def test_at_most_three_are_offered(self) -> None:
        facts = ["opening", "waiting", "signatories", "repairer", "ships", "second-lamp"]
        assert len(offered(outcome(dict.fromkeys(facts, 0.16)))) == 3

    def test_the_likeliest_is_first(self) -> None:
        assert offered(outcome({"waiting": 0.2, "opening": 0.4, "ships": 0.3})) == [
            "opening",
            "ships",
            "waiting",
        ]

    def test_one_fact_is_offered_for_a_sentence(self) -> None:
        scores = {"repair-cost": 0.2, "fund-size": 0.15, "repairer": 0.1, "opening": 0.3, "signatories": 0.2}
        assert offered(outcome(scores)) == ["repair-cost", "opening", "signatories"]

    def test_what_is_hardly_likely_is_not_offered(self) -> None:
        likely = {"opening": 0.37, "ships": 0.1}
        assert offered(outcome(likely | {"waiting": SUGGEST_FLOOR / 2})) == ["opening", "ships"]
        assert offered(outcome(likely | {"waiting": SUGGEST_FLOOR})) == ["opening", "ships", "waiting"]

    def test_two_are_offered_though_the_second_is_hardly_likely(self) -> None:
        assert offered(outcome({"opening": 0.47, "waiting": SUGGEST_FLOOR / 2})) == ["opening", "waiting"]


@pytest.mark.usefixtures("thresholds")
class TestRefusing:
    def test_a_likely_topic_is_said_not_to_be_stated(self) -> None:
        result = outcome({"height": 0.8, "opening": 0.1})
        assert isinstance(result, NotStated)
        assert result.topic.id == "height"
        assert (result.nearest, result.nearest_span) == (None, None)
        assert offered(result) == ["opening"]

    def test_the_nearest_sentence_comes_with_its_words_marked(self) -> None:
        result = outcome({"ticket-price": 0.8})
        assert isinstance(result, NotStated)
        assert result.nearest is not None
        assert result.nearest_span is not None
        start, end = result.nearest_span
        assert result.nearest.text[start:end] == "open to visitors in March"

    def test_a_topic_below_its_floor_is_not_named(self) -> None:
        assert isinstance(outcome({"height": 0.31}), NotStated)
        result = outcome({"height": 0.29, "ticket-price": 0.29})
        assert isinstance(result, OutOfScope)
        assert result.reply == ""

    def test_small_talk_has_its_reply(self) -> None:
        result = outcome({"thanks": 0.9, "opening": 0.08})
        assert isinstance(result, OutOfScope)
        assert (result.reply, result.suggestions) == ("thanks", ())

    def test_the_likelier_of_topic_and_small_talk_wins(self) -> None:
        assert isinstance(outcome({"thanks": 0.4, "height": 0.5}), NotStated)
        assert isinstance(outcome({"thanks": 0.5, "height": 0.4}), OutOfScope)

    def test_what_nothing_claims_is_refused_with_what_may_help(self) -> None:
        result = outcome({"opening": 0.1, "waiting": 0.07, "height": 0.1})
        assert isinstance(result, OutOfScope)
        assert result.reply == ""
        assert offered(result) == ["opening", "waiting"]

    def test_without_any_score_there_is_nothing_to_offer(self) -> None:
        assert outcome({}) == OutOfScope("", ALONE)

    def test_a_topic_wins_by_floor_where_no_fact_is_worth_offering(self) -> None:
        assert isinstance(outcome({"height": 0.5, "opening": 0.0}), NotStated)


SHARES = st.fixed_dictionaries({id_: st.floats(0, 1) for id_ in curation().records})


@given(SHARES, st.floats(1, 3), st.sampled_from([ALONE, LEANT]))
@example({id_: float(id_ == "opening") for id_ in curation().records}, 1.0, ALONE)
def test_whatever_the_scores_the_outcome_is_sound(
    shares: dict[str, float], weight: float, evidence: Evidence
) -> None:
    total = max(sum(shares.values()), 1e-9) * weight
    scores = {id_: share / total for id_, share in shares.items()}
    standing = weigh(scores, curation())
    facts = [id_ for id_ in scores if isinstance(curation().records[id_], Fact)]
    assert standing.answerable == pytest.approx(sum(scores[id_] for id_ in facts), abs=0.001)
    assert [score for score, _ in standing.sentences] == sorted(
        (score for score, _ in standing.sentences), reverse=True
    )
    result = decide(standing, evidence, curation())
    assert replace(result.evidence, sureness=0.0) == evidence
    match result:
        case Answer(quotation=quotation):
            assert quotation == standing.sentences[0][1]
        case Clarify(candidates=some):
            assert 1 <= len(some) <= MOST_CANDIDATES
            assert some[0] == standing.sentences[0][1]
        case NotStated(suggestions=some) | OutOfScope(suggestions=some):
            assert len(some) <= MOST_CANDIDATES
    chosen = [] if isinstance(result, Answer) else list(some)
    assert len({one.sentence.index for one in chosen}) == len({one.fact.id for one in chosen}) == len(chosen)
