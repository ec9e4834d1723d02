"""An app without a library, for tests that must send what discord.py would not."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import aiohttp

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.discord_server.interaction import Interaction
    from tests.discord_server.server import DiscordServer

Json = dict[str, Any]


class Answer(NamedTuple):
    status: int
    body: Any

    @property
    def code(self) -> int:
        return int(self.body["code"])

    @property
    def faults(self) -> dict[str, list[str]]:
        """The error codes of a 50035 answer by the path of the fault."""
        found: dict[str, list[str]] = {}

        def walk(node: Json, path: tuple[str, ...]) -> None:
            for key, value in node.items():
                if key == "_errors":
                    found[".".join(path)] = [one["code"] for one in value]
                else:
                    walk(value, (*path, key))

        walk(self.body.get("errors", {}), ())
        return found


class BareSocket:
    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket

    async def send(self, op: int, data: Any) -> None:
        await self._socket.send_json({"op": op, "d": data})

    async def send_text(self, text: str) -> None:
        await self._socket.send_str(text)

    async def next(self) -> Json:
        message: Json = await self._socket.receive_json(timeout=5)
        return message

    async def close_code(self) -> int | None:
        """Read until the server closes, and return its code."""
        while not self._socket.closed:
            await self._socket.receive(timeout=5)
        return self._socket.close_code

    async def leave(self, code: int) -> None:
        await self._socket.close(code=code)


class BareApp:
    """Speaks to the server with the bot's token."""

    def __init__(self, server: DiscordServer) -> None:
        self.server = server
        self._session = aiohttp.ClientSession()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()

    async def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        files: dict[str, bytes] | None = None,
        headers: Json | None = None,
    ) -> Answer:
        """Send a request; with files it is multipart, `files[n]` in the order given."""
        headers = {"Authorization": f"Bot {self.server.app.token}"} | (headers or {})
        data: Any = None
        if files:
            data = aiohttp.FormData(quote_fields=False)
            data.add_field("payload_json", json.dumps(body))
            for index, (name, content) in enumerate(files.items()):
                data.add_field(f"files[{index}]", content, filename=name)
        elif body is not None:
            headers["Content-Type"] = "application/json"
            data = json.dumps(body)
        async with self._session.request(
            method, self.server.base + path, data=data, headers=headers
        ) as response:
            text = await response.text()
            is_json = response.content_type == "application/json"
            return Answer(response.status, json.loads(text) if is_json else text or None)

    async def fetch(self, url: str) -> bytes:
        async with self._session.get(url) as response:
            return await response.read()

    async def register(self, *commands: Json) -> Answer:
        """Replace the global commands."""
        return await self.call("PUT", f"/applications/{self.server.app.id}/commands", list(commands))

    async def respond(self, interaction: Interaction, kind: int, data: Json | None = None) -> Answer:
        path = f"/interactions/{interaction.id}/{interaction.token}/callback?with_response=1"
        return await self.call("POST", path, {"type": kind} | ({} if data is None else {"data": data}))

    def webhook(self, interaction: Interaction, rest: str = "") -> str:
        return f"/webhooks/{self.server.app.id}/{interaction.token}{rest}"

    @asynccontextmanager
    async def socket(self, *, version: int = 10) -> AsyncIterator[BareSocket]:
        """Open a gateway connection and read its HELLO."""
        async with self._session.ws_connect(f"{self.server.gateway.url}?v={version}") as raw:
            socket = BareSocket(raw)
            assert (await socket.next())["op"] == 10
            yield socket

    def identify(self, *, shard: list[int] | None = None, intents: int = 1, token: str | None = None) -> Json:
        return {
            "token": token or self.server.app.token,
            "intents": intents,
            "properties": {"os": "linux", "browser": "bare", "device": "bare"},
        } | ({"shard": shard} if shard else {})
