"""The gateway's protocol: identifying, its pace, shards, resuming, heartbeats and close codes."""

import asyncio

import discord
import pytest

from tests.discord_server import DiscordServer, ManualClock
from tests.discord_server.bare import BareApp, BareSocket, Json
from tests.discord_server.conftest import Garden
from tests.discord_server.toy import Toy

HEARTBEAT, IDENTIFY, RESUME, INVALID, ACK = 1, 2, 6, 9, 11


async def ready(socket: BareSocket, identify: Json) -> Json:
    """Identify and return READY."""
    await socket.send(IDENTIFY, identify)
    message = await socket.next()
    assert message["t"] == "READY"
    return message


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"token": "wrong"}, 4004),
        ({"shard": [2, 2]}, 4010),
        ({"intents": 1 << 40}, 4013),
        ({"intents": 1 << 15}, 4014),
    ],
)
async def test_identify_that_discord_refuses_closes_the_socket(app: BareApp, more: Json, code: int) -> None:
    async with app.socket() as socket:
        await socket.send(IDENTIFY, app.identify() | more)
        assert await socket.close_code() == code


async def test_privileged_intent_is_taken_once_the_app_has_it(app: BareApp, server: DiscordServer) -> None:
    server.app.privileged_intents = 1 << 15
    async with app.socket() as socket:
        await ready(socket, app.identify(intents=1 << 15))


async def test_discord_py_is_told_of_a_bad_token_and_a_refused_intent(server: DiscordServer) -> None:
    with pytest.raises(discord.PrivilegedIntentsRequired):
        async with server.running(Toy(discord.Intents(message_content=True))):
            pass
    server.app.token = server.app.token[::-1]
    stranger = Toy()
    with server.point_client_here(), pytest.raises(discord.LoginFailure):
        async with stranger:
            await stranger.start("wrong")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", 4002),
        ('{"op": 2, "d": "' + "x" * 4096 + '"}', 4002),
        ('{"op": 99}', 4001),
        ('{"op": 8, "d": {}}', 4003),
    ],
)
async def test_frame_out_of_order_closes_the_socket(app: BareApp, text: str, code: int) -> None:
    async with app.socket() as socket:
        await socket.send_text(text)
        assert await socket.close_code() == code


async def test_second_identify_on_a_socket_is_refused(app: BareApp) -> None:
    async with app.socket() as socket:
        await ready(socket, app.identify())
        await socket.send(IDENTIFY, app.identify())
        assert await socket.close_code() == 4005


async def test_wrong_version_is_refused(app: BareApp) -> None:
    async with app.socket(version=9) as socket:
        assert await socket.close_code() == 4012


async def test_too_many_sends_are_refused(app: BareApp, server: DiscordServer) -> None:
    server.settings.gateway_sends_per_minute = 3
    async with app.socket() as socket:
        for _ in range(4):
            await socket.send(HEARTBEAT, None)
        assert await socket.close_code() == 4008


async def test_heartbeats_are_acknowledged(app: BareApp, server: DiscordServer) -> None:
    async with app.socket() as socket:
        await socket.send(HEARTBEAT, None)
        assert (await socket.next())["op"] == ACK
    assert server.gateway.heartbeats == 1


async def test_identify_is_paced_by_rate_limit_key(
    app: BareApp, server: DiscordServer, clock: ManualClock
) -> None:
    server.settings.max_concurrency = 2
    async with app.socket() as first, app.socket() as second, app.socket() as third:
        await ready(first, app.identify(shard=[0, 3]))
        await ready(second, app.identify(shard=[1, 3]))
        await third.send(IDENTIFY, app.identify(shard=[2, 3]))
        refused = await third.next()
        assert (refused["op"], refused["d"]) == (INVALID, False)
        clock.advance(5)
        await ready(third, app.identify(shard=[2, 3]))
    assert [one.refused for one in server.gateway.identifies] == [False, False, True, False]


