"""Which events a session gets, and with how much in them."""

from typing import Any

GUILDS = 1 << 0
GUILD_MEMBERS = 1 << 1
GUILD_PRESENCES = 1 << 8
GUILD_MESSAGES = 1 << 9
GUILD_MESSAGE_TYPING = 1 << 11
DIRECT_MESSAGES = 1 << 12
DIRECT_MESSAGE_TYPING = 1 << 14
MESSAGE_CONTENT = 1 << 15

PRIVILEGED = GUILD_MEMBERS | GUILD_PRESENCES | MESSAGE_CONTENT
KNOWN = (1 << 17) - 1 | 1 << 20 | 1 << 21 | 1 << 24 | 1 << 25

_BY_EVENT = {
    "GUILD_CREATE": GUILDS,
    "GUILD_DELETE": GUILDS,
    "GUILD_ROLE_CREATE": GUILDS,
    "CHANNEL_CREATE": GUILDS,
    "GUILD_MEMBER_ADD": GUILD_MEMBERS,
}
_MESSAGES = ("MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_DELETE")


def needed(event: str, *, in_guild: bool) -> int:
    """Return the intent a session must have asked for to get this event; 0 when none is needed."""
    if event in _MESSAGES:
        return GUILD_MESSAGES if in_guild else DIRECT_MESSAGES
    if event == "TYPING_START":
        return GUILD_MESSAGE_TYPING if in_guild else DIRECT_MESSAGE_TYPING
    return _BY_EVENT.get(event, 0)


def guarded(event: str, data: dict[str, Any], intents: int, bot_id: int) -> dict[str, Any]:
    """Return the event with its content emptied where the message content intent is needed and missing."""
    if event not in _MESSAGES[:2] or intents & MESSAGE_CONTENT or "guild_id" not in data:
        return data
    about_bot = {data["author"]["id"], *(one["id"] for one in data["mentions"])}
    return data if str(bot_id) in about_bot else without_content(data, bot_id)


def without_content(data: dict[str, Any], bot_id: int) -> dict[str, Any]:
    emptied = data | {"content": "", "embeds": [], "components": [], "attachments": []}
    quoted = data.get("referenced_message")
    if quoted and quoted["author"]["id"] != str(bot_id):
        emptied["referenced_message"] = without_content(quoted, bot_id)
    return emptied
