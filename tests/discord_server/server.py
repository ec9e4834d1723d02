"""The server itself: a Discord on a free port of 127.0.0.1."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Self

import yarl
from aiohttp import web
from discord.gateway import DiscordWebSocket
from discord.http import Route as ClientRoute

from tests.discord_server.access import Access
from tests.discord_server.account_routes import AccountRoutes
from tests.discord_server.call import PREFIX
from tests.discord_server.command_routes import CommandRoutes
from tests.discord_server.faults import Faults
from tests.discord_server.gateway import Gateway
from tests.discord_server.interaction_routes import InteractionRoutes
from tests.discord_server.message_routes import MessageRoutes
from tests.discord_server.rest import Rest
from tests.discord_server.schema import published
from tests.discord_server.settings import Settings
from tests.discord_server.webhook_routes import WebhookRoutes
from tests.discord_server.world import World

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    import discord

    from tests.discord_server.command_book import CommandBook
    from tests.discord_server.log import Log, Request
    from tests.discord_server.model import Application, Guild, Team, User
    from tests.discord_server.people import Person

SECONDS_TO_START = 20.0


class DiscordServer:
    """Use as `async with DiscordServer() as discord:`; see the package's own text."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.world = World(settings or Settings())
        self.gateway = Gateway(self.world)
        self.faults = Faults(self.gateway)
        self._runner: web.AppRunner | None = None
        self.base = ""

    @property
    def settings(self) -> Settings:
        return self.world.settings

    @property
    def app(self) -> Application:
        return self.world.app

    @property
    def bot(self) -> User:
        """The bot's own user, for mentioning it: `server.bot.mention`."""
        return self.world.bot

    @property
    def owner(self) -> Person:
        """The owner of the application, who also owns every guild."""
        return self.world.app.owner

    @property
    def commands(self) -> CommandBook:
        return self.world.commands

    @property
    def log(self) -> Log:
        return self.world.log

    @property
    def refused(self) -> list[Request]:
        """The bot's requests that were answered with an error no test had ordered."""
        return self.world.log.refused

    def add_guild(
        self,
        name: str,
        *,
        shard: tuple[int, int] | None = None,
        installed: bool = True,
        locale: str = "en-US",
    ) -> Guild:
        """Add a guild; `shard=(1, 2)` gives it an id that falls on shard 1 of 2."""
        return self.world.add_guild(name, shard=shard, installed=installed, locale=locale)

    def add_user(self, name: str, *, locale: str = "en-US") -> Person:
        return self.world.add_user(name, locale=locale)

    def set_team(self, name: str, members: list[Person]) -> Team:
        """Let a team own the application; its first member owns the team."""
        return self.world.set_team(name, members)

    async def __aenter__(self) -> Self:
        account = AccountRoutes(self.world, self.gateway, access := Access(self.world))
        routes = [
            *account.routes(),
            *CommandRoutes(self.world).routes(),
            *MessageRoutes(self.world, access).routes(),
            *InteractionRoutes(self.world).routes(),
            *WebhookRoutes(self.world).routes(),
        ]
        application = Rest(self.world, self.faults, published()).application(routes)
        application.router.add_get("/", self.gateway.serve)
        application.router.add_get("/resume/", self.gateway.serve)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.world.base_url = f"http://{host}:{port}"
        self.base = f"{self.world.base_url}{PREFIX}"
        self.gateway.url = f"ws://{host}:{port}/"
        return self

    async def __aexit__(self, *_: object) -> None:
        for connection in list(self.gateway.connections):
            connection.drop()
        if self._runner is not None:
            await self._runner.cleanup()

    @contextmanager
    def point_client_here(self) -> Iterator[None]:
        """Let every discord.py client of this process talk to this server instead of Discord."""
        before = ClientRoute.BASE, DiscordWebSocket.DEFAULT_GATEWAY
        ClientRoute.BASE = self.base
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(self.gateway.url)
        try:
            yield
        finally:
            ClientRoute.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before

    async def ready(self, bot: discord.Client) -> None:
        """Wait until a bot that is being started elsewhere has a session here and has dispatched on_ready."""
        await self.gateway.wait_ready()
        await bot.wait_until_ready()

    @asynccontextmanager
    async def running(self, bot: discord.Client) -> AsyncIterator[None]:
        """Run a bot against this server, from login to on_ready, and close it in the end.

        What makes the bot stop early (a bad token, a refused intent) is raised here.
        """
        with self.point_client_here():
            async with bot:
                work = asyncio.create_task(bot.start(self.app.token))
                ready = asyncio.create_task(bot.wait_until_ready())
                try:
                    await asyncio.wait(
                        {work, ready}, timeout=SECONDS_TO_START, return_when=asyncio.FIRST_COMPLETED
                    )
                    if work.done():
                        work.result()
                    if not ready.done():
                        raise AssertionError(f"the bot did not become ready\n{self.log.explain()}")
                    yield
                finally:
                    ready.cancel()
                    await bot.close()
                    await asyncio.gather(work, ready, return_exceptions=True)
