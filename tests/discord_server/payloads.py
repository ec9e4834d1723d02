"""The model as Discord's JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.discord_server.channels import Attachment, Channel, Message
    from tests.discord_server.model import Guild, Member, Role, User

Json = dict[str, Any]
JOINED = "2024-01-01T00:00:00+00:00"


def user(one: User) -> Json:
    return {
        "id": str(one.id),
        "username": one.name,
        "global_name": None if one.bot else one.name.title(),
        "discriminator": "0000" if one.bot else "0",
        "avatar": None,
        "public_flags": 0,
        "flags": 0,
        "primary_guild": None,
        "bot": one.bot,
    }


def own_user(one: User) -> Json:
    """Return the user as the bot sees itself at /users/@me."""
    return user(one) | {"mfa_enabled": True, "locale": one.locale, "verified": True, "email": None}


def member(one: Member, *, with_user: bool, permissions: int | None = None) -> Json:
    data: Json = {
        "roles": [str(role.id) for role in one.roles],
        "joined_at": JOINED,
        "nick": one.nick,
        "avatar": None,
        "banner": None,
        "premium_since": None,
        "communication_disabled_until": None,
        "pending": False,
        "deaf": False,
        "mute": False,
        "flags": 0,
    }
    if with_user:
        data["user"] = user(one.user)
    if permissions is not None:
        data["permissions"] = str(permissions)
    return data


def role(one: Role) -> Json:
    return {
        "id": str(one.id),
        "name": one.name,
        "permissions": str(one.permissions),
        "position": one.position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": False,
        "mentionable": one.mentionable,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }


def channel(one: Channel) -> Json:
    data: Json = {
        "id": str(one.id),
        "type": one.kind,
        "flags": 0,
        "last_message_id": str(one.messages[-1].id) if one.messages else None,
    }
    if one.guild is None:
        others = [user(each) for each in one.recipients if each is not one.world.bot]
        return data | {"recipients": others}
    return data | {
        "guild_id": str(one.guild.id),
        "name": one.name,
        "position": one.guild.channels.index(one) if one in one.guild.channels else 0,
        "permission_overwrites": [],
        "parent_id": None,
        "nsfw": False,
        "topic": None,
        "rate_limit_per_user": 0,
    }


def guild(one: Guild, *, with_members: bool = False) -> Json:
    """Return a GUILD_CREATE body; without the members intent only the bot itself is listed."""
    members = list(one.members.values())
    listed = members if with_members else [each for each in members if each.user is one.world.bot]
    return guild_facts(one) | {
        "joined_at": JOINED,
        "large": False,
        "unavailable": False,
        "member_count": len(members),
        "channels": [channel(each) for each in one.channels],
        "members": [member(each, with_user=True) for each in listed],
        "threads": [],
        "presences": [],
        "voice_states": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def guild_facts(one: Guild) -> Json:
    return {
        "id": str(one.id),
        "name": one.name,
        "owner_id": str(one.owner.id),
        "preferred_locale": one.locale,
        "roles": [role(each) for each in one.roles],
        "features": [],
        "emojis": [],
        "stickers": [],
        "icon": None,
        "splash": None,
        "banner": None,
        "description": None,
        "discovery_splash": None,
        "home_header": None,
        "afk_channel_id": None,
        "afk_timeout": 300,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "widget_enabled": False,
        "widget_channel_id": None,
        "verification_level": 0,
        "default_message_notifications": 1,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "application_id": None,
        "rules_channel_id": None,
        "public_updates_channel_id": None,
        "safety_alerts_channel_id": None,
        "max_presences": None,
        "max_members": 500000,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
        "vanity_url_code": None,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "premium_progress_bar_enabled": False,
        "nsfw": False,
        "nsfw_level": 0,
        "region": "deprecated",
        "incidents_data": None,
    }


def attachment(one: Attachment) -> Json:
    data: Json = {
        "id": str(one.id),
        "filename": one.filename,
        "size": len(one.data),
        "url": one.url,
        "proxy_url": one.url,
        "content_type": one.content_type,
    }
    if one.description is not None:
        data["description"] = one.description
    if one.ephemeral:
        data["ephemeral"] = True
    return data


def message(one: Message, *, with_content: bool = True, with_reference: bool = True) -> Json:
    """Return the message as JSON; `with_content` False empties what the message content intent guards."""
    data: Json = {
        "id": str(one.id),
        "channel_id": str(one.channel.id),
        "type": one.kind,
        "author": user(one.author),
        "content": one.content if with_content else "",
        "embeds": [{"type": "rich", **embed} for embed in one.embeds] if with_content else [],
        "components": one.components if with_content else [],
        "attachments": [attachment(each) for each in one.attachments] if with_content else [],
        "mentions": [user(each) for each in one.pinged.users],
        "mention_roles": [str(each.id) for each in one.pinged.roles],
        "mention_everyone": one.pinged.everyone,
        "timestamp": one.created_at.isoformat(),
        "edited_timestamp": one.edited_at.isoformat() if one.edited_at else None,
        "flags": one.flags,
        "pinned": False,
        "tts": False,
    }
    if one.nonce is not None:
        data["nonce"] = one.nonce
    if one.interaction is not None:
        data |= {"interaction_metadata": one.interaction, "application_id": str(one.channel.world.app.id)}
        data["webhook_id"] = data["application_id"]
    if one.reply_to is not None and with_reference:
        data |= _reference(one.reply_to, with_content=with_content)
    return data


def _reference(target: Message, *, with_content: bool) -> Json:
    reference: Json = {"type": 0, "channel_id": str(target.channel.id), "message_id": str(target.id)}
    if target.channel.guild:
        reference["guild_id"] = str(target.channel.guild.id)
    own = target.author is target.channel.world.bot
    quoted = message(target, with_content=with_content or own, with_reference=False)
    return {"message_reference": reference, "referenced_message": None if target.deleted else quoted}
