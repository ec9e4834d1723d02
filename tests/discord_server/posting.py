"""How a message of the bot comes to be, is edited and goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.discord_server import flags, payloads
from tests.discord_server.channels import Attachment, Message, MessageVersion
from tests.discord_server.components import texts
from tests.discord_server.interaction import Kind
from tests.discord_server.mentions import BY_INTERACTION, BY_MESSAGE, Mentions, Pinged, pinged
from tests.discord_server.rendering import rendered

if TYPE_CHECKING:
    from tests.discord_server.channels import Channel
    from tests.discord_server.interaction import Interaction
    from tests.discord_server.world import World

Json = dict[str, Any]
REPLY, COMMAND_REPLY = 19, 20


@dataclass(frozen=True)
class Upload:
    """One part `files[n]` of a multipart body."""

    index: int
    filename: str
    data: bytes
    content_type: str


def create(
    world: World,
    channel: Channel,
    body: Json,
    uploads: list[Upload],
    *,
    interaction: Interaction | None = None,
    reply_to: Message | None = None,
    loading: bool = False,
) -> Message:
    """Post a message of the bot; with `interaction` it is a response, only for the asker when ephemeral."""
    bits = int(body.get("flags") or 0)
    ephemeral = bool(bits & flags.EPHEMERAL)
    version = _version(world, channel, body, uploads, MessageVersion(flags=bits))
    message = Message(
        id=world.ids.new(),
        channel=channel,
        author=world.bot,
        versions=[version],
        pinged=Pinged(),
        kind=REPLY if reply_to else 0,
        reply_to=reply_to,
        nonce=body.get("nonce"),
        seen_by={interaction.user.id} if interaction and ephemeral else None,
        loading=loading,
    )
    if interaction:
        message.interaction = metadata(interaction)
        message.kind = (
            COMMAND_REPLY if interaction.kind is Kind.COMMAND and interaction.original is None else 0
        )
    message.pinged = _pinged(message, body)
    channel.messages.append(message)
    announce(message, "MESSAGE_CREATE")
    channel.changes.notify()
    return message


def edit(world: World, message: Message, body: Json, uploads: list[Upload]) -> Message:
    version = _version(world, message.channel, body, uploads, message.now)
    was_loading, message.loading = message.loading, False
    bits = version.flags & ~flags.LOADING
    message.revise(
        content=version.content,
        embeds=version.embeds,
        components=version.components,
        attachments=version.attachments,
        flags=bits,
    )
    if was_loading:
        message.edited_at = None
        message.pinged = _pinged(message, body)
    announce(message, "MESSAGE_UPDATE")
    message.channel.changes.notify()
    return message


def delete(message: Message) -> None:
    message.deleted = True
    if message.seen_by is None:
        data = {"id": str(message.id), "channel_id": str(message.channel.id)}
        _tell(message, "MESSAGE_DELETE", data)
    message.channel.changes.notify()


def announce(message: Message, event: str) -> None:
    """Tell the bot about the message, unless it stands where the bot gets no events."""
    if message.seen_by is None:
        _tell(message, event, payloads.message(message))


def _tell(message: Message, event: str, data: Json) -> None:
    channel, world = message.channel, message.channel.world
    if channel.guild is None:
        if channel.is_dm_with_bot:
            world.dispatch(event, data)
        return
    if not channel.guild.installed:
        return
    data = {"guild_id": str(channel.guild.id), **data}
    author = channel.guild.members.get(message.author.id)
    if author and "author" in data:
        data["member"] = payloads.member(author, with_user=False)
    world.dispatch(event, data, guild_id=channel.guild.id)


def _version(
    world: World, channel: Channel, body: Json, uploads: list[Upload], old: MessageVersion
) -> MessageVersion:
    """Return what the message becomes; keys the body lacks stay as they were."""
    kept = old.attachments
    described = {str(one["id"]): one for one in body.get("attachments") or []}
    if "attachments" in body:
        kept = [one for one in kept if str(one.id) in described]
    bits = old.flags
    if body.get("flags") is not None:
        lasting = old.flags & ~flags.SUPPRESS_EMBEDS
        bits = lasting | int(body["flags"])
    fresh = [
        _stored(world, channel, upload, described.get(str(upload.index), {}), bits) for upload in uploads
    ]
    attachments = [*kept, *fresh]
    components = body["components"] or [] if "components" in body else old.components
    return MessageVersion(
        content=(body["content"] or "").strip() if "content" in body else old.content,
        embeds=body["embeds"] or [] if "embeds" in body else old.embeds,
        components=rendered(components, attachments),
        attachments=attachments,
        flags=bits,
    )


def _stored(world: World, channel: Channel, upload: Upload, described: Json, bits: int) -> Attachment:
    attachment_id = world.ids.new()
    filename = described.get("filename") or upload.filename
    attachment = Attachment(
        id=attachment_id,
        filename=filename,
        data=upload.data,
        url=f"{world.base_url}/attachments/{channel.id}/{attachment_id}/{filename}",
        content_type=upload.content_type,
        description=described.get("description"),
        ephemeral=bool(bits & flags.EPHEMERAL),
    )
    world.attachments[attachment.id] = attachment
    return attachment


def _pinged(message: Message, body: Json) -> Pinged:
    """Find who is notified: of an ephemeral message nobody is."""
    if message.ephemeral:
        return Pinged()
    world = message.channel.world
    default = BY_INTERACTION if message.interaction else BY_MESSAGE
    return pinged(
        "\n".join([message.content, *texts([], message.components)]),
        message.channel,
        Mentions(allowed=body.get("allowed_mentions"), default=default),
        permitted=world.permissions_of(world.bot, message.channel),
        reply_to=message.reply_to,
    )


def metadata(interaction: Interaction) -> Json:
    data: Json = {
        "id": str(interaction.id),
        "type": int(interaction.kind),
        "user": payloads.user(interaction.user),
        "authorizing_integration_owners": interaction.payload["authorizing_integration_owners"],
    }
    if interaction.original is not None:
        data["original_response_message_id"] = str(interaction.original.id)
    if interaction.kind is Kind.COMPONENT and interaction.source is not None:
        data["interacted_message_id"] = str(interaction.source.id)
    if interaction.kind is Kind.MODAL_SUBMIT and interaction.from_modal_of is not None:
        data["triggering_interaction_metadata"] = metadata(interaction.from_modal_of)
    return data
