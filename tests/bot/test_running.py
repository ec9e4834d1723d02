"""The bot starts, stays and leaves as it should, whatever Discord does meanwhile."""

import asyncio
import json
import logging
import os
import signal
from pathlib import Path
from typing import Any

import discord
import pytest
from pydantic import SecretStr

from bot import logs, texts
from bot import running as program
from bot.desk import Desk
from bot.library import Library
from bot.replying import Reply, respond
from bot.running import application_id, install_link, invite_link, run_bot
from bot.settings import SettingsError
from knowledge.base import KnowledgeBase
from tests.bot.conftest import Running, Town, build, settings
from tests.bot.harbour import ANNOUNCEMENT, FILES
from tests.bot.program import run
from tests.discord_server import Callback, DiscordServer, Message

COST = "**cost 12 million pounds**"
TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.x.y"  # noqa: S105 - nobody's


async def cost(town: Town) -> Message:
    asked = await town.ann.slash("ask", question="how much will it cost")
    return await asked.wait_response(patience=8)


def slow(town: Town, released: asyncio.Event) -> None:
    """Put a command in the place of /ask that waits."""
    town.bot.tree.remove_command("ask")

    @town.bot.tree.command(description="Waits")
    async def ask(interaction: Any, question: str) -> None:
        await released.wait()
        await respond(interaction, Reply(f"Here: {question}"))


async def test_commands_are_registered_only_when_they_changed(running: Running, base: KnowledgeBase) -> None:
    async with running() as town:
        assert len(town.discord.commands.syncs) == 1
    for _ in range(2):
        async with town.discord.running(build(Library(base))):
            assert len(town.discord.commands.syncs) == 1
    changed = build(Library(base))

    @changed.tree.command(description="New")
    async def extra(_: discord.Interaction[Any]) -> None: ...

    async with town.discord.running(changed):
        assert town.discord.commands.syncs[-1].created == ("extra",)
    async with town.discord.running(build(Library(base))):
        assert len(town.discord.commands.syncs) == 3
        assert "extra" not in town.discord.commands.syncs[-1].names


async def test_commands_of_the_home_server_are_registered_there(
    discord_server: DiscordServer, base: KnowledgeBase
) -> None:
    home = discord_server.add_guild("Home")
    for _ in range(2):
        async with discord_server.running(build(Library(base), home_guild_id=home.id)):
            assert [sync.guild_id for sync in discord_server.commands.syncs] == [None, home.id]
            assert [one.name for one in discord_server.commands.of(home)] == ["facts"]


async def test_reconnecting_registers_nothing(town: Town) -> None:
    town.discord.faults.close_gateway(4000)
    await town.discord.gateway.wait_resumed()
    assert len(town.discord.commands.syncs) == 1


