"""The one way for errors to reach people and the log.

Whoever asked reads one calm sentence with a reference; the log has the traceback under the same reference,
without anything that was typed.
"""

import logging
import re
import secrets
import traceback
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot import texts
from bot.controls import Row
from bot.journal import StorageError
from bot.replying import Reply, reply_to, respond

if TYPE_CHECKING:
    from bot.client import Interaction

_log = logging.getLogger(__name__)

# No letter or digit that is taken for another when read aloud or copied by hand.
_LETTERS = "ACDEFHJKLMNPQRTUVWXY34679"
_REFERENCE_LENGTH = 6
_WORD = re.compile(r"\w{3,}")  # shorter ones tell nothing, and are in every sentence
_UNKNOWN_INTERACTION = 10062


class Declined(Exception):  # noqa: N818 - reads as what happened
    """What a person asked for is not done, for the reason in the text; no fault, and not logged as one.

    `row` goes below it where only that person sees it.
    """

    def __init__(self, text: str, row: Row | None = None) -> None:
        super().__init__(text)
        self.row = row


class Unanswered(Exception):  # noqa: N818 - reads as what happened
    """A question could not be answered because of the cause of this; `row` is as above."""

    def __init__(self, row: Row | None) -> None:
        super().__init__("the question could not be answered")
        self.row = row


async def report(interaction: "Interaction", error: BaseException) -> None:
    """Tell the person who started an interaction what went wrong, and the log."""
    error, row = _cause(error)
    words = _expected(error)
    if words is None:
        reference = record(error, where=_name(interaction), typed=_typed(interaction.data))
        words = texts.failure(reference)
    if isinstance(error, discord.NotFound) and error.code == _UNKNOWN_INTERACTION:
        return  # Discord has given up on it: nothing can reach the person any more
    if interaction.type is discord.InteractionType.autocomplete:
        return  # suggestions have no way to tell of an error
    interaction.extras.pop("answering", None)
    try:
        await respond(interaction, Reply(words, miss=True, private_row=row))
    except (discord.HTTPException, discord.InteractionResponded) as second:
        record(second, where=f"{_name(interaction)}, telling of an error")


async def report_message(message: discord.Message, error: BaseException) -> None:
    """Tell the author of a message what went wrong, and the log."""
    error, row = _cause(error)
    words = _expected(error)
    if words is None:
        reference = record(error, where="a message", typed=[message.content])
        words = texts.failure(reference)
    if isinstance(error, discord.Forbidden):
        return  # the bot may not write there, so it cannot say so either
    try:
        await reply_to(message, Reply(words, miss=True, private_row=row))
    except discord.HTTPException as second:
        record(second, where="a message, telling of an error")


def record(error: BaseException, *, where: str, typed: Iterable[str] = ()) -> str:
    """Log an unexpected error without what was `typed`, and return its reference."""
    reference = "".join(secrets.choice(_LETTERS) for _ in range(_REFERENCE_LENGTH))
    trace = "\n".join(_without(typed, "".join(traceback.format_exception(error)).splitlines()))
    _log.error("Failure %s in %s\n%s", reference, where, trace, extra={"reference": reference})
    return reference


def _without(typed: Iterable[str], lines: Iterable[str]) -> Iterator[str]:
    """Take every word that was typed out of a traceback's messages; its places and code stay as they are."""
    words = {re.escape(word) for text in typed for word in _WORD.findall(text)}
    pattern = re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE) if words else None
    after_place = False
    for line in lines:
        is_place = line.startswith('  File "')
        yield line if is_place or after_place or not pattern else pattern.sub("[typed]", line)
        after_place = is_place


def _cause(error: BaseException) -> tuple[BaseException, Row | None]:
    """Find what went wrong at first, and the row to go below what is said of it."""
    while isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    row = error.row if isinstance(error, Declined | Unanswered) else None
    if isinstance(error, Unanswered) and error.__cause__:
        error = error.__cause__
    return error, row


def _expected(error: BaseException) -> str | None:
    """Find the text for an error that can happen without a fault of ours, None for any other."""
    if isinstance(error, Declined | StorageError):
        return str(error)
    if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
        return texts.OUTDATED_COMMAND
    if isinstance(error, app_commands.CheckFailure):
        return texts.NOT_ALLOWED
    return None


def _name(interaction: "Interaction") -> str:
    if interaction.command is not None:
        return f"/{interaction.command.qualified_name}"
    data: Mapping[str, Any] = interaction.data or {}
    custom_id = str(data.get("custom_id", ""))
    # The words after the action may name a person.
    return f"the control {'/'.join(custom_id.split('/')[:2])}"


def _typed(data: Any) -> list[str]:
    """Everything in an interaction's data that a person may have typed, at any depth."""
    found: list[str] = []
    waiting = [data]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            for key, value in one.items():
                if key in ("value", "content") and isinstance(value, str):
                    found.append(value)
                else:
                    waiting.append(value)
        elif isinstance(one, list):
            waiting.extend(one)
    return found
