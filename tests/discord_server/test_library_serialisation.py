"""Everything discord.py can be made to send within the limits is taken: the checks give no false alarms."""

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import discord
import pytest
from discord import app_commands, ui

from tests.discord_server import DiscordServer
from tests.discord_server.conftest import Garden
from tests.discord_server.toy import Toy


def full_embed() -> discord.Embed:
    when = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    embed = discord.Embed(title="t", description="d", url="https://example.org", colour=5, timestamp=when)
    embed.add_field(name="n", value="v", inline=False)
    embed.set_author(name="a", url="https://example.org", icon_url="https://example.org/a.png")
    embed.set_footer(text="f", icon_url="https://example.org/a.png")
    embed.set_image(url="https://example.org/a.png")
    return embed.set_thumbnail(url="attachment://a.txt")


def text_file() -> discord.File:
    return discord.File(io.BytesIO(b"a"), "a.txt", description="A file")


def buttons_and_selects() -> ui.View:
    view = ui.View(timeout=None)
    for style in (discord.ButtonStyle.primary, discord.ButtonStyle.danger):
        view.add_item(ui.Button(label="a", style=style, custom_id=f"a{style}", emoji="👍", disabled=True))
    view.add_item(ui.Button(label="link", url="https://example.org"))
    view.add_item(
        ui.Select(
            placeholder="choose",
            min_values=0,
            options=[discord.SelectOption(label="a", description="b", emoji="👍", default=True)],
        )
    )
    view.add_item(ui.UserSelect())
    view.add_item(ui.RoleSelect(max_values=3))
    view.add_item(ui.ChannelSelect(channel_types=[discord.ChannelType.text]))
    return view


def layout() -> ui.LayoutView:
    view = ui.LayoutView()
    view.add_item(
        ui.Container(
            ui.Section(
                ui.TextDisplay("a"), accessory=ui.Thumbnail("https://example.org/a.png", description="b")
            ),
            ui.MediaGallery(discord.MediaGalleryItem("attachment://a.txt", description="b", spoiler=True)),
            ui.File("attachment://a.txt"),
            ui.Separator(visible=False, spacing=discord.SeparatorSpacing.large),
            ui.ActionRow(ui.Button(label="a", custom_id="a")),
            ui.ActionRow(ui.MentionableSelect(custom_id="m")),
            accent_colour=discord.Colour.red(),
            spoiler=True,
        )
    )
    return view.add_item(ui.TextDisplay("b"))


MESSAGES: dict[str, Callable[[], dict[str, Any]]] = {
    "text": lambda: {"content": "x"},
    "embeds and a file": lambda: {"embeds": [full_embed(), full_embed()], "file": text_file()},
    "buttons and selects": lambda: {"content": "x", "view": buttons_and_selects()},
    "layout": lambda: {"view": layout(), "file": text_file()},
    "nobody pinged": lambda: {"content": "x", "allowed_mentions": discord.AllowedMentions.none()},
    "some pinged": lambda: {
        "content": "x",
        "allowed_mentions": discord.AllowedMentions(users=[discord.Object(1)], everyone=False, roles=False),
    },
    "silent without previews": lambda: {"content": "x", "silent": True, "suppress_embeds": True},
}


@pytest.mark.parametrize("make", MESSAGES.values(), ids=MESSAGES)
async def test_messages_of_every_kind_by_every_way(
    server: DiscordServer, garden: Garden, make: Callable[[], dict[str, Any]]
) -> None:
    bot = Toy(allowed_mentions=discord.AllowedMentions.none())

    @bot.tree.command(description="Ask")
    async def ask(interaction: discord.Interaction) -> None:
        await interaction.response.send_message(ephemeral=True, **make())
        await interaction.followup.send(ephemeral=True, **make())
        await interaction.channel.send(**make())  # type: ignore[union-attr]
        await interaction.user.send(**make())
        await interaction.followup.send("done")

    async with server.running(bot):
        asked = await garden.ann.slash("ask")
        await asked.wait_followup(2)
        assert not server.refused