async def test_bot_that_is_not_in_its_home_server_runs_all_the_same(
    running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(home_guild_id=4711) as town:
        assert COST in (await cost(town)).content
        assert "not in the home server" in caplog.text or "could not be registered" in caplog.text
        town.discord.log.clear()


async def test_slow_command_is_deferred_and_then_answered(running: Running) -> None:
    async with running(defer_after=0.01) as town:
        released = asyncio.Event()
        slow(town, released)
        asked = await town.ann.slash("ask", question="x")
        assert await asked.wait_acknowledged() is Callback.DEFERRED_MESSAGE
        assert asked.thinking
        released.set()
        assert (await asked.wait_response()).content == "Here: x"


async def test_quick_answer_is_not_deferred(running: Running) -> None:
    async with running(defer_after=0.01) as town:
        hold = town.discord.faults.hold("POST", "/interactions/*")
        asked = await town.ann.slash("ask", question="how much will it cost")
        await hold.reached.wait()
        await asyncio.sleep(0.05)  # the time for a deferral that must not come
        hold.release()
        assert COST in (await asked.wait_response()).content
        assert len(town.discord.log.of("POST", "/interactions/*")) == 1


async def test_slow_press_is_deferred_and_then_answered(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(defer_after=0.01) as town:
        answer = await cost(town)
        released = asyncio.Event()
        press = town.bot._presses["more"]

        async def late(*given: Any) -> None:
            await released.wait()
            await press(*given)

        monkeypatch.setitem(town.bot._presses, "more", late)
        pressed = await town.ann.click(answer, "More like this")
        assert await pressed.wait_acknowledged() is Callback.DEFERRED_UPDATE
        released.set()
        more = await pressed.wait_followup()
        assert more.ephemeral
        assert more.content.startswith("Before it:")


@pytest.mark.parametrize("fault", ["429", "500"])
async def test_answer_gets_through_when_discord_is_busy(town: Town, fault: str) -> None:
    faults = town.discord.faults
    for path in ("/interactions/*", "/channels/*/messages"):
        faults.rate_limit("POST", path) if fault == "429" else faults.server_error("POST", path)
    assert COST in (await cost(town)).content
    await town.ann.say(town.ann.dm, "how much will it cost")
    assert COST in (await town.ann.dm.wait_message(patience=8)).content


async def test_cut_connection_harms_one_answer_at_most(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    town.discord.faults.cut("POST", "/interactions/*")
    first = await cost(town)
    assert COST in first.content or first.content.startswith("Sorry, something went wrong")
    assert COST in (await cost(town)).content
    assert not caplog.text or "[typed]" not in caplog.text


async def test_rate_limit_without_via_is_told(town: Town) -> None:
    town.discord.faults.rate_limit("POST", "/channels/*/messages", via=False)
    await town.ann.say(town.ann.dm, "how much will it cost")
    assert (await town.ann.dm.wait_message()).content.startswith("Sorry, something went wrong")


@pytest.mark.parametrize("event", ["4000", "op 7", "op 9", "drop"])
async def test_lost_connection_is_resumed(town: Town, event: str) -> None:
    faults = town.discord.faults
    if event == "4000":
        faults.close_gateway(4000)
    elif event == "op 7":
        faults.ask_to_reconnect()
    elif event == "op 9":
        faults.invalidate_session(resumable=True)
    else:
        faults.drop_socket()
    asked = await town.ann.slash("ask", question="how much will it cost")
    await town.discord.gateway.wait_resumed()
    assert COST in (await asked.wait_response()).content, "what was missed is replayed"


async def at_once(*_: object, **__: object) -> None:
    """Identify without the pause that only Discord needs."""


async def test_forgotten_session_is_begun_anew(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(town.bot, "before_identify_hook", at_once)
    town.discord.faults.invalidate_session(resumable=False)
    await town.discord.gateway.wait_identified(2)
    assert COST in (await cost(town)).content
    assert len(town.discord.commands.syncs) == 1


async def test_two_shards_answer(discord_server: DiscordServer, base: KnowledgeBase) -> None:
    ann = discord_server.add_user("ann")
    channels = []
    for shard in (0, 1):
        guild = discord_server.add_guild(f"Town {shard}", shard=(shard, 2))
        guild.add_member(ann)
        channels.append(guild.add_channel("square"))
    bot = build(Library(base), shard_count=2)
    bot.before_identify_hook = at_once  # type: ignore[method-assign]
    async with discord_server.running(bot):
        assert len(discord_server.gateway.identifies) == 2
        for channel in (*channels, ann.dm):
            asked = await ann.slash("ask", question="how much will it cost", where=channel)
            assert COST in (await asked.wait_response()).content


async def test_leaving_finishes_the_answer_and_turns_the_next_one_away(town: Town) -> None:
    released = asyncio.Event()
    slow(town, released)
    asked = await town.ann.slash("ask", question="x")
    said = await town.bob.say(town.channel, "how much will it cost")
    answered = await town.bob.context_menu("Answer this", said)
    assert COST in (await answered.wait_response()).content
    closing = asyncio.create_task(town.bot.close())
    late = await town.bob.context_menu("Answer this", said)
    assert (await late.wait_response()).content == texts.LEAVING
    assert late.ephemeral
    await town.bob.say(town.bob.dm, "how much will it cost")
    assert (await town.bob.dm.wait_message()).content == texts.LEAVING
    assert not closing.done()
    released.set()
    assert (await asked.wait_response()).content == "Here: x"
    await closing
    assert town.bot.is_closed()


async def test_leaving_waits_no_longer_than_its_grace(
    running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(grace=0.01) as town:
        never = asyncio.Event()
        slow(town, never)
        await town.ann.slash("ask", question="x")
        await cost_by_menu(town)
        await town.bot.close()
    assert "1 answers were not finished" in caplog.text


async def cost_by_menu(town: Town) -> None:
    said = await town.bob.say(town.channel, "how much will it cost")
    await (await town.bob.context_menu("Answer this", said)).wait_response()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "harbour.md").write_text(ANNOUNCEMENT, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_signal_ends_the_program_cleanly(
    discord_server: DiscordServer, folder: Path, number: signal.Signals, capsys: pytest.CaptureFixture[str]
) -> None:
    ann = discord_server.add_user("ann")
    guild = discord_server.add_guild("Town")
    guild.add_member(ann)
    guild.add_channel("square")
    given = settings(discord_token=SecretStr(discord_server.app.token), facts=folder, log_format="json")
    with discord_server.point_client_here():
        task = asyncio.create_task(program._run(given, guild_ready_timeout=0.05))
        discord_server.settings.patience = 60
        await discord_server.gateway.wait_ready()
        asked = await ann.slash("ask", question="how much will it cost")
        assert COST in (await asked.wait_response()).content
        os.kill(os.getpid(), number)
        assert await asyncio.wait_for(task, 10) == 0
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert lines[-1]["message"] == "Stopped"
    assert any(line.get("outcome") == "Answer" and line["record"] == "cost" for line in lines)
    text = json.dumps(lines)
    assert discord_server.app.token not in text
    assert "how much will it cost" not in text
    assert str(ann.id) not in text


async def test_signal_in_the_middle_of_an_answer_lets_it_be_finished(
    discord_server: DiscordServer, folder: Path
) -> None:
    discord_server.settings.patience = 60
    ann = discord_server.add_user("ann")
    guild = discord_server.add_guild("Town")
    guild.add_member(ann)
    guild.add_channel("square")
    given = settings(discord_token=SecretStr(discord_server.app.token), facts=folder)
    with discord_server.point_client_here():
        task = asyncio.create_task(program._run(given, guild_ready_timeout=0.05))
        await discord_server.gateway.wait_ready()
        hold = discord_server.faults.hold("POST", "/interactions/*")
        asked = await ann.slash("ask", question="how much will it cost")
        await hold.reached.wait()
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.sleep(0.1)  # time to leave in, if it did not wait
        assert not task.done()
        hold.release()
        assert COST in (await asked.wait_response()).content
        assert await asyncio.wait_for(task, 10) == 0


async def test_token_that_discord_does_not_accept_is_a_wrong_setting(
    discord_server: DiscordServer, folder: Path
) -> None:
    given = settings(discord_token=SecretStr("not.the.token"), facts=folder)
    with discord_server.point_client_here(), pytest.raises(SettingsError, match="DISCORD_TOKEN is wrong"):
        await program._run(given)
    discord_server.log.clear()


def test_missing_token_ends_the_program_with_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_bot(settings()) == 2
    assert capsys.readouterr().err.startswith("The setting DISCORD_TOKEN is missing. ")


def test_folder_of_facts_that_is_not_there_is_a_wrong_setting(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_bot(settings(discord_token=SecretStr(TOKEN), facts=tmp_path / "none")) == 2
    written = capsys.readouterr().err
    assert written.startswith(f"The setting FACTS is wrong: {tmp_path / 'none'} does not exist. ")
    assert written.count("\n") == 1


def test_database_url_of_no_known_form_is_a_wrong_setting(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = settings(discord_token=SecretStr(TOKEN), database_url=SecretStr("hush"), facts=tmp_path)
    assert run_bot(given) == 2
    written = capsys.readouterr().err
    assert written.startswith("The setting DATABASE_URL is wrong: ")
    assert "hush" not in written


def test_invitation_asks_for_what_is_needed_and_no_more() -> None:
    given = settings(discord_token=SecretStr(TOKEN))
    assert application_id(given) == 123456789012345678
    link = invite_link(given)
    assert "client_id=123456789012345678" in link
    assert "scope=bot+applications.commands" in link
    permissions = discord.Permissions(int(link.partition("permissions=")[2].partition("&")[0]))
    assert {name for name, value in permissions if value} == {
        "read_messages",
        "send_messages",
        "send_messages_in_threads",
        "read_message_history",
    }
    assert "integration_type=1" in install_link(given)


@pytest.mark.parametrize("token", ["x", "!!!.a.b", "aGVsbG8.a.b"])
def test_token_of_another_kind_is_told_before_inviting(token: str) -> None:
    with pytest.raises(SettingsError, match="DISCORD_TOKEN is wrong"):
        invite_link(settings(discord_token=SecretStr(token)))


@pytest.mark.parametrize("form", ["text", "json"])
def test_log_has_extras_and_no_secrets(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    try:
        logs.set_up("debug", form, ["hush", ""])
        logging.getLogger("bot.test").info("Said %s", "hush", extra={"record": "cost"})
        logging.getLogger("discord.gateway").debug("every payload")
        logging.getLogger("sqlalchemy.engine").info("every statement")
        try:
            int("hush")
        except ValueError:
            logging.getLogger("bot.test").exception("Failed")
    finally:
        root.handlers[:], root.level = before
    written = capsys.readouterr().err
    assert "Said [secret]" in written
    assert "hush" not in written
    assert "every" not in written
    assert "ValueError" in written
    if form == "json":
        first, second = [json.loads(line) for line in written.splitlines()]
        assert (first["level"], first["logger"], first["record"]) == ("info", "bot.test", "cost")
        assert "Traceback" in second["traceback"]
    else:
        assert "record=cost" in written


async def test_second_signal_ends_the_program_at_once(
    discord_server: DiscordServer, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    discord_server.settings.patience = 60
    ann = discord_server.add_user("ann")
    guild = discord_server.add_guild("Town")
    guild.add_member(ann)
    guild.add_channel("square")
    held = asyncio.Event()

    async def ask(*_: object, **__: object) -> None:
        await held.wait()

    monkeypatch.setattr("bot.asking.respond", ask)
    given = settings(discord_token=SecretStr(discord_server.app.token), facts=folder)
    with discord_server.point_client_here():
        task = asyncio.create_task(program._run(given, guild_ready_timeout=0.05))
        await discord_server.gateway.wait_ready()
        await ann.slash("ask", question="how much will it cost")
        await ann.autocomplete("ask", question="h")  # so that the question has come by now
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.sleep(0.1)  # one signal at a time
        assert not task.done()
        os.kill(os.getpid(), signal.SIGTERM)
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(task, 5)


async def test_discord_that_cannot_be_reached_ends_the_program_with_a_sentence(
    discord_server: DiscordServer, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    discord_server.faults.server_error("GET", "/users/@me", times=9, status=418)
    given = settings(discord_token=SecretStr(discord_server.app.token), facts=folder)
    with discord_server.point_client_here():
        assert await program._run(given) == 1
    written = capsys.readouterr().err
    assert "Discord cannot be reached" in written
    assert "Traceback" not in written


async def test_what_is_over_is_forgotten_without_anybody_asking(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.client.FORGET_EVERY", 0.01)
    again = asyncio.Event()

    class Counting(Desk):
        def forget(self) -> None:
            super().forget()
            again.set()

    monkeypatch.setattr(program, "Desk", Counting)
    async with running() as town:
        again.clear()
        await asyncio.wait_for(again.wait(), 5)
    assert town.bot._forgetting
    assert town.bot._forgetting.cancelled()


def test_invitation_is_printed(tmp_path: Path) -> None:
    ended = run("invite", cwd=tmp_path, DISCORD_TOKEN=TOKEN)
    assert ended.returncode == 0
    assert invite_link(settings(discord_token=SecretStr(TOKEN))) in ended.stdout.decode().split()
    ended = run("invite", cwd=tmp_path)
    assert ended.returncode == 2
    assert ended.stderr.startswith(b"The setting DISCORD_TOKEN is missing.")
