"""Getting a reply to the person who asked, in time and to nobody else than meant."""

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

import discord

from bot import texts
from bot.controls import Row, view_of
from bot.limits import fitted

if TYPE_CHECKING:
    from bot.client import Interaction

_log = logging.getLogger(__name__)

# Discord gives three seconds; one is for the way there.
DEFER_AFTER = 2.0


@dataclass(frozen=True, slots=True)
class Reply:
    """A message to be sent: a miss is nobody's business but the asker's, an idle one answers no question.

    The `private_row` is only there when nobody but the asker sees the message.
    """

    text: str
    rows: tuple[Row, ...] = ()
    miss: bool = False
    idle: bool = False
    private_row: Row | None = None

    @property
    def content(self) -> str:
        """The text within Discord's limit, whoever made it."""
        return fitted([self.text])

    def view(self, *, private: bool) -> discord.ui.View | None:
        """Build the components, None when there are none."""
        rows = (*self.rows, self.private_row) if private and self.private_row else self.rows
        return view_of(rows) if rows else None


def in_conversation_with_bot(interaction: "Interaction") -> bool:
    """Tell whether nobody else reads along, so that nothing needs to be private."""
    return bool(interaction.context.dm_channel)


def only_asker_sees(interaction: "Interaction") -> bool:
    """Tell whether the message on which something was pressed is for this person alone."""
    return interaction.message is not None and interaction.message.flags.ephemeral


async def respond(interaction: "Interaction", reply: Reply, *, private: bool = False) -> None:
    """Answer with a message of its own, seen by the asker alone when it is private or a miss."""
    alone = in_conversation_with_bot(interaction)
    ephemeral = (private or reply.miss) and not alone
    view = reply.view(private=ephemeral or alone) or discord.utils.MISSING
    if await _is_first(interaction):
        interaction.extras["answering"] = True
        await interaction.response.send_message(
            reply.content, view=view, ephemeral=ephemeral, suppress_embeds=True
        )
    else:
        await interaction.followup.send(reply.content, view=view, ephemeral=ephemeral, suppress_embeds=True)


async def replace(interaction: "Interaction", reply: Reply) -> None:
    """Answer by changing the message on which something was pressed."""
    view = reply.view(private=only_asker_sees(interaction) or in_conversation_with_bot(interaction))
    if await _is_first(interaction):
        interaction.extras["answering"] = True
        await interaction.response.edit_message(content=reply.content, view=view, suppress_embeds=True)
    else:
        await interaction.edit_original_response(content=reply.content, view=view)


async def remove(interaction: "Interaction") -> None:
    """Answer by deleting the message on which something was pressed."""
    if await _is_first(interaction):
        interaction.extras["answering"] = True
        await interaction.response.defer()
    await interaction.delete_original_response()


def watch(interaction: "Interaction", *, after: float = DEFER_AFTER) -> None:
    """See to it that the interaction is answered in time, if only by asking Discord for more of it."""
    asyncio.get_running_loop().call_later(after, _overdue, interaction)


def _overdue(interaction: "Interaction") -> None:
    if (
        interaction.response.is_done()
        or interaction.extras.get("answering")
        or interaction.client.is_closed()
    ):
        return
    interaction.extras["deferral"] = asyncio.create_task(_defer(interaction))


async def _defer(interaction: "Interaction") -> None:
    try:
        if interaction.type is discord.InteractionType.component and "heard" not in interaction.extras:
            # A button from before a restart that nobody knows any more.
            await interaction.response.send_message(texts.OUTDATED_CONTROL, ephemeral=True)
        elif interaction.type is discord.InteractionType.component:
            await interaction.response.defer()
        else:
            # What takes so long may turn out to be a miss: only the asker sees it.
            await interaction.response.defer(ephemeral=not in_conversation_with_bot(interaction))
    except (discord.HTTPException, discord.InteractionResponded):
        _log.warning("A slow answer could not be deferred", exc_info=True)


async def _is_first(interaction: "Interaction") -> bool:
    """Tell whether nothing has been answered yet, after any deferral that is under way."""
    if deferral := interaction.extras.get("deferral"):
        await deferral
    return not interaction.response.is_done()


async def reply_to(message: discord.Message, reply: Reply) -> None:
    """Answer a message with a message: in a server as a reply to it, in a conversation just so."""
    view = reply.view(private=message.guild is None) or discord.utils.MISSING
    if message.guild is None:
        await message.channel.send(reply.content, view=view, suppress_embeds=True)
        return
    # What was asked may be deleted by now; whoever asked still gets the answer.
    reference = message.to_reference(fail_if_not_exists=False)
    await message.channel.send(reply.content, view=view, suppress_embeds=True, reference=reference)
