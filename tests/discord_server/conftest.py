"""A server, a guild with one channel and one member, and an app without a library."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from tests.discord_server import Channel, DiscordServer, Guild, ManualClock, Person, Settings
from tests.discord_server.bare import BareApp


@dataclass(frozen=True)
class Garden:
    guild: Guild
    channel: Channel
    ann: Person
    bob: Person


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def server(clock: ManualClock) -> AsyncIterator[DiscordServer]:
    async with DiscordServer(Settings(clock=clock)) as server:
        yield server


@pytest.fixture
def garden(server: DiscordServer) -> Garden:
    guild = server.add_guild("Garden")
    ann, bob = server.add_user("ann"), server.add_user("bob")
    guild.add_member(ann)
    guild.add_member(bob)
    return Garden(guild, guild.add_channel("questions"), ann, bob)


@pytest.fixture
async def app(server: DiscordServer) -> AsyncIterator[BareApp]:
    async with BareApp(server) as app:
        yield app
