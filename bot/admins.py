"""Who may administer the bot: the one place where that is decided."""

import asyncio
import time
from collections.abc import Collection
from typing import Any, Protocol

import discord
from discord import app_commands

from bot import texts
from bot.journal import Admin

_OWNERS_ARE_FRESH_FOR = 300.0  # seconds: somebody who left the team loses the commands this soon
_PATIENCE = 1.0  # an interaction has to be answered in three seconds


class AdminSettings(Protocol):
    """The settings that say who is an admin, and where."""

    @property
    def home_guild_id(self) -> int | None:
        """The server where there are admins."""

    @property
    def admin_users(self) -> Collection[int]:
        """Users who are."""

    @property
    def audit_channel_id(self) -> int | None:
        """A channel of that server that is told what they do."""

    @property
    def admin_roles(self) -> Collection[int]:
        """Roles of that server whose members are."""


class NotAnAdmin(app_commands.CheckFailure):
    """Somebody who may not administer the bot tried to."""

    def __init__(self) -> None:
        super().__init__(texts.NOT_ALLOWED)


class Admins:
    """Tells admins from everybody else.

    Facts are shared by all servers, so an admin is so only in the home server, by the settings or because the
    application is theirs or their team's; what somebody may do in any server does not count.
    """

    def __init__(self, settings: AdminSettings) -> None:
        self._settings = settings
        self._owners: frozenset[int] = frozenset()
        self._owners_asked_at = float("-inf")

    async def include(self, interaction: discord.Interaction[Any]) -> bool:
        """Whether whoever started this interaction may administer the bot here."""
        home = self._settings.home_guild_id
        if home is None or interaction.guild_id != home:
            return False
        user = interaction.user
        if user.id in self._settings.admin_users:
            return True
        if isinstance(user, discord.Member) and any(map(user.get_role, self._settings.admin_roles)):
            return True
        return user.id in await self._owned_by(interaction.client)

    async def demand(self, interaction: discord.Interaction[Any]) -> None:
        """Raise NotAnAdmin for everybody else."""
        if not await self.include(interaction):
            raise NotAnAdmin

    async def _owned_by(self, client: discord.Client) -> frozenset[int]:
        if time.monotonic() - self._owners_asked_at < _OWNERS_ARE_FRESH_FOR:
            return self._owners
        try:
            async with asyncio.timeout(_PATIENCE):
                self._owners = owners(await client.application_info())
            self._owners_asked_at = time.monotonic()
        except (TimeoutError, discord.HTTPException):
            if not self._owners and client.application:
                return owners(client.application)
        return self._owners


def owners(application: discord.AppInfo) -> frozenset[int]:
    """Return the users an application belongs to: its owner, or the members of its team."""
    if application.team is None:
        return frozenset({application.owner.id})
    accepted = discord.TeamMembershipState.accepted
    read_only = discord.TeamMemberRole.read_only
    return frozenset(
        member.id
        for member in application.team.members
        if member.membership_state is accepted and member.role is not read_only
    )


def admin_of(interaction: discord.Interaction[Any]) -> Admin:
    """Name whoever started an interaction, for the audit and other admins."""
    return Admin(interaction.user.id, interaction.user.display_name)
