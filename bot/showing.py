"""Private answers to admins: deferred, then filled; with files where they are long."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.controls import Row, view_of
from bot.notes import Note

if TYPE_CHECKING:
    from bot.client import Interaction


async def defer(interaction: "Interaction") -> None:
    """Ask for time to answer privately."""
    await interaction.response.defer(ephemeral=True, thinking=True)


async def show(interaction: "Interaction", note: Note, rows: Sequence[Row] = ()) -> None:
    """Fill the answer that was deferred, or change the message that a press was on."""
    view = view_of(rows) if rows else None
    await interaction.edit_original_response(content=note.content, attachments=note.files(), view=view)


async def tell(interaction: "Interaction", note: Note) -> None:
    """Answer at once with a message only the admin sees."""
    await interaction.response.send_message(note.content, files=note.files(), ephemeral=True)