async def test_events_go_to_the_shard_of_their_guild_and_dms_to_shard_0(
    app: BareApp, server: DiscordServer
) -> None:
    server.settings.identify_interval = 0
    await app.register({"name": "ask", "description": "Ask"})
    ann = server.add_user("ann")
    guilds = [server.add_guild(f"on {shard}", shard=(shard, 2)) for shard in (0, 1)]
    for guild in guilds:
        guild.add_member(ann)
        guild.add_channel("questions")
    async with app.socket() as zero, app.socket() as one:
        for shard, socket in enumerate((zero, one)):
            assert len((await ready(socket, app.identify(shard=[shard, 2])))["d"]["guilds"]) == 1
            assert (await socket.next())["d"]["name"] == f"on {shard}"
        for where, socket in (
            (guilds[1].channels[0], one),
            (guilds[0].channels[0], zero),
            (ann.dm, zero),
        ):
            asked = await ann.slash("ask", where=where)
            assert (await socket.next())["d"]["id"] == str(asked.id)


async def test_resume_replays_what_was_missed(app: BareApp, server: DiscordServer, garden: Garden) -> None:
    await app.register({"name": "ask", "description": "Ask"})
    async with app.socket() as socket:
        hello = await ready(socket, app.identify())
        seen = (await socket.next())["s"]
        await socket.leave(4000)
    missed = await garden.ann.slash("ask")
    resume = {
        "token": server.app.token,
        "session_id": hello["d"]["session_id"],
        "seq": seen,
    }
    async with app.socket() as socket:
        await socket.send(RESUME, resume)
        replayed = await socket.next()
        assert (replayed["s"], replayed["d"]["id"]) == (seen + 1, str(missed.id))
        assert (await socket.next())["t"] == "RESUMED"
    assert len(server.gateway.identifies) == 1


async def test_session_left_with_1000_cannot_be_resumed(app: BareApp, server: DiscordServer) -> None:
    async with app.socket() as socket:
        session = (await ready(socket, app.identify()))["d"]["session_id"]
        await socket.leave(1000)
    async with app.socket() as socket:
        await socket.send(RESUME, {"token": server.app.token, "session_id": session, "seq": 1})
        answer = await socket.next()
        assert (answer["op"], answer["d"]) == (INVALID, False)


async def test_sequence_from_the_future_ends_the_session(app: BareApp, server: DiscordServer) -> None:
    async with app.socket() as socket:
        session = (await ready(socket, app.identify()))["d"]["session_id"]
        await socket.leave(4000)
    async with app.socket() as socket:
        await socket.send(RESUME, {"token": server.app.token, "session_id": session, "seq": 99})
        assert await socket.close_code() == 4007
    assert not server.gateway.sessions


async def test_auto_sharded_client_runs_both_shards(server: DiscordServer) -> None:
    server.settings.recommended_shards = 2
    server.settings.identify_interval = 0

    class Sharded(discord.AutoShardedClient):
        async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
            """Identify at once: the default waits five seconds."""

    guilds = [server.add_guild("a", shard=(0, 2)), server.add_guild("b", shard=(1, 2))]
    bot = Sharded(intents=discord.Intents(guilds=True), guild_ready_timeout=0.05)
    async with server.running(bot):
        await server.gateway.wait_ready(shards=2)
        assert {guild.shard_id for guild in bot.guilds} == {0, 1}
        assert {one.id for one in bot.guilds} == {one.id for one in guilds}


async def test_discord_py_heartbeats(server: DiscordServer) -> None:
    server.settings.heartbeat_interval = 0.02
    bot = Toy()
    async with server.running(bot):
        await server.gateway.changes.until(
            lambda: True if server.gateway.heartbeats >= 3 else None, "three heartbeats", 5
        )
        assert bot.latency < 5


async def test_members_are_told_on_request(server: DiscordServer, garden: Garden) -> None:
    server.app.privileged_intents = 1 << 1
    intents = discord.Intents(guilds=True, members=True)
    bot = Toy(intents, chunk_guilds_at_startup=False)
    async with server.running(bot):
        guild = bot.get_guild(garden.guild.id)
        assert guild is not None
        found = await asyncio.wait_for(guild.query_members(user_ids=[garden.ann.id]), 5)
        assert [one.name for one in found] == ["ann"]
