"""What a person does reaches the bot, and what the bot answers reaches the person."""

import discord
import pytest
from discord import app_commands

from tests.discord_server import Callback, DidNotHappen, DiscordServer
from tests.discord_server.conftest import Garden
from tests.discord_server.toy import Toy


@pytest.fixture
def bot() -> Toy:
    return Toy()


async def test_slash_command_is_answered(server: DiscordServer, garden: Garden, bot: Toy) -> None:
    @bot.tree.command(description="Ask")
    async def ask(interaction: discord.Interaction, question: str) -> None:
        await interaction.response.send_message(f"You asked {question}")

    async with server.running(bot):
        asked = await garden.ann.slash("ask", question="When?")
        response = await asked.wait_response()
        assert response.content == "You asked When?"
        assert asked.callback is Callback.MESSAGE
        assert asked.visible_to(garden.bob)
        assert not server.refused


async def test_deferred_ephemeral_response_is_filled_by_an_edit(
    server: DiscordServer, garden: Garden, bot: Toy
) -> None:
    @bot.tree.command(description="Ask")
    async def ask(interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True)
        await interaction.edit_original_response(content="first")
        await interaction.edit_original_response(content="second")
        await interaction.followup.send("more")

    async with server.running(bot):
        asked = await garden.ann.slash("ask")
        assert await asked.wait_acknowledged() is Callback.DEFERRED_MESSAGE
        await asked.wait_followup()
        assert [one.content for one in asked.edits] == ["second"]
        assert [one.content for one in asked.followups] == ["more"]
        assert asked.deferred
        assert asked.visible_to(garden.ann)
        assert not asked.visible_to(garden.bob)


async def test_first_followup_after_a_deferral_becomes_the_response(
    server: DiscordServer, garden: Garden, bot: Toy
) -> None:
    @bot.tree.command(description="Ask")
    async def ask(interaction: discord.Interaction) -> None:
        await interaction.response.defer()
        await interaction.followup.send("late", ephemeral=True)

    async with server.running(bot):
        asked = await garden.ann.slash("ask")
        response = await asked.wait_response()
        assert response.content == "late"
        assert not asked.followups
        assert not response.ephemeral, "the deferral decided who sees it"


async def test_response_can_be_deleted(server: DiscordServer, garden: Garden, bot: Toy) -> None:
    @bot.tree.command(description="Ask")
    async def ask(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("gone")
        await interaction.delete_original_response()

    async with server.running(bot):
        asked = await garden.ann.slash("ask")
        await asked.wait_deleted()
        assert not asked.visible_to(garden.ann)


async def test_autocomplete_suggests(server: DiscordServer, garden: Garden, bot: Toy) -> None:
    @bot.tree.command(description="Ask")
    async def ask(interaction: discord.Interaction, question: str) -> None:
        """Only its autocomplete is used."""

    @ask.autocomplete("question")
    async def suggest(_: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f"{current}ere?", value="where")]

    async with server.running(bot):
        assert await garden.ann.autocomplete("ask", question="wh") == [("where?", "where")]


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


async def test_context_menus(server: DiscordServer, garden: Garden, bot: Toy) -> None:
    @bot.tree.context_menu(name="Answer this")
    async def answer(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(f"to {message.content}", ephemeral=True)

    @bot.tree.context_menu(name="Greet")
    async def greet(interaction: discord.Interaction, member: discord.Member) -> None:
        await interaction.response.send_message(f"hello {member.name}")

    async with server.running(bot):
        said = await garden.bob.say(garden.channel, "when is it?")
        answered = await garden.ann.context_menu("Answer this", said)
        assert (await answered.wait_response()).content == "to when is it?", "a target comes with its content"
        greeted = await garden.ann.context_menu("Greet", garden.bob)
        assert (await greeted.wait_response()).content == "hello bob"


async def test_direct_message_is_answered_with_typing_and_reply(
    server: DiscordServer, garden: Garden, bot: Toy
) -> None:
    @bot.event
    async def on_message(message: discord.Message) -> None:
        if message.author != bot.user:
            async with message.channel.typing():
                await message.reply(f"heard {message.content}")

    async with server.running(bot):
        said = await garden.ann.say(garden.ann.dm, "hello")
        reply = await garden.ann.dm.wait_message(after=said)
        assert reply.content == "heard hello"
        assert reply.reply_to is said
        await garden.ann.dm.wait_typing()
        assert not server.refused


async def test_bot_opens_a_conversation_unless_it_is_refused(
    server: DiscordServer, garden: Garden, bot: Toy
) -> None:
    @bot.tree.command(description="Write to me")
    async def write(interaction: discord.Interaction) -> None:
        await interaction.response.defer()
        try:
            await interaction.user.send("hello")
        except discord.Forbidden as refusal:
            await interaction.followup.send(f"refused with {refusal.code}")
        else:
            await interaction.followup.send("written")

    garden.bob.refuse_dms()
    async with server.running(bot):
        assert (await (await garden.ann.slash("write")).wait_response()).content == "written"
        assert (await garden.ann.dm.wait_message()).content == "hello"
        assert (await (await garden.bob.slash("write")).wait_response()).content == "refused with 50007"


async def test_sub_commands_and_options_of_every_kind(
    server: DiscordServer, garden: Garden, bot: Toy
) -> None:
    group = app_commands.Group(name="facts", description="Facts")
    heard: list[object] = []

    @group.command(description="Add")
    async def add(
        interaction: discord.Interaction,
        *,
        who: discord.Member,
        channel: discord.TextChannel,
        role: discord.Role,
        file: discord.Attachment,
        count: int,
        share: float,
        loud: bool,
    ) -> None:
        heard.extend(
            [who.name, channel.name, role.name, await file.read(), file.filename, count, share, loud]
        )
        await interaction.response.send_message("done")

    bot.tree.add_command(group)
    role = garden.guild.add_role("gardeners")
    async with server.running(bot):
        ran = await garden.ann.slash(
            "facts add",
            who=garden.bob,
            channel=garden.channel,
            role=role,
            file=garden.ann.upload("facts.txt", b"rain"),
            count=3,
            share=0.5,
            loud=True,
        )
        await ran.wait_response()
        assert heard == ["bob", "questions", "gardeners", b"rain", "facts.txt", 3, 0.5, True]


async def test_waiting_in_vain_tells_what_happened(server: DiscordServer, garden: Garden, bot: Toy) -> None:
    @bot.tree.command(description="Ask")
    async def ask(interaction: discord.Interaction) -> None:
        """Never answers."""

    async with server.running(bot):
        asked = await garden.ann.slash("ask")
        with pytest.raises(DidNotHappen, match=r"ann's command 'ask'(?s:.*)PUT /applications"):
            await asked.wait_response(patience=0.05)
