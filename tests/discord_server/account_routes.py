"""Routes about the app itself, its gateway, channels and guilds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.discord_server import app_payloads, payloads
from tests.discord_server.call import Answer, Call, Route
from tests.discord_server.channels import Typing
from tests.discord_server.errors import invalid_form, unknown

if TYPE_CHECKING:
    from tests.discord_server.access import Access
    from tests.discord_server.gateway import Gateway
    from tests.discord_server.world import World


class AccountRoutes:
    def __init__(self, world: World, gateway: Gateway, access: Access) -> None:
        self.world = world
        self.gateway = gateway
        self.access = access

    def routes(self) -> list[Route]:
        return [
            Route("GET", "/gateway", self.get_gateway, with_bot_token=False),
            Route("GET", "/gateway/bot", self.get_bot_gateway),
            Route("GET", "/users/@me", self.get_me),
            Route("GET", "/users/{user_id}", self.get_user),
            Route("GET", "/oauth2/applications/@me", self.get_application),
            Route("GET", "/applications/@me", self.get_application),
            Route("POST", "/users/@me/channels", self.open_dm),
            Route("GET", "/channels/{channel_id}", self.get_channel),
            Route("POST", "/channels/{channel_id}/typing", self.type),
            Route("GET", "/guilds/{guild_id}", self.get_guild),
            Route("GET", "/guilds/{guild_id}/channels", self.get_guild_channels),
            Route("GET", "/guilds/{guild_id}/roles", self.get_roles),
            Route("GET", "/guilds/{guild_id}/members/{user_id}", self.get_member),
        ]

    def get_gateway(self, _: Call) -> Answer:
        return {"url": self.gateway.url}

    def get_bot_gateway(self, _: Call) -> Answer:
        settings = self.world.settings
        started = sum(not one.refused for one in self.gateway.identifies)
        limit = {
            "total": 1000,
            "remaining": max(0, 1000 - started),
            "reset_after": 86_400_000,
            "max_concurrency": settings.max_concurrency,
        }
        return {"url": self.gateway.url, "shards": settings.recommended_shards, "session_start_limit": limit}

    def get_me(self, _: Call) -> Answer:
        return payloads.own_user(self.world.bot)

    def get_user(self, call: Call) -> Answer:
        user = self.world.users.get(call.id("user_id"))
        if user is None:
            raise unknown("User")
        return payloads.user(user)

    def get_application(self, _: Call) -> Answer:
        return app_payloads.application(self.world.app)

    def open_dm(self, call: Call) -> Answer:
        recipient = call.fields.get("recipient_id")
        user = self.world.users.get(int(recipient)) if recipient else None
        if user is None or user is self.world.bot:
            raise invalid_form(("recipient_id",), "INVALID_RECIPIENT", "Invalid Recipient(s)")
        return payloads.channel(self.world.conversation(user, self.world.bot))

    def get_channel(self, call: Call) -> Answer:
        return payloads.channel(self.access.channel(call))

    def type(self, call: Call) -> Answer:
        channel = self.access.channel(call)
        self.access.demand_send(channel)
        channel.typing.append(Typing(self.world.bot, self.world.settings.clock()))
        channel.changes.notify()
        return None

    def get_guild(self, call: Call) -> Answer:
        return payloads.guild_facts(self.access.guild(call))

    def get_guild_channels(self, call: Call) -> Answer:
        return [payloads.channel(one) for one in self.access.guild(call).channels]

    def get_roles(self, call: Call) -> Answer:
        return [payloads.role(one) for one in self.access.guild(call).roles]

    def get_member(self, call: Call) -> Answer:
        member = self.access.guild(call).members.get(call.id("user_id"))
        if member is None:
            raise unknown("Member")
        return payloads.member(member, with_user=True)
