"""From a ranking to an outcome: answer, ask back, say what is not stated, or say it is out of scope."""

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.announcement import Place
from knowledge.outcomes import Answer, Clarify, Evidence, NotStated, Outcome, OutOfScope, Quotation
from knowledge.records import Fact, NotStatedTopic, Record, SmallTalk

ANSWER_FLOOR = 0.50
ANSWER_MARGIN = 0.20
REFUSE_FLOOR = 0.50
TOPIC_FLOOR = 0.30
SUGGEST_FLOOR = 0.03
MOST_CANDIDATES = 3


@dataclass(frozen=True)
class Standing:
    """How probable each kind of outcome is: sentences likeliest first, each with its likeliest fact."""

    sentences: tuple[tuple[float, Quotation], ...]
    topic: tuple[float, NotStatedTopic] | None
    small_talk: tuple[float, SmallTalk] | None
    refusal: float

    @property
    def best(self) -> float:
        return self.sentences[0][0] if self.sentences else 0.0

    @property
    def margin(self) -> float:
        return self.best - (self.sentences[1][0] if len(self.sentences) > 1 else 0.0)

    def candidates(self, least: float = SUGGEST_FLOOR) -> tuple[Quotation, ...]:
        """The likeliest facts, one a sentence, at most three."""
        return tuple(quotation for score, quotation in self.sentences[:MOST_CANDIDATES] if score >= least)


def weigh(scores: Mapping[str, float], records: Mapping[str, Record], quoted: Mapping[str, Place]) -> Standing:
    """Add up the probabilities of records that lead to the same reply."""
    sums: dict[int, float] = {}
    likeliest: dict[int, tuple[float, Quotation]] = {}
    topic: tuple[float, NotStatedTopic] | None = None
    talk: tuple[float, SmallTalk] | None = None
    facts = 0.0
    for id_, score in scores.items():
        record = records[id_]
        if isinstance(record, Fact):
            place = quoted[id_]
            index = place.sentence.index
            facts += score
            sums[index] = sums.get(index, 0.0) + score
            if score > likeliest.get(index, (-1.0,))[0]:
                likeliest[index] = (score, Quotation(record, place.sentence, place.start, place.end))
        elif isinstance(record, NotStatedTopic):
            topic = max(topic or (score, record), (score, record), key=lambda pair: pair[0])
        else:
            talk = max(talk or (score, record), (score, record), key=lambda pair: pair[0])
    ordered = sorted(sums, key=lambda index: (-sums[index], index))
    return Standing(tuple((sums[index], likeliest[index][1]) for index in ordered), topic, talk, 1.0 - facts)


def decide(standing: Standing, evidence: Evidence, quoted: Mapping[str, Place]) -> Outcome:
    """Answer only above a floor and clear of the runner-up; refuse when a refusal is likelier; else ask back."""
    if standing.best >= ANSWER_FLOOR and standing.margin >= ANSWER_MARGIN:
        return Answer(standing.sentences[0][1], evidence)
    if standing.refusal >= REFUSE_FLOOR:
        return _refusal(standing, evidence, quoted)
    candidates = standing.candidates()
    return Clarify(candidates, evidence) if candidates else OutOfScope("", evidence)


def _refusal(standing: Standing, evidence: Evidence, quoted: Mapping[str, Place]) -> Outcome:
    topic, talk = standing.topic, standing.small_talk
    if topic and topic[0] >= TOPIC_FLOOR and (talk is None or topic[0] >= talk[0]):
        nearest = quoted.get(topic[1].id)
        return NotStated(
            topic[1],
            nearest.sentence if nearest else None,
            (nearest.start, nearest.end) if nearest else None,
            evidence,
            standing.candidates(),
        )
    if talk and talk[0] >= TOPIC_FLOOR:
        return OutOfScope(talk[1].reply, evidence)
    return OutOfScope("", evidence, standing.candidates())
