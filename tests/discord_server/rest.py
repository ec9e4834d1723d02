"""The REST interface: every request is logged, may meet an ordered fault, is checked, and is answered."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.discord_server.call import PREFIX, Answer, Call, Route, read
from tests.discord_server.errors import ApiError, unauthorised

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from tests.discord_server.faults import Faults
    from tests.discord_server.log import Request
    from tests.discord_server.schema import Schema
    from tests.discord_server.world import World

LARGEST_BODY = 25 * 1024 * 1024


class Rest:
    def __init__(self, world: World, faults: Faults, schema: Schema | None) -> None:
        self.world = world
        self.faults = faults
        self.schema = schema

    def application(self, routes: Iterable[Route]) -> web.Application:
        app = web.Application(client_max_size=LARGEST_BODY)
        for route in routes:
            app.router.add_route(route.method, PREFIX + route.template, self._answering(route))
        app.router.add_route("*", PREFIX + "/{unknown:.*}", self._unknown_route)
        app.router.add_get("/attachments/{channel}/{attachment}/{filename}", self._attachment)
        return app

    def _answering(self, route: Route) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def answer(request: web.Request) -> web.StreamResponse:
            entry = self._entered(request)
            fault = await self.faults.meet(entry, request)
            if fault is not None:
                return fault
            try:
                call = await read(request, route.template)
                entry.body, entry.files = call.body, [one.filename for one in call.uploads]
                result = self._handled(route, call, request)
            except ApiError as refusal:
                return _respond(entry, refusal.status, refusal.body())
            except Exception as bug:
                entry.status, entry.answer = 500, f"the test server itself failed: {bug!r}"
                raise
            return _respond(entry, 204 if result is None else 200, result)

        return answer

    def _handled(self, route: Route, call: Call, request: web.Request) -> Answer:
        if route.with_bot_token and request.headers.get("Authorization") != f"Bot {self.world.app.token}":
            raise unauthorised()
        if self.schema is not None and self.world.settings.check_schema and call.body is not None:
            self.schema.check(call.method, call.template, call.body)
        return route.handler(call)

    def _entered(self, request: web.Request) -> Request:
        path = request.path.removeprefix(PREFIX)
        return self.world.log.request(request.method, path, dict(request.headers))

    async def _unknown_route(self, request: web.Request) -> web.StreamResponse:
        entry = self._entered(request)
        return _respond(entry, 404, {"message": "404: Not Found", "code": 0})

    async def _attachment(self, request: web.Request) -> web.StreamResponse:
        found = self.world.attachments.get(int(request.match_info["attachment"]))
        if found is None:
            raise web.HTTPNotFound
        return web.Response(body=found.data, headers={"Content-Type": found.content_type})


def _respond(entry: Request, status: int, body: Any) -> web.Response:
    """Answer with exactly `application/json`: discord.py takes anything else for text."""
    entry.status, entry.answer = status, body
    if body is None:
        return web.Response(status=status)
    return web.Response(
        status=status,
        body=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
