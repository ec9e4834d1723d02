"""Published versions, and the way back to one."""

from collections.abc import Mapping, Sequence

from discord import app_commands
from discord.utils import format_dt

from bot import admin_notes as notes
from bot import admin_texts
from bot import curator_texts as texts
from bot.client import AnyCommand, Interaction, Part
from bot.controls import Button, Menu, Option, Press, Row
from bot.escaping import literal
from bot.journal import Storage, StorageError, VersionInfo
from bot.library import Library
from bot.limits import CHOICE_TEXT, CHOICES, cut
from bot.notes import Note
from bot.previews import Previews
from bot.showing import defer, show
from knowledge.problems import LoadError

HISTORY, BACK = "history", "rollback"

_ON_PAGE = 8

Choice = app_commands.Choice[int]


class History(Part):
    """`/facts history` and `rollback`; the buttons of the list work after a restart."""

    def __init__(self, library: Library, storage: Storage, previews: Previews) -> None:
        self._library = library
        self._storage = storage
        self._previews = previews

    def commands(self) -> Sequence[AnyCommand]:
        """Make the two commands."""

        @app_commands.command(description=texts.HISTORY)
        async def history(interaction: Interaction) -> None:
            await defer(interaction)
            await self._show(interaction, None)

        @app_commands.command(description=texts.ROLLBACK)
        @app_commands.describe(version=texts.ROLLBACK_VERSION)
        async def rollback(interaction: Interaction, version: app_commands.Range[int, 1, 10**9]) -> None:
            await defer(interaction)
            await self._offer(interaction, version)

        @rollback.autocomplete("version")
        async def _(_: Interaction, typed: str | int) -> list[Choice]:
            return await self._suggest(str(typed))

        return history, rollback

    def presses(self) -> Mapping[str, Press]:
        """Tell what the buttons and the menu below the list do."""
        return {HISTORY: self._page, BACK: self._chosen}

    async def _page(self, interaction: Interaction, words: Sequence[str]) -> None:
        await interaction.response.defer()
        (before,) = words
        await self._show(interaction, int(before) or None)

    async def _chosen(self, interaction: Interaction, words: Sequence[str]) -> None:
        await defer(interaction)
        await self._offer(interaction, int(words[-1]))

    async def _offer(self, interaction: Interaction, version: int) -> None:
        try:
            candidate = await self._library.prepare(version)
        except LoadError as error:
            await show(interaction, notes.problems(error.problems, admin_texts.OLD_FACTS_LIVE))
            return
        if candidate.changes.anything:
            await self._previews.show(interaction, candidate)
        else:
            await show(interaction, Note([texts.same_version(version)]))

    async def _show(self, interaction: Interaction, before: int | None) -> None:
        found = await self._storage.versions.history(_ON_PAGE + 1, before=before)
        shown, more = found[:_ON_PAGE], len(found) > _ON_PAGE
        if not shown:
            await show(interaction, Note([texts.NO_VERSIONS]))
            return
        rows: list[Row] = []
        if options := [_option(info) for info in shown if not info.live]:
            rows.append(Menu(texts.GO_BACK_TO, BACK, (), tuple(options)))
        turns = []
        if before is not None:
            turns.append(Button(texts.NEWEST, HISTORY, ("0",)))
        if more:
            turns.append(Button(texts.OLDER, HISTORY, (str(shown[-1].number),)))
        if turns:
            rows.append(tuple(turns))
        await show(interaction, Note([texts.VERSIONS, *map(_line, shown)]), rows)

    async def _suggest(self, typed: str) -> list[Choice]:
        try:
            found = await self._storage.versions.history(CHOICES * 4)
        except StorageError:
            return []
        fitting = [info for info in found if not info.live and str(info.number).startswith(typed)]
        return [Choice(name=cut(_label(info), CHOICE_TEXT), value=info.number) for info in fitting[:CHOICES]]


def _line(info: VersionInfo) -> str:
    live = ", live" if info.live else ""
    when = format_dt(info.published_at, "f")
    who = literal(cut(info.by.name, 40))
    return f"**{info.number}**{live}: {when}, {who}. {what_changed(info)}{_figures(info)}"


def _label(info: VersionInfo) -> str:
    return f"{info.number}: {info.published_at:%d %B %Y %H:%M} UTC, {info.by.name}"


def _option(info: VersionInfo) -> Option:
    return Option(_label(info), str(info.number), what_changed(info))


def what_changed(info: VersionInfo) -> str:
    """Say what a version changed against the one before it."""
    if info.restores is not None:
        return f"Went back to version {info.restores}."
    counts = [
        f"{len(ids)} {what}"
        for what in ("added", "removed", "changed")
        if isinstance(ids := info.summary.get(what), list) and ids
    ]
    if counts:
        return f"{', '.join(counts)}."
    return texts.TAKEN_AT_START if "added" not in info.summary else texts.NO_RECORD_CHANGED


def _figures(info: VersionInfo) -> str:
    right, wrong = info.figures.get("decision"), info.figures.get("wrong")
    if not isinstance(right, float | int) or not isinstance(wrong, float | int):
        return ""
    return f" Golden questions: {right:.1%} right, {wrong:.1%} wrong."
