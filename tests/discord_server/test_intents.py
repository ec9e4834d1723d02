"""A session gets only the events it asked for, and content only where it may read it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import discord
import pytest

from tests.discord_server import DiscordServer
from tests.discord_server.bare import BareApp, BareSocket, Json
from tests.discord_server.conftest import Garden
from tests.discord_server.toy import Toy

GUILDS, GUILD_MESSAGES, DIRECT_MESSAGES, MESSAGE_CONTENT = 1 << 0, 1 << 9, 1 << 12, 1 << 15


@asynccontextmanager
async def session(app: BareApp, intents: int) -> AsyncIterator[BareSocket]:
    async with app.socket() as socket:
        await socket.send(2, app.identify(intents=intents))
        assert (await socket.next())["t"] == "READY"
        yield socket


async def until_interaction(socket: BareSocket) -> list[Json]:
    """Read events up to the next interaction, which every session gets."""
    events: list[Json] = []
    while (event := await socket.next())["t"] != "INTERACTION_CREATE":
        events.append(event)
    return events


@pytest.mark.parametrize(
    ("intents", "expected"),
    [
        (0, []),
        (GUILDS, ["GUILD_CREATE"]),
        (GUILD_MESSAGES, ["garden"]),
        (DIRECT_MESSAGES, ["dm"]),
    ],
)
async def test_only_events_asked_for_are_sent(
    app: BareApp, garden: Garden, intents: int, expected: list[str]
) -> None:
    await app.register({"name": "ask", "description": "Ask"})
    async with session(app, intents) as socket:
        in_guild = await garden.ann.say(garden.channel, "x")
        await garden.ann.say(garden.ann.dm, "x")
        await garden.ann.slash("ask")
        places = {str(in_guild.channel.id): "garden", str(garden.ann.dm.id): "dm"}
        events = await until_interaction(socket)
        assert [places.get(one["d"].get("channel_id", ""), one["t"]) for one in events] == expected


async def test_content_is_empty_unless_the_bot_is_meant(
    app: BareApp, garden: Garden, server: DiscordServer
) -> None:
    await app.register({"name": "ask", "description": "Ask"})
    path = f"/channels/{garden.channel.id}/messages"
    async with session(app, GUILD_MESSAGES | DIRECT_MESSAGES) as socket:
        await app.call("POST", path, {"content": "by the bot"})
        own = garden.channel.messages[-1]
        other = await garden.bob.say(garden.channel, "nothing to do with it")
        await garden.ann.say(garden.channel, f"{server.bot.mention} hello")
        await garden.ann.say(garden.channel, "a reply", reply_to=own)
        await garden.ann.say(garden.channel, "a quiet reply", reply_to=own, ping=False)
        await garden.ann.say(garden.channel, f"{server.bot.mention} this", reply_to=other)
        await garden.ann.say(garden.ann.dm, "in private")
        await garden.ann.slash("ask")
        events = await until_interaction(socket)
    assert [one["d"]["content"] for one in events] == [
        "by the bot",
        "",
        f"{server.bot.mention} hello",
        "a reply",
        "",
        f"{server.bot.mention} this",
        "in private",
    ]


async def test_reply_to_a_command_response_does_not_bring_its_content(
    server: DiscordServer, garden: Garden
) -> None:
    bot = Toy()

    @bot.tree.command(description="Ask")
    async def ask(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("yes")

    async with server.running(bot):
        response = await (await garden.ann.slash("ask")).wait_response()
        await garden.ann.say(garden.channel, "thanks", reply_to=response)
        await garden.ann.say(garden.ann.dm, "last")
        await (await garden.ann.slash("ask")).wait_response()
    heard = [one.content for one in bot.heard if one.author.name == "ann"]
    assert heard == ["", "last"]


async def test_content_comes_with_the_intent(app: BareApp, garden: Garden, server: DiscordServer) -> None:
    server.app.privileged_intents = MESSAGE_CONTENT
    async with session(app, GUILD_MESSAGES | MESSAGE_CONTENT) as socket:
        await garden.ann.say(garden.channel, "hello")
        assert (await socket.next())["d"]["content"] == "hello"


async def test_history_hides_content_as_events_do(app: BareApp, garden: Garden) -> None:
    await garden.ann.say(garden.channel, "hello")
    (message,) = (await app.call("GET", f"/channels/{garden.channel.id}/messages")).body
    assert message["content"] == ""


async def test_ephemeral_responses_make_no_message_event(app: BareApp, garden: Garden) -> None:
    await app.register({"name": "ask", "description": "Ask"})
    async with session(app, GUILD_MESSAGES) as socket:
        asked = await garden.ann.slash("ask")
        assert await until_interaction(socket) == []
        await app.respond(asked, 4, {"content": "x", "flags": 64})
        await garden.ann.slash("ask")
        assert await until_interaction(socket) == []
