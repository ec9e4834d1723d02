"""Who is pinged by a message, and by whose default."""

from typing import Any

import pytest

from tests.discord_server import DiscordServer, permissions
from tests.discord_server.bare import BareApp
from tests.discord_server.conftest import Garden

Json = dict[str, Any]


@pytest.fixture
def text(garden: Garden) -> str:
    """Name ann, a role anyone may mention, and everyone, as a bot that may ping everyone."""
    garden.channel.bot_permissions = permissions.ALL
    role = garden.guild.add_role("gardeners", mentionable=True)
    return f"{garden.ann.mention} {role.mention} @everyone"


ALLOWED: list[tuple[Json | None, set[str], set[str]]] = [
    (None, {"ann", "gardeners", "everyone"}, {"ann"}),
    ({"parse": []}, set(), set()),
    ({"parse": ["roles"]}, {"gardeners"}, {"gardeners"}),
    ({"parse": ["everyone", "users"]}, {"everyone", "ann"}, {"everyone", "ann"}),
    ({"users": []}, set(), set()),
]


@pytest.mark.parametrize(("allowed", "by_message", "by_interaction"), ALLOWED)
async def test_defaults_differ_between_messages_and_responses(
    app: BareApp,
    garden: Garden,
    text: str,
    *,
    allowed: Json | None,
    by_message: set[str],
    by_interaction: set[str],
) -> None:
    body: Json = {"content": text} | ({} if allowed is None else {"allowed_mentions": allowed})
    await app.call("POST", f"/channels/{garden.channel.id}/messages", body)
    assert garden.channel.messages[-1].pinged.names == by_message
    await app.register({"name": "ask", "description": "Ask"})
    asked = await garden.ann.slash("ask")
    await app.respond(asked, 4, body)
    assert (await asked.wait_response()).pinged.names == by_interaction


async def test_one_user_can_be_named(app: BareApp, garden: Garden) -> None:
    body = {
        "content": f"{garden.ann.mention} {garden.bob.mention}",
        "allowed_mentions": {"users": [str(garden.bob.id)]},
    }
    await app.call("POST", f"/channels/{garden.channel.id}/messages", body)
    assert garden.channel.messages[-1].pinged.names == {"bob"}


async def test_bot_without_the_permission_pings_neither_everyone_nor_roles(
    app: BareApp, garden: Garden
) -> None:
    role = garden.guild.add_role("gardeners")
    body = {"content": f"@here {role.mention} {garden.ann.mention}"}
    await app.call("POST", f"/channels/{garden.channel.id}/messages", body)
    assert garden.channel.messages[-1].pinged.names == {"ann"}


@pytest.mark.parametrize(
    ("allowed", "names"),
    [(None, {"ann"}), ({"parse": []}, set()), ({"parse": [], "replied_user": True}, {"ann"})],
)
async def test_reply_pings_its_author_by_default_only(
    app: BareApp, garden: Garden, allowed: Json | None, names: set[str]
) -> None:
    said = await garden.ann.say(garden.channel, "hello")
    body: Json = {"content": "yes", "message_reference": {"message_id": str(said.id)}}
    body |= {} if allowed is None else {"allowed_mentions": allowed}
    await app.call("POST", f"/channels/{garden.channel.id}/messages", body)
    assert garden.channel.messages[-1].pinged.names == names


async def test_ephemeral_response_pings_nobody(app: BareApp, garden: Garden) -> None:
    await app.register({"name": "ask", "description": "Ask"})
    asked = await garden.ann.slash("ask")
    await app.respond(asked, 4, {"content": garden.bob.mention, "flags": 64})
    assert not (await asked.wait_response()).pinged


async def test_edit_that_fills_a_deferral_pings_and_a_later_edit_does_not(
    app: BareApp, garden: Garden
) -> None:
    await app.register({"name": "ask", "description": "Ask"})
    asked = await garden.ann.slash("ask")
    await app.respond(asked, 5)
    original = app.webhook(asked, "/messages/@original")
    await app.call("PATCH", original, {"content": garden.ann.mention})
    assert asked.original is not None
    assert asked.original.pinged.names == {"ann"}
    await app.call("PATCH", original, {"content": garden.bob.mention})
    assert asked.original.pinged.names == {"ann"}


async def test_text_displays_ping_as_content_does(app: BareApp, garden: Garden) -> None:
    body = {"flags": 1 << 15, "components": [{"type": 10, "content": garden.ann.mention}]}
    await app.call("POST", f"/channels/{garden.channel.id}/messages", body)
    assert garden.channel.messages[-1].pinged.names == {"ann"}


async def test_person_mentions_the_bot(garden: Garden, server: DiscordServer) -> None:
    said = await garden.ann.say(garden.channel, f"{server.bot.mention} hello")
    assert said.pinged.users == (server.bot,)
