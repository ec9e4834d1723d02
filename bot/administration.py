"""The commands of the people who run the bot: reload, status, check and why."""

import logging
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot import admin_texts as texts
from bot.admins import Admins, AdminSettings
from bot.client import Part
from bot.controls import Button, Press, Row, Style, view_of
from bot.failures import Declined
from bot.library import Candidate, Conflict, Library
from bot.notes import Note
from bot.previews import Previews
from knowledge.problems import LoadError

if TYPE_CHECKING:
    from bot.client import AnyCommand, Interaction

PUBLISH, CANCEL = "publish", "cancel"

_log = logging.getLogger(__name__)


class FactsCommands(app_commands.Group):
    """`/facts`, which exists in the home server only and answers admins only, privately.

    Discord hides it from members without Manage Server; servers may change that, so every command and every
    press of a button is checked here as well.
    """

    def __init__(self, *, library: Library, settings: AdminSettings) -> None:
        if settings.home_guild_id is None:
            raise ValueError("the commands need a home server to exist in")
        super().__init__(
            name="facts",
            description=texts.GROUP,
            guild_ids=[settings.home_guild_id],
            guild_only=True,
            default_permissions=discord.Permissions(manage_guild=True),
        )
        self._library = library
        self._admins = Admins(settings)
        self._previews = Previews()

    @property
    def presses(self) -> Mapping[str, Press]:
        """Return what presses on its buttons do."""
        return {PUBLISH: self._publish, CANCEL: self._cancel}

    async def interaction_check(self, interaction: "Interaction", /) -> bool:  # type: ignore[override]
        """Let admins through; everybody else gets NotAnAdmin."""
        await self._admins.demand(interaction)
        return True

    @app_commands.command(description=texts.RELOAD)
    async def reload(self, interaction: "Interaction") -> None:
        """Prepare the records and offer to publish them."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        try:
            candidate = await self._library.prepare()
        except LoadError as error:
            await _show(interaction, texts.problems(error.problems, texts.OLD_FACTS_LIVE))
            return
        if not candidate.changes.anything:
            await _show(interaction, Note([texts.NOTHING_NEW]))
            return
        await _show(interaction, texts.preview(candidate), [_buttons(self._previews.keep(candidate))])

    @app_commands.command(description=texts.STATUS)
    async def status(self, interaction: "Interaction") -> None:
        """Tell what is live."""
        note = texts.status(self._library.live)
        await interaction.response.send_message(note.content, ephemeral=True)

    @app_commands.command(description=texts.CHECK)
    async def check(self, interaction: "Interaction") -> None:
        """Tell all problems of the records as they are now."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        try:
            note = texts.checked(await self._library.check())
        except LoadError as error:
            note = texts.problems(error.problems)
        await _show(interaction, note)

    @app_commands.command(description=texts.WHY)
    @app_commands.describe(question=texts.WHY_QUESTION)
    async def why(self, interaction: "Interaction", question: app_commands.Range[str, 1, 1000]) -> None:
        """Tell why a question gets the reply it gets."""
        note = texts.why(self._library.current.ask(question))
        await interaction.response.send_message(note.content, files=note.files(), ephemeral=True)

    async def _publish(self, interaction: "Interaction", words: Sequence[str]) -> None:
        await self._admins.demand(interaction)
        candidate = self._previews.take(words)
        if candidate is None:
            raise Declined(texts.PREVIEW_GONE)
        await _settle(interaction, await self._published(candidate, interaction.user.display_name))

    async def _published(self, candidate: Candidate, by: str) -> str:
        try:
            live = await self._library.publish(candidate, by=by)
        except Conflict as error:
            return texts.conflict(error.live)
        _log.info(
            "Version %s was published in place of %s", live.base.version, candidate.replaces.base.version
        )
        return texts.published(live)

    async def _cancel(self, interaction: "Interaction", words: Sequence[str]) -> None:
        await self._admins.demand(interaction)
        self._previews.take(words)
        await _settle(interaction, texts.CANCELLED)


class Administration(Part):
    """The part of the bot that its admins see; there is none without a home server."""

    def __init__(self, *, library: Library, settings: AdminSettings) -> None:
        self._group = FactsCommands(library=library, settings=settings) if settings.home_guild_id else None

    def commands(self) -> Sequence["AnyCommand"]:
        """Return the group of commands, which names the home server as its place."""
        return (self._group,) if self._group else ()

    def presses(self) -> Mapping[str, Press]:
        """Return what presses on its buttons do."""
        return self._group.presses if self._group else {}


def _buttons(key: str) -> Row:
    return Button(texts.PUBLISH, PUBLISH, (key,), Style.success), Button(texts.CANCEL, CANCEL, (key,))


async def _show(interaction: "Interaction", note: Note, rows: Sequence[Row] = ()) -> None:
    """Fill the answer that was deferred."""
    view = view_of(rows) if rows else None
    await interaction.edit_original_response(content=note.content, attachments=note.files(), view=view)


async def _settle(interaction: "Interaction", text: str) -> None:
    """Answer a press by closing the preview it was on."""
    await interaction.response.edit_message(content=text, attachments=[], view=None)
