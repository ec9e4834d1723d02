"""The knowledge base that a command asks: by its options, else the settings, else the shipped one."""

import importlib
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import typer
from rich.text import Text

from bot.screen import screen, visible
from bot.settings import Settings, SettingsError, read_settings
from knowledge.base import KnowledgeBase
from knowledge.problems import LoadError

PROBLEMS_FOUND = 1
CANNOT_START = 2


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the records and the announcement are; None for what is shipped."""

    facts: Path | None = None
    announcement: Path | None = None

    def over(self, other: "Sources") -> "Sources":
        """Fill from the other what is not given here."""
        return Sources(self.facts or other.facts, self.announcement or other.announcement)


def settings() -> Settings:
    """Read the settings, or stop with what is wrong with them."""
    try:
        return read_settings()
    except SettingsError as error:
        stop(str(error))


def sources(ctx: typer.Context, facts: Path | None, announcement: Path | None) -> Sources:
    """Find what a command's own options name, else the program's, else the settings."""
    read = settings()
    given = ctx.obj if isinstance(ctx.obj, Sources) else Sources()
    return Sources(facts, announcement).over(given).over(Sources(read.facts, read.announcement))


def opened(found: Sources) -> KnowledgeBase:
    """Load the knowledge base, or stop with every problem in its files."""
    err = screen(sys.stderr)
    try:
        if err.is_terminal:
            with err.status("Reading the announcement…"):
                return KnowledgeBase.load(found.facts, found.announcement)
        return KnowledgeBase.load(found.facts, found.announcement)
    except LoadError as error:
        stop(str(error))


def stop(message: str) -> NoReturn:
    """End the program because it cannot start: a sentence a line, and the exit code that says so."""
    err = screen(sys.stderr)
    for line in message.splitlines():
        err.print(Text(visible(line)))
    raise typer.Exit(CANNOT_START)


def run_on_discord(read: Settings) -> int:
    """Run the Discord bot until it is stopped; its exit code."""
    screen(sys.stderr).print(
        "DISCORD_TOKEN is set, so this runs the bot on Discord; `python -m bot chat` is the console."
    )
    try:
        running = importlib.import_module("bot.running")
    except ModuleNotFoundError as error:
        if error.name != "bot.running":
            raise
        stop("This installation has no Discord bot. Unset DISCORD_TOKEN to open the console instead.")
    return int(running.run_bot(read))


def invitation() -> list[str]:
    """Make the links that bring the bot to people, or stop with what is wrong with the token."""
    running = importlib.import_module("bot.running")  # discord.py, which no other command waits for
    try:
        into_server, for_oneself = running.invite_link(settings()), running.install_link(settings())
    except SettingsError as error:
        stop(str(error))
    return ["Into a server:", into_server, "For yourself, to ask anywhere:", for_oneself]
