"""What the README says of Discord and of the settings is so."""

import re

import discord
from discord import app_commands
from pydantic import SecretStr

from bot.library import Library
from bot.settings import Settings
from knowledge.base import KnowledgeBase
from tests.bot.conftest import build
from tests.bot.program import ROOT
from tests.bot.session import played

README = (ROOT / "README.md").read_text("utf-8")


async def test_the_pictured_session_is_what_a_run_gives() -> None:
    pictured = next(
        block
        for block in re.findall(r"^```text\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
        if "#general" in block
    )
    assert (await played(KnowledgeBase.load())).replace("\u00a0", " ").rstrip() == pictured.rstrip()


async def test_every_command_is_described_and_no_other(base: KnowledgeBase) -> None:
    bot = build(Library(base), home_guild_id=1)
    everywhere, at_home = bot.tree.walk_commands(), bot.tree.walk_commands(guild=discord.Object(1))
    named = {
        f"/{one.qualified_name}" for one in (*everywhere, *at_home) if isinstance(one, app_commands.Command)
    }
    told = {
        found.rstrip()
        for found in re.findall(r"^\| `(/[a-z]+(?: (?!question)[a-z]+)?)", README, re.MULTILINE)
    }
    assert told == named


def test_every_setting_is_in_the_table_as_the_model_has_it() -> None:
    rows = dict(re.findall(r"^\| `([A-Z_]+)` \| (.*) \|$", README, re.MULTILINE))
    assert rows == {
        name.upper(): f"{_default(name)} | {field.description}"
        for name, field in Settings.model_fields.items()
    }


def _default(name: str) -> str:
    value = Settings.model_fields[name].default
    match value:
        case None | frozenset():
            return ""
        case SecretStr():
            return f"`{value.get_secret_value()}`"
        case bool():
            return "`on`" if value else "`off`"
        case float():
            return f"`{value:g}`"
        case _:
            return f"`{value}`"
