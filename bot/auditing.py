"""What admins do, told to the audit table and to a channel of the home server."""

import asyncio
import logging
from collections.abc import Coroutine, Mapping
from typing import TYPE_CHECKING, Any

import discord

from bot import admin_texts as texts
from bot.admins import admin_of
from bot.journal import Admin, AuditLog, StorageError
from bot.limits import fitted

if TYPE_CHECKING:
    from bot.client import Interaction

_log = logging.getLogger(__name__)


class Auditor:
    """Notes what admins do, without keeping them waiting and without failing them.

    No member's words belong into a note, except those an admin puts into the records.
    """

    def __init__(self, log: AuditLog | None, *, home_guild: int | None, channel: int | None) -> None:
        self._table = log
        self._home = home_guild
        self._channel = channel
        self._under_way: set[asyncio.Task[None]] = set()

    def used(self, interaction: "Interaction") -> None:
        """Note that a command was used."""
        name = interaction.command.qualified_name if interaction.command else "?"
        self.did(interaction, f"/{name}", said=texts.used(f"/{name}"))

    def did(
        self, interaction: "Interaction", action: str, detail: Mapping[str, Any] | None = None, *, said: str
    ) -> None:
        """Note something in the table, and tell the channel that the admin did what is `said`."""
        if self._table:
            self._start(self._note(self._table, admin_of(interaction), action, detail))
        self.tell(interaction, said)

    def tell(self, interaction: "Interaction", said: str) -> None:
        """Tell the channel alone: what changes records notes itself in the table."""
        if self._channel:
            text = texts.audited(interaction.user.display_name, said)
            self._start(self._post(interaction.client, self._channel, text))

    async def settle(self) -> None:
        """Wait until all is noted."""
        while self._under_way:
            await asyncio.gather(*self._under_way)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _note(self, log: AuditLog, by: Admin, action: str, detail: Mapping[str, Any] | None) -> None:
        try:
            await log.add(by, action, detail)
        except StorageError as error:
            _log.warning("%s could not be noted in the audit: %s", action, error)

    async def _post(self, client: discord.Client, channel_id: int, text: str) -> None:
        try:
            channel = client.get_channel(channel_id) or await client.fetch_channel(channel_id)
            guild = getattr(channel, "guild", None)
            if not isinstance(channel, discord.abc.Messageable) or guild is None or guild.id != self._home:
                _log.warning("The audit channel %s is no text channel of the home server", channel_id)
                return
            await channel.send(fitted([text]), silent=True, suppress_embeds=True)
        except discord.HTTPException as error:
            _log.warning("The audit channel cannot be told anything: %s", error)
