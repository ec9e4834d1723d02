"""Messages in channels: files, edits, deletions, replies, repeats, and places the bot may not reach."""

import io

import discord
import pytest

from tests.discord_server import DiscordServer, permissions
from tests.discord_server.bare import BareApp
from tests.discord_server.conftest import Garden
from tests.discord_server.toy import Toy


async def test_files_and_their_descriptions_are_kept_and_served(
    server: DiscordServer, garden: Garden, app: BareApp
) -> None:
    bot = Toy()

    @bot.tree.command(description="Export")
    async def export(interaction: discord.Interaction) -> None:
        file = discord.File(io.BytesIO(b"a;b"), "export.csv", description="All of it")
        await interaction.response.send_message("here", file=file, ephemeral=True)

    async with server.running(bot):
        response = await (await garden.ann.slash("export")).wait_response()
        file = response.file("export.csv")
        assert (file.text, file.description, file.ephemeral) == ("a;b", "All of it", True)
        assert await app.fetch(file.url) == b"a;b"
        assert server.log.requests[-1].files == ["export.csv"]


async def test_edit_keeps_the_files_it_names(app: BareApp, garden: Garden) -> None:
    path = f"/channels/{garden.channel.id}/messages"
    made = (await app.call("POST", path, {"content": "x"}, files={"a.txt": b"a", "b.txt": b"b"})).body
    kept = {"id": made["attachments"][0]["id"]}
    await app.call("PATCH", f"{path}/{made['id']}", {"attachments": [kept]})
    assert [one.filename for one in garden.channel.messages[-1].attachments] == ["a.txt"]


async def test_message_keeps_its_versions_and_its_deletion(app: BareApp, garden: Garden) -> None:
    path = f"/channels/{garden.channel.id}/messages"
    made = f"{path}/{(await app.call('POST', path, {'content': 'one'})).body['id']}"
    await app.call("PATCH", made, {"content": "two"})
    await app.call("DELETE", made)
    (message,) = garden.channel.messages
    assert [one.content for one in message.versions] == ["one", "two"]
    assert message.deleted
    assert not garden.channel.bot_messages
    assert (await app.call("GET", made)).code == 10008


async def test_repeated_nonce_returns_the_earlier_message(app: BareApp, garden: Garden) -> None:
    path = f"/channels/{garden.channel.id}/messages"
    body = {"content": "x", "nonce": "1", "enforce_nonce": True}
    first, second = [(await app.call("POST", path, body)).body["id"] for _ in range(2)]
    assert first == second
    assert len(garden.channel.messages) == 1


async def test_another_s_message_cannot_be_edited(app: BareApp, garden: Garden) -> None:
    said = await garden.ann.say(garden.channel, "mine")
    path = f"/channels/{garden.channel.id}/messages/{said.id}"
    assert (await app.call("PATCH", path, {"content": "x"})).code == 50005


async def test_reply_to_nothing_is_refused_unless_that_is_allowed(app: BareApp, garden: Garden) -> None:
    path = f"/channels/{garden.channel.id}/messages"
    reference = {"message_id": "1"}
    answer = await app.call("POST", path, {"content": "x", "message_reference": reference})
    assert "message_reference" in answer.faults
    body = {"content": "x", "message_reference": reference | {"fail_if_not_exists": False}}
    assert (await app.call("POST", path, body)).status == 200


@pytest.mark.parametrize(
    ("granted", "code"), [(0, 50001), (permissions.VIEW_CHANNEL, 50013), (permissions.EVERYONE, None)]
)
async def test_bot_needs_permission_to_write(
    app: BareApp, garden: Garden, granted: int, code: int | None
) -> None:
    garden.channel.bot_permissions = granted
    answer = await app.call("POST", f"/channels/{garden.channel.id}/messages", {"content": "x"})
    assert answer.body.get("code") == code


async def test_bot_does_not_reach_private_conversations(app: BareApp, garden: Garden) -> None:
    channel = garden.ann.private_channel(garden.bob)
    assert (await app.call("GET", f"/channels/{channel.id}")).code == 50001


async def test_guild_without_the_bot_is_unknown_to_it(app: BareApp, server: DiscordServer) -> None:
    guild = server.add_guild("Elsewhere", installed=False)
    assert (await app.call("GET", f"/guilds/{guild.id}")).code == 10004


async def test_unknown_route_is_refused_and_logged(app: BareApp, server: DiscordServer) -> None:
    assert (await app.call("GET", "/nonsense")).status == 404
    assert [one.path for one in server.refused] == ["/nonsense"]


async def test_failure_of_the_server_itself_is_told_as_such(app: BareApp, garden: Garden) -> None:
    app.server.settings.check_schema = False
    path = f"/channels/{garden.channel.id}/messages"
    assert (await app.call("POST", path, {"components": [{"kind": "no type"}]})).status == 500
    (request,) = app.server.refused
    assert "the test server itself failed: KeyError" in request.answer


async def test_application_tells_its_owner_and_team(server: DiscordServer) -> None:
    bot = Toy()
    carol = server.add_user("carol")
    server.set_team("Gardeners", [carol])
    async with server.running(bot):
        about = await bot.application_info()
        assert about.owner.id == server.owner.id
        assert about.team is not None
        assert about.team.owner_id == carol.id


async def test_client_is_pointed_elsewhere_only_for_a_while(server: DiscordServer) -> None:
    with server.point_client_here():
        assert discord.http.Route("GET", "/gateway").url.startswith("http://127.0.0.1:")
    assert discord.http.Route("GET", "/gateway").url == "https://discord.com/api/v10/gateway"
