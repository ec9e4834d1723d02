"""All that exists on the server, and what it tells the bot about changes to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from tests.discord_server import payloads, permissions
from tests.discord_server.channels import DM, GROUP_DM, GUILD_TEXT, Channel
from tests.discord_server.command_book import CommandBook
from tests.discord_server.log import Log
from tests.discord_server.model import Application, Guild, Member, Role, Team, User
from tests.discord_server.people import Person
from tests.discord_server.snowflakes import Snowflakes
from tests.discord_server.waiting import Changes

if TYPE_CHECKING:
    from tests.discord_server.channels import Attachment
    from tests.discord_server.interaction import Interaction
    from tests.discord_server.settings import Settings


class Dispatch(Protocol):
    """Sends an event to the sessions concerned; `guild_id` None means shard 0."""

    def __call__(self, event: str, data: dict[str, Any], *, guild_id: int | None = None) -> None: ...


def _nobody_listens(event: str, data: dict[str, Any], *, guild_id: int | None = None) -> None:
    del event, data, guild_id


class World:
    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.ids = Snowflakes()
        self.log = Log(settings.clock)
        self.dispatch: Dispatch = _nobody_listens
        self.base_url = ""
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.attachments: dict[int, Attachment] = {}
        self.interactions: dict[str, Interaction] = {}
        self.installed_by: set[int] = set()
        self.refusing_dms: set[int] = set()
        owner = self.add_user("owner")
        self.bot = User(id=self.ids.new(), name="verbatim", bot=True)
        self.users[self.bot.id] = self.bot
        self.app = Application(id=self.bot.id, name="Verbatim", token=f"token.of.{self.bot.id}", owner=owner)
        self.commands = CommandBook(self)

    def changes(self) -> Changes:
        return Changes(self.log.explain)

    def add_user(self, name: str, *, locale: str = "en-US") -> Person:
        person = Person(world=self, id=self.ids.new(), name=name, locale=locale)
        self.users[person.id] = person
        return person

    def set_team(self, name: str, members: list[Person]) -> Team:
        """Let a team own the application; its first member is the team's owner."""
        self.app.team = Team(id=self.ids.new(), name=name, owner=members[0], members=members)
        return self.app.team

    def add_guild(
        self,
        name: str,
        *,
        shard: tuple[int, int] | None,
        installed: bool,
        locale: str,
        bot_permissions: int = permissions.EVERYONE,
    ) -> Guild:
        guild_id = self.ids.new_on_shard(*(shard or (0, 1)))
        guild = Guild(
            world=self, id=guild_id, name=name, owner=self.app.owner, locale=locale, installed=installed
        )
        guild.roles.append(
            Role(id=guild.id, name="@everyone", permissions=permissions.EVERYONE, position=0),
        )
        self.guilds[guild.id] = guild
        guild.members[guild.owner.id] = Member(user=guild.owner, guild=guild)
        if installed:
            role = Role(id=self.ids.new(), name=self.app.name, permissions=bot_permissions, position=1)
            guild.roles.append(role)
            guild.members[self.bot.id] = Member(user=self.bot, guild=guild, roles=[role])
            self.dispatch("GUILD_CREATE", payloads.guild(guild), guild_id=guild.id)
        return guild

    def remove_bot(self, guild: Guild) -> None:
        guild.installed = False
        del guild.members[self.bot.id]
        self.dispatch("GUILD_DELETE", {"id": str(guild.id)}, guild_id=guild.id)

    def add_channel(self, guild: Guild, name: str) -> Channel:
        channel = Channel(
            world=self, id=self.ids.new(), kind=GUILD_TEXT, name=name, changes=self.changes(), guild=guild
        )
        self.channels[channel.id] = channel
        guild.channels.append(channel)
        if guild.installed:
            self.dispatch("CHANNEL_CREATE", payloads.channel(channel), guild_id=guild.id)
        return channel

    def add_role(self, guild: Guild, name: str, *, permissions: int, mentionable: bool) -> Role:
        role = Role(
            id=self.ids.new(),
            name=name,
            permissions=permissions,
            position=len(guild.roles),
            mentionable=mentionable,
        )
        guild.roles.append(role)
        self._tell_guild(guild, "GUILD_ROLE_CREATE", {"role": payloads.role(role)})
        return role

    def add_member(self, guild: Guild, user: User, *, permissions: int, roles: list[Role]) -> Member:
        if permissions:
            own = guild.add_role(f"permissions of {user.name}", permissions=permissions)
            roles = [*roles, own]
        member = Member(user=user, guild=guild, roles=roles)
        guild.members[user.id] = member
        self._tell_guild(guild, "GUILD_MEMBER_ADD", payloads.member(member, with_user=True))
        return member

    def _tell_guild(self, guild: Guild, event: str, data: dict[str, Any]) -> None:
        if guild.installed:
            self.dispatch(event, {"guild_id": str(guild.id), **data}, guild_id=guild.id)

    def conversation(self, *people: User) -> Channel:
        """Return the channel without a guild between these people, made when there is none yet."""
        found = (
            one
            for one in self.channels.values()
            if one.guild is None and {each.id for each in one.recipients} == {each.id for each in people}
        )
        return next(found, None) or self._new_conversation(list(people))

    def _new_conversation(self, people: list[User]) -> Channel:
        channel = Channel(
            world=self,
            id=self.ids.new(),
            kind=DM if len(people) <= 2 else GROUP_DM,
            name=" and ".join(each.name for each in people),
            changes=self.changes(),
            recipients=people,
        )
        self.channels[channel.id] = channel
        return channel

    def permissions_of(self, user: User, channel: Channel) -> int:
        if channel.guild is None:
            return permissions.EVERYONE | permissions.MENTION_EVERYONE
        if user is self.bot and channel.bot_permissions is not None:
            return channel.bot_permissions
        member = channel.guild.members.get(user.id)
        return member.permissions if member else 0

    def share_a_guild(self, user: User) -> bool:
        return any(guild.installed and user.id in guild.members for guild in self.guilds.values())
