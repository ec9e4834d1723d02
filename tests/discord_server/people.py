"""A person, and what a person does in Discord's client."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from tests.discord_server import answering, mentions, options, payloads, posting, starting
from tests.discord_server.channels import Attachment, Channel, Message, MessageVersion
from tests.discord_server.command_book import MESSAGE_MENU, SLASH, USER_MENU, Command
from tests.discord_server.interaction import Choice, Interaction, Kind, Modal
from tests.discord_server.model import Guild, User
from tests.discord_server.offered import NotOffered, Place

if TYPE_CHECKING:
    from tests.discord_server.world import World

Json = dict[str, Any]
Allowed = Literal["users", "roles", "everyone"]


@dataclass(eq=False, kw_only=True)
class Person(User):
    """Acts in a channel `where`; without it, in the first channel of the only guild they are in."""

    world: World = field(repr=False)

    @property
    def dm(self) -> Channel:
        """The conversation between this person and the bot."""
        return self.world.conversation(self, self.world.bot)

    def private_channel(self, *others: User) -> Channel:
        """Return a conversation with other people, where the bot is not."""
        return self.world.conversation(self, *others)

    def install_app(self) -> None:
        """Install the app for oneself, so that its user-install commands are there everywhere."""
        self.world.installed_by.add(self.id)

    def refuse_dms(self) -> None:
        """Let messages of the bot fail with 50007."""
        self.world.refusing_dms.add(self.id)

    def commands(self, where: Channel | None = None) -> list[Command]:
        """Return the commands this person is offered."""
        return Place(self.world, self, self._place(where)).commands()

    async def slash(
        self, command: str, /, *, where: Channel | None = None, force: bool = False, **values: Any
    ) -> Interaction:
        """Send a slash command; sub-commands follow its name: `slash("facts reload")`.

        Users, roles, channels and uploads (see `upload`) are given as the objects themselves. NotOffered
        tells what the client would have prevented; `force` sends it all the same.
        """
        channel = self._place(where)
        name, *words = command.split()
        found = Place(self.world, self, channel).find(name, SLASH, force=force)
        leaf = options.leaf(found, words)
        filled = options.fill(self.world, leaf, values, channel, force=force)
        data = _about(found) | {"options": leaf.wrapped(filled.options)}
        if filled.resolved:
            data["resolved"] = filled.resolved
        return self._start(Kind.COMMAND, channel, command, data, types=_types(found))

    async def autocomplete(
        self,
        command: str,
        /,
        *,
        where: Channel | None = None,
        focused: str | None = None,
        patience: float | None = None,
        **values: Any,
    ) -> list[Choice]:
        """Type into an option and return the suggestions; the focused option is the last one given."""
        interaction = await self.start_autocomplete(command, where=where, focused=focused, **values)
        patience = self.world.settings.patience if patience is None else patience
        return await interaction.changes.until(
            lambda: interaction.choices, f"suggestions for {interaction}", patience
        )

    async def start_autocomplete(
        self, command: str, /, *, where: Channel | None = None, focused: str | None = None, **values: Any
    ) -> Interaction:
        """Ask for suggestions without waiting for them."""
        channel = self._place(where)
        name, *words = command.split()
        found = Place(self.world, self, channel).find(name, SLASH, force=False)
        leaf = options.leaf(found, words)
        typed = options.unfinished(leaf, values, focused or list(values)[-1])
        data = _about(found) | {"options": leaf.wrapped(typed)}
        return self._start(Kind.AUTOCOMPLETE, channel, command, data, types=_types(found))

    async def context_menu(
        self, name: str, target: Message | User, *, where: Channel | None = None, force: bool = False
    ) -> Interaction:
        """Use a context menu command on a message or a user."""
        channel = target.channel if isinstance(target, Message) else self._place(where)
        kind = MESSAGE_MENU if isinstance(target, Message) else USER_MENU
        found = Place(self.world, self, channel).find(name, kind, force=force)
        resolved: Json = {}
        if isinstance(target, Message):
            if not target.visible_to(self):
                raise NotOffered(f"{self.name} does not see that message")
            resolved["messages"] = {str(target.id): payloads.message(target)}
        else:
            filled = options.Filled()
            options.resolve(self.world, target, channel, filled.resolved)
            resolved = filled.resolved
        data = _about(found) | {"target_id": str(target.id), "resolved": resolved}
        return self._start(Kind.COMMAND, channel, name, data, types=_types(found))

    async def click(
        self, message: Message, label: str | None = None, *, custom_id: str | None = None, force: bool = False
    ) -> Interaction:
        """Click a button; `force` clicks one that an edit has removed or disabled meanwhile."""
        data = answering.click(self, message, label=label, custom_id=custom_id, force=force)
        name = label or custom_id or data["custom_id"]
        return self._start(Kind.COMPONENT, message.channel, name, data, source=message)

    async def select(
        self,
        message: Message,
        values: list[Any],
        *,
        placeholder: str | None = None,
        custom_id: str | None = None,
        force: bool = False,
    ) -> Interaction:
        """Choose in a select: option values or labels, or the users, roles or channels themselves."""
        data = answering.select(
            self, message, values, placeholder=placeholder, custom_id=custom_id, force=force
        )
        return self._start(Kind.COMPONENT, message.channel, data["custom_id"], data, source=message)

    async def submit_modal(
        self, opened_by: Interaction, answers: dict[str, Any], *, force: bool = False
    ) -> Interaction:
        """Fill in and send the modal an interaction opened; fields go by label or custom_id."""
        modal: Modal = await opened_by.wait_modal()
        data = answering.submit(modal, answers, force=force)
        channel = opened_by.channel
        return self._start(
            Kind.MODAL_SUBMIT, channel, modal.title, data, source=opened_by.source, from_modal_of=opened_by
        )

    async def say(
        self,
        where: Channel,
        text: str,
        *,
        reply_to: Message | None = None,
        ping: bool = True,
        files: list[Attachment] | None = None,
    ) -> Message:
        """Write a message; a reply pings the author replied to unless `ping` is off.

        As in Discord, replying to a response of a command does not count as mentioning the bot.
        """
        if not where.visible_to(self):
            raise NotOffered(f"{self.name} is not in #{where.name}")
        pings_reply = reply_to is not None and ping and reply_to.interaction is None
        everything = frozenset({"users", "roles", "everyone"})
        message = Message(
            id=self.world.ids.new(),
            channel=where,
            author=self,
            versions=[MessageVersion(content=text, attachments=files or [])],
            pinged=mentions.pinged(
                text,
                where,
                mentions.Mentions(allowed=None, default=everything),
                permitted=self.world.permissions_of(self, where),
                reply_to=reply_to if pings_reply else None,
            ),
            kind=posting.REPLY if reply_to else 0,
            reply_to=reply_to,
        )
        where.messages.append(message)
        posting.announce(message, "MESSAGE_CREATE")
        where.changes.notify()
        return message

    async def edit(self, message: Message, text: str) -> None:
        """Change one's own message."""
        message.revise(content=text)
        posting.announce(message, "MESSAGE_UPDATE")

    async def delete(self, message: Message) -> None:
        posting.delete(message)

    def upload(self, filename: str, data: bytes, *, description: str | None = None) -> Attachment:
        """Upload a file, to be given to a message or as the value of an attachment option."""
        attachment_id = self.world.ids.new()
        attachment = Attachment(
            id=attachment_id,
            filename=filename,
            data=data,
            url=f"{self.world.base_url}/attachments/0/{attachment_id}/{filename}",
            content_type=mimetypes.guess_type(filename)[0] or "application/octet-stream",
            description=description,
            ephemeral=True,
        )
        self.world.attachments[attachment_id] = attachment
        return attachment

    def _place(self, where: Channel | None) -> Channel:
        if where is not None:
            return where
        homes: list[Guild] = [
            one for one in self.world.guilds.values() if self.id in one.members and one.channels
        ]
        if len(homes) != 1:
            raise NotOffered(f"{self.name} is in {len(homes)} guilds with a channel: say where")
        return homes[0].channels[0]

    def _start(self, kind: Kind, channel: Channel, name: str, data: Json, **more: Any) -> Interaction:
        return starting.start(self.world, self, channel, kind, data, name=name, **more)


def _about(command: Command) -> Json:
    data: Json = {"id": str(command.id), "name": command.name, "type": command.kind}
    return data | {"guild_id": str(command.guild_id)} if command.guild_id else data


def _types(command: Command) -> set[int] | None:
    return None if command.guild_id else set(command.raw.get("integration_types") or [0])
