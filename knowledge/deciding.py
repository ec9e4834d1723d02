"""From a ranking to an outcome: answer, ask back, say what is not stated, or say it is out of scope."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from knowledge.announcement import Place
from knowledge.loading import Curation
from knowledge.opinion import Calibration
from knowledge.outcomes import Answer, Clarify, Evidence, NotStated, Outcome, OutOfScope, Quotation
from knowledge.records import Fact, NotStatedTopic, SmallTalk

R = TypeVar("R")

# Chosen on the development half of tests/golden: "How sure is sure" in knowledge/README.md has the figures.
MANY, FEW = 250.0, 12.0  # example questions a record
AMONG_MANY = Calibration(sharpness=6.0, nothing=-0.6, nowhere=1.05)
AMONG_FEW = Calibration(sharpness=8.0, nothing=-0.8, confidence=1.6, nowhere=0.7)
BELIEF_SLOPE, BELIEF_RISE = 1.15, 1.70
ALSO_SHARE = 0.9  # a fact's own sentence goes before others that say the same
ANSWER_FLOOR = 0.45
LEANING_FLOOR = 0.60  # a follow-up is guessed from less; chosen on the development half of the dialogues
REFUSE_FLOOR = 0.60
TOPIC_FLOOR = 0.30
SUGGEST_FLOOR = 0.01
NEGLIGIBLE = 1e-5
MOST_CANDIDATES = 3
_FEWEST_CANDIDATES = 2  # one is no choice


def calibrated(per_record: float) -> Calibration:
    """Find how opinions become probabilities for so many example questions a record.

    What few examples have taught is told in a low voice: the fewer, the more opinions are sharpened.
    """
    few = math.log(MANY / min(max(per_record, FEW), MANY)) / math.log(MANY / FEW)
    return Calibration(
        *(
            (1 - few) * at_many + few * at_few
            for at_many, at_few in (
                (AMONG_MANY.sharpness, AMONG_FEW.sharpness),
                (AMONG_MANY.nothing, AMONG_FEW.nothing),
                (AMONG_MANY.confidence, AMONG_FEW.confidence),
                (AMONG_MANY.nowhere, AMONG_FEW.nowhere),
            )
        )
    )


def believed(probability: float) -> float:
    """Tell how often an answer is right whose sentence is given this probability (Platt's scaling).

    The probabilities that decide are cautious: they leave room for what nobody has written an example of.
    """
    cautious = min(max(probability, 1e-4), 1 - 1e-4)
    strength = BELIEF_SLOPE * math.log(cautious / (1 - cautious)) + BELIEF_RISE
    return 1 / (1 + math.exp(-strength))


@dataclass(frozen=True)
class Standing:
    """How probable each reply is to be right.

    `sentences` are likeliest first, each with the likeliest fact that leads to it; a fact counts for every
    sentence it quotes, so these may add up to more than `answerable`, the probability that any fact is meant.
    """

    sentences: tuple[tuple[float, Quotation], ...]
    answerable: float
    topic: tuple[float, NotStatedTopic] | None
    small_talk: tuple[float, SmallTalk] | None

    def candidates(self, least: float = SUGGEST_FLOOR) -> tuple[Quotation, ...]:
        """List the likeliest facts, each once and one a sentence, at most three."""
        found: dict[str, Quotation] = {}
        for score, quotation in self.sentences:
            if score >= least and len(found) < MOST_CANDIDATES:
                found.setdefault(quotation.fact.id, quotation)
        return tuple(found.values())


def weigh(scores: Mapping[str, float], curation: Curation) -> Standing:
    """Add up the probabilities of the records that lead to the same reply."""
    sums: dict[int, float] = {}
    likeliest: dict[int, tuple[float, Quotation]] = {}
    topics: list[tuple[float, NotStatedTopic]] = []
    talks: list[tuple[float, SmallTalk]] = []
    answerable = 0.0
    for id_, score in scores.items():
        if score < NEGLIGIBLE:
            continue
        match curation.records[id_]:
            case Fact() as fact:
                answerable += score
                places = [(score, curation.quoted[id_])]
                places += [(score * ALSO_SHARE, place) for place in curation.also.get(id_, ())]
                for share, place in places:
                    index = place.sentence.index
                    sums[index] = sums.get(index, 0.0) + share
                    if share > likeliest.get(index, (-1.0,))[0]:
                        likeliest[index] = (share, Quotation(fact, place.sentence, place.start, place.end))
            case NotStatedTopic() as topic:
                topics.append((score, topic))
            case SmallTalk() as talk:
                talks.append((score, talk))
    ordered = sorted(sums, key=lambda index: (-sums[index], -likeliest[index][0], index))
    sentences = tuple((sums[index], likeliest[index][1]) for index in ordered)
    return Standing(sentences, answerable, _likeliest(topics), _likeliest(talks))


def _likeliest(scored: list[tuple[float, R]]) -> tuple[float, R] | None:
    return max(scored, key=lambda pair: pair[0], default=None)


def decide(standing: Standing, evidence: Evidence, curation: Curation) -> Outcome:
    """Answer above a floor and clear of what speaks against it; refuse when that is likelier; else ask."""
    best = standing.sentences[0][0] if standing.sentences else 0.0
    refusal = 1.0 - standing.answerable
    floor = LEANING_FLOOR if evidence.borrowed else ANSWER_FLOOR
    if best >= max(floor, standing.answerable - best, refusal):
        sureness = best if evidence.borrowed else believed(best)
        return Answer(standing.sentences[0][1], replace(evidence, sureness=min(sureness, 1.0)))
    candidates = standing.candidates()
    if len(candidates) < _FEWEST_CANDIDATES:
        candidates = standing.candidates(least=0.0)
    if refusal >= REFUSE_FLOOR or len(candidates) < _FEWEST_CANDIDATES:
        return _refusal(standing, evidence, curation.quoted)
    return Clarify(candidates, evidence)


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
