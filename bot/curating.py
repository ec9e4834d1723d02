"""What was not answered, and turning it into better records."""

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

import discord
from discord import app_commands

from bot import curator_texts as texts
from bot import failures
from bot.admins import Admins, admin_of
from bot.auditing import Auditor
from bot.client import AnyCommand, Interaction, Part
from bot.controls import Press
from bot.draft_editor import DraftEditor, Edited
from bot.drafting import DraftError
from bot.edit_notes import edited_note
from bot.failures import Declined
from bot.gap_pages import ADD, CSV, OPEN, PAGE, TOPIC, back, list_of, one
from bot.gap_search import GapSearch, as_csv
from bot.gaps import Gap
from bot.library import Library
from bot.showing import defer, show

_MOST_QUESTIONS = 25  # of one gap, most asked first; a record with more learns nothing new


class Curating(Part):
    """`/facts gaps` and what its pages lead to."""

    def __init__(
        self, library: Library, search: GapSearch, editor: DraftEditor, admins: Admins, auditor: Auditor
    ) -> None:
        self._library = library
        self._search = search
        self._editor = editor
        self._admins = admins
        self._auditor = auditor

    def commands(self) -> Sequence[AnyCommand]:
        """Make the command."""

        @app_commands.command(description=texts.GAPS)
        @app_commands.describe(days=texts.GAPS_DAYS)
        async def gaps(interaction: Interaction, days: app_commands.Range[int, 1, 3650] = 30) -> None:
            await defer(interaction)
            await show(interaction, *list_of(await self._search.search(days), 0))

        return (gaps,)

    def presses(self) -> Mapping[str, Press]:
        """Tell what the menus and buttons do."""
        return {PAGE: self._page, OPEN: self._open, ADD: self._add, TOPIC: self._topic, CSV: self._csv}

    async def _page(self, interaction: Interaction, words: Sequence[str]) -> None:
        key, page = words
        found = self._search.found(key)
        await interaction.response.defer()
        await show(interaction, *list_of(found, int(page)))

    async def _open(self, interaction: Interaction, words: Sequence[str]) -> None:
        key, number = words
        found = self._search.found(key)
        await interaction.response.defer()
        await show(interaction, *one(found, int(number), self._library.current))

    async def _add(self, interaction: Interaction, words: Sequence[str]) -> None:
        key, number, record_id = words
        gap = self._search.gap(key, number)
        await interaction.response.defer()
        try:
            edited = await self._editor.add_questions(record_id, _questions(gap), by=admin_of(interaction))
        except DraftError as error:
            raise Declined(str(error)) from None
        if edited.added:
            said = texts.audited_questions(len(edited.added), record_id)
            self._auditor.tell(interaction, said)
        text = texts.questions_added(len(edited.added), record_id, edited.file)
        await self._show_edited(interaction, edited, text, key, number)

    async def _topic(self, interaction: Interaction, words: Sequence[str]) -> None:
        key, number = words
        gap = self._search.gap(key, number)
        await interaction.response.send_modal(TopicForm(self, gap, key, number))

    async def add_topic(
        self, interaction: Interaction, form: "TopicForm", gap: Gap, key: str, number: str
    ) -> None:
        """Make the topic that a form describes."""
        await self._admins.demand(interaction)
        await interaction.response.defer()
        try:
            edited = await self._editor.add_topic(
                form.record_id.value.strip(),
                form.topic.value.strip(),
                _questions(gap),
                form.nearest.value.strip() or None,
                by=admin_of(interaction),
            )
        except DraftError as error:
            raise Declined(str(error)) from None
        if edited.added:
            self._auditor.tell(interaction, texts.audited_topic(form.record_id.value.strip()))
        text = texts.topic_added(form.record_id.value.strip(), len(edited.added), edited.file)
        await self._show_edited(interaction, edited, text, key, number)

    async def _show_edited(
        self, interaction: Interaction, edited: Edited, text: str, key: str, number: str
    ) -> None:
        await show(interaction, edited_note(edited, text), [(back(key, int(number)),)])

    async def _csv(self, interaction: Interaction, words: Sequence[str]) -> None:
        (key,) = words
        found = self._search.found(key)
        file = discord.File(io.BytesIO(as_csv(found.gaps)), "gaps.csv")
        self._auditor.did(interaction, "gaps.csv", {"gaps": len(found.gaps)}, said=texts.AUDITED_CSV)
        await interaction.response.send_message(texts.GAPS_FILE, file=file, ephemeral=True)


class TopicForm(discord.ui.Modal):
    """Asks for what a topic that is not stated needs besides its questions."""

    def __init__(self, curating: Curating, gap: Gap, key: str, number: str) -> None:
        super().__init__(title=texts.TOPIC_FORM)
        self._curating = curating
        self._gap = gap
        self._place = (key, number)
        self.topic: discord.ui.TextInput[Any] = discord.ui.TextInput(max_length=160)
        self.record_id: discord.ui.TextInput[Any] = discord.ui.TextInput(
            max_length=64, default=_id_for(gap.wordings[0].text)
        )
        self.nearest: discord.ui.TextInput[Any] = discord.ui.TextInput(
            required=False, max_length=1000, style=discord.TextStyle.paragraph
        )
        for text, hint, field in (
            (texts.TOPIC_TITLE, texts.TOPIC_TITLE_HINT, self.topic),
            (texts.TOPIC_ID, texts.TOPIC_ID_HINT, self.record_id),
            (texts.TOPIC_NEAREST, texts.TOPIC_NEAREST_HINT, self.nearest),
        ):
            self.add_item(discord.ui.Label(text=text, description=hint, component=field))

    async def on_submit(self, interaction: Interaction, /) -> None:  # type: ignore[override]
        """Hand the answers on."""
        await self._curating.add_topic(interaction, self, self._gap, *self._place)

    async def on_error(self, interaction: Interaction, error: Exception, /) -> None:  # type: ignore[override]
        """Tell of errors the way everything else does."""
        await failures.report(interaction, error)


def _questions(gap: Gap) -> list[str]:
    return [wording.text for wording in gap.wordings[:_MOST_QUESTIONS]]


def _id_for(question: str) -> str:
    """Suggest an id made of a question's words."""
    words = re.findall(r"[a-z0-9]+", question.lower())
    return "-".join(words)[:40].strip("-") or "new-topic"
