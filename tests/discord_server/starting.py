"""How an interaction starts: its token, its payload, and the event that tells the bot of it."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from tests.discord_server import payloads
from tests.discord_server.interaction import Interaction, Kind
from tests.discord_server.offered import GUILD_INSTALL, USER_INSTALL, Context, Place

if TYPE_CHECKING:
    from tests.discord_server.channels import Channel, Message
    from tests.discord_server.model import User
    from tests.discord_server.world import World

Json = dict[str, Any]


def start(
    world: World,
    user: User,
    channel: Channel,
    kind: Kind,
    data: Json,
    *,
    name: str,
    types: set[int] | None = None,
    source: Message | None = None,
    from_modal_of: Interaction | None = None,
) -> Interaction:
    """Create the interaction and send INTERACTION_CREATE; `types` are the command's integration types."""
    place = Place(world, user, channel)
    installs = place.installs & (types if types is not None else {GUILD_INSTALL, USER_INSTALL})
    interaction = Interaction(
        world=world,
        id=world.ids.new(),
        token=secrets.token_urlsafe(48),
        kind=kind,
        user=user,
        channel=channel,
        name=name,
        created_at=world.settings.clock(),
        changes=world.changes(),
        by_user_install=installs == {USER_INSTALL},
        source=source,
        from_modal_of=from_modal_of,
    )
    interaction.payload = _payload(interaction, place, installs, data)
    world.interactions[interaction.token] = interaction
    world.dispatch(
        "INTERACTION_CREATE", interaction.payload, guild_id=channel.guild.id if channel.guild else None
    )
    return interaction


def _payload(interaction: Interaction, place: Place, installs: set[int], data: Json) -> Json:
    world, user, channel = interaction.world, interaction.user, interaction.channel
    granted = world.permissions_of(user, channel)
    payload: Json = {
        "id": str(interaction.id),
        "application_id": str(world.app.id),
        "type": int(interaction.kind),
        "token": interaction.token,
        "version": 1,
        "data": data,
        "channel_id": str(channel.id),
        "channel": payloads.channel(channel) | {"permissions": str(granted)},
        "locale": user.locale,
        "app_permissions": str(world.permissions_of(world.bot, channel)),
        "entitlements": [],
        "entitlement_sku_ids": [],
        "authorizing_integration_owners": _owners(place, installs),
        "context": int(place.context),
        "attachment_size_limit": world.settings.attachment_size_limit,
    }
    if interaction.source is not None:
        payload["message"] = payloads.message(interaction.source)
    if channel.guild is None:
        return payload | {"user": payloads.user(user)}
    member = channel.guild.members.get(user.id)
    if member is not None:
        payload["member"] = payloads.member(member, with_user=True, permissions=granted)
    guild = {"id": str(channel.guild.id), "locale": channel.guild.locale, "features": []}
    return payload | {"guild_id": guild["id"], "guild": guild, "guild_locale": channel.guild.locale}


def _owners(place: Place, installs: set[int]) -> dict[str, str]:
    owners: dict[str, str] = {}
    if GUILD_INSTALL in installs:
        guild = place.channel.guild
        owners["0"] = str(guild.id) if guild and place.context is Context.GUILD else "0"
    if USER_INSTALL in installs:
        owners["1"] = str(place.user.id)
    return owners
