"""Commands told to Discord only when they differ from those it has.

Discord limits how often commands may be registered, so a start must not do it by itself. What Discord has is
asked for rather than remembered: it holds for any number of machines, and after changes made elsewhere.
"""

import hashlib
import json
import logging
from typing import TYPE_CHECKING, Any

import discord

if TYPE_CHECKING:
    from bot.client import Tree

_log = logging.getLogger(__name__)

# What Discord adds to a command, and what it derives from other keys.
_DISCORDS_OWN = frozenset(
    {
        "id",
        "application_id",
        "guild_id",
        "version",
        "default_permission",
        "dm_permission",
        "handler",
        "name_localized",
        "description_localized",
    }
)
_GLOBAL_ONLY = frozenset({"contexts", "integration_types"})


async def sync(tree: "Tree", guild: int | None = None) -> bool:
    """Register the commands of one server, or the global ones, if they changed; return whether they did."""
    client = tree.client
    application = client.application_id
    if application is None:
        raise RuntimeError("commands can be registered only after the login")
    snowflake = discord.Object(guild) if guild else None
    ours = [command.to_dict(tree) for command in tree.get_commands(guild=snowflake)]
    if guild:
        theirs = await client.http.get_guild_commands(application, guild)
    else:
        theirs = await client.http.get_global_commands(application)
    old, new = digest(theirs, in_guild=guild is not None), digest(ours, in_guild=guild is not None)
    if old == new:
        _log.info("The commands are the same as before", extra={"commands": new})
        return False
    await tree.sync(guild=snowflake)
    _log.info("The commands have been registered", extra={"commands": new})
    return True


def digest(commands: Any, *, in_guild: bool = False) -> str:
    """Hash commands, with the same result for our payload and for what Discord makes of it."""
    left_out = _DISCORDS_OWN | (_GLOBAL_ONLY if in_guild else frozenset())
    plain = [
        _plain({key: value for key, value in command.items() if key not in left_out}) for command in commands
    ]
    plain.sort(key=lambda command: (str(command.get("type", 1)), str(command["name"])))
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()[:16]


def _plain(value: Any) -> Any:
    """Leave out what says nothing: Discord drops empty values or adds them as it likes."""
    if isinstance(value, dict):
        kept = {key: _plain(inner) for key, inner in value.items()}
        return {
            key: str(inner) if key == "default_member_permissions" else inner
            for key, inner in kept.items()
            if inner not in (None, False, "", [], {}) or (key == "default_member_permissions" and inner == 0)
        }
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value
