"""Each limit of messages, suggestions and modals: what is within passes, what is beyond is refused."""

from typing import Any

import pytest

from tests.discord_server import DiscordServer
from tests.discord_server.bare import Answer, BareApp
from tests.discord_server.conftest import Garden

Json = dict[str, Any]
V2 = 1 << 15


def button(number: int = 0, **more: Any) -> Json:
    return {"type": 2, "style": 1, "label": "Go", "custom_id": f"go{number}"} | more


def row(*parts: Json) -> Json:
    return {"type": 1, "components": list(parts)}


def select(**more: Any) -> Json:
    return {"type": 3, "custom_id": "pick", "options": [{"label": "a", "value": "a"}]} | more


def text(content: str) -> Json:
    return {"type": 10, "content": content}


WITHIN: dict[str, Json] = {
    "2000 characters": {"content": "x" * 2000},
    "an embed alone": {"embeds": [{"title": "x" * 256, "description": "x" * 4096}]},
    "components alone": {"components": [row(button())]},
    "five rows of five": {
        "content": "x",
        "components": [row(*(button(5 * i + j) for j in range(5))) for i in range(5)],
    },
    "longest label and custom_id": {"components": [row(button(label="x" * 80, custom_id="x" * 100))]},
    "a link": {"components": [row({"type": 2, "style": 5, "label": "a", "url": "https://example.org"})]},
    "25 options": {
        "components": [row(select(options=[{"label": "x" * 100, "value": f"{i:0100}"} for i in range(25)]))]
    },
    "longest text display": {"components": [text("x" * 4000)], "flags": V2},
    "40 parts": {"components": [text("x") for _ in range(40)], "flags": V2},
    "silent": {"content": "x", "flags": 1 << 12},
}

