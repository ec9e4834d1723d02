"""What is kept of what people ask, said where they ask, and their say in it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from discord import app_commands

from bot import privacy_texts as words
from bot import texts
from bot.client import AnyCommand, Interaction, Part
from bot.controls import Button, Press, Row
from bot.desk import Desk
from bot.failures import Declined
from bot.journal import Storage, StorageError
from bot.replying import Reply, replace, respond

OPT_OUT, OPT_IN, DELETION = "optout", "optin", "deletion"


class Privacy(Part):
    """Tells what is kept and for how long; the answer depends on the settings and on who asks.

    `retention_days` is for how many days questions are kept, None when they are not.
    """

    def __init__(
        self,
        desk: Desk,
        storage: Storage | None,
        *,
        conversation_seconds: float,
        cooldown_seconds: float,
        retention_days: int | None,
    ) -> None:
        self._desk = desk
        self._opt_outs = storage.opt_outs if storage else None
        self._minutes = round(conversation_seconds / 60)
        self._seconds = round(cooldown_seconds)
        self._days = retention_days

    def commands(self) -> Sequence[AnyCommand]:
        """Make /privacy."""

        @app_commands.command(description=texts.PRIVACY)
        async def privacy(interaction: Interaction) -> None:
            await respond(interaction, self._notice(interaction), private=True)

        return (privacy,)

    def presses(self) -> Mapping[str, Press]:
        """Tell what the buttons do."""
        return {OPT_OUT: self._stop, OPT_IN: self._record_again, DELETION: self._delete}

    async def _stop(self, interaction: Interaction, _: Sequence[str]) -> None:
        if self._opt_outs:
            await self._change(self._opt_outs.add, interaction)
        await replace(interaction, self._notice(interaction, words.STOPPED))

    async def _record_again(self, interaction: Interaction, _: Sequence[str]) -> None:
        if self._opt_outs:
            await self._change(self._opt_outs.remove, interaction)
        await replace(interaction, self._notice(interaction, words.RECORDING if self._days else ""))

    async def _delete(self, interaction: Interaction, _: Sequence[str]) -> None:
        self._desk.drop(interaction.user.id)
        text = words.deletion(self._days, opted_out=self._opted_out(interaction))
        await replace(interaction, Reply(text, self._rows(interaction)))

    def _notice(self, interaction: Interaction, done: str = "") -> Reply:
        opted_out = self._opted_out(interaction)
        text = words.notice(self._minutes, self._seconds, self._days, opted_out=opted_out)
        return Reply("\n".join(filter(None, (done, text))), self._rows(interaction))

    def _rows(self, interaction: Interaction) -> tuple[Row, ...]:
        delete = Button(words.DELETE, DELETION)
        if self._opted_out(interaction):
            return ((Button(words.RECORD_AGAIN, OPT_IN), delete),)
        if self._days is None or self._opt_outs is None:
            return ()
        return ((Button(words.STOP_RECORDING, OPT_OUT), delete),)

    def _opted_out(self, interaction: Interaction) -> bool:
        return self._opt_outs is not None and self._opt_outs.includes(interaction.user.id)

    @staticmethod
    async def _change(change: Callable[[int], Awaitable[None]], interaction: Interaction) -> None:
        try:
            await change(interaction.user.id)
        except StorageError:
            raise Declined(texts.STORE_AWAY) from None
