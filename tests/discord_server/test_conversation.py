"""What a person does reaches the bot, and what the bot answers reaches the person."""

import discord

from tests.discord_server import DiscordServer
from tests.discord_server.toy import Toy


async def test_slash_command_is_answered() -> None:
    bot = Toy()

    @bot.tree.command(description="Ask")
    async def ask(interaction: discord.Interaction, question: str) -> None:
        await interaction.response.send_message(f"You asked {question}")

    async with DiscordServer() as server:
        guild = server.add_guild("Garden")
        guild.add_channel("questions")
        ann = server.add_user("ann")
        guild.add_member(ann)
        async with server.running(bot):
            asked = await ann.slash("ask", question="When?")
            assert (await asked.wait_response()).content == "You asked When?"
