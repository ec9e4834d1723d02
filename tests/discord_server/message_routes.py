"""Routes for ordinary messages in channels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.discord_server import flags, intents, limits, payloads, posting
from tests.discord_server.call import Answer, Call, Route
from tests.discord_server.errors import ApiError, invalid_form

if TYPE_CHECKING:
    from tests.discord_server.access import Access
    from tests.discord_server.channels import Channel, Message
    from tests.discord_server.world import World


class MessageRoutes:
    def __init__(self, world: World, access: Access) -> None:
        self.world = world
        self.access = access

    def routes(self) -> list[Route]:
        messages = "/channels/{channel_id}/messages"
        return [
            Route("GET", messages, self.history),
            Route("POST", messages, self.create),
            Route("GET", messages + "/{message_id}", self.get),
            Route("PATCH", messages + "/{message_id}", self.edit),
            Route("DELETE", messages + "/{message_id}", self.delete),
        ]

    def history(self, call: Call) -> Answer:
        found = [one for one in self.access.channel(call).messages if not one.deleted and one.seen_by is None]
        if "before" in call.query:
            found = [one for one in found if one.id < int(call.query["before"])]
        if "after" in call.query:
            found = [one for one in found if one.id > int(call.query["after"])]
        return [self._shown(one) for one in reversed(found)][: int(call.query.get("limit", 50))]

    def get(self, call: Call) -> Answer:
        return self._shown(self.access.message(call))

    def create(self, call: Call) -> Answer:
        channel, body = self.access.channel(call), call.fields
        self.access.demand_send(channel, files=bool(call.uploads))
        limits.check_message(self.world.settings, body, call.uploads, flags.ON_CREATE)
        if earlier := self._repeated(channel, call):
            return payloads.message(earlier)
        made = posting.create(
            self.world, channel, body, call.uploads, reply_to=self._replied_to(channel, body)
        )
        return payloads.message(made)

    def edit(self, call: Call) -> Answer:
        message = self._own(call)
        limits.check_edit(self.world.settings, message.now, call.fields, call.uploads)
        return payloads.message(posting.edit(self.world, message, call.fields, call.uploads))

    def delete(self, call: Call) -> Answer:
        posting.delete(self._own(call, code=50003, message="Cannot execute action on a DM channel"))
        return None

    def _own(self, call: Call, code: int = 50005, message: str = "") -> Message:
        found = self.access.message(call)
        if found.author is not self.world.bot:
            raise ApiError(403, code, message or "Cannot edit a message authored by another user")
        return found

    def _shown(self, message: Message) -> payloads.Json:
        own = message.author is self.world.bot or self.world.bot in message.pinged.users
        granted = self.world.app.privileged_intents & intents.MESSAGE_CONTENT
        in_dm = message.channel.guild is None
        return payloads.message(message, with_content=own or in_dm or bool(granted))

    @staticmethod
    def _repeated(channel: Channel, call: Call) -> Message | None:
        nonce = call.fields.get("nonce")
        if nonce is None or not call.fields.get("enforce_nonce"):
            return None
        return next((one for one in channel.messages if one.nonce == nonce), None)

    @staticmethod
    def _replied_to(channel: Channel, body: payloads.Json) -> Message | None:
        reference = body.get("message_reference")
        if not reference:
            return None
        for message in channel.messages:
            if message.id == int(reference["message_id"]) and not message.deleted:
                return message
        if reference.get("fail_if_not_exists", True):
            raise invalid_form(("message_reference",), "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
        return None
