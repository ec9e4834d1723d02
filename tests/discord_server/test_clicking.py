"""Buttons, selects, modals and layouts, as people use them."""

import discord
import pytest

from tests.discord_server import Callback, DiscordServer, NotOffered
from tests.discord_server.conftest import Garden
from tests.discord_server.toy import Toy


@pytest.fixture
def bot() -> Toy:
    return Toy()


async def test_button_select_and_modal(server: DiscordServer, garden: Garden, bot: Toy) -> None:
    class Form(discord.ui.Modal, title="Tell us"):
        reason: discord.ui.TextInput[discord.ui.Modal] = discord.ui.TextInput(label="Why", max_length=20)

        async def on_submit(self, interaction: discord.Interaction) -> None:
            await interaction.response.send_message(f"because {self.reason.value}", ephemeral=True)

    class Choices(discord.ui.View):
        @discord.ui.button(label="Why not?")
        async def ask(self, interaction: discord.Interaction, _: discord.ui.Button[discord.ui.View]) -> None:
            await interaction.response.send_modal(Form())

        @discord.ui.select(
            options=[discord.SelectOption(label="Red", value="r"), discord.SelectOption(label="B")]
        )
        async def colour(
            self, interaction: discord.Interaction, select: discord.ui.Select[discord.ui.View]
        ) -> None:
            await interaction.response.edit_message(content=f"chose {select.values}", view=None)

    @bot.tree.command(description="Ask")
    async def ask(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("choose", view=Choices())

    async with server.running(bot):
        message = await (await garden.ann.slash("ask")).wait_response()
        clicked = await garden.bob.click(message, "Why not?")
        modal = await clicked.wait_modal()
        assert (modal.title, list(modal.fields)) == ("Tell us", ["Why"])
        submitted = await garden.bob.submit_modal(clicked, {"Why": "rain"})
        assert (await submitted.wait_response()).content == "because rain"
        chosen = await garden.ann.select(message, ["Red"])
        assert (await chosen.wait_response()).content == "chose ['r']"
        assert not message.clickables
        assert not server.refused


async def test_component_can_be_acknowledged_first_and_its_message_edited_later(
    server: DiscordServer, garden: Garden, bot: Toy
) -> None:
    class Choices(discord.ui.View):
        @discord.ui.button(label="More")
        async def more(self, interaction: discord.Interaction, _: discord.ui.Button[discord.ui.View]) -> None:
            await interaction.response.defer()
            await interaction.edit_original_response(content="more", view=None)
            await interaction.followup.send("only for you", ephemeral=True)

    @bot.tree.command(description="Ask")
    async def ask(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("choose", view=Choices())

    async with server.running(bot):
        message = await (await garden.ann.slash("ask")).wait_response()
        clicked = await garden.bob.click(message, "More")
        assert await clicked.wait_response() is message
        assert clicked.callback is Callback.DEFERRED_UPDATE
        assert message.content == "more"
        followup = await clicked.wait_followup()
        assert followup.visible_to(garden.bob)
        assert not followup.visible_to(garden.ann)


async def test_modal_opened_by_a_button_can_update_its_message(
    server: DiscordServer, garden: Garden, bot: Toy
) -> None:
    class Form(discord.ui.Modal, title="Form"):
        name: discord.ui.TextInput[discord.ui.Modal] = discord.ui.TextInput(label="Name")

        async def on_submit(self, interaction: discord.Interaction) -> None:
            await interaction.response.edit_message(content=self.name.value, view=None)

    class Choices(discord.ui.View):
        @discord.ui.button(label="Name it")
        async def more(self, interaction: discord.Interaction, _: discord.ui.Button[discord.ui.View]) -> None:
            await interaction.response.send_modal(Form())

    @bot.tree.command(description="Ask")
    async def ask(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("unnamed", view=Choices())

    async with server.running(bot):
        message = await (await garden.ann.slash("ask")).wait_response()
        opened = await garden.ann.click(message, "Name it")
        await garden.ann.submit_modal(opened, {"Name": "rose"})
        assert (await message.wait_edit()).content == "rose"


async def test_client_lets_nobody_click_what_is_not_there_for_them(
    server: DiscordServer, garden: Garden, bot: Toy
) -> None:
    class Choices(discord.ui.View):
        @discord.ui.button(label="Go", custom_id="go")
        async def go(self, interaction: discord.Interaction, _: discord.ui.Button[discord.ui.View]) -> None:
            await interaction.response.send_message("gone", ephemeral=True)

    @bot.tree.command(description="Ask")
    async def ask(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("choose", view=Choices(), ephemeral=True)

    async with server.running(bot):
        message = await (await garden.ann.slash("ask")).wait_response()
        for person, label in ((garden.bob, "Go"), (garden.ann, "Stay")):
            with pytest.raises(NotOffered):
                await person.click(message, label)
        forced = await garden.bob.click(message, custom_id="go", force=True)
        assert (await forced.wait_response()).content == "gone"


async def test_label_parts_of_a_modal_are_answered(server: DiscordServer, garden: Garden, bot: Toy) -> None:
    heard: list[object] = []

    class Form(discord.ui.Modal, title="Rate"):
        words: discord.ui.Label[discord.ui.Modal] = discord.ui.Label(
            text="Words", component=discord.ui.TextInput(required=False)
        )
        mark: discord.ui.Label[discord.ui.Modal] = discord.ui.Label(
            text="Mark",
            component=discord.ui.RadioGroup(
                options=[discord.RadioGroupOption(label="Good"), discord.RadioGroupOption(label="Bad")]
            ),
        )

        async def on_submit(self, interaction: discord.Interaction) -> None:
            heard.extend(getattr(label.component, "value", None) for label in (self.words, self.mark))
            await interaction.response.send_message("thanks")

    @bot.tree.command(description="Rate")
    async def rate(interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(Form())

    async with server.running(bot):
        opened = await garden.ann.slash("rate")
        await (await garden.ann.submit_modal(opened, {"Mark": "Good"})).wait_response()
        assert heard == ["", "Good"]
        assert not server.refused


async def test_layout_view_is_read_as_text(server: DiscordServer, garden: Garden, bot: Toy) -> None:
    class Layout(discord.ui.LayoutView):
        box: discord.ui.Container[discord.ui.LayoutView] = discord.ui.Container(
            discord.ui.TextDisplay("The answer"),
            discord.ui.Separator(),
            discord.ui.Section(
                discord.ui.TextDisplay("More"), accessory=discord.ui.Button(label="Go", custom_id="go")
            ),
        )

    @bot.tree.command(description="Ask")
    async def ask(interaction: discord.Interaction) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(view=Layout())

    async with server.running(bot):
        response = await (await garden.ann.slash("ask")).wait_response()
        assert response.all_text == "The answer\nMore"
        assert response.labels == ["Go"]
        assert not server.refused
