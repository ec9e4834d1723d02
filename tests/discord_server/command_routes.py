"""Routes for registering commands, global and of one guild."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.discord_server import limits_commands as limits
from tests.discord_server.call import Answer, Call, Route
from tests.discord_server.errors import ApiError, FormErrors, unknown

if TYPE_CHECKING:
    from tests.discord_server.command_book import Command
    from tests.discord_server.world import World

Json = dict[str, object]


class CommandRoutes:
    def __init__(self, world: World) -> None:
        self.world = world
        self.book = world.commands

    def routes(self) -> list[Route]:
        app = "/applications/{application_id}"
        return [
            route
            for scope in (f"{app}/commands", app + "/guilds/{guild_id}/commands")
            for route in (
                Route("GET", scope, self.list),
                Route("PUT", scope, self.overwrite),
                Route("POST", scope, self.create),
                Route("GET", scope + "/{command_id}", self.get),
                Route("PATCH", scope + "/{command_id}", self.change),
                Route("DELETE", scope + "/{command_id}", self.delete),
            )
        ]

    def list(self, call: Call) -> Answer:
        return [one.raw for one in self.book.in_scope(self._scope(call))]

    def overwrite(self, call: Call) -> Answer:
        scope, bodies = self._scope(call), call.body or []
        if self.world.settings.check_limits:
            limits.check_all(bodies)
        return [one.raw for one in self.book.overwrite(scope, bodies)]

    def create(self, call: Call) -> Answer:
        scope = self._scope(call)
        self._check_one(call.fields)
        command, _ = self.book.upsert(scope, call.fields)
        if self.world.settings.check_limits:
            limits.check_counts([one.raw for one in self.book.in_scope(scope)])
        return command.raw

    def get(self, call: Call) -> Answer:
        return self._command(call).raw

    def change(self, call: Call) -> Answer:
        command = self._command(call)
        self._check_one(command.raw | call.fields)
        return self.book.change(self._scope(call), command.id, call.fields).raw

    def delete(self, call: Call) -> Answer:
        self.book.delete(self._scope(call), call.id("command_id"))
        return None

    def _check_one(self, body: Json) -> None:
        if self.world.settings.check_limits:
            errors = FormErrors()
            limits.check_command(body, (), errors)
            errors.raise_if_any()

    def _command(self, call: Call) -> Command:
        return self.book.get(self._scope(call), call.id("command_id"))

    def _scope(self, call: Call) -> int | None:
        """Return the guild's id or None, after checking that the app is the bot's own."""
        if call.id("application_id") != self.world.app.id:
            raise ApiError(403, 20012, "You are not authorized to perform this action on this application")
        if "guild_id" not in call.places:
            return None
        guild = self.world.guilds.get(call.id("guild_id"))
        if guild is None:
            raise unknown("Guild")
        if not guild.installed:
            raise ApiError(403, 50001, "Missing Access")
        return guild.id
