"""The bot as Discord knows it: what it listens to, and who is called for what."""

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeAlias

import discord
from discord import app_commands

from bot import failures, texts
from bot.controls import Control, Press
from bot.failures import Declined
from bot.in_flight import InFlight
from bot.replying import DEFER_AFTER, watch
from bot.syncing import sync

_log = logging.getLogger(__name__)

Interaction: TypeAlias = "discord.Interaction[Verbatim]"
AnyCommand: TypeAlias = "app_commands.Command[Any, ..., Any] | app_commands.Group | app_commands.ContextMenu"

# None of these is privileged: the contents of direct messages and of mentions come without.
INTENTS = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
EVERYWHERE = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
FOR_ALL = app_commands.AppInstallationType(guild=True, user=True)
FORGET_EVERY = 10.0  # seconds
GRACE = 10.0  # seconds to finish in; a container is killed after ten or more
_CONVERSING = (discord.MessageType.default, discord.MessageType.reply)


class Part:
    """A part of the bot: the commands it adds, and what presses on its buttons and menus do."""

    def commands(self) -> Sequence[AnyCommand]:
        """Make its commands."""
        return ()

    def presses(self) -> Mapping[str, Press]:
        """Tell what to do for each action of its controls."""
        return {}


class Tree(app_commands.CommandTree["Verbatim"]):
    """All commands; what goes wrong in one is told to whoever gave it."""

    async def _call(self, interaction: Interaction) -> None:
        with self.client.in_flight:
            if self.client.in_flight.closing:
                await failures.report(interaction, Declined(texts.LEAVING))
            else:
                await super()._call(interaction)

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """Hand on what went wrong in a command."""
        await failures.report(interaction, error)


class Verbatim(discord.AutoShardedClient):
    """Connects the parts with Discord.

    `direct` answers direct messages and `mention` messages that mention the bot. `home_guild` is the server
    that has commands of its own. `forget` is called every few seconds. `options` go to discord.py's client.
    """

    def __init__(
        self,
        *,
        parts: Sequence[Part],
        direct: Callable[[discord.Message], Awaitable[None]],
        mention: Callable[[discord.Message, discord.ClientUser], Awaitable[None]],
        forget: Callable[[], None],
        home_guild: int | None = None,
        defer_after: float = DEFER_AFTER,
        grace: float = GRACE,
        **options: Any,
    ) -> None:
        super().__init__(
            intents=INTENTS,
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            activity=discord.CustomActivity(name=texts.PRESENCE),
            **options,
        )
        self.in_flight = InFlight()
        self.tree = Tree(self, allowed_contexts=EVERYWHERE, allowed_installs=FOR_ALL)
        self._presses: dict[str, Press] = {}
        self._direct = direct
        self._mention = mention
        self._forget = forget
        self._forgetting: asyncio.Task[None] | None = None
        self._home_guild = home_guild
        self._defer_after = defer_after
        self._grace = grace
        for part in parts:
            self._add(part)

    def _add(self, part: Part) -> None:
        for command in part.commands():
            self.tree.add_command(command)
        for action, press in part.presses().items():
            if action in self._presses:
                raise ValueError(f"two parts know what a press on {action!r} does")
            self._presses[action] = press

    async def setup_hook(self) -> None:
        """Register the commands where they changed; once a start, before anything can be asked."""
        self.add_dynamic_items(Control)
        self._forgetting = asyncio.create_task(self._keep_forgetting())
        for guild in (None, self._home_guild) if self._home_guild else (None,):
            try:
                await sync(self.tree, guild)
            except discord.Forbidden:
                _log.error("The bot is not in the home server %s; invite it, then start again", guild)
            except discord.DiscordException:
                # Those that Discord has go on working.
                _log.exception("The commands could not be registered")

    async def _keep_forgetting(self) -> None:
        while True:
            self._forget()
            await asyncio.sleep(FORGET_EVERY)

    async def on_ready(self) -> None:
        """Log the start; this comes again after each lost session."""
        _log.info("Ready in %d servers", len(self.guilds), extra={"shards": self.shard_count})

    async def on_interaction(self, interaction: Interaction) -> None:
        """Watch over the time that Discord gives."""
        if interaction.type is not discord.InteractionType.autocomplete:
            watch(interaction, after=self._defer_after)

    async def on_message(self, message: discord.Message) -> None:
        """Answer what people write to the bot, here or in a server by mentioning it."""
        me = self.user
        if me is None or message.author.bot or message.webhook_id or message.type not in _CONVERSING:
            return
        if message.guild is not None and me not in message.mentions:
            return
        with self.in_flight:
            try:
                if self.in_flight.closing:
                    raise Declined(texts.LEAVING)  # noqa: TRY301 - the one way to say so
                await (self._mention(message, me) if message.guild else self._direct(message))
            except Exception as error:  # noqa: BLE001 - whatever it is, whoever wrote has to be told
                await failures.report_message(message, error)

    async def pressed(self, interaction: Interaction, action: str, words: Sequence[str]) -> None:
        """Do what a press on one of our buttons or a choice in one of our menus is for."""
        interaction.extras["heard"] = True
        with self.in_flight:
            try:
                if self.in_flight.closing:
                    raise Declined(texts.LEAVING)  # noqa: TRY301 - the one way to say so
                press = self._presses.get(action)
                if press is None:
                    raise Declined(texts.OUTDATED_CONTROL)  # noqa: TRY301 - the one way to say so
                await press(interaction, words)
            except Exception as error:  # noqa: BLE001 - whatever it is, whoever pressed has to be told
                await failures.report(interaction, error)

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """Log what went wrong where nobody waits for an answer."""
        del args, kwargs
        if error := sys.exception():
            failures.record(error, where=event_method)

    async def close(self) -> None:
        """Finish what is being answered, then leave; a second call leaves at once."""
        if not self.in_flight.closing and (left := await self.in_flight.finish(self._grace)):
            _log.warning("%d answers were not finished", left)
        if self._forgetting:
            self._forgetting.cancel()
        await super().close()
