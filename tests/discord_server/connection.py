"""One socket to the gateway, written to in order and without waiting."""

from __future__ import annotations

import asyncio
import json
import time
import zlib
from collections import deque
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.discord_server.session import Session

LARGEST_FROM_CLIENT = 4096
MINUTE = 60.0
GONE_FOR_GOOD = (1000, 1001)


class Connection:
    def __init__(self, request: web.Request, socket: web.WebSocketResponse) -> None:
        self.path = request.path
        self.session: Session | None = None
        self.closed_by_server = False
        self._request = request
        self._socket = socket
        self._outgoing: asyncio.Queue[dict[str, Any] | int] = asyncio.Queue()
        self._deflate = zlib.compressobj() if request.query.get("compress") == "zlib-stream" else None
        self._writer = asyncio.create_task(self._write())
        self._sends: deque[float] = deque()

    @property
    def close_code(self) -> int | None:
        return self._socket.close_code

    @property
    def left_for_good(self) -> bool:
        """Whether the client closed with 1000 or 1001, which ends its session."""
        return not self.closed_by_server and self._socket.close_code in GONE_FOR_GOOD

    def send(
        self, op: int, data: Any = None, *, event: str | None = None, sequence: int | None = None
    ) -> None:
        self._outgoing.put_nowait({"op": op, "d": data, "s": sequence, "t": event})

    def close(self, code: int) -> None:
        """Close the socket with this code once everything sent before has gone out."""
        self.closed_by_server = True
        self._outgoing.put_nowait(code)

    def drop(self) -> None:
        """Tear the connection down without a word."""
        if self._request.transport is not None:
            self._request.transport.abort()

    async def _write(self) -> None:
        while True:
            message = await self._outgoing.get()
            if isinstance(message, int):
                await self._socket.close(code=message)
                return
            text = json.dumps(message, separators=(",", ":"))
            try:
                await self._send_text(text)
            except ConnectionError:
                return

    async def _send_text(self, text: str) -> None:
        if self._deflate is None:
            await self._socket.send_str(text)
            return
        data = self._deflate.compress(text.encode()) + self._deflate.flush(zlib.Z_SYNC_FLUSH)
        await self._socket.send_bytes(data)

    def sends_in_last_minute(self) -> int:
        """Count this send and return how many there were within a minute."""
        now = time.monotonic()
        self._sends.append(now)
        while self._sends[0] < now - MINUTE:
            self._sends.popleft()
        return len(self._sends)

    async def messages(self) -> AsyncIterator[dict[str, Any] | None]:
        """Give what the client sends, None for a frame that cannot be read, until the socket closes."""
        async for frame in self._socket:
            if frame.type is not WSMsgType.TEXT or len(frame.data) > LARGEST_FROM_CLIENT:
                yield None
                continue
            try:
                message = json.loads(frame.data)
            except ValueError:
                message = None
            yield message if isinstance(message, dict) else None

    async def finish(self) -> None:
        self._writer.cancel()
        await asyncio.gather(self._writer, return_exceptions=True)
