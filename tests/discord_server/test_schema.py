"""Bodies are checked against Discord's OpenAPI file, where it is present."""

from typing import Any

import pytest

from tests.discord_server import DiscordServer
from tests.discord_server.bare import BareApp
from tests.discord_server.conftest import Garden
from tests.discord_server.schema import FILE, Schema, published

pytestmark = pytest.mark.skipif(
    not FILE.is_file(),
    reason="Discord's OpenAPI file is not beside the repository, so nothing checks against it",
)

Json = dict[str, Any]


@pytest.fixture
def schema(server: DiscordServer) -> Schema:
    """Leave the schema as the only check."""
    server.settings.check_limits = False
    found = published()
    assert found is not None
    return found


PLANTED: dict[str, tuple[Json, str, str]] = {
    "content of 2500": ({"type": 4, "data": {"content": "x" * 2500}}, "data.content", "BASE_TYPE_MAX_LENGTH"),
    "30 choices": (
        {"type": 8, "data": {"choices": [{"name": "a", "value": "a"}] * 30}},
        "data.choices",
        "BASE_TYPE_MAX_LENGTH",
    ),
    "an unknown key": ({"type": 4, "data": {"contents": "x"}}, "data.contents", "UNKNOWN_KEY"),
    "an unknown key deep down": (
        {"type": 4, "data": {"components": [{"type": 1, "components": [
            {"type": 2, "style": 1, "custom_id": "a", "lable": "x"}
        ]}]}},
        "data.components.0.components.0.lable",
        "UNKNOWN_KEY",
    ),
    "a wrong type": ({"type": 4, "data": {"content": 5}}, "data.content", "SCHEMA_TYPE"),
    "a missing key": ({"type": 9, "data": {"title": "a", "components": []}}, "data", "BASE_TYPE_REQUIRED"),
    "a type without meaning": ({"type": 77}, "", "SCHEMA_TYPE"),
}  # fmt: skip


@pytest.mark.usefixtures("schema")
@pytest.mark.parametrize(("body", "path", "code"), PLANTED.values(), ids=PLANTED)
async def test_planted_error_is_caught_with_its_path(
    app: BareApp, garden: Garden, body: Json, path: str, code: str
) -> None:
    await app.register({"name": "ask", "description": "Ask"})
    asked = await garden.ann.slash("ask")
    answer = await app.call("POST", f"/interactions/{asked.id}/{asked.token}/callback", body)
    assert (answer.status, answer.code) == (400, 50035)
    assert code in answer.faults[path]


@pytest.mark.usefixtures("schema")
async def test_ids_may_be_integers_as_discord_py_sends_them(app: BareApp, garden: Garden) -> None:
    said = await garden.ann.say(garden.channel, "hello")
    body = {"content": "x", "message_reference": {"message_id": said.id, "channel_id": garden.channel.id}}
    assert (await app.call("POST", f"/channels/{garden.channel.id}/messages", body)).status == 200


async def test_answers_of_the_server_fit_the_schema_too(
    app: BareApp, garden: Garden, server: DiscordServer, schema: Schema
) -> None:
    option = {"type": 3, "name": "q", "description": "?", "choices": [{"name": "a", "value": "a"}]}
    registered = await app.register({"name": "ask", "description": "Ask", "options": [option]})
    asked = await garden.ann.slash("ask", q="a")
    button = {"type": 2, "style": 1, "label": "Go", "custom_id": "go"}
    message = {
        "content": "x",
        "embeds": [{"title": "t"}],
        "components": [{"type": 1, "components": [button]}],
    }
    responded = await app.respond(asked, 4, message)
    select = {"type": 3, "custom_id": "s", "options": [{"label": "a", "value": "a"}]}
    layout = {"flags": 1 << 15, "components": [{"type": 17, "components": [
        {"type": 10, "content": "x"},
        {"type": 14},
        {"type": 13, "file": {"url": "attachment://a.txt"}},
        {"type": 9, "components": [{"type": 10, "content": "x"}], "accessory": button},
        {"type": 1, "components": [select]},
    ]}]}  # fmt: skip
    posted = await app.call(
        "POST", f"/channels/{garden.channel.id}/messages", layout, files={"a.txt": b"text"}
    )
    for name, value in (
        ("ApplicationCommandResponse", registered.body[0]),
        ("InteractionCallbackResponse", responded.body),
        ("MessageResponse", posted.body),
        ("UserPIIResponse", (await app.call("GET", "/users/@me")).body),
        ("PrivateApplicationResponse", (await app.call("GET", "/oauth2/applications/@me")).body),
        ("GatewayBotResponse", (await app.call("GET", "/gateway/bot")).body),
        ("GuildWithCountsResponse", (await app.call("GET", f"/guilds/{garden.guild.id}")).body),
        ("GuildRoleResponse", (await app.call("GET", f"/guilds/{garden.guild.id}/roles")).body[0]),
        (
            "GuildMemberResponse",
            (await app.call("GET", f"/guilds/{garden.guild.id}/members/{garden.ann.id}")).body,
        ),
        ("GuildChannelResponse", (await app.call("GET", f"/channels/{garden.channel.id}")).body),
    ):
        assert schema.fits(name, value) == [], name
    assert not server.refused
