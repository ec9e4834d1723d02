"""Direct messages: a conversation in which free text is enough."""

import discord

from bot import texts
from bot.conversations import Asker
from bot.desk import Desk
from bot.failures import Declined
from bot.journal import Place
from bot.replying import reply_to
from bot.scribe import Asked


class DirectMessages:
    """Answers people who write to the bot itself."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def hear(self, message: discord.Message) -> None:
        """Answer what somebody wrote to the bot."""
        if not message.content.strip():
            raise Declined(texts.NO_TEXT)
        asker = Asker(message.author.id, message.channel.id)
        reply = self._desk.ask(Asked(message.content, asker, Place.DIRECT_MESSAGE))
        await reply_to(message, reply)
