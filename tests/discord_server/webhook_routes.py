"""Routes by which a bot edits its response and sends follow-ups, as long as the token lives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.discord_server import flags, limits, payloads, posting
from tests.discord_server.call import Answer, Call, Route
from tests.discord_server.errors import ApiError, unknown
from tests.discord_server.interaction import Callback, Interaction

if TYPE_CHECKING:
    from tests.discord_server.channels import Message
    from tests.discord_server.world import World

FOLLOWUPS_OF_USER_INSTALL = 5


class WebhookRoutes:
    def __init__(self, world: World) -> None:
        self.world = world

    def routes(self) -> list[Route]:
        webhook = "/webhooks/{webhook_id}/{webhook_token}"
        original, other = webhook + "/messages/@original", webhook + "/messages/{message_id}"
        return [
            Route("POST", webhook, self.follow_up, with_bot_token=False),
            *(
                Route(method, path, handler, with_bot_token=False)
                for path in (original, other)
                for method, handler in (("GET", self.get), ("PATCH", self.edit), ("DELETE", self.delete))
            ),
        ]

    def follow_up(self, call: Call) -> Answer:
        interaction = self._interaction(call)
        limits.check_message(self.world.settings, call.fields, call.uploads, flags.ON_RESPONSE)
        if interaction.thinking and interaction.original is not None:
            return self._fill(interaction, interaction.original, call)
        if interaction.by_user_install and len(interaction.followups) >= FOLLOWUPS_OF_USER_INSTALL:
            raise ApiError(400, 40094, "Max number of follow-up messages for this interaction reached")
        made = posting.create(
            self.world, interaction.channel, call.fields, call.uploads, interaction=interaction
        )
        interaction.followups.append(made)
        interaction.changes.notify()
        return payloads.message(made)

    def _fill(self, interaction: Interaction, original: Message, call: Call) -> Answer:
        """Let the first follow-up after a deferral become the response; the deferral decided who sees it."""
        lasting = {**call.fields, "flags": int(call.fields.get("flags") or 0) & ~flags.EPHEMERAL}
        posting.edit(self.world, original, lasting, call.uploads)
        interaction.changes.notify()
        return payloads.message(original)

    def get(self, call: Call) -> Answer:
        return payloads.message(self._message(call)[1])

    def edit(self, call: Call) -> Answer:
        interaction, message = self._message(call)
        limits.check_edit(self.world.settings, message.now, call.fields, call.uploads)
        posting.edit(self.world, message, call.fields, call.uploads)
        interaction.changes.notify()
        return payloads.message(message)

    def delete(self, call: Call) -> Answer:
        interaction, message = self._message(call)
        posting.delete(message)
        interaction.changes.notify()
        return None

    def _interaction(self, call: Call) -> Interaction:
        interaction = self.world.interactions.get(call.places["webhook_token"])
        if interaction is None or call.id("webhook_id") != self.world.app.id or interaction.callback is None:
            raise unknown("Webhook")
        if interaction.token_expired:
            raise ApiError(401, 50027, "Invalid Webhook Token")
        return interaction

    def _message(self, call: Call) -> tuple[Interaction, Message]:
        interaction = self._interaction(call)
        wanted = call.places.get("message_id")
        own = [*([interaction.original] if interaction.original else []), *interaction.followups]
        if wanted is None:
            found = interaction.original if interaction.callback is not Callback.MODAL else None
        else:
            found = next((one for one in own if one.id == call.id("message_id")), None)
        if found is None or found.deleted:
            raise unknown("Message")
        return interaction, found
