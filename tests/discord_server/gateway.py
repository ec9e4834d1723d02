"""The gateway: HELLO, IDENTIFY, RESUME, heartbeats, and every way Discord has of ending a connection."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.discord_server import intents, payloads
from tests.discord_server.connection import Connection
from tests.discord_server.protocol import Close, Identify, Op
from tests.discord_server.session import Session

if TYPE_CHECKING:
    from tests.discord_server.world import World

Json = dict[str, Any]


class Gateway:
    def __init__(self, world: World) -> None:
        self.world = world
        self.changes = world.changes()
        self.sessions: dict[str, Session] = {}
        self.connections: list[Connection] = []
        self.identifies: list[Identify] = []
        self.resumes: list[int] = []
        self.heartbeats = 0
        self.acknowledges_heartbeats = True
        self.url = ""
        world.dispatch = self.dispatch

    @property
    def live(self) -> list[Session]:
        return [one for one in self.sessions.values() if one.connection is not None]

    async def wait_ready(self, shards: int = 1) -> None:
        """Wait until that many shards have a session with a socket."""
        await self.changes.until(
            lambda: True if len({one.shard for one in self.live}) >= shards else None,
            f"{shards} shards to be connected",
            self.world.settings.patience,
        )

    async def wait_resumed(self, count: int = 1) -> None:
        """Wait until sessions have been resumed `count` times since the server started."""
        await self.changes.until(
            lambda: True if len(self.resumes) >= count else None,
            f"{count} resumes",
            self.world.settings.patience,
        )

    async def wait_identified(self, count: int) -> None:
        """Wait until IDENTIFY has been accepted `count` times since the server started."""
        await self.changes.until(
            lambda: True if sum(not one.refused for one in self.identifies) >= count else None,
            f"{count} accepted IDENTIFYs",
            self.world.settings.patience,
        )

    def dispatch(self, event: str, data: Json, *, guild_id: int | None = None) -> None:
        wanted = [
            session.dispatch(event, data, in_guild=guild_id is not None)
            for session in self.sessions.values()
            if session.concerns(guild_id)
        ]
        reached = f"to {sum(wanted)} of {len(wanted)} sessions of its shard"
        self.note(f"{event} {reached}")

    def note(self, line: str) -> None:
        self.world.log.gateway.append(line)
        self.changes.notify()

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(timeout=1.0)
        await socket.prepare(request)
        connection = Connection(request, socket)
        self.connections.append(connection)
        interval = int(self.world.settings.heartbeat_interval * 1000)
        connection.send(Op.HELLO, {"heartbeat_interval": interval})
        if request.query.get("v") != "10":
            self.refuse(connection, Close.INVALID_VERSION)
        try:
            async for message in connection.messages():
                self._received(connection, message)
        finally:
            self._closed(connection)
            await connection.finish()
        return socket

    def _closed(self, connection: Connection) -> None:
        self.connections.remove(connection)
        session = connection.session
        if session is not None and session.connection is connection:
            session.connection = None
            if connection.left_for_good:
                self.sessions.pop(session.id, None)
        ended = "the server" if connection.closed_by_server else f"the client with {connection.close_code}"
        self.note(f"connection closed by {ended}")

    def _received(self, connection: Connection, message: Json | None) -> None:
        if message is None:
            self.refuse(connection, Close.DECODE_ERROR)
            return
        if connection.sends_in_last_minute() > self.world.settings.gateway_sends_per_minute:
            self.refuse(connection, Close.RATE_LIMITED)
            return
        op = message.get("op")
        data: Any = message.get("d")
        if op == Op.HEARTBEAT:
            self.heartbeats += 1
            if self.acknowledges_heartbeats:
                connection.send(Op.HEARTBEAT_ACK)
            self.changes.notify()
        elif op == Op.IDENTIFY:
            self._identify(connection, data)
        elif op == Op.RESUME:
            self._resume(connection, data)
        elif op not in list(Op):
            self.refuse(connection, Close.UNKNOWN_OPCODE)
        elif connection.session is None:
            self.refuse(connection, Close.NOT_AUTHENTICATED)
        elif op == Op.REQUEST_MEMBERS:
            self._send_members(connection.session, data)

    def refuse(self, connection: Connection, code: Close) -> None:
        self.note(f"closing with {int(code)} {code.name.lower()}")
        connection.close(code)

    def _identify(self, connection: Connection, data: Json) -> None:
        shard, count = data.get("shard") or [0, 1]
        asked = int(data.get("intents", 0))
        if code := self._identify_fault(connection, data, shard, count, asked):
            self.refuse(connection, code)
            return
        early = self._too_early(shard)
        self.identifies.append(Identify(self.world.settings.clock(), shard, count, early))
        if early:
            self.note(f"IDENTIFY of shard {shard} came too early")
            connection.send(Op.INVALID_SESSION, data=False)
            return
        session = Session(
            id=uuid.uuid4().hex,
            shard=shard,
            shard_count=count,
            intents=asked,
            bot_id=self.world.bot.id,
            connection=connection,
        )
        connection.session = self.sessions[session.id] = session
        self._send_ready(session)
        self.note(f"shard {shard} of {count} identified")

    def _identify_fault(
        self, connection: Connection, data: Json, shard: int, count: int, asked: int
    ) -> Close | None:
        faults = (
            (connection.session is not None, Close.ALREADY_AUTHENTICATED),
            (data.get("token") != self.world.app.token, Close.AUTHENTICATION_FAILED),
            (not 0 <= shard < count, Close.INVALID_SHARD),
            (asked & ~intents.KNOWN, Close.INVALID_INTENTS),
            (asked & intents.PRIVILEGED & ~self.world.app.privileged_intents, Close.DISALLOWED_INTENTS),
        )
        return next((code for applies, code in faults if applies), None)

    def _too_early(self, shard: int) -> bool:
        settings = self.world.settings
        key = shard % settings.max_concurrency
        last = [
            one.at
            for one in self.identifies
            if not one.refused and one.shard % settings.max_concurrency == key
        ]
        return bool(last) and settings.clock() - last[-1] < settings.identify_interval

    def _send_ready(self, session: Session) -> None:
        guilds = [one for one in self.world.guilds.values() if one.installed and session.concerns(one.id)]
        ready: Json = {
            "v": 10,
            "user": payloads.own_user(self.world.bot),
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "session_type": "normal",
            "resume_gateway_url": f"{self.url}resume/",
            "shard": [session.shard, session.shard_count],
            "application": {"id": str(self.world.app.id), "flags": 0},
        }
        session.dispatch("READY", ready, in_guild=False)
        with_members = bool(session.intents & intents.GUILD_MEMBERS)
        for guild in guilds:
            session.dispatch("GUILD_CREATE", payloads.guild(guild, with_members=with_members), in_guild=True)

    def _resume(self, connection: Connection, data: Json) -> None:
        if data.get("token") != self.world.app.token:
            self.refuse(connection, Close.AUTHENTICATION_FAILED)
            return
        session = self.sessions.get(data.get("session_id", ""))
        if session is None:
            self.note("RESUME of an unknown session")
            connection.send(Op.INVALID_SESSION, data=False)
            return
        after = data.get("seq")
        if not isinstance(after, int) or after > session.sequence:
            self.sessions.pop(session.id)
            self.refuse(connection, Close.INVALID_SEQUENCE)
            return
        connection.session = session
        missed = session.replay(connection, after)
        session.dispatch("RESUMED", {}, in_guild=False)
        self.resumes.append(session.shard)
        self.note(f"shard {session.shard} resumed after {after}, {missed} events replayed")

    def _send_members(self, session: Session, data: Json) -> None:
        guild = self.world.guilds[int(data["guild_id"])]
        wanted = {int(one) for one in data.get("user_ids") or []}
        found = [one for one in guild.members.values() if not wanted or one.user.id in wanted]
        chunk: Json = {
            "guild_id": str(guild.id),
            "members": [payloads.member(one, with_user=True) for one in found],
            "chunk_index": 0,
            "chunk_count": 1,
            "nonce": data.get("nonce"),
        }
        session.dispatch("GUILD_MEMBERS_CHUNK", chunk, in_guild=True)
