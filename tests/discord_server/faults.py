"""Faults a test orders for the next requests or for the gateway connection."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from aiohttp import web

from tests.discord_server.protocol import Op

if TYPE_CHECKING:
    from tests.discord_server.connection import Connection
    from tests.discord_server.gateway import Gateway
    from tests.discord_server.log import Request


Effect = Callable[[web.Request], Awaitable[web.StreamResponse | None]]


@dataclass(eq=False, kw_only=True)
class _Order:
    method: str
    path: str
    times: int
    name: str
    effect: Effect


@dataclass(eq=False)
class Hold:
    """A request kept waiting: `reached` tells that one has come, `release()` lets all of them go on."""

    reached: asyncio.Event = field(default_factory=asyncio.Event)
    _released: asyncio.Event = field(default_factory=asyncio.Event)

    def release(self) -> None:
        self._released.set()

    async def wait(self) -> None:
        self.reached.set()
        await self._released.wait()


class Faults:
    """Orders match method and path (`*` stands for anything in a path, without `/api/v10`) and run out."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._orders: list[_Order] = []

    async def meet(self, entry: Request, request: web.Request) -> web.StreamResponse | None:
        """Apply the first order that fits, and return its answer if it has one."""
        for order in self._orders:
            if order.times and order.method in ("*", entry.method) and fnmatchcase(entry.path, order.path):
                order.times -= 1
                entry.fault = order.name
                answer = await order.effect(request)
                entry.status = answer.status if answer is not None else 0
                return answer
        return None

    def rate_limit(
        self, method: str, path: str = "*", *, times: int = 1, retry_after: float = 0.01, via: bool = True
    ) -> None:
        """Answer 429; without `via` it looks like Cloudflare's ban, which discord.py does not retry."""

        async def effect(_: web.Request) -> web.Response:
            body = {"message": "You are being rate limited.", "retry_after": retry_after, "global": False}
            response = web.json_response(body, status=429)
            response.headers["Content-Type"] = "application/json"
            response.headers["Retry-After"] = str(retry_after)
            if via:
                response.headers["Via"] = "1.1 google"
            return response

        self._order(method, path, times, "429" if via else "429 without Via", effect)

    def server_error(self, method: str, path: str = "*", *, times: int = 1, status: int = 500) -> None:
        """Answer with a 5xx before anything is done; discord.py retries after 1, 3, 5 … seconds."""

        async def effect(_: web.Request) -> web.Response:
            return web.Response(status=status, text="upstream error")

        self._order(method, path, times, str(status), effect)

    def cut(self, method: str, path: str = "*", *, times: int = 1) -> None:
        """Drop the connection without an answer."""

        async def effect(request: web.Request) -> web.Response:
            if request.transport is not None:
                request.transport.abort()
            return web.Response(status=500)

        self._order(method, path, times, "connection cut", effect)

    def delay(self, method: str, path: str = "*", *, seconds: float, times: int = 1) -> None:
        """Let the request wait in real time, then go on as usual."""

        async def effect(_: web.Request) -> None:
            await asyncio.sleep(seconds)

        self._order(method, path, times, f"{seconds:g} s late", effect)

    def hold(self, method: str, path: str = "*", *, times: int = 1) -> Hold:
        """Keep the request waiting until the test releases it."""
        hold = Hold()

        async def effect(_: web.Request) -> None:
            await hold.wait()

        self._order(method, path, times, "held", effect)
        return hold

    def _order(self, method: str, path: str, times: int, name: str, effect: Effect) -> None:
        self._orders.append(_Order(method=method, path=path, times=times, name=name, effect=effect))

    def close_gateway(self, code: int, *, shard: int | None = None) -> None:
        """Close the gateway's sockets with `code`; the sessions can be resumed unless it is 1000 or 1001."""
        for connection in self._connections(shard):
            connection.close(code)

    def ask_to_reconnect(self, *, shard: int | None = None) -> None:
        """Send op 7."""
        for connection in self._connections(shard):
            connection.send(Op.RECONNECT)

    def invalidate_session(self, *, resumable: bool, shard: int | None = None) -> None:
        """Send op 9; when not resumable the session is forgotten."""
        for connection in self._connections(shard):
            if not resumable and connection.session is not None:
                self._gateway.sessions.pop(connection.session.id, None)
            connection.send(Op.INVALID_SESSION, data=resumable)

    def drop_socket(self, *, shard: int | None = None) -> None:
        """Tear the gateway's sockets down without a close frame."""
        for connection in self._connections(shard):
            connection.drop()

    def _connections(self, shard: int | None) -> list[Connection]:
        return [
            one
            for one in self._gateway.connections
            if shard is None or (one.session is not None and one.session.shard == shard)
        ]
