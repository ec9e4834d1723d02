"""A question in, a reply out: what all the ways of asking have in common."""

import logging
import time

from bot import texts
from bot.conversations import Asker, Conversations
from bot.cooldowns import Cooldowns
from bot.failures import Declined, Unanswered
from bot.journal import OutcomeKind
from bot.library import Library
from bot.replies import INSTEAD, PICK, Replies
from bot.replying import Reply
from bot.scribe import Asked, Scribe, Ticket, kind_of
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
        scribe: Scribe,
        question_max_length: int,
        contact: str,
    ) -> None:
        self.library = library
        self.contact = contact
        self._cooldowns = cooldowns
        self._conversations = conversations
        self._scribe = scribe
        self._most = question_max_length

    def ask(
        self, asked: Asked, *, follow_up: bool = True, removable: bool = True, choose: str = PICK
    ) -> Reply:
        """Answer a question, or raise Declined when it is too long or comes too soon.

        A title is answered by its very fact. `follow_up` tells whether the question may lean on earlier ones;
        for the other two see Replies.
        """
        base, asker = self.library.current, asked.asker
        if refusal := self._refusal(asked.text, asker):
            kind, words = refusal
            ticket = self._scribe.write(asked, kind, version=base.version)
            raise Declined(words, self.replies(asker, base=base, ticket=ticket).forgetting())
        try:
            outcome, kind = self._outcome(base, asked.text.strip(), asker, follow_up=follow_up)
        except Exception as error:
            ticket = self._scribe.write(asked, OutcomeKind.FAILED, version=base.version)
            raise Unanswered(self.replies(asker, base=base, ticket=ticket).forgetting()) from error
        if follow_up:
            self._remember(asker, outcome)
        self._log(outcome, asked, base)
        ticket = self._scribe.write(asked, kind, version=base.version, outcome=outcome)
        replies = self.replies(asker, removable=removable, choose=choose, base=base, ticket=ticket)
        return replies.outcome(outcome)

    def find(self, question: str, asker: Asker, base: KnowledgeBase) -> Quotation | None:
        """Find the sentence that answers a question, or raise Declined as above."""
        if refusal := self._refusal(question, asker):
            raise Declined(refusal[1])
        outcome, _ = self._outcome(base, question.strip(), asker, follow_up=False)
        return outcome.quotation if isinstance(outcome, Answer) else None

    def pick(
        self, fact_id: str, asker: Asker, *, removable: bool = True, choose: str = PICK, handle: str = ""
    ) -> Reply:
        """Answer with the fact somebody chose by a button or in a list.

        `handle` is that of the question for which it was offered; after an answer that was not meant
        (INSTEAD) the question stays as it ended.
        """
        base = self.library.current
        answer = base.answer(fact_id)
        if answer is None:
            return self.replies(asker, base=base).gone()
        self._remember(asker, answer)
        if choose == INSTEAD:
            ticket = self._scribe.ticket(handle, asker.user)
        else:
            ticket = self._scribe.end(handle, asker.user, OutcomeKind.CHOSEN, fact_id)
        replies = self.replies(asker, removable=removable, choose=choose, base=base, ticket=ticket)
        return replies.answer(answer)

    def none_of_these(self, asker: Asker, handle: str = "") -> Reply:
        """Say what else to do when no candidate was meant."""
        ticket = self._scribe.end(handle, asker.user, OutcomeKind.NONE_OF_THESE)
        return self.replies(asker, ticket=ticket).none_of_these()

    def more(self, fact_id: str, asker: Asker) -> Reply:
        """Show what stands around a fact's sentence and what is related to it."""
        base = self.library.current
        replies = self.replies(asker, base=base)
        quotation = base.quotation(fact_id)
        return replies.more(quotation) if quotation else replies.gone()

    def replies(
        self,
        asker: Asker,
        *,
        removable: bool = True,
        choose: str = PICK,
        base: KnowledgeBase | None = None,
        ticket: Ticket | None = None,
    ) -> Replies:
        """Return what words replies for this person."""
        return Replies(
            base or self.library.current,
            user=asker.user,
            contact=self.contact,
            removable=removable,
            choose=choose,
            ticket=ticket,
        )

    def forget(self) -> None:
        """Let go of what was only to be remembered for a while."""
        self._conversations.forget()
        self._cooldowns.forget()

    def drop(self, user: int) -> None:
        """Let go of what somebody asked before."""
        self._conversations.drop(user)

    def suggest(self, typed: str) -> list[str]:
        """List the titles somebody may mean who has typed so far, each once."""
        facts = self.library.current.suggest(typed[: self._most])
        return list(dict.fromkeys(fact.title for fact in facts))

    def _refusal(self, question: str, asker: Asker) -> tuple[OutcomeKind, str] | None:
        """Say why a question is not answered, None when it is."""
        if (length := len(question.strip())) > self._most:
            return OutcomeKind.TOO_LONG, texts.too_long(self._most, length)
        if seconds := self._cooldowns.wait(asker.user):
            return OutcomeKind.COOLDOWN, texts.too_soon(seconds)
        return None

    def _outcome(
        self, base: KnowledgeBase, question: str, asker: Asker, *, follow_up: bool
    ) -> tuple[Outcome, OutcomeKind]:
        named = next((fact.id for fact in base.facts if fact.title == question), None)
        if named and (answer := base.answer(named)):
            return answer, OutcomeKind.CHOSEN
        now = self._conversations.now()
        earlier = self._conversations.of(asker).recent(now) if follow_up else None
        outcome = base.ask(question, earlier)
        return outcome, kind_of(outcome)

    def _remember(self, asker: Asker, outcome: Outcome) -> None:
        """Let what was asked lend to the next question."""
        now = self._conversations.now()
        self._conversations.keep(asker, self._conversations.of(asker).recent(now).after(outcome, now))

    @staticmethod
    def _log(outcome: Outcome, asked: Asked, base: KnowledgeBase) -> None:
        _log.info(
            "%s in %.1f ms",
            type(outcome).__name__,
            (time.perf_counter() - asked.began) * 1000,
            extra={"outcome": type(outcome).__name__, "record": _record(outcome), "version": base.version},
        )


def _record(outcome: Outcome) -> str:
    """Name the record that an outcome is about, "" for none."""
    match outcome:
        case Answer():
            return outcome.quotation.fact.id
        case NotStated():
            return outcome.topic.id
        case Clarify() | OutOfScope():
            return ""
