"""Questions that lean on an earlier turn, and what is said about the matter besides."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from knowledge.conversation import Conversation, Turn, leaning
from knowledge.following import Hints, pooled, wants_another, wants_more
from knowledge.foreseen import FORESEEN_ROWS, FollowUp, FollowUps, LearntTurns, Neighbourhood
from knowledge.loading import Curation
from knowledge.matching import Matcher
from knowledge.opinion import Calibration, Floats
from knowledge.outcomes import Quotation
from knowledge.records import Fact, Record, SmallTalk

_SURE_SMALL_TALK = 0.5
_AHEAD = 3  # sentences that may go on with a matter


class Context:
    """What earlier turns lend to a question about one announcement."""

    def __init__(
        self, curation: Curation, matcher: Matcher, calibration: Calibration, learnt: LearntTurns | None
    ) -> None:
        """Learn anew what was not learnt from the same turns."""
        self._learnt = learnt
        self._curation = curation
        self._matcher = matcher
        self._calibration = calibration
        self._place = {id_: place for place, id_ in enumerate(matcher.ids)}

    def probabilities(self, words: Sequence[str], alone: Floats, turn: Turn) -> Floats | None:
        """Find each record's probability for a turn that leans on an earlier one; None if it does not."""
        if turn.record not in self._place:
            return None
        best = int(alone.argmax())
        certainty = float(alone[best])
        if self._is_small_talk(best) and certainty > _SURE_SMALL_TALK:
            return None
        strength = leaning(words, certainty)
        return pooled(self.hints(words, alone, turn), strength) if strength else None

    def hints(self, words: Sequence[str], alone: Floats, turn: Turn) -> Hints:
        """Gather what speaks for each record when a turn leans on an earlier one."""
        title = self._curation.language.words(title_of(self._curation.records[turn.record]))
        place = self._place[turn.record]
        none = np.zeros(len(alone), np.float32)
        known = self._follow_ups
        return Hints(
            alone=alone,
            together=self._matcher.opinion((*turn.topic, *words)).probabilities(self._calibration),
            titled=self._matcher.opinion((*title, *words)).probabilities(self._calibration),
            meant=known.meant(words, place) if known else none,
            near=self._neighbourhood.near(place),
            foreseen=known.foreseen(words, place) if known else np.tile(none, (FORESEEN_ROWS, 1)),
        )

    def going_on(self, words: Sequence[str], conversation: Conversation, turn: Turn) -> Quotation | None:
        """Find what to show to a turn that only asks to go on, or only says that something else was meant."""
        if wants_another(words):
            found = [quotation for id_ in turn.others if (quotation := quotation_of(self._curation, id_))]
        elif wants_more(words):
            found = self._more(turn.record)
        else:
            return None
        return next((one for one in found if one.sentence.index not in conversation.shown), None)

    def _more(self, record: str) -> list[Quotation]:
        """List what is said of a matter besides: by who said it, of its theme, then around it."""
        here = quotation_of(self._curation, record)
        if here is None:
            return []
        speaker, index = here.sentence.speaker, here.sentence.index
        around = sorted(
            (one for one in self._quotations if one.sentence.index != index),
            key=lambda one: (one.sentence.index < index, abs(one.sentence.index - index)),
        )
        same = {place.sentence for place in self._curation.also.get(record, ())}
        others = related(self._curation, record, limit=len(self._curation.quoted))
        near = [one for one in around if abs(one.sentence.index - index) <= _AHEAD]
        return [
            *(one for one in around if speaker and one.sentence.speaker == speaker),
            *(one for one in (*others, *near) if one.sentence not in same),
        ]

    @cached_property
    def _quotations(self) -> list[Quotation]:
        found = (quotation_of(self._curation, id_) for id_ in self._curation.records)
        return [quotation for quotation in found if quotation]

    @cached_property
    def _follow_ups(self) -> FollowUps | None:
        """The turns that curators foresaw, None if they foresaw none."""
        normal, place = self._curation.language.words, self._place
        records = self._curation.records.items()
        turns = [FollowUp(normal(text), place[id_]) for id_, record in records for text in record.follow_ups]
        turns += [
            FollowUp(normal(text), place[meant], place[id_])
            for id_, record in records
            for meant, texts in record.next.items()
            for text in texts
        ]
        if not any(turn.words for turn in turns):
            return None
        return FollowUps(turns, self._neighbourhood, self._learnt)

    @property
    def learnt(self) -> LearntTurns | None:
        """What is learnt of the turns that curators foresaw, None if they foresaw few."""
        return self._follow_ups.learnt if self._follow_ups else None

    @cached_property
    def _neighbourhood(self) -> Neighbourhood:
        themes = {fact: theme.id for theme in self._curation.themes for fact in theme.facts}
        places = self._curation.quoted
        return Neighbourhood(
            tuple(places[id_].sentence.index if id_ in places else -1 for id_ in self._matcher.ids),
            tuple(themes.get(id_, id_) for id_ in self._matcher.ids),
        )

    def _is_small_talk(self, place: int) -> bool:
        return isinstance(self._curation.records[self._matcher.ids[place]], SmallTalk)


def quotation_of(curation: Curation, fact_id: str) -> Quotation | None:
    """Find the sentence a fact quotes, None when there is no such fact (any more)."""
    record = curation.records.get(fact_id)
    if not isinstance(record, Fact):
        return None
    place = curation.quoted[fact_id]
    return Quotation(record, place.sentence, place.start, place.end)


def related(curation: Curation, fact_id: str, limit: int) -> list[Quotation]:
    """List other facts of a fact's theme first, then of the sentences before and after, one a sentence."""
    here = quotation_of(curation, fact_id)
    if here is None:
        return []
    theme = next((theme.facts for theme in curation.themes if fact_id in theme.facts), ())
    index = here.sentence.index
    near = [id_ for id_, place in curation.quoted.items() if abs(place.sentence.index - index) == 1]
    found: dict[int, Quotation] = {}
    for id_ in (*theme, *near):
        other = quotation_of(curation, id_)
        if other and other.sentence.index != index:
            found.setdefault(other.sentence.index, other)
    return list(found.values())[:limit]


def title_of(record: Record) -> str:
    """Give what a record is about, in words: nothing for small talk."""
    return "" if isinstance(record, SmallTalk) else record.title
