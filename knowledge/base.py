"""A knowledge base: an announcement, its records and a fitted matcher, as one immutable value."""

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

from rapidfuzz import fuzz, process, utils

from knowledge import fitted
from knowledge.agreement import Figures
from knowledge.announcement import Announcement, Sentence
from knowledge.conversation import Conversation
from knowledge.deciding import Standing, calibrated, decide, weigh
from knowledge.examples import Examples
from knowledge.foreseen import LearntTurns
from knowledge.language import MAX_CHARACTERS
from knowledge.leaning import Context, quotation_of, related
from knowledge.loading import SHIPPED, Curation, kept_forms, read_folder
from knowledge.matching import Match, Matcher, Ranking
from knowledge.opinion import Calibration, Floats
from knowledge.outcomes import Answer, Evidence, Outcome, OutOfScope, Quotation
from knowledge.records import Fact, SmallTalk

HELP = "help_human"  # a reply that nothing else in a message may push aside
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")
_MOST_SENTENCES = 12
_SURE_SMALL_TALK = 0.6


@dataclass(frozen=True)
class KnowledgeBase:
    """Answers questions about one announcement; build another to change anything."""

    curation: Curation
    matcher: Matcher
    turns: LearntTurns | None = None

    @classmethod
    def build(cls, curation: Curation, kept_in: Path | None = None) -> Self:
        """Fit a matcher to curated records: a minute of pure computation for 80,000 example questions.

        What a file keeps of an earlier fit of the same records is taken.
        """
        examples = examples_of(curation)
        learnt = fitted.read(kept_in, examples) if kept_in else None
        turns = fitted.read_turns(kept_in) if kept_in else None
        return cls(curation, Matcher(curation.language, examples, learnt), turns)

    @classmethod
    def load(cls, folder: Path | None = None, announcement: Path | None = None) -> Self:
        """Read and fit a folder of records, the shipped one unless told otherwise; raises LoadError."""
        with _no_collecting():
            return cls.build(read_folder(folder, announcement), (folder or SHIPPED) / fitted.FILE)

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
        ranking = self._look(question)
        if not ranking.words:
            return OutOfScope("gibberish", Evidence(question, ""))
        turn = conversation.last if conversation else None
        topic = " ".join(turn.topic) if turn else ""
        understood = " ".join(ranking.words)
        if conversation and turn and (more := self._context.going_on(ranking.words, conversation, turn)):
            return Answer(more, Evidence(question, understood, borrowed=topic))
        alone = self._alone(ranking)
        together = self._context.probabilities(ranking.words, alone, turn) if turn else None
        scores = self._scores(alone if together is None else together)
        best = sorted(scores, key=lambda id_: (-scores[id_], id_))[:5]
        evidence = Evidence(
            question=question,
            understood=understood,
            matches=tuple(Match(id_, scores[id_]) for id_ in best),
            example=self.matcher.example(ranking.nearest) if ranking.nearest >= 0 else "",
            mended=ranking.mended,
            borrowed=topic if together is not None else "",
        )
        return decide(weigh(scores, self.curation), evidence, self.curation)

    def standing(self, question: str) -> Standing:
        """Tell how probable each reply to a question on its own is to be right."""
        return weigh(self._scores(self._alone(self._look(question))), self.curation)

    def _look(self, question: str) -> Ranking:
        """Look at a question; sentences that are mere small talk beside others are left out of it."""
        whole = self.matcher.look(question)
        sentences = [part for part in _SENTENCE_END.split(question[:MAX_CHARACTERS]) if part.strip()]
        if not 1 < len(sentences) <= _MOST_SENTENCES:
            return whole
        left = [part for part in sentences if not self._is_small_talk(part)]
        return self.matcher.look(" ".join(left)) if 0 < len(left) < len(sentences) else whole

    def _is_small_talk(self, sentence: str) -> bool:
        ranking = self.matcher.look(sentence)
        if not ranking.words:
            return True
        scores = ranking.opinion.probabilities(self.calibration)
        best = int(scores.argmax())
        record = self.curation.records[self.matcher.ids[best]]
        return isinstance(record, SmallTalk) and record.reply != HELP and scores[best] > _SURE_SMALL_TALK

    def _alone(self, ranking: Ranking) -> Floats:
        """Find the probability of each record for a question on its own."""
        return self.figures.agreed(ranking.opinion.probabilities(self.calibration), ranking.words)

    def _scores(self, probabilities: Floats) -> dict[str, float]:
        return dict(zip(self.matcher.ids, probabilities.tolist(), strict=True))

    @cached_property
    def calibration(self) -> Calibration:
        """How opinions become probabilities here."""
        return calibrated(len(self.matcher.examples.questions) / len(self.matcher.ids))

    @cached_property
    def figures(self) -> Figures:
        """The figures of the announcement, and which records they belong to."""
        return Figures(self.curation, self.matcher.ids)

    @cached_property
    def _context(self) -> Context:
        return Context(self.curation, self.matcher, self.calibration, self.turns)

    def prepare(self) -> None:
        """Make what is otherwise made at the first use, so that no question has to wait for it."""
        _ = self.figures, self._context.learnt

    def keep(self, path: Path) -> None:
        """Write what was learnt to a file that `build` reads; raises OSError."""
        more = kept_forms(self.curation)
        fitted.write(path, self.matcher.examples, self.matcher.learnt, self._context.learnt, more)

    def quotation(self, fact_id: str) -> Quotation | None:
        """Find the sentence a fact quotes, None when there is no such fact (any more)."""
        return quotation_of(self.curation, fact_id)

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
        scores = self._scores(self.matcher.look(typed).opinion.probabilities(self.calibration))
        combined = {id_: score / 100 + scores[id_] for _, score, id_ in by_title}
        return [facts[id_] for id_ in sorted(combined, key=lambda id_: -combined[id_])[:limit]]

    def related(self, fact_id: str, limit: int = 5) -> list[Quotation]:
        """Neighbouring matter: other facts of the theme first, then of the sentences before and after."""
        return related(self.curation, fact_id, limit)

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
    rows = [(id_, question) for id_, record in curation.records.items() for question in record.examples]
    owners, questions = zip(*rows, strict=True)
    return Examples.of(curation.records, owners, questions, curation.forms)


def _title_score(typed: str, title: str, **_: object) -> float:
    """How well the beginning typed so far fits a title: whole and part, as in a search field."""
    starts = 100.0 if title.startswith(typed) else 0.0
    last = typed.rsplit(maxsplit=1)[-1]
    within = 25.0 if any(word.startswith(last) for word in title.split()) else 0.0
    return 0.5 * fuzz.WRatio(typed, title) + 0.5 * fuzz.partial_ratio(typed, title) + within + starts
