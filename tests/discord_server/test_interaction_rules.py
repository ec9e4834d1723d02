"""One first response within three seconds, and a token that lives a quarter of an hour."""

from typing import Any

import pytest

from tests.discord_server import DiscordServer, Interaction, ManualClock
from tests.discord_server.bare import BareApp
from tests.discord_server.conftest import Garden

ASK = {"name": "ask", "description": "Ask", "options": []}
MESSAGE, DEFER, UPDATE, CHOICES, MODAL = 4, 5, 7, 8, 9
HELLO: dict[str, Any] = {"content": "hello"}


@pytest.fixture
async def asked(app: BareApp, garden: Garden) -> Interaction:
    await app.register(ASK)
    return await garden.ann.slash("ask")


async def test_response_at_the_third_second_is_taken(
    app: BareApp, asked: Interaction, clock: ManualClock
) -> None:
    clock.advance(3.0)
    assert (await app.respond(asked, MESSAGE, HELLO)).status == 200


async def test_response_after_three_seconds_finds_the_interaction_dead(
    app: BareApp, asked: Interaction, clock: ManualClock
) -> None:
    clock.advance(3.01)
    answer = await app.respond(asked, MESSAGE, HELLO)
    assert (answer.status, answer.code) == (404, 10062)
    assert asked.did_not_respond
    followup = await app.call("POST", app.webhook(asked), HELLO)
    assert (followup.status, followup.code) == (404, 10015)


async def test_second_response_is_refused(app: BareApp, asked: Interaction) -> None:
    await app.respond(asked, DEFER)
    answer = await app.respond(asked, MESSAGE, HELLO)
    assert (answer.status, answer.code) == (400, 40060)


async def test_refused_response_does_not_use_the_interaction_up(app: BareApp, asked: Interaction) -> None:
    assert (await app.respond(asked, MESSAGE, {"content": ""})).code == 50006
    assert (await app.respond(asked, MESSAGE, HELLO)).status == 200


async def test_token_dies_after_fifteen_minutes(app: BareApp, asked: Interaction, clock: ManualClock) -> None:
    await app.respond(asked, DEFER)
    clock.advance(900)
    assert (await app.call("PATCH", app.webhook(asked, "/messages/@original"), HELLO)).status == 200
    clock.advance(1)
    answer = await app.call("POST", app.webhook(asked), HELLO)
    assert (answer.status, answer.code) == (401, 50027)


async def test_unknown_tokens(app: BareApp, asked: Interaction, server: DiscordServer) -> None:
    answer = await app.call("POST", f"/interactions/{asked.id}/nonsense/callback", {"type": DEFER})
    assert (answer.status, answer.code) == (404, 10062)
    answer = await app.call("POST", f"/webhooks/{server.app.id}/nonsense", HELLO)
    assert (answer.status, answer.code) == (404, 10015)


async def test_response_without_with_response_has_no_body(app: BareApp, asked: Interaction) -> None:
    path = f"/interactions/{asked.id}/{asked.token}/callback"
    assert await app.call("POST", path, {"type": DEFER}) == (204, None)


@pytest.mark.parametrize("kind", [UPDATE, CHOICES, 1, 99])
async def test_kind_of_response_must_fit_a_command(app: BareApp, asked: Interaction, kind: int) -> None:
    assert (await app.respond(asked, kind)).code == 50035
    assert asked.callback is None


async def test_autocomplete_takes_only_choices(app: BareApp, garden: Garden) -> None:
    option = {"type": 3, "name": "question", "description": "?", "autocomplete": True}
    await app.register(ASK | {"options": [option]})
    typed = await garden.ann.start_autocomplete("ask", question="w")
    assert "type" in (await app.respond(typed, MESSAGE, HELLO)).faults
    assert (await app.respond(typed, CHOICES, {"choices": []})).status == 200
    assert typed.choices == []


async def test_modal_cannot_follow_a_modal(app: BareApp, garden: Garden, asked: Interaction) -> None:
    part = {"type": 4, "custom_id": "a", "style": 1, "label": "Why", "required": False}
    form = {"custom_id": "form", "title": "Form", "components": [{"type": 1, "components": [part]}]}
    assert (await app.respond(asked, MODAL, form)).status == 200
    submitted = await garden.ann.submit_modal(asked, {})
    assert "type" in (await app.respond(submitted, MODAL, form)).faults


async def test_followup_before_a_response_is_refused(app: BareApp, asked: Interaction) -> None:
    answer = await app.call("POST", app.webhook(asked), HELLO)
    assert (answer.status, answer.code) == (404, 10015)


async def test_followups_are_edited_and_deleted_by_id(app: BareApp, asked: Interaction) -> None:
    await app.respond(asked, MESSAGE, HELLO)
    made = (await app.call("POST", app.webhook(asked), {"content": "more"})).body
    path = app.webhook(asked, f"/messages/{made['id']}")
    assert (await app.call("PATCH", path, {"content": "less"})).body["content"] == "less"
    assert (await app.call("DELETE", path)).status == 204
    assert (await app.call("GET", path)).code == 10008


async def test_ephemeral_response_is_for_the_asker_alone(
    app: BareApp, garden: Garden, asked: Interaction
) -> None:
    answer = await app.respond(asked, MESSAGE, HELLO | {"flags": 64})
    assert garden.channel.seen_by(garden.ann)
    assert not garden.channel.seen_by(garden.bob)
    made = answer.body["resource"]["message"]["id"]
    path = f"/channels/{garden.channel.id}/messages/{made}"
    assert (await app.call("GET", path)).code == 10008, "a bot reaches it only through the webhook"


async def test_bot_token_is_demanded(app: BareApp, server: DiscordServer) -> None:
    assert (await app.call("GET", "/users/@me")).status == 200
    headers = {"Authorization": "Bot wrong"}
    assert (await app.call("GET", "/users/@me", headers=headers)).status == 401
    assert [one.status for one in server.log.of("GET", "/users/@me")] == [200, 401]


async def test_user_install_is_limited_to_five_followups(
    app: BareApp, garden: Garden, server: DiscordServer
) -> None:
    await app.register(ASK | {"integration_types": [1]})
    garden.ann.install_app()
    outside = server.add_guild("Elsewhere", installed=False)
    outside.add_member(garden.ann)
    asked = await garden.ann.slash("ask", where=outside.add_channel("talk"))
    assert asked.payload["authorizing_integration_owners"] == {"1": str(garden.ann.id)}
    await app.respond(asked, MESSAGE, HELLO)
    answers = [(await app.call("POST", app.webhook(asked), HELLO)).status for _ in range(6)]
    assert answers == [200] * 5 + [400]
