"""Asking in a server or anywhere else: the command, the message menu, mentions, and the buttons below."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import discord
from discord import app_commands

from bot import failures, texts
from bot.client import Interaction, Part
from bot.controls import Press
from bot.conversations import Asker
from bot.desk import Desk
from bot.escaping import literal
from bot.failures import Declined
from bot.journal import Place
from bot.limits import CHOICE_TEXT, CHOICES, cut
from bot.replies import INSTEAD, MORE, NONE, PICK, REMOVE, TELL
from bot.replying import (
    Reply,
    in_conversation_with_bot,
    only_asker_sees,
    remove,
    replace,
    reply_to,
    respond,
)
from bot.scribe import Asked

Choice = app_commands.Choice[str]


class Asking(Part):
    """Lets members ask where others may read along."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def commands(self) -> Sequence[app_commands.Command[Any, ..., Any] | app_commands.ContextMenu]:
        """Make /ask and the menu entry “Answer this”."""
        desk = self._desk

        @app_commands.command(description=texts.ASK)
        @app_commands.describe(question=texts.ASK_QUESTION, private=texts.ASK_PRIVATE)
        async def ask(interaction: Interaction, question: str, private: bool = False) -> None:
            # Among others every command stands on its own; with the bot alone it is part of a conversation.
            alone = in_conversation_with_bot(interaction)
            choose = PICK if private or alone else TELL
            asked = asked_by(interaction, question)
            reply = desk.ask(asked, follow_up=alone, removable=not private, choose=choose)
            await respond(interaction, reply, private=private)

        @ask.autocomplete("question")
        async def _(_: Interaction, typed: str) -> list[Choice]:
            return choices(desk, typed)

        @app_commands.context_menu(name=texts.ANSWER_THIS)
        async def answer_this(interaction: Interaction, message: discord.Message) -> None:
            text = without_mentions(message.content, interaction.client)
            if not text:
                raise Declined(texts.NO_TEXT_IN_MESSAGE)
            choose = PICK if in_conversation_with_bot(interaction) else TELL
            asked = asked_by(interaction, text, place=Place.MENU, author=message.author.id)
            await respond(interaction, desk.ask(asked, follow_up=False, choose=choose))

        return (ask, answer_this)

    def presses(self) -> Mapping[str, Press]:
        """Tell what the buttons below answers do."""
        return {
            PICK: self._pick,
            INSTEAD: self._instead,
            TELL: self._tell,
            NONE: self._none,
            MORE: self._more,
            REMOVE: self._remove,
        }

    async def mention(self, message: discord.Message, me: discord.ClientUser) -> None:
        """Answer a message that mentions the bot, as a reply to it."""
        text = _without(message.content, me)
        if not text:
            await reply_to(message, Reply(texts.mentioned(literal(f"@{me.display_name}")), miss=True))
            return
        asker = Asker(message.author.id, message.channel.id)
        reply = self._desk.ask(Asked(text, asker, Place.MENTION))
        # A reply to one of our messages mentions us without a word: what is no question then needs no answer.
        if not reply.idle or f"{me.id}>" in message.content:
            await reply_to(message, reply)

    async def _pick(self, interaction: Interaction, words: Sequence[str]) -> None:
        await self._picked(interaction, words, PICK)

    async def _instead(self, interaction: Interaction, words: Sequence[str]) -> None:
        await self._picked(interaction, words, INSTEAD)

    async def _picked(self, interaction: Interaction, words: Sequence[str], choose: str) -> None:
        fact_id, handle = _own(interaction, words)
        removable = not only_asker_sees(interaction)
        asker = asker_of(interaction)
        reply = self._desk.pick(fact_id, asker, removable=removable, choose=choose, handle=handle)
        await replace(interaction, reply)

    async def _tell(self, interaction: Interaction, words: Sequence[str]) -> None:
        """Show everybody the answer that the asker chose from what only they saw."""
        fact_id, handle = _own(interaction, words)
        reply = self._desk.pick(fact_id, asker_of(interaction), handle=handle)
        if reply.miss:
            await replace(interaction, reply)
            return
        await replace(interaction, Reply(texts.ANSWERED_BELOW, private_row=reply.private_row))
        await respond(interaction, reply)

    async def _none(self, interaction: Interaction, words: Sequence[str]) -> None:
        user, *handle = words
        _own(interaction, (user, "", *handle))
        await replace(interaction, self._desk.none_of_these(asker_of(interaction), *handle))

    async def _more(self, interaction: Interaction, words: Sequence[str]) -> None:
        (fact_id,) = words
        await respond(interaction, self._desk.more(fact_id, asker_of(interaction)), private=True)

    async def _remove(self, interaction: Interaction, words: Sequence[str]) -> None:
        (user,) = words
        if str(interaction.user.id) != user and not interaction.permissions.manage_messages:
            raise Declined(texts.NOT_YOURS_TO_REMOVE)
        try:
            await remove(interaction)
        except discord.NotFound:
            raise Declined(texts.ALREADY_REMOVED) from None


def choices(desk: Desk, typed: str) -> list[Choice]:
    """Suggest titles; Discord has no way to tell of an error here, so that one leaves the list empty."""
    try:
        titles = desk.suggest(typed)
    except Exception as error:  # noqa: BLE001 - it must not reach the library's log, which would tell who typed
        failures.record(error, where="suggestions", typed=[typed])
        return []
    return [Choice(name=cut(title, CHOICE_TEXT), value=title[:CHOICE_TEXT]) for title in titles[:CHOICES]]


def asker_of(interaction: Interaction) -> Asker:
    """Tell whose question an interaction is, and where."""
    return Asker(interaction.user.id, interaction.channel_id or 0)


def asked_by(
    interaction: Interaction, text: str, *, place: Place | None = None, author: int | None = None
) -> Asked:
    """Tell what was asked, by whom and in what kind of place."""
    kind = Place.GROUP if interaction.context.private_channel else Place.SERVER
    if in_conversation_with_bot(interaction):
        kind = Place.DIRECT_MESSAGE
    return Asked(text, asker_of(interaction), place or kind, interaction.locale.value, author)


def without_mentions(text: str, client: discord.Client) -> str:
    """Take the bot's name out of a message's words."""
    return _without(text, client.user) if client.user else text.strip()


def _without(text: str, me: discord.ClientUser) -> str:
    return re.sub(rf"\s*<@!?{me.id}>\s*", " ", text).strip()


def _own(interaction: Interaction, words: Sequence[str]) -> tuple[str, str]:
    """Return the record of a choice that only whoever asked may make, and its question's handle or ""."""
    user, fact_id, *handle = words
    if str(interaction.user.id) != user:
        raise Declined(texts.NOT_YOURS)
    return fact_id, handle[0] if handle else ""