@pytest.mark.parametrize("make", MESSAGES.values(), ids=MESSAGES)
async def test_edits_of_every_kind(
    server: DiscordServer, garden: Garden, make: Callable[[], dict[str, Any]]
) -> None:
    def as_edit() -> dict[str, Any]:
        changes = {key: value for key, value in make().items() if key not in ("silent", "suppress_embeds")}
        return changes | ({"attachments": [changes.pop("file")]} if "file" in changes else {})

    bot = Toy()

    @bot.tree.command(description="Ask")
    async def ask(interaction: discord.Interaction) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(**as_edit())
        follow_up = await interaction.followup.send(wait=True, **make())
        await follow_up.edit(**as_edit())
        sent = await interaction.user.send(**make())
        await sent.edit(**as_edit())
        await interaction.followup.send("done")

    async with server.running(bot):
        asked = await garden.ann.slash("ask")
        await asked.wait_followup(2)
        assert not server.refused


async def test_modal_with_every_part(server: DiscordServer, garden: Garden) -> None:
    class Form(ui.Modal, title="Form"):
        words: ui.TextDisplay[Any] = ui.TextDisplay("please")
        name: ui.Label[ui.Modal] = ui.Label(text="n", description="d", component=ui.TextInput(max_length=5))
        pick: ui.Label[ui.Modal] = ui.Label(
            text="p", component=ui.Select(options=[discord.SelectOption(label="a")], required=False)
        )
        many: ui.Label[ui.Modal] = ui.Label(
            text="m", component=ui.CheckboxGroup(options=[discord.CheckboxGroupOption(label="a")])
        )
        file: ui.Label[ui.Modal] = ui.Label(text="f", component=ui.FileUpload(required=True))

        async def on_submit(self, interaction: discord.Interaction) -> None:
            assert isinstance(self.file.component, ui.FileUpload)
            read = [await one.read() for one in self.file.component.values]
            await interaction.response.send_message(f"{read}")

    bot = Toy()

    @bot.tree.command(description="Ask")
    async def ask(interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(Form())

    async with server.running(bot):
        asked = await garden.ann.slash("ask")
        upload = garden.ann.upload("a.txt", b"facts")
        sent = await garden.ann.submit_modal(asked, {"n": "ann", "m": ["a"], "f": [upload]})
        assert (await sent.wait_response()).content == "[b'facts']"
        assert not server.refused


async def test_commands_of_every_kind(server: DiscordServer, garden: Garden) -> None:
    class German(app_commands.Translator):
        async def translate(
            self, string: app_commands.locale_str, locale: discord.Locale, _: object
        ) -> str | None:
            return string.message.lower()[:20] if locale is discord.Locale.german else None

    class Translated(Toy):
        async def setup_hook(self) -> None:
            await self.tree.set_translator(German())
            await self.tree.sync()
            await self.tree.sync(guild=discord.Object(garden.guild.id))

    bot = Translated()
    group = app_commands.Group(
        name="facts",
        description="Facts",
        default_permissions=discord.Permissions(manage_guild=True),
        allowed_contexts=app_commands.AppCommandContext(guild=True),
        nsfw=True,
    )
    inner = app_commands.Group(name="inner", description="Inner", parent=group)

    @inner.command(description="Add")
    @app_commands.choices(colour=[app_commands.Choice(name="Red", value="r")])
    async def add(
        interaction: discord.Interaction,
        colour: str,
        count: app_commands.Range[int, 1, 5],
        text: app_commands.Range[str, 1, 50],
        who: discord.User | discord.Role | None = None,
    ) -> None:
        """Only registered."""

    @bot.tree.context_menu(name="Answer This Please")
    async def answer(interaction: discord.Interaction, message: discord.Message) -> None:
        """Only registered."""

    bot.tree.add_command(group)
    bot.tree.add_command(group, guild=discord.Object(garden.guild.id))
    async with server.running(bot):
        assert len(server.commands.syncs) == 2
        assert not server.refused
        again = await bot.tree.fetch_commands()
        assert {one.name for one in again} == {"facts", "Answer This Please"}
        await bot.tree.sync()
        assert not server.commands.syncs[-1].changed
