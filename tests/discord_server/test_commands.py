"""Registering commands, and who is offered them where."""

from typing import Any

import pytest

from tests.discord_server import Channel, DiscordServer, NotOffered, Person, permissions
from tests.discord_server.bare import BareApp
from tests.discord_server.conftest import Garden
from tests.discord_server.limits_commands import characters, name_fits

Json = dict[str, Any]
MANAGE_GUILD = 1 << 5


def command(name: str = "ask", **more: Any) -> Json:
    return {"name": name, "description": "Ask", "type": 1} | more


def option(name: str = "question", **more: Any) -> Json:
    return {"type": 3, "name": name, "description": "?"} | more


async def test_overwrite_replaces_all_and_keeps_ids_of_what_stays(
    app: BareApp, server: DiscordServer
) -> None:
    first = (await app.register(command("a"), command("b"))).body
    second = (await app.register(command("b", description="New"), command("c"))).body
    assert [one["name"] for one in second] == ["b", "c"]
    assert second[0]["id"] == first[1]["id"]
    assert second[0]["version"] != first[1]["version"]
    assert [one.name for one in server.commands.of()] == ["b", "c"]


async def test_syncs_are_counted_and_tell_whether_anything_changed(
    app: BareApp, server: DiscordServer
) -> None:
    await app.register(command())
    await app.register(command())
    await app.register(command(description="New"))
    assert [one.changed for one in server.commands.syncs] == [True, False, True]
    assert [one.created for one in server.commands.syncs] == [("ask",), (), ()]


async def test_command_can_be_created_changed_read_and_deleted(app: BareApp, server: DiscordServer) -> None:
    path = f"/applications/{server.app.id}/commands"
    made = (await app.call("POST", path, command())).body
    one = f"{path}/{made['id']}"
    assert (await app.call("PATCH", one, {"description": "New"})).body["description"] == "New"
    assert (await app.call("GET", one)).body["description"] == "New"
    assert (await app.call("DELETE", one)).status == 204
    assert (await app.call("GET", one)).code == 10063
    assert (await app.call("GET", path)).body == []


async def test_daily_creates_are_limited(app: BareApp, server: DiscordServer) -> None:
    server.settings.command_creates_per_day = 1
    await app.register(command())
    await app.register(command(description="an update does not count"))
    assert (await app.register(command("another"))).code == 30034


async def test_another_app_s_commands_are_out_of_reach(app: BareApp) -> None:
    assert (await app.call("GET", "/applications/1/commands")).status == 403


async def test_command_of_a_guild_is_offered_only_there(
    app: BareApp, server: DiscordServer, garden: Garden
) -> None:
    path = f"/applications/{server.app.id}/guilds/{garden.guild.id}/commands"
    await app.call("PUT", path, [command()])
    other = server.add_guild("Other")
    other.add_member(garden.ann)
    asked = await garden.ann.slash("ask", where=garden.channel)
    assert asked.payload["data"]["guild_id"] == str(garden.guild.id)
    for place in (other.add_channel("x"), garden.ann.dm):
        with pytest.raises(NotOffered, match="no command 'ask'"):
            await garden.ann.slash("ask", where=place)


async def test_member_without_the_permission_is_not_offered_the_command(
    app: BareApp, server: DiscordServer, garden: Garden
) -> None:
    await app.register(command(default_member_permissions=MANAGE_GUILD))
    carol = server.add_user("carol")
    garden.guild.add_member(carol, permissions=MANAGE_GUILD)
    await carol.slash("ask")
    await server.owner.slash("ask")
    with pytest.raises(NotOffered, match="default_member_permissions asks for 32"):
        await garden.ann.slash("ask")
    forced = await garden.ann.slash("ask", force=True)
    assert not int(forced.payload["member"]["permissions"]) & MANAGE_GUILD


async def test_permissions_zero_mean_administrators(
    app: BareApp, server: DiscordServer, garden: Garden
) -> None:
    await app.register(command(default_member_permissions=0))
    carol, dan = server.add_user("carol"), server.add_user("dan")
    garden.guild.add_member(carol, permissions=MANAGE_GUILD)
    garden.guild.add_member(dan, permissions=permissions.ADMINISTRATOR)
    assert not carol.commands()
    assert dan.commands()


GUILD, BOT_DM, PRIVATE = "guild", "bot_dm", "private"


@pytest.mark.parametrize(
    ("contexts", "types", "installed", "offered"),
    [
        (None, [0], False, {GUILD, BOT_DM}),
        (None, [0, 1], True, {GUILD, BOT_DM, PRIVATE}),
        ([0], [0], False, {GUILD}),
        ([0], [0, 1], True, {GUILD}),
        ([1], [0], False, {BOT_DM}),
        ([0, 1, 2], [1], False, set()),
        ([0, 1, 2], [1], True, {GUILD, BOT_DM, PRIVATE}),
        ([2], [0, 1], False, set()),
    ],
)
async def test_contexts_and_installs_decide_where_a_command_is_offered(
    app: BareApp,
    garden: Garden,
    *,
    contexts: list[int] | None,
    types: list[int],
    installed: bool,
    offered: set[str],
) -> None:
    await app.register(command(contexts=contexts, integration_types=types))
    if installed:
        garden.ann.install_app()
    places: dict[str, Channel] = {
        GUILD: garden.channel,
        BOT_DM: garden.ann.dm,
        PRIVATE: garden.ann.private_channel(garden.bob),
    }
    assert {name for name, place in places.items() if garden.ann.commands(place)} == offered


