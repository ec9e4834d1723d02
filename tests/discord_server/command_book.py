"""The commands the bot has registered, and how often it did so."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.discord_server.errors import ApiError, unknown

if TYPE_CHECKING:
    from tests.discord_server.model import Guild
    from tests.discord_server.world import World

Json = dict[str, Any]
SLASH, USER_MENU, MESSAGE_MENU = 1, 2, 3
NOT_STORED = frozenset({"id", "version", "application_id", "guild_id"})


@dataclass(frozen=True)
class Command:
    """One registered command; `raw` is its JSON as the server returns it."""

    raw: Json

    @property
    def id(self) -> int:
        return int(self.raw["id"])

    @property
    def name(self) -> str:
        return str(self.raw["name"])

    @property
    def kind(self) -> int:
        return int(self.raw["type"])

    @property
    def options(self) -> list[Json]:
        return list(self.raw.get("options") or [])

    @property
    def guild_id(self) -> int | None:
        return int(self.raw["guild_id"]) if "guild_id" in self.raw else None

    @property
    def required_permissions(self) -> int | None:
        value = self.raw["default_member_permissions"]
        return None if value is None else int(value)


@dataclass(frozen=True)
class Sync:
    """One bulk overwrite; `created` names the commands Discord counts against the daily limit."""

    guild_id: int | None
    names: tuple[str, ...]
    created: tuple[str, ...]
    changed: bool


@dataclass(eq=False)
class CommandBook:
    """Commands by scope; scope None is global, otherwise a guild's id."""

    world: World = field(repr=False)
    syncs: list[Sync] = field(default_factory=list)
    _by_scope: dict[int | None, dict[int, Command]] = field(default_factory=lambda: defaultdict(dict))
    _creates: dict[int | None, int] = field(default_factory=lambda: defaultdict(int))

    def of(self, guild: Guild | None = None) -> list[Command]:
        return list(self._by_scope[guild.id if guild else None].values())

    def in_scope(self, scope: int | None) -> list[Command]:
        return list(self._by_scope[scope].values())

    def get(self, scope: int | None, command_id: int) -> Command:
        try:
            return self._by_scope[scope][command_id]
        except KeyError:
            raise unknown("application command") from None

    def overwrite(self, scope: int | None, bodies: list[Json]) -> list[Command]:
        """Replace all commands of the scope; one with the same name and type keeps its id."""
        old = self._by_scope[scope]
        known = {(one.name, one.kind): one for one in old.values()}
        new = [
            self._made(scope, body, known.get((body["name"], body.get("type") or SLASH))) for body in bodies
        ]
        created = tuple(one.name for one in new if one.id not in old)
        self._count_creates(scope, len(created))
        self._by_scope[scope] = {one.id: one for one in new}
        changed = old != self._by_scope[scope]
        self.syncs.append(Sync(scope, tuple(one.name for one in new), created, changed))
        return new

    def upsert(self, scope: int | None, body: Json) -> tuple[Command, bool]:
        """Create one command, or replace the one of the same name and type; the flag tells which."""
        same = [
            one
            for one in self._by_scope[scope].values()
            if (one.name, one.kind) == (body["name"], body.get("type") or SLASH)
        ]
        if not same:
            self._count_creates(scope, 1)
        command = self._made(scope, body, same[0] if same else None)
        self._by_scope[scope][command.id] = command
        return command, not same

    def change(self, scope: int | None, command_id: int, body: Json) -> Command:
        old = self.get(scope, command_id)
        merged = {key: value for key, value in old.raw.items() if key not in NOT_STORED} | body
        self._by_scope[scope][command_id] = self._made(scope, merged, old)
        return self._by_scope[scope][command_id]

    def delete(self, scope: int | None, command_id: int) -> None:
        self.get(scope, command_id)
        del self._by_scope[scope][command_id]

    def _count_creates(self, scope: int | None, count: int) -> None:
        self._creates[scope] += count
        if self._creates[scope] > self.world.settings.command_creates_per_day:
            raise ApiError(
                400, 30034, "Max number of daily application command creates has been reached (200)"
            )

    def _made(self, scope: int | None, body: Json, old: Command | None) -> Command:
        required = body.get("default_member_permissions")
        raw: Json = {
            **{key: value for key, value in body.items() if key not in NOT_STORED},
            "id": str(old.id if old else self.world.ids.new()),
            "application_id": str(self.world.app.id),
            "type": body.get("type") or SLASH,
            "description": body.get("description") or "",
            "default_member_permissions": None if required is None else str(required),
            "nsfw": bool(body.get("nsfw", False)),
        }
        raw["options"] = body.get("options") or []
        if scope is None:
            raw["contexts"] = body.get("contexts")
            raw["integration_types"] = body.get("integration_types") or [0]
            raw["dm_permission"] = body.get("dm_permission") is not False
        else:
            raw["guild_id"] = str(scope)
        raw["version"] = str(self.world.ids.new())
        if old and {**old.raw, "version": ""} == {**raw, "version": ""}:
            return old
        return Command(raw)
