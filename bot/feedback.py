"""What members think of an answer, and the deletion of a question."""

from collections.abc import Mapping, Sequence

from bot import texts
from bot.asking import asker_of
from bot.client import Interaction, Part
from bot.controls import Press
from bot.desk import Desk
from bot.failures import Declined
from bot.journal import StorageError
from bot.replies import FORGET, INSTEAD, NOT_IT, YES
from bot.replying import Reply, respond
from bot.scribe import Scribe, Ticket


class Feedback(Part):
    """Takes votes from askers only, and forgets their questions; all private."""

    def __init__(self, desk: Desk, scribe: Scribe) -> None:
        self._desk = desk
        self._scribe = scribe

    def presses(self) -> Mapping[str, Press]:
        """Tell what the buttons do."""
        return {YES: self._yes, NOT_IT: self._not_it, FORGET: self._forget}

    async def _yes(self, interaction: Interaction, words: Sequence[str]) -> None:
        ticket, _ = self._asked(interaction, words)
        kept = self._scribe.vote(ticket, interaction.user.id, helpful=True)
        replies = self._desk.replies(asker_of(interaction), ticket=ticket)
        await respond(interaction, replies.helped(kept=kept), private=True)

    async def _not_it(self, interaction: Interaction, words: Sequence[str]) -> None:
        ticket, others = self._asked(interaction, words)
        kept = self._scribe.vote(ticket, interaction.user.id, helpful=False)
        replies = self._desk.replies(asker_of(interaction), choose=INSTEAD, ticket=ticket)
        await respond(interaction, replies.not_it(others, kept=kept), private=True)

    async def _forget(self, interaction: Interaction, words: Sequence[str]) -> None:
        ticket, _ = self._asked(interaction, words)
        try:
            gone = await self._scribe.forget(ticket)
        except StorageError:
            raise Declined(texts.FORGET_LATER) from None
        await respond(interaction, Reply(texts.FORGOTTEN if gone else texts.NOT_KEPT), private=True)

    def _asked(self, interaction: Interaction, words: Sequence[str]) -> tuple[Ticket, Sequence[str]]:
        """Return the ticket of a question that the person who pressed has asked, and the other words."""
        handle, mark, *others = words
        ticket = Ticket(handle, mark)
        if not self._scribe.is_asker(ticket, interaction.user.id):
            raise Declined(texts.NOT_YOURS_TO_JUDGE)
        return ticket, others
