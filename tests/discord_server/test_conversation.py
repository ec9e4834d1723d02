"""What a person does reaches the bot, and what the bot answers reaches the person."""

import asyncio

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


async def test_commands_work_in_dms_and_where_only_the_person_has_the_app(
    server: DiscordServer, garden: Garden, bot: Toy
) -> None:
    places: list[tuple[bool, bool]] = []

    @bot.tree.command(description="Ask")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def ask(interaction: discord.Interaction) -> None:
        places.append((interaction.guild is None, interaction.is_user_integration()))
        await interaction.response.send_message("yes", ephemeral=True)

    elsewhere = server.add_guild("Elsewhere", installed=False)
    elsewhere.add_member(garden.ann)
    outside = elsewhere.add_channel("talk")
    async with server.running(bot):
        await (await garden.ann.slash("ask", where=garden.ann.dm)).wait_response()
        garden.ann.install_app()
        for where in (garden.ann.private_channel(garden.bob), outside):
            assert (await (await garden.ann.slash("ask", where=where)).wait_response()).content == "yes"
        assert places == [(True, False), (True, True), (False, True)]
        assert not server.refused


async def test_bot_started_elsewhere_is_waited_for(server: DiscordServer, bot: Toy) -> None:
    with server.point_client_here():
        async with bot, asyncio.TaskGroup() as tasks:
            tasks.create_task(bot.start(server.app.token))
            await server.ready(bot)
            assert bot.user is not None
            assert bot.user.id == server.bot.id
            await bot.close()


async def test_bot_deletes_its_message(server: DiscordServer, garden: Garden, bot: Toy) -> None:
    @bot.event
    async def on_message(message: discord.Message) -> None:
        if message.author != bot.user:
            await (await message.reply("soon gone")).delete()

    async with server.running(bot):
        await garden.ann.say(garden.ann.dm, "hello")
        reply = await garden.ann.dm.until(
            lambda: next((one for one in garden.ann.dm.messages if one.author is server.bot), None), "a reply"
        )
        await reply.wait_deleted()
        assert reply not in garden.ann.dm.seen_by(garden.ann)


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
