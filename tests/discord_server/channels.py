"""Channels and the messages in them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from tests.discord_server import flags
from tests.discord_server.components import Clickable, clickables, texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.discord_server.mentions import Pinged
    from tests.discord_server.model import Guild, User
    from tests.discord_server.waiting import Changes
    from tests.discord_server.world import World

T = TypeVar("T")

GUILD_TEXT, DM, GROUP_DM = 0, 1, 3


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file as Discord keeps it; the bytes are here for tests and at `url` for the bot."""

    id: int
    filename: str
    data: bytes = field(repr=False)
    url: str
    content_type: str
    description: str | None = None
    ephemeral: bool = False

    @property
    def text(self) -> str:
        return self.data.decode()


@dataclass(frozen=True, kw_only=True)
class MessageVersion:
    """What a message says at one time; each edit makes a new one."""

    content: str = ""
    embeds: list[dict[str, Any]] = field(default_factory=list)
    components: list[dict[str, Any]] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    flags: int = 0


@dataclass(eq=False, kw_only=True)
class Message:
    """A message with all its versions; `seen_by` is None when all in the channel see it, else who does."""

    id: int
    channel: Channel
    author: User
    versions: list[MessageVersion]
    pinged: Pinged
    kind: int = 0
    reply_to: Message | None = None
    interaction: dict[str, Any] | None = None
    nonce: str | None = None
    seen_by: set[int] | None = None
    created_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    edited_at: datetime | None = None
    deleted: bool = False
    loading: bool = False

    @property
    def now(self) -> MessageVersion:
        return self.versions[-1]

    @property
    def content(self) -> str:
        return self.now.content

    @property
    def embeds(self) -> list[dict[str, Any]]:
        return self.now.embeds

    @property
    def components(self) -> list[dict[str, Any]]:
        return self.now.components

    @property
    def attachments(self) -> list[Attachment]:
        return self.now.attachments

    @property
    def flags(self) -> int:
        return self.now.flags

    @property
    def ephemeral(self) -> bool:
        return bool(self.flags & flags.EPHEMERAL)

    @property
    def silent(self) -> bool:
        return bool(self.flags & flags.SUPPRESS_NOTIFICATIONS)

    @property
    def clickables(self) -> list[Clickable]:
        """The buttons and selects of the current version, in reading order."""
        return list(clickables(self.components))

    @property
    def labels(self) -> list[str]:
        """The labels of the buttons, in reading order."""
        return [part.label for part in self.clickables if part.is_button]

    @property
    def all_text(self) -> str:
        """Everything a reader sees as words: content, embeds and text displays, one piece a line."""
        return "\n".join([self.content, *texts(self.embeds, self.components)]).strip()

    def visible_to(self, user: User) -> bool:
        if self.deleted or (self.seen_by is not None and user.id not in self.seen_by):
            return False
        return self.channel.visible_to(user)

    def file(self, filename: str) -> Attachment:
        return next(one for one in self.attachments if one.filename == filename)

    def revise(self, **changes: Any) -> None:
        self.versions.append(replace(self.now, **changes))
        self.edited_at = datetime.now(UTC)
        self.channel.changes.notify()

    async def wait_edit(self, count: int = 1, *, patience: float | None = None) -> MessageVersion:
        """Wait until the message has been edited `count` times, and return that version."""
        return await self.channel.until(
            lambda: self.versions[count] if len(self.versions) > count else None,
            f"message {self.content!r} to be edited {count} times",
            patience,
        )

    async def wait_deleted(self, *, patience: float | None = None) -> None:
        await self.channel.until(
            lambda: True if self.deleted else None, f"message {self.content!r} to be deleted", patience
        )


@dataclass(frozen=True)
class Typing:
    user: User
    at: float


@dataclass(eq=False, kw_only=True)
class Channel:
    """A text channel of a guild, or a conversation without one (`guild` is None)."""

    world: World = field(repr=False)
    id: int
    kind: int
    name: str
    changes: Changes = field(repr=False)
    guild: Guild | None = None
    recipients: list[User] = field(default_factory=list)
    bot_permissions: int | None = None
    messages: list[Message] = field(default_factory=list, repr=False)
    typing: list[Typing] = field(default_factory=list, repr=False)

    @property
    def is_dm_with_bot(self) -> bool:
        return self.guild is None and self.world.bot in self.recipients

    def visible_to(self, user: User) -> bool:
        return user.id in self.guild.members if self.guild else user in self.recipients

    def seen_by(self, user: User) -> list[Message]:
        """Return the messages `user` can read here now."""
        return [message for message in self.messages if message.visible_to(user)]

    @property
    def bot_messages(self) -> list[Message]:
        """The bot's messages that stand here, without those still loading."""
        return [
            one
            for one in self.messages
            if one.author is self.world.bot and not one.deleted and not one.loading
        ]

    async def wait_message(self, *, after: Message | None = None, patience: float | None = None) -> Message:
        """Wait for the bot's next message here: the first after `after`, or the first at all."""
        since = after.id if after else 0
        return await self.until(
            lambda: next((one for one in self.bot_messages if one.id > since), None),
            "a message of the bot",
            patience,
        )

    async def wait_typing(self, *, patience: float | None = None) -> Typing:
        return await self.until(lambda: self.typing[-1] if self.typing else None, "the bot to type", patience)

    async def until(self, look: Callable[[], T | None], what: str, patience: float | None = None) -> T:
        """Wait for something to be found here; it is looked for again whenever anything changes here."""
        patience = self.world.settings.patience if patience is None else patience
        return await self.changes.until(look, f"{what} in #{self.name}", patience)
