"""What is kept of what people ask, said where they ask."""

from collections.abc import Sequence

from discord import app_commands

from bot import texts
from bot.client import AnyCommand, Interaction, Part
from bot.replying import Reply, respond


class Privacy(Part):
    """Tells what is kept: nothing is written down, and what is in memory is gone after these times."""

    def __init__(self, *, conversation_seconds: float, cooldown_seconds: float) -> None:
        self._text = texts.privacy(round(conversation_seconds / 60), round(cooldown_seconds))

    def commands(self) -> Sequence[AnyCommand]:
        """Make /privacy."""

        @app_commands.command(description=texts.PRIVACY)
        async def privacy(interaction: Interaction) -> None:
            await respond(interaction, Reply(self._text), private=True)

        return (privacy,)
