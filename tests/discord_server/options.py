"""The options of a slash command as Discord's client checks and sends them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.discord_server import payloads
from tests.discord_server.channels import Attachment, Channel
from tests.discord_server.model import Role, User
from tests.discord_server.offered import NotOffered

if TYPE_CHECKING:
    from tests.discord_server.command_book import Command
    from tests.discord_server.world import World

Json = dict[str, Any]
SUBCOMMAND, GROUP, STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, FILE = range(1, 12)

TYPES: dict[int, tuple[type, ...]] = {
    STRING: (str,),
    INTEGER: (int,),
    BOOLEAN: (bool,),
    USER: (User,),
    CHANNEL: (Channel,),
    ROLE: (Role,),
    MENTIONABLE: (User, Role),
    NUMBER: (int, float),
    FILE: (Attachment,),
}


@dataclass(frozen=True)
class Leaf:
    """The part of a command that is run: a command itself or a sub-command, with the way to it."""

    path: tuple[Json, ...]
    options: list[Json]

    def wrapped(self, options: list[Json]) -> list[Json]:
        """Put the given options under the groups and sub-commands that lead to them."""
        for step in reversed(self.path):
            options = [{"name": step["name"], "type": step["type"], "options": options}]
        return options


def leaf(command: Command, words: list[str]) -> Leaf:
    """Follow the words after the command's name down to what is run."""
    options, path = command.options, []
    for word in words:
        step = next(
            (one for one in options if one["name"] == word and one["type"] in (SUBCOMMAND, GROUP)), None
        )
        if step is None:
            raise NotOffered(f"/{command.name} has no sub-command {' '.join(words)!r}")
        path.append(step)
        options = step.get("options") or []
    if any(one["type"] in (SUBCOMMAND, GROUP) for one in options):
        known = [one["name"] for one in options]
        raise NotOffered(f"/{command.name} {' '.join(words)} needs one of its sub-commands {known}")
    return Leaf(tuple(path), options)


@dataclass
class Filled:
    """Options with values, and the objects their ids stand for."""

    options: list[Json] = field(default_factory=list)
    resolved: Json = field(default_factory=dict)


def fill(world: World, leaf_: Leaf, values: dict[str, Any], channel: Channel, *, force: bool) -> Filled:
    """Turn what a person typed into options, refusing what the client would not let them send."""
    known = {one["name"]: one for one in leaf_.options}
    if strange := set(values) - set(known):
        raise NotOffered(f"no option {sorted(strange)}; there are {sorted(known)}")
    filled = Filled()
    for name, value in values.items():
        if not force:
            _check(known[name], value)
        filled.options.append({"name": name, "type": known[name]["type"], "value": _sent(value)})
        resolve(world, value, channel, filled.resolved)
    absent = [one["name"] for one in leaf_.options if one.get("required") and one["name"] not in values]
    if absent and not force:
        raise NotOffered(f"required options are missing: {absent}")
    return filled


def unfinished(leaf_: Leaf, values: dict[str, Any], focused: str) -> list[Json]:
    """Return the options as autocomplete sends them, nothing checked and nothing resolved."""
    known = {one["name"]: one for one in leaf_.options}
    if strange := set(values) - set(known):
        raise NotOffered(f"no option {sorted(strange)}; there are {sorted(known)}")
    if not known[focused].get("autocomplete"):
        raise NotOffered(f"option {focused!r} has no autocomplete")
    return [
        {"name": name, "type": known[name]["type"], "value": _sent(value)}
        | ({"focused": True} if name == focused else {})
        for name, value in values.items()
    ]


def _sent(value: Any) -> Any:
    return str(value.id) if isinstance(value, User | Channel | Role | Attachment) else value


def _check(option: Json, value: Any) -> None:
    name, kind = option["name"], option["type"]
    if not isinstance(value, TYPES[kind]) or (isinstance(value, bool) and kind != BOOLEAN):
        raise NotOffered(f"option {name!r} is of type {kind} and does not take {value!r}")
    choices = [one["value"] for one in option.get("choices") or []]
    if choices and value not in choices:
        raise NotOffered(f"option {name!r} takes one of {choices}, not {value!r}")
    size = len(value) if isinstance(value, str) else value
    least, most = _bounds(option)
    if (least is not None and size < least) or (most is not None and size > most):
        raise NotOffered(f"option {name!r} takes {least} to {most}, not {size}")


def _bounds(option: Json) -> tuple[Any, Any]:
    if option["type"] == STRING:
        return option.get("min_length"), option.get("max_length") or 6000
    return option.get("min_value"), option.get("max_value")


def resolve(world: World, value: Any, channel: Channel, resolved: Json) -> None:
    """Add the object to the data Discord sends along with its id."""
    if isinstance(value, User):
        resolved.setdefault("users", {})[str(value.id)] = payloads.user(value)
        member = channel.guild.members.get(value.id) if channel.guild else None
        if member is not None:
            data = payloads.member(member, with_user=False, permissions=member.permissions)
            resolved.setdefault("members", {})[str(value.id)] = data
    elif isinstance(value, Channel):
        granted = str(world.permissions_of(world.bot, value))
        data = payloads.channel(value) | {"permissions": granted}
        resolved.setdefault("channels", {})[str(value.id)] = data
    elif isinstance(value, Role):
        resolved.setdefault("roles", {})[str(value.id)] = payloads.role(value)
    elif isinstance(value, Attachment):
        resolved.setdefault("attachments", {})[str(value.id)] = payloads.attachment(value)


def resolve_files(files: list[Attachment], resolved: Json) -> None:
    """Add uploads by their ids."""
    for one in files:
        resolved[str(one.id)] = payloads.attachment(one)
