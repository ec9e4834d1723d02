"""Which commands Discord offers a person at a place, and why it does not offer the others."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from tests.discord_server import permissions

if TYPE_CHECKING:
    from tests.discord_server.channels import Channel
    from tests.discord_server.command_book import Command
    from tests.discord_server.model import User
    from tests.discord_server.world import World


class NotOffered(AssertionError):  # noqa: N818
    """Discord's client would not let this person do this here; `force=True` sends it all the same."""


class Context(IntEnum):
    GUILD = 0
    BOT_DM = 1
    PRIVATE_CHANNEL = 2


GUILD_INSTALL, USER_INSTALL = 0, 1


@dataclass(frozen=True)
class Place:
    """Where a person is, and through which installs the app reaches them there."""

    world: World
    user: User
    channel: Channel

    @property
    def context(self) -> Context:
        if self.channel.guild is not None:
            return Context.GUILD
        return Context.BOT_DM if self.channel.is_dm_with_bot else Context.PRIVATE_CHANNEL

    @property
    def installs(self) -> set[int]:
        found = {USER_INSTALL} if self.user.id in self.world.installed_by else set()
        if self.channel.guild is not None:
            by_guild = self.channel.guild.installed
        else:
            by_guild = self.context is Context.BOT_DM and self.world.share_a_guild(self.user)
        return found | {GUILD_INSTALL} if by_guild else found

    def why_not(self, command: Command) -> str | None:
        """Tell why the command is not offered here, or None when it is."""
        return self._wrong_place(command) or self._wrong_person(command)

    def _wrong_place(self, command: Command) -> str | None:
        guild = self.channel.guild
        if command.guild_id is not None:
            if guild is None or guild.id != command.guild_id:
                return "it is a command of another guild"
            return None
        contexts = command.raw.get("contexts")
        if contexts is not None and self.context not in contexts:
            return f"its contexts {contexts} do not include {self.context.name}"
        if self.context is Context.BOT_DM and not command.raw.get("dm_permission", True):
            return "it is not for DMs"
        types = set(command.raw.get("integration_types") or [GUILD_INSTALL])
        if not types & self.installs:
            return (
                f"its integration_types {sorted(types)} do not meet the installs {sorted(self.installs)} here"
            )
        return None

    def _wrong_person(self, command: Command) -> str | None:
        guild, needed = self.channel.guild, command.required_permissions
        if guild is None:
            return None
        if self.user.id not in guild.members:
            return f"{self.user.name} is no member of {guild.name}"
        granted = guild.members[self.user.id].permissions
        if needed is not None and not permissions.holds(granted, needed or permissions.ADMINISTRATOR):
            return f"default_member_permissions asks for {needed}, and {self.user.name} has {granted}"
        return None

    def commands(self) -> list[Command]:
        """Return all commands this person sees here, those of the guild first."""
        return [one for one in self.registered() if self.why_not(one) is None]

    def registered(self) -> list[Command]:
        book = self.world.commands
        own = book.of(self.channel.guild) if self.channel.guild else []
        return [*own, *book.of()]

    def find(self, name: str, kind: int, *, force: bool) -> Command:
        """Return the command of this name as offered here; `force` overlooks why it is not."""
        named = [one for one in self.registered() if (one.name, one.kind) == (name, kind)]
        if not named:
            known = sorted({one.name for one in self.registered() if one.kind == kind})
            raise NotOffered(f"there is no command {name!r} of type {kind}; registered here: {known}")
        reasons = [self.why_not(one) for one in named]
        for command, reason in zip(named, reasons, strict=True):
            if reason is None or force:
                return command
        raise NotOffered(f"{self.user.name} is not offered {name!r} in #{self.channel.name}: {reasons[0]}")
