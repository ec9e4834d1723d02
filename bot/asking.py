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
from bot.failures import Declined
from bot.limits import CHOICE_TEXT, CHOICES, cut
from bot.replies import MORE, NONE, PICK, REMOVE, TELL
from bot.replying import Reply, in_conversation_with_bot, remove, replace, reply_to, respond

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
            reply = desk.ask(
                question, asker_of(interaction), follow_up=alone, removable=not private, choose=choose
            )
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
            await respond(interaction, desk.ask(text, asker_of(interaction), follow_up=False, choose=choose))

        return (ask, answer_this)

    def presses(self) -> Mapping[str, Press]:
        """Tell what the buttons below answers do."""
        return {
            PICK: self._pick,
            TELL: self._tell,
            NONE: self._none,
            MORE: self._more,
            REMOVE: self._remove,
        }

    async def mention(self, message: discord.Message, me: discord.ClientUser) -> None:
        """Answer a message that mentions the bot, as a reply to it."""
        text = _without(message.content, me)
        if not text:
            await reply_to(message, Reply(texts.mentioned(f"@{me.name}"), miss=True))
            return
        reply = self._desk.ask(text, Asker(message.author.id, message.channel.id))
        # A reply to one of our messages mentions us without a word: what is no question then needs no answer.
        if not reply.idle or f"{me.id}>" in message.content:
            await reply_to(message, reply)

    async def _pick(self, interaction: Interaction, words: Sequence[str]) -> None:
        fact_id = _own(interaction, words)
        removable = not _only_asker_sees(interaction)
        await replace(interaction, self._desk.pick(fact_id, asker_of(interaction), removable=removable))

    async def _tell(self, interaction: Interaction, words: Sequence[str]) -> None:
        """Show everybody the answer that the asker chose from what only they saw."""
        reply = self._desk.pick(_own(interaction, words), asker_of(interaction))
        if reply.miss:
            await replace(interaction, reply)
            return
        await replace(interaction, Reply(texts.ANSWERED_BELOW))
        await respond(interaction, reply)

    async def _none(self, interaction: Interaction, words: Sequence[str]) -> None:
        _own(interaction, (*words, ""))
        await replace(interaction, self._desk.replies(asker_of(interaction)).none_of_these())

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


def without_mentions(text: str, client: discord.Client) -> str:
    """Take the bot's name out of a message's words."""
    return _without(text, client.user) if client.user else text.strip()


def _without(text: str, me: discord.ClientUser) -> str:
    return re.sub(rf"\s*<@!?{me.id}>\s*", " ", text).strip()


def _own(interaction: Interaction, words: Sequence[str]) -> str:
    """Return the record of a choice that only whoever asked may make."""
    user, fact_id = words
    if str(interaction.user.id) != user:
        raise Declined(texts.NOT_YOURS)
    return fact_id


def _only_asker_sees(interaction: Interaction) -> bool:
    return interaction.message is not None and interaction.message.flags.ephemeral
