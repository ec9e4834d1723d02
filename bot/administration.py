"""The commands of the people who run the bot, in their own server, for them alone."""

from collections.abc import Mapping, Sequence

import discord
from discord import app_commands

from bot import admin_texts as texts
from bot.admins import Admins, AdminSettings
from bot.auditing import Auditor
from bot.client import AnyCommand, Interaction, Part
from bot.controls import Press
from bot.curating import Curating
from bot.draft_editor import DraftEditor
from bot.exchange import Exchange
from bot.gap_search import GapSearch
from bot.history import History
from bot.inspecting import Inspecting
from bot.journal import Storage
from bot.library import Library
from bot.previews import Previews
from bot.reloading import Reloading
from bot.reporting import Reporting


class FactsCommands(app_commands.Group):
    """`/facts`, which exists in the home server only.

    Discord hides it from members without Manage Server; servers may change that, so every command is checked
    here as well.
    """

    def __init__(self, home_guild: int, admins: Admins, auditor: Auditor) -> None:
        super().__init__(
            name="facts",
            description=texts.GROUP,
            guild_ids=[home_guild],
            guild_only=True,
            default_permissions=discord.Permissions(manage_guild=True),
        )
        self._admins = admins
        self._auditor = auditor

    async def interaction_check(self, interaction: Interaction, /) -> bool:  # type: ignore[override]
        """Let admins through, and note what they use; everybody else gets NotAnAdmin."""
        await self._admins.demand(interaction)
        if interaction.type is discord.InteractionType.application_command:
            self._auditor.used(interaction)
        return True


class Administration(Part):
    """The part of the bot that its admins see; there is none without a home server.

    Without a storage there is nothing to read back, so only what needs none is there.
    """

    def __init__(self, *, library: Library, settings: AdminSettings, storage: Storage | None = None) -> None:
        self._admins = Admins(settings)
        self._home = settings.home_guild_id
        self.auditor = Auditor(
            storage.audit if storage else None, home_guild=self._home, channel=settings.audit_channel_id
        )
        previews = Previews()
        self._parts: list[Part] = [
            Reloading(library, previews, self.auditor, storage),
            Inspecting(library, storage),
        ]
        if storage:
            search = GapSearch(library, storage.reader)
            editor = DraftEditor(library, storage)
            self._parts += [
                Curating(library, search, editor, self._admins, self.auditor),
                Exchange(editor, self.auditor),
                History(library, storage, previews),
                Reporting(library, storage.reader, search),
            ]

    def commands(self) -> Sequence[AnyCommand]:
        """Make the group of commands, which names the home server as its place."""
        if self._home is None:
            return ()
        group = FactsCommands(self._home, self._admins, self.auditor)
        for part in self._parts:
            for command in part.commands():
                if isinstance(command, app_commands.Command):
                    group.add_command(command)
        return (group,)

    def presses(self) -> Mapping[str, Press]:
        """Return what presses on the buttons do, for admins only."""
        return {
            action: self._guarded(press) for part in self._parts for action, press in part.presses().items()
        }

    def _guarded(self, press: Press) -> Press:
        async def guarded(interaction: Interaction, words: Sequence[str]) -> None:
            await self._admins.demand(interaction)
            await press(interaction, words)

        return guarded
