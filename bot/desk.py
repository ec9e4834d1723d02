"""A question in, a reply out: what all the ways of asking have in common."""

import logging
import time

from bot import texts
from bot.conversations import Asker, Conversations
from bot.cooldowns import Cooldowns
from bot.failures import Declined
from bot.library import Library
from bot.replies import PICK, Replies
from bot.replying import Reply
from knowledge.base import KnowledgeBase
from knowledge.outcomes import Answer, Clarify, NotStated, Outcome, OutOfScope, Quotation

_log = logging.getLogger(__name__)


class Desk:
    """Answers members' questions from whatever is live; each question is answered from one knowledge base."""

    def __init__(
        self,
        library: Library,
        *,
        cooldowns: Cooldowns,
        conversations: Conversations,
        question_max_length: int,
        contact: str,
    ) -> None:
        self.library = library
        self.contact = contact
        self._cooldowns = cooldowns
        self._conversations = conversations
        self._most = question_max_length

    def ask(
        self,
        question: str,
        asker: Asker,
        *,
        follow_up: bool = True,
        removable: bool = True,
        choose: str = PICK,
    ) -> Reply:
        """Answer a question, or raise Declined when it is too long or comes too soon.

        A title is answered by its very fact. `follow_up` tells whether the question may lean on earlier ones;
        for the other two see Replies.
        """
        question = self._accepted(question, asker)
        started = time.perf_counter()
        base = self.library.current
        outcome = self._outcome(base, question, asker, follow_up=follow_up)
        if follow_up:
            self._remember(asker, outcome)
        _log.info(
            "%s in %.1f ms",
            type(outcome).__name__,
            (time.perf_counter() - started) * 1000,
            extra={"outcome": type(outcome).__name__, "record": _record(outcome), "version": base.version},
        )
        return self.replies(asker, removable=removable, choose=choose, base=base).outcome(outcome)

    def find(self, question: str, asker: Asker, base: KnowledgeBase) -> Quotation | None:
        """Find the sentence that answers a question, or raise Declined as above."""
        outcome = self._outcome(base, self._accepted(question, asker), asker, follow_up=False)
        return outcome.quotation if isinstance(outcome, Answer) else None

    def pick(self, fact_id: str, asker: Asker, *, removable: bool = True, choose: str = PICK) -> Reply:
        """Answer with the fact somebody chose by a button or in a list."""
        base = self.library.current
        replies = self.replies(asker, removable=removable, choose=choose, base=base)
        answer = base.answer(fact_id)
        if answer is None:
            return replies.gone()
        self._remember(asker, answer)
        return replies.answer(answer)

    def more(self, fact_id: str, asker: Asker) -> Reply:
        """Show what stands around a fact's sentence and what is related to it."""
        base = self.library.current
        replies = self.replies(asker, base=base)
        quotation = base.quotation(fact_id)
        return replies.more(quotation) if quotation else replies.gone()

    def replies(
        self, asker: Asker, *, removable: bool = True, choose: str = PICK, base: KnowledgeBase | None = None
    ) -> Replies:
        """Return what words replies for this person."""
        return Replies(
            base or self.library.current,
            user=asker.user,
            contact=self.contact,
            removable=removable,
            choose=choose,
        )

    def suggest(self, typed: str) -> list[str]:
        """List the titles somebody may mean who has typed so far, each once."""
        facts = self.library.current.suggest(typed[: self._most])
        return list(dict.fromkeys(fact.title for fact in facts))

    def _accepted(self, question: str, asker: Asker) -> str:
        question = question.strip()
        if len(question) > self._most:
            raise Declined(texts.too_long(self._most, len(question)))
        if seconds := self._cooldowns.wait(asker.user):
            raise Declined(texts.too_soon(seconds))
        return question

    def _outcome(self, base: KnowledgeBase, question: str, asker: Asker, *, follow_up: bool) -> Outcome:
        named = next((fact.id for fact in base.facts if fact.title == question), None)
        if named and (answer := base.answer(named)):
            return answer
        if not follow_up:
            return base.ask(question)
        return base.ask(question, self._conversations.of(asker).recent(self._conversations.now()))

    def _remember(self, asker: Asker, outcome: Outcome) -> None:
        """Let what was asked lend to the next question."""
        now = self._conversations.now()
        self._conversations.keep(asker, self._conversations.of(asker).recent(now).after(outcome, now))


def _record(outcome: Outcome) -> str:
    """Name the record that an outcome is about, "" for none."""
    match outcome:
        case Answer():
            return outcome.quotation.fact.id
        case NotStated():
            return outcome.topic.id
        case Clarify() | OutOfScope():
            return ""
