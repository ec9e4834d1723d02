"""Who is pinged by a message, by Discord's rules on `allowed_mentions`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.discord_server import permissions

if TYPE_CHECKING:
    from tests.discord_server.channels import Channel, Message
    from tests.discord_server.model import Role, User

USER = re.compile(r"<@!?(\d+)>")
ROLE = re.compile(r"<@&(\d+)>")
EVERYONE = re.compile(r"@(everyone|here)\b")

BY_MESSAGE = frozenset({"users", "roles", "everyone"})
BY_INTERACTION = frozenset({"users"})


@dataclass(frozen=True)
class Pinged:
    """Those who are notified; false when nobody is."""

    users: tuple[User, ...] = ()
    roles: tuple[Role, ...] = ()
    everyone: bool = False

    def __bool__(self) -> bool:
        return bool(self.users or self.roles or self.everyone)

    @property
    def names(self) -> set[str]:
        """The names of users and roles, and "everyone"."""
        names = {one.name for one in self.users} | {one.name for one in self.roles}
        return names | {"everyone"} if self.everyone else names


@dataclass(frozen=True, kw_only=True)
class Mentions:
    """What a body allows, with the default that differs between messages and interaction responses."""

    allowed: dict[str, Any] | None
    default: frozenset[str]

    def _parses(self, kind: str) -> bool:
        if self.allowed is None:
            return kind in self.default
        return kind in (self.allowed.get("parse") or [])

    def _names(self, kind: str, one: int) -> bool:
        return self.allowed is not None and str(one) in {str(each) for each in self.allowed.get(kind) or []}

    def permits_user(self, user_id: int) -> bool:
        return self._parses("users") or self._names("users", user_id)

    def permits_role(self, role_id: int) -> bool:
        return self._parses("roles") or self._names("roles", role_id)

    @property
    def permits_everyone(self) -> bool:
        return self._parses("everyone")

    @property
    def pings_replied_user(self) -> bool:
        return self.allowed is None or bool(self.allowed.get("replied_user"))


def pinged(
    text: str, channel: Channel, mentions: Mentions, *, permitted: int, reply_to: Message | None = None
) -> Pinged:
    """Find who is pinged by `text`, written by someone whose permissions in the channel are `permitted`."""
    users = {int(found): None for found in USER.findall(text) if mentions.permits_user(int(found))}
    if reply_to is not None and mentions.pings_replied_user:
        users[reply_to.author.id] = None
    present = [channel.world.users[each] for each in users if each in channel.world.users]
    any_role = permissions.holds(permitted, permissions.MENTION_EVERYONE)
    roles = [
        role
        for role in (channel.guild.roles[1:] if channel.guild else [])
        if str(role.id) in ROLE.findall(text)
        and (any_role or role.mentionable)
        and mentions.permits_role(role.id)
    ]
    everyone = bool(
        channel.guild and EVERYONE.search(text) and mentions.permits_everyone and any_role,
    )
    return Pinged(tuple(present), tuple(roles), everyone)