BEYOND: dict[str, tuple[Json, str]] = {
    "2001 characters": ({"content": "x" * 2001}, "content"),
    "11 embeds": ({"embeds": [{"title": "x"}] * 11}, "embeds"),
    "long embed title": ({"embeds": [{"title": "x" * 257}]}, "embeds.0.title"),
    "long embed description": ({"embeds": [{"description": "x" * 4097}]}, "embeds.0.description"),
    "empty embed": ({"embeds": [{"color": 1}]}, "embeds.0.description"),
    "26 fields": ({"embeds": [{"fields": [{"name": "a", "value": "b"}] * 26}]}, "embeds.0.fields"),
    "long field": ({"embeds": [{"fields": [{"name": "a", "value": "x" * 1025}]}]}, "embeds.0.fields.0.value"),
    "long footer": ({"embeds": [{"footer": {"text": "x" * 2049}}]}, "embeds.0.footer.text"),
    "embeds of 6001": ({"embeds": [{"description": "x" * 3000}, {"description": "x" * 3001}]}, "embeds"),
    "six rows": ({"components": [row(button(i)) for i in range(6)]}, "components"),
    "six buttons": ({"components": [row(*(button(i) for i in range(6)))]}, "components.0.components"),
    "an empty row": ({"components": [row()]}, "components.0.components"),
    "a select beside a button": ({"components": [row(select(), button())]}, "components.0.components"),
    "long label": ({"components": [row(button(label="x" * 81))]}, "components.0.components.0.label"),
    "long custom_id": (
        {"components": [row(button(custom_id="x" * 101))]},
        "components.0.components.0.custom_id",
    ),
    "a button without text": ({"components": [row(button(label=""))]}, "components.0.components.0"),
    "a link with custom_id": (
        {"components": [row(button(style=5, url="https://example.org"))]},
        "components.0.components.0",
    ),
    "custom_id twice": ({"components": [row(button(), button())]}, "components.0.components.1.custom_id"),
    "26 options": (
        {"components": [row(select(options=[{"label": "a", "value": str(i)} for i in range(26)]))]},
        "components.0.components.0.options",
    ),
    "an option value twice": (
        {"components": [row(select(options=[{"label": "a", "value": "a"}] * 2))]},
        "components.0.components.0.options.0.value",
    ),
    "long placeholder": (
        {"components": [row(select(placeholder="x" * 151))]},
        "components.0.components.0.placeholder",
    ),
    "more values than options": (
        {"components": [row(select(max_values=2))]},
        "components.0.components.0.max_values",
    ),
    "a text display without the flag": ({"components": [text("x")]}, "components.0"),
    "content beside the flag": ({"content": "x", "components": [text("x")], "flags": V2}, "content"),
    "41 parts": ({"components": [text("x") for _ in range(41)], "flags": V2}, "components"),
    "text of 4001": ({"components": [text("x" * 2000), text("x" * 2001)], "flags": V2}, "components"),
    "a file that was not sent": (
        {"components": [{"type": 13, "file": {"url": "attachment://facts.txt"}}], "flags": V2},
        "components.0",
    ),
    "a forbidden flag": ({"content": "x", "flags": 1 << 7}, "flags"),
    "ephemeral in a channel": ({"content": "x", "flags": 64}, "flags"),
    "mentions parsed and named": (
        {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
        "allowed_mentions",
    ),
    "101 users named": (
        {"content": "x", "allowed_mentions": {"users": [str(i) for i in range(101)]}},
        "allowed_mentions.users",
    ),
    "long nonce": ({"content": "x", "nonce": "x" * 26}, "nonce"),
}


@pytest.fixture(params=["with the schema", "without the schema"])
def channel(request: pytest.FixtureRequest, server: DiscordServer, garden: Garden) -> str:
    """Check limits twice: our own must not lean on the OpenAPI file, which may be absent."""
    server.settings.check_schema = request.param == "with the schema"
    return f"/channels/{garden.channel.id}/messages"


@pytest.mark.parametrize("body", WITHIN.values(), ids=WITHIN)
async def test_message_within_the_limits_is_taken(app: BareApp, channel: str, body: Json) -> None:
    assert (await app.call("POST", channel, body)).faults == {}


@pytest.mark.parametrize(("body", "path"), BEYOND.values(), ids=BEYOND)
async def test_message_beyond_a_limit_is_refused(app: BareApp, channel: str, body: Json, path: str) -> None:
    answer = await app.call("POST", channel, body)
    assert (answer.status, answer.code) == (400, 50035)
    assert path in answer.faults


@pytest.mark.parametrize("body", [{}, {"content": ""}, {"content": " \n"}, {"embeds": []}])
async def test_empty_message_is_refused(app: BareApp, channel: str, body: Json) -> None:
    answer = await app.call("POST", channel, body)
    assert (answer.status, answer.code) == (400, 50006)


async def test_edit_is_checked_against_what_the_message_becomes(app: BareApp, channel: str) -> None:
    made = (await app.call("POST", channel, {"content": "x", "components": [row(button())]})).body["id"]
    path = f"{channel}/{made}"
    assert (await app.call("PATCH", path, {"content": None})).status == 200, "components remain"
    assert (await app.call("PATCH", path, {"components": []})).code == 50006


async def test_layout_flag_cannot_be_taken_back(app: BareApp, channel: str) -> None:
    made = (await app.call("POST", channel, {"components": [text("x")], "flags": V2})).body["id"]
    answer = await app.call("PATCH", f"{channel}/{made}", {"content": "plain", "components": [], "flags": 0})
    assert "content" in answer.faults


async def test_edit_may_repeat_flags_the_message_has(app: BareApp, channel: str) -> None:
    made = (await app.call("POST", channel, {"content": "x", "flags": 1 << 12})).body["id"]
    assert (await app.call("PATCH", f"{channel}/{made}", {"content": "y", "flags": 1 << 12})).status == 200
    assert "flags" in (await app.call("PATCH", f"{channel}/{made}", {"flags": 1 << 6})).faults


async def test_turning_a_message_into_a_layout_must_empty_its_content(app: BareApp, channel: str) -> None:
    made = (await app.call("POST", channel, {"content": "plain"})).body["id"]
    layout = {"components": [text("x")], "flags": V2}
    assert "content" in (await app.call("PATCH", f"{channel}/{made}", layout)).faults
    assert (await app.call("PATCH", f"{channel}/{made}", layout | {"content": None})).status == 200


async def test_file_larger_than_the_limit_is_refused(
    app: BareApp, channel: str, server: DiscordServer
) -> None:
    server.settings.attachment_size_limit = 10
    answer = await app.call("POST", channel, {"content": "x"}, files={"a.txt": b"x" * 11})
    assert (answer.status, answer.code) == (413, 40005)


async def test_limits_can_be_switched_off(app: BareApp, channel: str, server: DiscordServer) -> None:
    server.settings.check_limits = server.settings.check_schema = False
    assert (await app.call("POST", channel, {"content": "x" * 2001})).status == 200


CHOICES_BEYOND: dict[str, tuple[list[Json], str]] = {
    "26 choices": ([{"name": "a", "value": "a"}] * 26, "data.choices"),
    "long name": ([{"name": "x" * 101, "value": "a"}], "data.choices.0.name"),
    "no name": ([{"name": "", "value": "a"}], "data.choices.0.name"),
    "long value": ([{"name": "a", "value": "x" * 101}], "data.choices.0.value"),
}


@pytest.mark.parametrize(("choices", "path"), CHOICES_BEYOND.values(), ids=CHOICES_BEYOND)
@pytest.mark.parametrize("schema", [True, False])
async def test_suggestions_beyond_a_limit_are_refused(
    app: BareApp, garden: Garden, choices: list[Json], path: str, *, schema: bool
) -> None:
    app.server.settings.check_schema = schema
    option = {"type": 3, "name": "question", "description": "?", "autocomplete": True}
    await app.register({"name": "ask", "description": "Ask", "options": [option]})
    typed = await garden.ann.start_autocomplete("ask", question="w")
    assert path in (await app.respond(typed, 8, {"choices": choices})).faults
    assert (await app.respond(typed, 8, {"choices": choices[:25] if len(choices) > 1 else []})).status == 200


FIELD: Json = {"type": 4, "custom_id": "why", "style": 1}
MODALS: dict[str, tuple[Json, str]] = {
    "long title": ({"title": "x" * 46}, "data.title"),
    "no parts": ({"components": []}, "data.components"),
    "six parts": (
        {"components": [row(FIELD | {"label": "a", "custom_id": str(i)}) for i in range(6)]},
        "data.components",
    ),
    "long label": (
        {"components": [row(FIELD | {"label": "x" * 46})]},
        "data.components.0.components.0.label",
    ),
    "long description": (
        {"components": [{"type": 18, "label": "a", "description": "x" * 101, "component": FIELD}]},
        "data.components.0.description",
    ),
    "long placeholder": (
        {"components": [row(FIELD | {"label": "a", "placeholder": "x" * 101})]},
        "data.components.0.components.0.placeholder",
    ),
    "one radio option": (
        {
            "components": [
                {
                    "type": 18,
                    "label": "a",
                    "component": {"type": 21, "custom_id": "r", "options": [{"label": "a", "value": "a"}]},
                }
            ]
        },
        "data.components.0.component.options",
    ),
    "custom_id twice": (
        {"components": [row(FIELD | {"label": "a"}), row(FIELD | {"label": "b"})]},
        "data.components.0.components.0.custom_id",
    ),
}


@pytest.mark.parametrize(("part", "path"), MODALS.values(), ids=MODALS)
@pytest.mark.parametrize("schema", [True, False])
async def test_modal_beyond_a_limit_is_refused(
    app: BareApp, garden: Garden, part: Json, path: str, *, schema: bool
) -> None:
    app.server.settings.check_schema = schema
    await app.register({"name": "ask", "description": "Ask"})
    asked = await garden.ann.slash("ask")
    form = {"custom_id": "form", "title": "Form", "components": [row(FIELD | {"label": "a"})]}
    assert path in (await app.respond(asked, 9, form | part)).faults
    assert (await app.respond(asked, 9, form)).status == 200


async def test_deferral_takes_no_flag_but_ephemeral(app: BareApp, garden: Garden) -> None:
    await app.register({"name": "ask", "description": "Ask"})
    asked = await garden.ann.slash("ask")
    answer: Answer = await app.respond(asked, 5, {"flags": V2})
    assert "data.flags" in answer.faults
    assert (await app.respond(asked, 5, {"flags": 64})).status == 200
