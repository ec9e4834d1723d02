"""The things a Discord consists of: users, guilds, roles, members."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.discord_server import permissions as bits

if TYPE_CHECKING:
    from tests.discord_server.channels import Channel
    from tests.discord_server.people import Person
    from tests.discord_server.world import World


@dataclass(eq=False, kw_only=True)
class User:
    id: int
    name: str
    bot: bool = False
    locale: str = "en-US"

    @property
    def mention(self) -> str:
        return f"<@{self.id}>"


@dataclass(eq=False, kw_only=True)
class Role:
    id: int
    name: str
    permissions: int
    position: int
    mentionable: bool = False

    @property
    def mention(self) -> str:
        return f"<@&{self.id}>"


@dataclass(eq=False, kw_only=True)
class Member:
    user: User
    guild: Guild
    roles: list[Role] = field(default_factory=list)
    nick: str | None = None

    @property
    def permissions(self) -> int:
        if self.guild.owner is self.user:
            return bits.ALL
        granted = self.guild.everyone.permissions
        for role in self.roles:
            granted |= role.permissions
        return bits.ALL if granted & bits.ADMINISTRATOR else granted


@dataclass(eq=False, kw_only=True)
class Guild:
    """A server in Discord's everyday sense; `installed` tells whether the app's bot is a member of it."""

    world: World = field(repr=False)
    id: int
    name: str
    owner: User
    locale: str = "en-US"
    installed: bool = True
    roles: list[Role] = field(default_factory=list)
    channels: list[Channel] = field(default_factory=list)
    members: dict[int, Member] = field(default_factory=dict)

    @property
    def everyone(self) -> Role:
        return self.roles[0]

    @property
    def bot_member(self) -> Member | None:
        return self.members.get(self.world.bot.id)

    def add_channel(self, name: str) -> Channel:
        return self.world.add_channel(self, name)

    def add_role(self, name: str, *, permissions: int = 0, mentionable: bool = False) -> Role:
        return self.world.add_role(self, name, permissions=permissions, mentionable=mentionable)

    def add_member(self, user: User, *, permissions: int = 0, roles: list[Role] | None = None) -> Member:
        """Let `user` join; `permissions` (bits) come to them through a role of their own."""
        return self.world.add_member(self, user, permissions=permissions, roles=roles or [])


@dataclass(eq=False, kw_only=True)
class Team:
    id: int
    name: str
    owner: Person
    members: list[Person]


@dataclass(eq=False, kw_only=True)
class Application:
    """The bot's application as its developer portal page has it."""

    id: int
    name: str
    token: str
    owner: Person
    team: Team | None = None
    privileged_intents: int = 0
