"""A toy bot for the tests of the server itself."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands


class Toy(discord.Client):
    """A client with a command tree that syncs at start and does not wait for anything."""

    def __init__(self, intents: discord.Intents | None = None, **more: Any) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
            if intents is None
            else intents,
            guild_ready_timeout=0.05,
            **more,
        )
        self.tree = app_commands.CommandTree(self)
        self.heard: list[discord.Message] = []

    async def setup_hook(self) -> None:
        await self.tree.sync()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify at once: the default waits five seconds."""

    async def on_message(self, message: discord.Message) -> None:
        self.heard.append(message)
