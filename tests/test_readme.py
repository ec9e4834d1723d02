"""What the README says is so."""

import io
import re
import tomllib
from pathlib import Path

import pytest
import typer
from rich.console import Console

from bot.cli import app
from bot.console import PROMPT, Chat
from knowledge.base import KnowledgeBase
from knowledge.records import AnnouncementFile, Fact, Name, NotStatedTopic, SmallTalk, Speech
from tests.bot.program import ROOT

README = (ROOT / "README.md").read_text("utf-8")
WIDTH = 88


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def program() -> typer.core.TyperGroup:
    group = typer.main.get_command(app)
    assert isinstance(group, typer.core.TyperGroup)
    return group


@pytest.mark.parametrize("name", program().commands)
def test_every_command_and_option_is_described(name: str) -> None:
    assert f"`python -m bot {name}" in README
    command = program().commands[name]
    assert command.help
    options = [option for param in command.params for option in param.opts if option.startswith("--")]
    for option in options:
        assert re.search(rf"`{option}\b", README), option


def test_the_programs_own_options_are_described() -> None:
    for param in program().params:
        for option in param.opts:
            assert re.search(rf"`{option}\b", README), option


def test_only_commands_that_exist_are_described() -> None:
    named = set(re.findall(r"python -m bot ([a-z]+)", README))
    assert named <= set(program().commands)


def test_the_pictured_conversation_is_what_a_run_gives(shipped: KnowledgeBase) -> None:
    pictured = blocks("text")[0]
    typed = iter([line.removeprefix(PROMPT) for line in pictured.splitlines() if line.startswith(PROMPT)])
    shown = io.StringIO()
    out = Console(
        file=shown, width=WIDTH, force_terminal=True, color_system=None,
        highlight=False, markup=False, emoji=False,
    )  # fmt: skip

    def read(prompt: str) -> str:
        line = next(typed, "/quit")
        shown.write("" if line == "/quit" else f"{prompt}{line}\n")
        return line

    chat = Chat(shipped, out, read)
    chat.welcome()
    chat.run()
    assert [line.rstrip() for line in shown.getvalue().rstrip().splitlines()] == pictured.splitlines()


def test_the_records_shown_are_records(shipped: KnowledgeBase) -> None:
    records, voices, turns, about = (tomllib.loads(block) for block in blocks("toml"))
    fact = Fact.model_validate(records["fact"][0])
    topic = NotStatedTopic.model_validate(records["not_stated"][0])
    assert len(shipped.announcement.places(fact.quote)) == 1
    assert [len(shipped.announcement.places(quote)) for quote in fact.also] == [1]
    assert topic.nearest
    assert len(shipped.announcement.places(topic.nearest)) == 1
    SmallTalk.model_validate(records["small_talk"][0])
    assert set(voices["fact"]["questions"]) == {"formal", "teenager"}
    leaning = Fact.model_validate(records["fact"][0] | turns.pop("fact") | turns)
    assert leaning.follow_ups == ("how many?", "and who else?")
    assert set(leaning.next) <= set(shipped.curation.records)
    speaker, name = Speech.model_validate(about.pop("speaker")[0]), Name.model_validate(about.pop("name")[0])
    assert speaker.name == "George Freeman"
    assert name.forms[0] == "NPL"
    assert set(AnnouncementFile.model_validate(about).starters) <= set(shipped.curation.records)


def test_what_it_links_to_is_there() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", README):
        assert Path(ROOT, target).exists(), target
