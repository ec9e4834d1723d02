"""Records as files: edited ones into the draft, and all of them out."""

import asyncio
import io
import zipfile
from collections.abc import Mapping, Sequence

import discord
from discord import app_commands

from bot import curator_texts as texts
from bot.admins import admin_of
from bot.auditing import Auditor
from bot.client import AnyCommand, Interaction, Part
from bot.draft_editor import DraftEditor
from bot.edit_notes import edited_note
from bot.failures import Declined
from bot.record_files import SUFFIX
from bot.showing import defer, show

LARGEST_FILE = 1024 * 1024

# A zip keeps no time before 1980, and the same records are to give the same bytes.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


class Exchange(Part):
    """`/facts upload` and `export`."""

    def __init__(self, editor: DraftEditor, auditor: Auditor) -> None:
        self._editor = editor
        self._auditor = auditor

    def commands(self) -> Sequence[AnyCommand]:
        """Make the two commands."""

        @app_commands.command(description=texts.UPLOAD)
        @app_commands.describe(file=texts.UPLOAD_FILE)
        async def upload(interaction: Interaction, file: discord.Attachment) -> None:
            await defer(interaction)
            await self._upload(interaction, file)

        @app_commands.command(description=texts.EXPORT)
        @app_commands.describe(draft=texts.EXPORT_DRAFT)
        async def export(interaction: Interaction, draft: bool = False) -> None:
            await defer(interaction)
            await self._export(interaction, with_draft=draft)

        return upload, export

    async def _upload(self, interaction: Interaction, file: discord.Attachment) -> None:
        live = await self._editor.live()
        known = file.filename in live.files
        if not known and not file.filename.endswith(SUFFIX):
            raise Declined(texts.NOT_TOML)
        if file.size > LARGEST_FILE:
            raise Declined(texts.too_large(file.size, LARGEST_FILE))
        content = await file.read()
        if live.files.get(file.filename) == content:
            raise Declined(texts.same_as_live(file.filename))
        edited = await self._editor.put(file.filename, content, by=admin_of(interaction))
        self._auditor.tell(interaction, texts.audited_upload(file.filename, known=known))
        await show(interaction, edited_note(edited, texts.uploaded(file.filename, known=known)))

    async def _export(self, interaction: Interaction, *, with_draft: bool) -> None:
        records = (await self._editor.records())[1] if with_draft else await self._editor.live()
        data = await asyncio.to_thread(zipped, records.files)
        name = "records-with-draft.zip" if with_draft else "records.zip"
        await interaction.edit_original_response(
            content=texts.exported(len(records.files), with_draft=with_draft),
            attachments=[discord.File(io.BytesIO(data), name)],
        )


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Pack files; the same files always give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, _NO_TIME), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
