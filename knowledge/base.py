"""A knowledge base: an announcement, its records and a fitted matcher, as one immutable value."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from rapidfuzz import fuzz, process, utils

from knowledge import fitted
from knowledge.agreement import Figures
from knowledge.announcement import Announcement, Sentence
from knowledge.conversation import Conversation, Turn, leaning
from knowledge.deciding import NOTHING, SHARPNESS, Standing, decide, weigh
from knowledge.following import Claims, FollowUps, Neighbourhood, blend, wants_another, wants_more
from knowledge.loading import SHIPPED, Curation, read_folder
from knowledge.matching import Examples, Match, Matcher, Ranking, probabilities
from knowledge.outcomes import Answer, Evidence, Outcome, OutOfScope, Quotation
from knowledge.records import Fact, SmallTalk

_SURE_SMALL_TALK = 0.5


@dataclass(frozen=True)
class KnowledgeBase:
    """Answers questions about one announcement; build another to change anything."""

    curation: Curation
    matcher: Matcher

    @classmethod
    def build(cls, curation: Curation, weights: sp.csr_matrix | None = None) -> Self:
        """Fit a matcher to curated records: seconds of pure computation unless `weights` are given."""
        return cls(curation, Matcher(curation.language, examples_of(curation), weights))

    @classmethod
    def load(cls, folder: Path | None = None, announcement: Path | None = None) -> Self:
        """Read and fit a folder of records, the shipped one unless told otherwise; raises LoadError."""
        with _no_collecting():
            curation = read_folder(folder, announcement)
            examples = examples_of(curation)
            weights = fitted.read((folder or SHIPPED) / fitted.FILE, examples)
            return cls(curation, Matcher(curation.language, examples, weights))

    @property
    def announcement(self) -> Announcement:
        """The announcement the records are about."""
        return self.curation.announcement

    @property
    def version(self) -> str:
        """Twelve hexadecimal digits that change with the records or the announcement."""
        return self.curation.version

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All facts in the order of the files."""
        return tuple(record for record in self.curation.records.values() if isinstance(record, Fact))

    @property
    def starters(self) -> tuple[Fact, ...]:
        """A hand-picked spread of facts for somebody who has not typed anything yet."""
        return tuple(
            fact for id_ in self.curation.starters if isinstance(fact := self.curation.records[id_], Fact)
        )

    def ask(self, question: str, conversation: Conversation | None = None) -> Outcome:
        """Answer a question, as a follow-up where it leans on the conversation; never raise."""
        ranking = self.matcher.look(question)
        if not ranking.words:
            return OutOfScope("gibberish", Evidence(question, ""))
        turn = conversation.last if conversation else None
        if conversation and turn and (outcome := self._going_on(question, ranking.words, conversation, turn)):
            return outcome
        claims, strength = self._in_context(ranking, turn)
        claims = claims - self.figures.disagreement(ranking.words)
        scores = self._scores(claims)
        best = sorted(scores, key=lambda id_: (-scores[id_], id_))[:5]
        evidence = Evidence(
            question=question,
            understood=" ".join(ranking.words),
            matches=tuple(Match(id_, scores[id_]) for id_ in best),
            example=self.matcher.example(ranking.nearest[0]) if ranking.nearest else "",
            mended=ranking.mended,
            borrowed=" ".join(turn.topic) if turn and strength else "",
        )
        return decide(weigh(scores, self.curation), evidence, self.curation)

    def standing(self, question: str) -> Standing:
        """Tell how probable each reply to a question on its own is to be right."""
        ranking = self.matcher.look(question)
        return weigh(self._scores(ranking.claims - self.figures.disagreement(ranking.words)), self.curation)

    def _in_context(self, ranking: Ranking, turn: Turn | None) -> tuple[Claims, float]:
        """Find the claims of a question in its conversation, and how much it leans on that."""
        if turn is None or turn.record not in self.curation.records:
            return ranking.claims, 0.0
        alone = probabilities(ranking.claims)
        best = int(alone.argmax())
        certainty = float(alone[best])
        if (
            isinstance(self.curation.records[self.matcher.ids[best]], SmallTalk)
            and certainty > _SURE_SMALL_TALK
        ):
            return ranking.claims, 0.0
        strength = leaning(ranking.words, certainty)
        if not strength:
            return ranking.claims, 0.0
        near = self.neighbourhood.near(self.matcher.ids.index(turn.record))
        together = self.matcher.claims((*turn.topic, *ranking.words))
        leant = blend(ranking.claims, together, self.follow_ups.claims(ranking.words), near)
        return np.asarray((1 - strength) * ranking.claims + strength * leant, np.float32), strength

    def _going_on(
        self, question: str, words: Sequence[str], conversation: Conversation, turn: Turn
    ) -> Outcome | None:
        """Give the outcome of a turn that only asks to go on, or says that something else was meant."""
        evidence = Evidence(question, " ".join(words), borrowed=" ".join(turn.topic))
        if wants_another(words):
            others = [quotation for id_ in turn.others if (quotation := self.quotation(id_))]
            different = [one for one in others if one.sentence.index not in conversation.shown]
            return Answer(different[0], evidence) if different else None
        if wants_more(words):
            more = [one for one in self.related(turn.record) if one.sentence.index not in conversation.shown]
            return Answer(more[0], evidence) if more else None
        return None

    @cached_property
    def figures(self) -> Figures:
        """The figures of the announcement, and which records they belong to."""
        return Figures(self.curation, self.matcher.ids)

    @cached_property
    def follow_ups(self) -> FollowUps:
        """The curated follow-ups of the records."""
        normal = self.curation.language.words
        written = {id_: record.follow_ups for id_, record in self.curation.records.items()}
        return FollowUps(
            self.matcher.ids, {id_: [normal(text) for text in texts] for id_, texts in written.items()}
        )

    @cached_property
    def neighbourhood(self) -> Neighbourhood:
        """Which records lie near which."""
        themes = {fact: theme.id for theme in self.curation.themes for fact in theme.facts}
        places = self.curation.quoted
        return Neighbourhood(
            np.array(
                [places[id_].sentence.index if id_ in places else -1 for id_ in self.matcher.ids], np.intp
            ),
            tuple(themes.get(id_, id_) for id_ in self.matcher.ids),
        )

    def _scores(self, claims: NDArray[np.float32]) -> dict[str, float]:
        return dict(zip(self.matcher.ids, probabilities(claims, SHARPNESS, NOTHING).tolist(), strict=True))

    def quotation(self, fact_id: str) -> Quotation | None:
        """Find the sentence a fact quotes, None when there is no such fact (any more)."""
        record = self.curation.records.get(fact_id)
        if not isinstance(record, Fact):
            return None
        place = self.curation.quoted[fact_id]
        return Quotation(record, place.sentence, place.start, place.end)

    def answer(self, fact_id: str) -> Answer | None:
        """Give the answer that a member picked by its fact; None when there is no such fact (any more)."""
        quotation = self.quotation(fact_id)
        if quotation is None:
            return None
        title = quotation.fact.title
        return Answer(quotation, Evidence(title, self.curation.language.normalise(title)))

    def suggest(self, typed: str, limit: int = 25) -> list[Fact]:
        """List the facts somebody may mean who has typed so far; the starters when nothing is typed."""
        words = utils.default_process(typed)
        if not words:
            return list(self.starters[:limit])
        facts = {fact.id: fact for fact in self.facts}
        titles = {id_: fact.title for id_, fact in facts.items()}
        by_title = process.extract(
            words, titles, scorer=_title_score, processor=utils.default_process, limit=None
        )
        scores = self._scores(self.matcher.look(typed).claims)
        combined = {id_: score / 100 + scores[id_] for _, score, id_ in by_title}
        return [facts[id_] for id_ in sorted(combined, key=lambda id_: -combined[id_])[:limit]]

    def related(self, fact_id: str, limit: int = 5) -> list[Quotation]:
        """Neighbouring matter: other facts of the theme first, then of the sentences before and after."""
        here = self.quotation(fact_id)
        if here is None:
            return []
        theme = next((theme.facts for theme in self.curation.themes if fact_id in theme.facts), ())
        index = here.sentence.index
        near = [id_ for id_, place in self.curation.quoted.items() if abs(place.sentence.index - index) == 1]
        found: list[Quotation] = []
        for id_ in (*theme, *near):
            other = self.quotation(id_)
            if (
                other
                and other.sentence.index != index
                and other.sentence not in [one.sentence for one in found]
            ):
                found.append(other)
        return found[:limit]

    def neighbours(self, sentence: Sentence) -> tuple[Sentence | None, Sentence | None]:
        """Find the sentences before and after one."""
        sentences = self.announcement.sentences
        before = sentences[sentence.index - 1] if sentence.index else None
        return before, sentences[sentence.index + 1] if sentence.index + 1 < len(sentences) else None


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Pause the search for garbage: loading makes millions of values that stay, and a tenth of its time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def examples_of(curation: Curation) -> Examples:
    """Collect the example questions of curated records, as a matcher learns from them."""
    return Examples.collect(
        {
            id_: [
                (question, form.split())
                for question, form in zip(record.examples, curation.normalised[id_], strict=True)
            ]
            for id_, record in curation.records.items()
        }
    )


def _title_score(typed: str, title: str, **_: object) -> float:
    """How well the beginning typed so far fits a title: whole and part, as in a search field."""
    starts = 100.0 if title.startswith(typed) else 0.0
    last = typed.rsplit(maxsplit=1)[-1]
    within = 25.0 if any(word.startswith(last) for word in title.split()) else 0.0
    return 0.5 * fuzz.WRatio(typed, title) + 0.5 * fuzz.partial_ratio(typed, title) + within + starts
