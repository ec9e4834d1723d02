"""What two ways of learning make of a question, and how that becomes probabilities."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

# Platt's scaling of the best score, fitted on the validation questions of CLINC150 and BANKING77 together:
# the slope of its logarithm of odds, and what is added for each factor e of the number of records.
_SLOPE = 1.48
_RISE = 0.84
_PASSAGE_COST = 0.1  # of a claim
_PASSAGE_LOSS = 0.5  # of a logarithm of odds


@dataclass(frozen=True, slots=True)
class Calibration:
    """How opinions become probabilities.

    The larger `sharpness`, the more a lead in the claims counts; no record at all claims `nothing`.
    `confidence` is the same for the network's logits less their mean, where no record at all gets `nowhere`
    for each factor e of the number of records: among many the best stands out more.
    """

    sharpness: float
    nothing: float
    confidence: float = 1.0
    nowhere: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Opinion:
    """How strongly each record is meant, told twice, in the order of `Matcher.ids`.

    `claims` are about 1 for a question like a record's examples, about -1 for one that has nothing to do with
    them; `logits` are the network's logarithms of odds, up to a constant.
    """

    claims: Floats
    logits: Floats

    def probabilities(self, calibration: Calibration) -> Floats:
        """Average both opinions as probabilities; what is missing to 1 is that of no record at all."""
        by_claims = shares(calibration.sharpness * self.claims, calibration.sharpness * calibration.nothing)
        nowhere = calibration.nowhere * float(np.log(len(self.logits)))
        by_logits = shares(
            calibration.confidence * (self.logits - self.logits.mean()), calibration.confidence * nowhere
        )
        return np.asarray((by_claims + by_logits) / 2, np.float32)

    def or_of_passages(self, passages: Sequence[Self]) -> Self:
        """Let a record claim a long message by the passage of it that is the question."""
        claims = np.max([one.claims for one in passages], axis=0) - _PASSAGE_COST
        logits = np.max([_normalised(one.logits) for one in passages], axis=0) - _PASSAGE_LOSS
        return type(self)(np.maximum(self.claims, claims), np.maximum(_normalised(self.logits), logits))


def trusted(scores: Floats) -> Floats:
    """Turn soft scores into ones that hold: of best scores of 0.9, nine in ten are right.

    The order stays; what the best gains the others lose, in proportion (Platt, Advances in Large Margin
    Classifiers, 1999).
    """
    place = int(scores.argmax())
    best = min(max(float(scores[place]), 1e-9), 1 - 1e-6)
    strength = _SLOPE * np.log(best / (1 - best)) + _RISE * np.log(len(scores))
    right = 1 / (1 + np.exp(-strength))
    result = np.asarray(scores * min((1 - right) / (1 - best), right / best), np.float32)
    result[place] = right
    return result


def shares(strengths: Floats, nothing: float = -np.inf) -> Floats:
    """Turn strengths, as logarithms of odds, into probabilities beside that of no record at all (softmax)."""
    highest = max(float(strengths.max()), nothing)
    odds = np.exp(strengths - highest)
    return np.asarray(odds / (odds.sum() + np.exp(nothing - highest)), np.float32)


def _normalised(logits: Floats) -> Floats:
    highest = logits.max()
    return np.asarray(logits - highest - np.log(np.exp(logits - highest).sum()), np.float32)
