"""Outcomes as messages: the words, and the buttons below them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot import texts
from bot.controls import Button, Row, fit
from bot.escaping import literal, quoted
from bot.limits import BUTTONS_IN_ROW, CONTENT, cut, fitted, length
from bot.replying import Reply
from bot.scribe import Ticket
from knowledge.announcement import Announcement, Sentence
from knowledge.base import KnowledgeBase
from knowledge.outcomes import Answer, Clarify, Evidence, NotStated, Outcome, OutOfScope, Quotation

MORE, PICK, TELL, NONE, REMOVE = "more", "pick", "tell", "none", "remove"
INSTEAD, YES, NOT_IT, FORGET = "instead", "yes", "notit", "forget"

_NEIGHBOUR_ROOM = 800
_MOST_OTHERS = 3


class Replies:
    """Words replies for one knowledge base and one person who asked, whose choices are theirs alone.

    `removable` tells whether others may see the replies; `choose` is what a press on a candidate does: PICK
    turns the message into the answer, TELL also shows the answer to everybody, INSTEAD does as PICK after an
    answer that was not meant. `ticket` is that of the question's row, if it is kept.
    """

    def __init__(
        self,
        base: KnowledgeBase,
        *,
        user: int,
        contact: str,
        removable: bool = True,
        choose: str = PICK,
        ticket: Ticket | None = None,
    ) -> None:
        self._base = base
        self._user = str(user)
        self._contact = contact
        self._removable = removable
        self._choose = choose
        self._ticket = ticket

    def outcome(self, outcome: Outcome) -> Reply:
        """Word whatever a question has ended in."""
        match outcome:
            case Answer():
                return self.answer(outcome)
            case Clarify():
                rows = (*self._choices(outcome.candidates), (self._none(),))
                text = fitted([texts.WHICH_ONE], [self._read_as(outcome.evidence)])
                return self._private(Reply(text, rows, miss=True))
            case NotStated():
                return self._not_stated(outcome)
            case OutOfScope():
                return self._out_of_scope(outcome)

    def answer(self, answer: Answer) -> Reply:
        """Show the sentence, whose it is, where it stands, and what was understood."""
        quotation, evidence = answer.quotation, answer.evidence
        before = [literal(quotation.fact.title)]
        after = self._attribution(quotation.sentence)
        room = CONTENT - length("\n".join((*before, *after))) - 1
        quote = quoted(quotation.sentence.text, quotation.start, quotation.end, room=room)
        text = fitted([*before, quote, *after], [self._read_as(evidence)])
        buttons = [Button(texts.MORE_LIKE_THIS, MORE, (quotation.fact.id,))]
        rows = (*self._votes(answer), (*buttons, *self._removal()))
        return self._private(Reply(text, rows))

    def more(self, quotation: Quotation) -> Reply:
        """Show the sentences around one, and facts about related matter to choose from."""
        before, after = self._base.neighbours(quotation.sentence)
        lines: list[str] = []
        for words, sentence in ((texts.BEFORE_IT, before), (texts.AFTER_IT, after)):
            if sentence:
                quote = quoted(sentence.text, room=_NEIGHBOUR_ROOM)
                lines += [words, quote, *self._attribution(sentence)]
        related = self._base.related(quotation.fact.id, BUTTONS_IN_ROW)
        if related:
            lines.append(texts.RELATED)
        return Reply(fitted(lines or [texts.NOTHING_MORE]), self._choices(related))

    def none_of_these(self) -> Reply:
        """Say what else to do when no candidate was meant."""
        return self._private(Reply(fitted([texts.none_of_these(literal(self._contact))]), miss=True))

    def helped(self, *, kept: bool) -> Reply:
        """Thank for a vote that the answer was the right one."""
        return self._private(Reply(texts.THANKS_FOR_VOTE if kept else texts.VOTE_NOT_KEPT, miss=True))

    def not_it(self, others: Iterable[str], *, kept: bool) -> Reply:
        """Thank for a vote that another answer was wanted, and offer those that came next."""
        found = [quotation for id_ in others if (quotation := self._base.quotation(id_))]
        thanks = texts.SORRY_FOR_ANSWER if kept else texts.VOTE_NOT_KEPT
        text = fitted([thanks, texts.OR_THIS if found else texts.or_ask(literal(self._contact))])
        return self._private(Reply(text, self._choices(found), miss=True))

    def forgetting(self) -> Row | None:
        """Return the row by which the asker can have the question deleted, None when it is not kept."""
        return (Button(texts.FORGET, FORGET, self._ticket.words),) if self._ticket else None

    def gone(self) -> Reply:
        """Say that a record which a button names is not there any more."""
        return Reply(fitted([texts.GONE]), miss=True)

    def _not_stated(self, outcome: NotStated) -> Reply:
        lines = [texts.not_stated(literal(outcome.topic.title))]
        if outcome.nearest:
            start, end = outcome.nearest_span or (0, 0)
            after = self._attribution(outcome.nearest)
            room = CONTENT - length("\n".join((*lines, texts.NEAREST, *after))) - 1
            lines += [texts.NEAREST, quoted(outcome.nearest.text, start, end, room=room), *after]
        extra = [texts.MAY_HELP] if outcome.suggestions else []
        text = fitted(lines, [self._read_as(outcome.evidence), *extra])
        return self._private(Reply(text, self._choices(outcome.suggestions), miss=True))

    def _out_of_scope(self, outcome: OutOfScope) -> Reply:
        lines = [texts.small_talk(outcome.reply)]
        if not outcome.reply:
            lines.append(texts.or_ask(literal(self._contact)))
        if outcome.suggestions:
            lines.append(texts.MAY_HELP)
        # What small talk was read as helps nobody.
        read = [] if outcome.reply else [self._read_as(outcome.evidence)]
        return self._private(
            Reply(fitted(lines, read), self._choices(outcome.suggestions), miss=True, idle=True)
        )

    def _private(self, reply: Reply) -> Reply:
        """Add what is for the asker alone."""
        return replace(reply, private_row=self.forgetting())

    def _attribution(self, sentence: Sentence) -> list[str]:
        return attribution(self._base.announcement, sentence)

    def _choices(self, quotations: Iterable[Quotation]) -> tuple[Row, ...]:
        """One button below the other, so that long titles can be read on a phone."""
        return tuple(
            (Button(one.fact.title, self._choose, self._known(self._choose, self._user, one.fact.id)),)
            for one in quotations
        )

    def _none(self) -> Button:
        return Button(texts.NONE_OF_THESE, NONE, self._known(NONE, self._user))

    def _known(self, action: str, *words: str) -> tuple[str, ...]:
        """Add to a choice's words by what its question is found, unless there is no room."""
        more = (*words, self._ticket.handle) if self._ticket else words
        return more if fit(action, more) else words

    def _votes(self, answer: Answer) -> tuple[Row, ...]:
        """Make the buttons for what the asker thinks of an answer."""
        if self._ticket is None or self._choose == INSTEAD:
            return ()
        known = [*self._ticket.words]
        for match in answer.evidence.matches[: _MOST_OTHERS + 1]:
            other = self._base.quotation(match.id)
            if other and other.sentence != answer.quotation.sentence and fit(NOT_IT, (*known, match.id)):
                known.append(match.id)
        yes = Button(texts.THATS_IT, YES, self._ticket.words)
        return ((yes, Button(texts.NOT_WHAT_I_ASKED, NOT_IT, tuple(known))),)

    def _removal(self) -> Sequence[Button]:
        return [Button(texts.REMOVE, REMOVE, (self._user,))] if self._removable else []

    @staticmethod
    def _read_as(evidence: Evidence) -> str:
        """Tell what was understood otherwise than it was typed, as small print."""
        pairs = tuple((literal(cut(a, 60)), literal(cut(b, 60))) for a, b in evidence.mended)
        read = [texts.read_as(pairs), texts.TAKEN_TOGETHER if evidence.borrowed else ""]
        return f"-# {' '.join(filter(None, read))}" if any(read) else ""


def attribution(announcement: Announcement, sentence: Sentence) -> list[str]:
    """Tell whose words a sentence is and where it stands, a line each."""
    where = texts.place(
        literal(cut(sentence.section, 100)) if sentence.section else "",
        sentence.paragraph,
        announcement.sentences[-1].paragraph,
        sentence.kind,
    )
    lines = [f"-# {where[:1].upper()}{where[1:]}"]
    if speaker := sentence.speaker:
        lines.insert(0, f"— {literal(cut(f'{speaker.name}, {speaker.role}', 250))}")
    return lines
