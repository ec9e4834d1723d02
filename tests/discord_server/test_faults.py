"""Faults ordered by a test happen, and discord.py gets over those that it should get over."""

import asyncio

import aiohttp
import discord
import pytest

from tests.discord_server import DiscordServer
from tests.discord_server.bare import BareApp
from tests.discord_server.conftest import Garden
from tests.discord_server.toy import Toy


@pytest.fixture
def bot() -> Toy:
    bot = Toy()

    @bot.tree.command(description="Ask")
    async def ask(interaction: discord.Interaction) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(content="yes")

    return bot


async def test_rate_limit_with_via_is_waited_out(server: DiscordServer, garden: Garden, bot: Toy) -> None:
    async with server.running(bot):
        server.faults.rate_limit("PATCH", "/webhooks/*", times=2, retry_after=0.01)
        response = await (await garden.ann.slash("ask")).wait_response()
        assert response.content == "yes"
        assert [one.status for one in server.log.of("PATCH")] == [429, 429, 200]
        assert not server.refused, "ordered faults are no refusals"


async def test_rate_limit_without_via_is_raised(server: DiscordServer, garden: Garden) -> None:
    bot = Toy()
    async with server.running(bot):
        channel = bot.get_partial_messageable(garden.channel.id)
        server.faults.rate_limit("POST", "/channels/*/messages", via=False)
        with pytest.raises(discord.HTTPException) as refusal:
            await channel.send("x")
        assert refusal.value.status == 429
        await channel.send("y")
        assert [one.content for one in garden.channel.bot_messages] == ["y"]


async def test_server_error_comes_before_anything_is_done(app: BareApp, garden: Garden) -> None:
    path = f"/channels/{garden.channel.id}/messages"
    app.server.faults.server_error("POST", path, status=502)
    app.server.faults.server_error("GET", path)
    assert (await app.call("POST", path, {"content": "x"})).status == 502
    assert not garden.channel.messages
    assert (await app.call("POST", path, {"content": "x"})).status == 200
    assert [one.status for one in app.server.log.of("POST")] == [502, 200]


async def test_connection_is_cut(app: BareApp, garden: Garden) -> None:
    path = f"/channels/{garden.channel.id}/messages"
    app.server.faults.cut("POST", path)
    with pytest.raises(aiohttp.ClientError):
        await app.call("POST", path, {"content": "x"})
    assert (await app.call("POST", path, {"content": "x"})).status == 200


async def test_request_is_held_until_released(server: DiscordServer, garden: Garden, bot: Toy) -> None:
    async with server.running(bot):
        hold = server.faults.hold("PATCH", "/webhooks/*")
        asked = await garden.ann.slash("ask")
        async with asyncio.timeout(5):
            await hold.reached.wait()
        assert asked.thinking
        hold.release()
        assert (await asked.wait_response()).content == "yes"


async def test_delayed_request_still_succeeds(app: BareApp) -> None:
    app.server.faults.delay("GET", "/users/@me", seconds=0.01)
    assert (await app.call("GET", "/users/@me")).status == 200
    assert app.server.log.requests[-1].fault == "0.01 s late"


@pytest.mark.parametrize("code", [4000, 1012, 4009])
async def test_closed_socket_is_resumed(server: DiscordServer, garden: Garden, bot: Toy, code: int) -> None:
    async with server.running(bot):
        server.faults.close_gateway(code)
        await server.gateway.wait_resumed()
        assert (await (await garden.ann.slash("ask")).wait_response()).content == "yes"
        assert len(server.gateway.identifies) == 1


async def test_request_to_reconnect_is_followed(server: DiscordServer, garden: Garden, bot: Toy) -> None:
    async with server.running(bot):
        server.faults.ask_to_reconnect()
        asked = await garden.ann.slash("ask")
        await server.gateway.wait_resumed()
        assert (await asked.wait_response()).content == "yes", "it is replayed if it was missed"
        assert server.gateway.connections[0].path == "/resume/"


async def test_resumable_invalid_session_is_resumed(server: DiscordServer, bot: Toy) -> None:
    async with server.running(bot):
        server.faults.invalidate_session(resumable=True)
        await server.gateway.wait_resumed()


async def test_lost_session_is_identified_anew(server: DiscordServer, garden: Garden, bot: Toy) -> None:
    server.settings.identify_interval = 0
    async with server.running(bot):
        server.faults.invalidate_session(resumable=False)
        await server.gateway.wait_identified(2)
        assert (await (await garden.ann.slash("ask")).wait_response()).content == "yes"
        assert not server.gateway.resumes


async def test_dropped_socket_is_resumed(server: DiscordServer, bot: Toy) -> None:
    async with server.running(bot):
        server.faults.drop_socket()
        await server.gateway.wait_resumed()


async def test_fault_for_one_shard_leaves_the_other_alone(server: DiscordServer, app: BareApp) -> None:
    server.settings.identify_interval = 0
    async with app.socket() as zero, app.socket() as one:
        for shard, socket in enumerate((zero, one)):
            await socket.send(2, app.identify(shard=[shard, 2]))
            await socket.next()
        server.faults.close_gateway(4000, shard=1)
        assert await one.close_code() == 4000
        await zero.send(1, None)
        assert (await zero.next())["op"] == 11
