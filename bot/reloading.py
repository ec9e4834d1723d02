"""Reading the records again, and publishing what comes of it."""

import logging
from collections.abc import Mapping, Sequence

from discord import app_commands

from bot import admin_notes as notes
from bot import admin_texts as texts
from bot.admins import admin_of
from bot.auditing import Auditor
from bot.client import AnyCommand, Interaction, Part
from bot.controls import Press, Row
from bot.failures import Declined
from bot.journal import Storage, StorageError
from bot.library import Candidate, Conflict, Library
from bot.notes import Note
from bot.previews import CANCEL, DISCARD, PUBLISH, Previews, discarding
from bot.showing import defer, show
from knowledge.problems import LoadError

_log = logging.getLogger(__name__)


class Reloading(Part):
    """`/facts reload` and `check`, and the buttons below what they show."""

    def __init__(
        self, library: Library, previews: Previews, auditor: Auditor, storage: Storage | None
    ) -> None:
        self._library = library
        self._previews = previews
        self._auditor = auditor
        self._storage = storage

    def commands(self) -> Sequence[AnyCommand]:
        """Make the two commands."""

        @app_commands.command(description=texts.RELOAD)
        async def reload(interaction: Interaction) -> None:
            await defer(interaction)
            try:
                candidate = await self._library.prepare()
            except LoadError as error:
                note = notes.problems(error.problems, texts.OLD_FACTS_LIVE)
                await show(interaction, note, await self._draft_buttons())
                return
            if candidate.changes.anything:
                await self._previews.show(interaction, candidate)
            else:
                await show(interaction, Note([texts.NOTHING_NEW]), await self._draft_buttons())

        @app_commands.command(description=texts.CHECK)
        async def check(interaction: Interaction) -> None:
            await defer(interaction)
            try:
                note = notes.checked(await self._library.check())
            except LoadError as error:
                note = notes.problems(error.problems)
            await show(interaction, note)

        return reload, check

    def presses(self) -> Mapping[str, Press]:
        """Tell what the buttons do."""
        return {PUBLISH: self._publish, CANCEL: self._cancel, DISCARD: self._discard}

    async def _publish(self, interaction: Interaction, words: Sequence[str]) -> None:
        candidate = self._previews.take(words)
        if candidate is None:
            raise Declined(texts.PREVIEW_GONE)
        await interaction.response.defer()
        try:
            text = await self._published(interaction, candidate)
        except StorageError:
            self._previews.put_back(words, candidate)
            raise
        await show(interaction, Note([text]))

    async def _published(self, interaction: Interaction, candidate: Candidate) -> str:
        try:
            live = await self._library.publish(candidate, by=admin_of(interaction))
        except Conflict as error:
            return texts.conflict(error.live)
        old = candidate.replaces
        _log.info("Version %s was published in place of %s", live.base.version, old.base.version)
        self._auditor.tell(interaction, texts.audited_publish(old, live, candidate.wanted.restores))
        return texts.published(live)

    async def _cancel(self, interaction: Interaction, words: Sequence[str]) -> None:
        self._previews.take(words)
        await interaction.response.defer()
        await show(interaction, Note([texts.CANCELLED]))

    async def _discard(self, interaction: Interaction, words: Sequence[str]) -> None:
        """Throw the draft away, unless somebody changed it since the button was shown."""
        if self._storage is None:
            raise Declined(texts.PREVIEW_GONE)
        await interaction.response.defer()
        (revision,) = words
        await self._storage.draft.clear(revision=int(revision), by=admin_of(interaction))
        self._auditor.tell(interaction, texts.AUDITED_DISCARD)
        await show(interaction, Note([texts.DISCARDED]))

    async def _draft_buttons(self) -> list[Row]:
        if self._storage is None:
            return []
        draft = await self._storage.draft.read()
        return [tuple(discarding(draft.revision))] if draft.files else []