async def test_stranger_without_a_common_guild_is_offered_nothing_in_dms(
    app: BareApp, server: DiscordServer
) -> None:
    await app.register(command())
    stranger: Person = server.add_user("stranger")
    assert not stranger.commands(stranger.dm)


async def test_client_refuses_values_the_options_do_not_take(app: BareApp, garden: Garden) -> None:
    await app.register(
        command(
            options=[
                option(required=True, max_length=5),
                option("count", type=4, min_value=1),
                option("colour", choices=[{"name": "Red", "value": "r"}]),
            ]
        )
    )
    for values in (
        {},
        {"question": "too long"},
        {"question": 5},
        {"question": "a", "count": 0},
        {"question": "a", "colour": "b"},
        {"question": "a", "strange": "b"},
    ):
        with pytest.raises(NotOffered):
            await garden.ann.slash("ask", **values)
    await garden.ann.slash("ask", question="a", count=1, colour="r")


async def test_group_needs_its_sub_command(app: BareApp, garden: Garden) -> None:
    reload = {"type": 1, "name": "reload", "description": "Reload"}
    await app.register(command("facts", options=[reload]))
    ran = await garden.ann.slash("facts reload")
    assert ran.payload["data"]["options"] == [{"name": "reload", "type": 1, "options": []}]
    for wrong in ("facts", "facts remove"):
        with pytest.raises(NotOffered):
            await garden.ann.slash(wrong)


BEYOND: dict[str, tuple[Json, str]] = {
    "upper case": (command("Ask"), "0.name"),
    "a space": (command("ask me"), "0.name"),
    "33 letters": (command("x" * 33), "0.name"),
    "no description": (command(description=""), "0.description"),
    "101 characters of description": (command(description="x" * 101), "0.description"),
    "a translated name": (command(name_localizations={"de": "Frag mich"}), "0.name_localizations.de"),
    "26 options": (command(options=[option(f"o{i}") for i in range(26)]), "0.options"),
    "an option twice": (command(options=[option(), option()]), "0.options.0.name"),
    "required after optional": (command(options=[option(), option("b", required=True)]), "0.options.1"),
    "26 choices": (
        command(options=[option(choices=[{"name": str(i), "value": str(i)} for i in range(26)])]),
        "0.options.0.choices",
    ),
    "choices and autocomplete": (
        command(options=[option(choices=[{"name": "a", "value": "a"}], autocomplete=True)]),
        "0.options.0.autocomplete",
    ),
    "a sub-command beside an option": (
        command(options=[{"type": 1, "name": "a", "description": "a"}, option()]),
        "0.options.1.type",
    ),
    "more than 8000 characters": (
        command(
            options=[
                option(
                    f"o{i}",
                    description="x" * 100,
                    choices=[{"name": f"{j}" * 50, "value": "x" * 50} for j in range(4)],
                )
                for i in range(16)
            ]
        ),
        "0",
    ),
    "a context menu with a description": (
        {"name": "Answer this", "type": 3, "description": "x"},
        "0.description",
    ),
}


@pytest.mark.parametrize(("body", "path"), BEYOND.values(), ids=BEYOND)
@pytest.mark.parametrize("schema", [True, False])
async def test_command_beyond_a_limit_is_refused(
    app: BareApp, server: DiscordServer, body: Json, path: str, *, schema: bool
) -> None:
    server.settings.check_schema = schema
    answer = await app.register(body)
    assert answer.code == 50035
    assert path in answer.faults
    assert not server.commands.of()


async def test_name_twice_is_refused_but_one_for_each_type_is_not(app: BareApp) -> None:
    assert "1.name" in (await app.register(command(), command())).faults
    assert (await app.register(command(), {"name": "ask", "type": 3})).status == 200


@pytest.mark.parametrize(("kind", "limit"), [(1, 100), (2, 15), (3, 15)])
async def test_number_of_commands_is_limited(app: BareApp, kind: int, limit: int) -> None:
    bodies = [{"name": f"c{i}", "type": kind} for i in range(limit + 1)]
    bodies = [one | {"description": "x"} if kind == 1 else one for one in bodies]
    assert (await app.register(*bodies[:limit])).status == 200
    assert (await app.register(*bodies)).code == 30032


def test_names_may_have_letters_of_any_script() -> None:
    assert all(map(name_fits, ("frage", "питання", "質問", "प्रश्न", "o'clock", "a_b-1")))
    assert not any(map(name_fits, ("", "a.b", "a b", "ПИТАННЯ", "x" * 33)))


def test_characters_count_the_longest_translation() -> None:
    body = command(
        "ab", description="abc", name_localizations={"de": "abcd"}, options=[option("x", description="y")]
    )
    assert characters(body) == 4 + 3 + 2
