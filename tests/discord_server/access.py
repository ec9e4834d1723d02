"""What the bot may reach: channels, guilds and messages named in a path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.discord_server import permissions
from tests.discord_server.errors import ApiError, unknown

if TYPE_CHECKING:
    from tests.discord_server.call import Call
    from tests.discord_server.channels import Channel, Message
    from tests.discord_server.model import Guild
    from tests.discord_server.world import World


class Access:
    def __init__(self, world: World) -> None:
        self.world = world

    def guild(self, call: Call) -> Guild:
        guild = self.world.guilds.get(call.id("guild_id"))
        if guild is None or not guild.installed:
            raise unknown("Guild")
        return guild

    def channel(self, call: Call) -> Channel:
        channel = self.world.channels.get(call.id("channel_id"))
        if channel is None:
            raise unknown("Channel")
        bot = self.world.bot
        sees = permissions.holds(self.world.permissions_of(bot, channel), permissions.VIEW_CHANNEL)
        if not channel.visible_to(bot) or not sees:
            raise ApiError(403, 50001, "Missing Access")
        return channel

    def demand_send(self, channel: Channel, *, files: bool = False) -> None:
        """Refuse with 403 where the bot may not write, or a person takes no messages of it."""
        needed = permissions.SEND_MESSAGES | (permissions.ATTACH_FILES if files else 0)
        if not permissions.holds(self.world.permissions_of(self.world.bot, channel), needed):
            raise ApiError(403, 50013, "Missing Permissions")
        if channel.guild is None and any(one.id in self.world.refusing_dms for one in channel.recipients):
            raise ApiError(403, 50007, "Cannot send messages to this user")

    def message(self, call: Call) -> Message:
        """Return a message of the channel, which for the bot's own calls never is an ephemeral one."""
        channel = self.channel(call)
        wanted = call.id("message_id")
        for message in channel.messages:
            if message.id == wanted and not message.deleted and message.seen_by is None:
                return message
        raise unknown("Message")
