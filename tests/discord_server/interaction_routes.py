"""The route for first responses: one per interaction, within the three seconds, of a fitting type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.discord_server import flags, limits, limits_modal, payloads, posting
from tests.discord_server.call import Answer, Call, Route
from tests.discord_server.errors import already_acknowledged, invalid_form, unknown
from tests.discord_server.interaction import Callback, Choice, Interaction, Kind, Modal

if TYPE_CHECKING:
    from tests.discord_server.channels import Message
    from tests.discord_server.world import World

MESSAGES = {Callback.MESSAGE, Callback.DEFERRED_MESSAGE}
UPDATES = {Callback.UPDATE, Callback.DEFERRED_UPDATE}


class InteractionRoutes:
    def __init__(self, world: World) -> None:
        self.world = world
        self._do = {
            Callback.MESSAGE: self._send,
            Callback.DEFERRED_MESSAGE: self._defer,
            Callback.DEFERRED_UPDATE: self._defer_update,
            Callback.UPDATE: self._update,
            Callback.CHOICES: self._suggest,
            Callback.MODAL: self._open_modal,
        }

    def routes(self) -> list[Route]:
        path = "/interactions/{interaction_id}/{interaction_token}/callback"
        return [Route("POST", path, self.respond, with_bot_token=False)]

    def respond(self, call: Call) -> Answer:
        interaction = self._find(call)
        try:
            callback = Callback(int(call.fields.get("type", 0)))
        except ValueError:
            raise _wrong_type(call.fields.get("type"), interaction) from None
        if callback not in _allowed(interaction):
            raise _wrong_type(callback, interaction)
        message = self._do[callback](interaction, call.fields.get("data") or {}, call)
        interaction.callback = callback
        interaction.acknowledged_after = interaction.age
        interaction.changes.notify()
        if call.query.get("with_response", "").lower() not in ("1", "true"):
            return None
        return _answer(interaction, message)

    def _find(self, call: Call) -> Interaction:
        interaction = self.world.interactions.get(call.places["interaction_token"])
        if interaction is None or interaction.id != call.id("interaction_id"):
            raise unknown("Interaction")
        if interaction.callback is not None:
            raise already_acknowledged()
        if interaction.did_not_respond:
            raise unknown("Interaction")
        return interaction

    def _send(self, interaction: Interaction, data: dict[str, Any], call: Call) -> Message:
        limits.check_message(self.world.settings, data, call.uploads, flags.ON_RESPONSE, at=("data",))
        made = posting.create(self.world, interaction.channel, data, call.uploads, interaction=interaction)
        interaction.original = made
        return made

    def _defer(self, interaction: Interaction, data: dict[str, Any], _: Call) -> Message:
        limits.check_flags(self.world.settings, data, flags.ON_DEFER, at=("data",))
        body = {"flags": int(data.get("flags") or 0) | flags.LOADING}
        made = posting.create(
            self.world, interaction.channel, body, [], interaction=interaction, loading=True
        )
        interaction.original = made
        return made

    def _defer_update(self, interaction: Interaction, _data: dict[str, Any], _call: Call) -> Message | None:
        self._take_source(interaction)
        return interaction.source

    def _update(self, interaction: Interaction, data: dict[str, Any], call: Call) -> Message | None:
        source = self._take_source(interaction)
        limits.check_edit(self.world.settings, source.now, data, call.uploads, at=("data",))
        return posting.edit(self.world, source, data, call.uploads)

    @staticmethod
    def _take_source(interaction: Interaction) -> Message:
        source = interaction.source
        if source is None or source.deleted:
            raise unknown("Message")
        interaction.original = source
        interaction.versions_before = len(source.versions)
        return source

    def _suggest(self, interaction: Interaction, data: dict[str, Any], _: Call) -> None:
        choices = data.get("choices") or []
        if self.world.settings.check_limits:
            limits.check_choices(choices, at=("data", "choices"))
        interaction.choices = [Choice(one["name"], one["value"]) for one in choices]

    def _open_modal(self, interaction: Interaction, data: dict[str, Any], _: Call) -> None:
        if self.world.settings.check_limits:
            limits_modal.check_modal(data, at=("data",))
        interaction.modal = Modal(data)


def _allowed(interaction: Interaction) -> set[Callback]:
    """Return the kinds of first response Discord takes for this kind of interaction."""
    if interaction.kind is Kind.AUTOCOMPLETE:
        return {Callback.CHOICES}
    if interaction.kind is Kind.COMMAND:
        return MESSAGES | {Callback.MODAL}
    if interaction.kind is Kind.COMPONENT:
        return MESSAGES | UPDATES | {Callback.MODAL}
    return MESSAGES | (UPDATES if interaction.source is not None else set())


def _wrong_type(kind: Any, interaction: Interaction) -> Exception:
    allowed = ", ".join(str(int(one)) for one in sorted(_allowed(interaction)))
    return invalid_form(("type",), "BASE_TYPE_CHOICES", f"Value must be one of {{{allowed}}}, not {kind!r}.")


def _answer(interaction: Interaction, message: Message | None) -> payloads.Json:
    about: payloads.Json = {"id": str(interaction.id), "type": int(interaction.kind)}
    if message is None:
        return {"interaction": about}
    about |= {
        "response_message_id": str(message.id),
        "response_message_loading": message.loading,
        "response_message_ephemeral": message.ephemeral,
    }
    made = interaction.callback in MESSAGES
    kind = Callback.MESSAGE if made else Callback.UPDATE
    return {"interaction": about, "resource": {"type": int(kind), "message": payloads.message(message)}}
