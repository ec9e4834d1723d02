"""Looking at what is live and why a question gets its reply."""

from collections.abc import Sequence

from discord import app_commands

from bot import admin_notes as notes
from bot import admin_texts as texts
from bot.client import AnyCommand, Interaction, Part
from bot.journal import Storage, StorageError
from bot.library import Library
from bot.notes import Note
from bot.showing import defer, show, tell


class Inspecting(Part):
    """`/facts status` and `why`."""

    def __init__(self, library: Library, storage: Storage | None) -> None:
        self._library = library
        self._storage = storage

    def commands(self) -> Sequence[AnyCommand]:
        """Make the two commands."""

        @app_commands.command(description=texts.STATUS)
        async def status(interaction: Interaction) -> None:
            await defer(interaction)
            await show(interaction, await self._status())

        @app_commands.command(description=texts.WHY)
        @app_commands.describe(question=texts.WHY_QUESTION)
        async def why(interaction: Interaction, question: app_commands.Range[str, 1, 1000]) -> None:
            await tell(interaction, notes.why(self._library.current.ask(question)))

        return status, why

    async def _status(self) -> Note:
        if self._storage is None:
            return notes.status(self._library.live)
        try:
            draft = await self._storage.draft.read()
            live = await self._storage.versions.live_number()
        except StorageError as error:
            more = [texts.database_away(error)]
        else:
            more = texts.draft(draft)
            if live != self._library.live.number:
                more.append(texts.another_is_live(live))
        return notes.status(self._library.live, [*more, texts.journal(self._storage.recorder.status())])
