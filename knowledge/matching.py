"""Labelled example questions in, a ranking of records for a new question out; knows no announcements."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Match:
    """A record's id and its score: the probability, between 0 and 1, that the question is the record's."""

    id: str
    score: float
