"""Whatever goes wrong, whoever asked reads one calm sentence, and the log knows the rest."""

import re
from typing import Any

import discord
import pytest
from discord import app_commands

from bot import failures, texts
from bot.client import Part
from bot.controls import Button, Press, view_of
from bot.cooldowns import Cooldowns
from bot.failures import Declined
from knowledge.base import KnowledgeBase
from tests.bot.conftest import Running, Town
from tests.discord_server import ManualClock, Message

TYPED = "what about my very private matter"


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every question fail with an error that repeats it."""

    def ask(_: object, question: str, *__: object) -> None:
        raise RuntimeError(f"cannot read {question!r}")

    monkeypatch.setattr(KnowledgeBase, "ask", ask)


def reference_in(message: Message) -> str:
    found = re.search(r"[A-Z0-9]{6}(?=\.$)", message.content)
    assert found, message.content
    assert message.content == texts.failure(found[0])
    return found[0]


def told_once(caplog: pytest.LogCaptureFixture, reference: str) -> str:
    """Return the record of the failure; nothing that was typed may be in any."""
    found = [record.getMessage() for record in caplog.records if reference in record.getMessage()]
    assert len(found) == 1
    assert "RuntimeError" in found[0]
    assert "Traceback" in found[0]
    assert TYPED not in caplog.text
    return found[0]


@pytest.mark.usefixtures("broken")
async def test_failing_command_is_told_privately_with_a_reference(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await (await town.ann.slash("ask", question=TYPED)).wait_response()
    assert answer.ephemeral
    assert "in /ask" in told_once(caplog, reference_in(answer))


@pytest.mark.usefixtures("broken")
async def test_failing_menu_command_is_told(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    said = await town.bob.say(town.channel, TYPED)
    answer = await (await town.ann.context_menu("Answer this", said)).wait_response()
    assert answer.ephemeral
    told_once(caplog, reference_in(answer))


@pytest.mark.usefixtures("broken")
async def test_failing_mention_and_direct_message_are_told(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    await town.ann.say(town.channel, f"{town.discord.world.bot.mention} {TYPED}")
    told_once(caplog, reference_in(await town.channel.wait_message()))
    await town.ann.say(town.ann.dm, TYPED)
    told_once(caplog, reference_in(await town.ann.dm.wait_message()))


async def test_failing_button_is_told(
    town: Town, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = await (await town.ann.slash("ask", question="how much will it cost")).wait_response()

    def neighbours(*_: object) -> None:
        raise RuntimeError("no neighbours")

    monkeypatch.setattr(KnowledgeBase, "neighbours", neighbours)
    pressed = await (await town.ann.click(answer, "More like this")).wait_response()
    assert pressed.ephemeral
    record = told_once(caplog, reference_in(pressed))
    assert "the control v1/more" in record
    assert str(town.ann.id) not in record


async def test_command_that_discord_still_has_and_we_do_not(town: Town) -> None:
    town.bot.tree.remove_command("ask")
    answer = await (await town.ann.slash("ask", question="x")).wait_response()
    assert answer.content == texts.OUTDATED_COMMAND
    assert answer.ephemeral


async def test_command_whose_options_have_changed(town: Town) -> None:
    town.bot.tree.remove_command("ask")

    @town.bot.tree.command(description="Another")
    async def ask(interaction: discord.Interaction[Any], other: int) -> None: ...

    answer = await (await town.ann.slash("ask", question="x")).wait_response()
    assert answer.content == texts.OUTDATED_COMMAND


async def test_error_after_a_deferral_fills_the_answer(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    town.bot.tree.remove_command("ask")

    @town.bot.tree.command(description="Fails late")
    async def ask(interaction: discord.Interaction[Any], question: str) -> None:
        await interaction.response.defer(ephemeral=True)
        raise RuntimeError(question)

    answer = await (await town.ann.slash("ask", question=TYPED)).wait_response()
    told_once(caplog, reference_in(answer))


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (Declined("Not today."), "Not today."),
        (app_commands.CheckFailure("no"), texts.NOT_ALLOWED),
        (app_commands.MissingPermissions(["x"]), texts.NOT_ALLOWED),
    ],
)
async def test_expected_errors_have_their_own_words(
    town: Town, caplog: pytest.LogCaptureFixture, error: Exception, words: str
) -> None:
    town.bot.tree.remove_command("ask")

    @town.bot.tree.command(description="Declines")
    async def ask(_: discord.Interaction[Any], question: str) -> None:
        raise error if question else AssertionError

    answer = await (await town.ann.slash("ask", question="x")).wait_response()
    assert answer.content == words
    assert answer.ephemeral
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


async def test_answer_that_discord_refuses_is_told(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    town.discord.faults.rate_limit("POST", "/interactions/*", via=False)
    answer = await (await town.ann.slash("ask", question="how much will it cost")).wait_response()
    assert reference_in(answer) in caplog.text


async def test_question_that_is_too_long_names_the_limit(running: Running) -> None:
    async with running(question_max_length=50) as town:
        for where in (town.channel, town.ann.dm):
            refused = await (await town.ann.slash("ask", question="x" * 51, where=where)).wait_response()
            assert (
                refused.content
                == "That question has 51 characters and I read at most 50. Please make it shorter."
            )
        await town.ann.say(town.ann.dm, "how much " * 100)
        said = await town.ann.dm.wait_message(after=town.ann.dm.messages[-2])
        assert "at most 50" in said.content


async def test_questions_in_a_row_are_limited(running: Running) -> None:
    async with running(cooldown_questions=2, cooldown_seconds=3600) as town:
        for _ in range(2):
            answer = await (await town.ann.slash("ask", question="how much will it cost")).wait_response()
            assert "12 million" in answer.content
        refused = await (await town.ann.slash("ask", question="how much will it cost")).wait_response()
        assert re.fullmatch(r"One moment, please: you can ask again in 3,?\d+ seconds\.", refused.content)
        assert refused.ephemeral
        await town.ann.say(town.ann.dm, "how much will it cost")
        assert "One moment" in (await town.ann.dm.wait_message()).content
        other = await (await town.bob.slash("ask", question="how much will it cost")).wait_response()
        assert "12 million" in other.content


def test_cooldown_slides_and_forgets() -> None:
    clock = ManualClock()
    cooldowns = Cooldowns(2, 10, clock=clock)
    assert [cooldowns.wait(1), cooldowns.wait(1)] == [0, 0]
    clock.advance(4)
    assert cooldowns.wait(1) == pytest.approx(6)
    clock.advance(6)
    assert cooldowns.wait(1) == 0
    clock.advance(11)
    assert cooldowns.wait(2) == 0
    assert len(cooldowns) == 1, "whoever has not asked for a while is not remembered"


def test_no_cooldown_remembers_nobody() -> None:
    cooldowns = Cooldowns(0, 10)
    assert not any(cooldowns.wait(1) for _ in range(100))
    assert len(cooldowns) == 0


def test_reference_is_new_each_time(caplog: pytest.LogCaptureFixture) -> None:
    assert failures.record(ValueError("x"), where="a test") != failures.record(
        ValueError("x"), where="a test"
    )
    assert "ValueError" in caplog.text


async def test_two_parts_cannot_share_an_action(town: Town) -> None:
    async def press(*_: Any) -> None: ...

    class Rival(Part):
        def presses(self) -> dict[str, Press]:
            return {"more": press}

    with pytest.raises(ValueError, match="two parts"):
        town.bot._add(Rival())


def test_control_too_long_for_discord_is_our_mistake() -> None:
    with pytest.raises(ValueError, match="too long"):
        view_of([(Button("x", "more", ("y" * 100,)),)])
