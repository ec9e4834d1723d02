"""Looking around without a question: the themes and their facts, the announcement itself, and help."""

from collections.abc import Mapping, Sequence
from dataclasses import replace as changed
from typing import TypeVar

from discord import app_commands

from bot import texts
from bot.asking import Choice, asker_of, choices
from bot.client import AnyCommand, Interaction, Part
from bot.controls import Button, Menu, Option, Press, Row
from bot.desk import Desk
from bot.escaping import literal
from bot.limits import OPTIONS, cut, fitted, pages
from bot.replies import PICK
from bot.replying import Reply, replace, respond
from bot.source_pages import SourcePages, around
from knowledge.base import KnowledgeBase
from knowledge.records import Theme

T = TypeVar("T")

THEMES, THEME, FACT, SOURCE = "themes", "theme", "fact", "source"

_MOST_EXAMPLES = 3
_TITLE = 200


class Browsing(Part):
    """Shows what there is; lists are private, since they are long and nobody else asked for them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._source_pages: SourcePages | None = None

    def commands(self) -> Sequence[AnyCommand]:
        """Make /browse, /source and /help."""
        desk = self._desk

        @app_commands.command(description=texts.BROWSE)
        async def browse(interaction: Interaction) -> None:
            await respond(interaction, themes(desk.library.current, 0), private=True)

        @app_commands.command(description=texts.SOURCE)
        @app_commands.describe(around=texts.SOURCE_AROUND)
        async def source(interaction: Interaction, around: str = "") -> None:
            reply = self._around(around, interaction) if around.strip() else self._source(0)
            await respond(interaction, reply, private=True)

        @source.autocomplete("around")
        async def _(_: Interaction, typed: str) -> list[Choice]:
            return choices(desk, typed)

        @app_commands.command(name="help", description=texts.HELP)
        async def help_(interaction: Interaction) -> None:
            reply = helping(desk.library.current, desk.contact, interaction.user.id)
            await respond(interaction, reply, private=True)

        return browse, source, help_

    def presses(self) -> Mapping[str, Press]:
        """Tell what the menus and the buttons for pages do."""
        return {THEMES: self._themes, THEME: self._theme, FACT: self._fact, SOURCE: self._page}

    def _around(self, wanted: str, interaction: Interaction) -> Reply:
        base = self._desk.library.current
        quotation = self._desk.find(wanted, asker_of(interaction), base)
        if quotation is None:
            return Reply(texts.NO_SENTENCE, miss=True)
        page = self._pages_of(base).page_of(quotation.sentence)
        button = Button(texts.READ_FROM_HERE, SOURCE, (str(page),))
        return Reply(around(base.announcement, quotation), ((button,),))

    async def _themes(self, interaction: Interaction, words: Sequence[str]) -> None:
        await replace(interaction, themes(self._desk.library.current, _number(words[0])))

    async def _theme(self, interaction: Interaction, words: Sequence[str]) -> None:
        theme_id, *page = words
        reply = facts(self._desk.library.current, theme_id, _number(*page))
        await replace(interaction, reply or self._gone(interaction))

    async def _fact(self, interaction: Interaction, words: Sequence[str]) -> None:
        theme_id, fact_id = words
        reply = self._desk.pick(fact_id, asker_of(interaction), removable=False)
        back: Row = (Button(texts.BACK, THEME, (theme_id, "0")),)
        await replace(interaction, changed(reply, rows=(*reply.rows, back)))

    async def _page(self, interaction: Interaction, words: Sequence[str]) -> None:
        await replace(interaction, self._source(_number(words[0])))

    def _source(self, page: int) -> Reply:
        found = self._pages_of(self._desk.library.current)
        page = min(page, len(found) - 1)
        title = literal(cut(found.announcement.title, _TITLE))
        text = fitted([texts.source(title, page + 1, len(found)), found.page(page)])
        return Reply(text, _turning(SOURCE, (), page, len(found)))

    def _pages_of(self, base: KnowledgeBase) -> SourcePages:
        """Lay the pages out once for each announcement."""
        if self._source_pages is None or self._source_pages.announcement is not base.announcement:
            self._source_pages = SourcePages(base.announcement)
        return self._source_pages

    def _gone(self, interaction: Interaction) -> Reply:
        reply = self._desk.replies(asker_of(interaction)).gone()
        return changed(reply, rows=((Button(texts.BACK_TO_THEMES, THEMES, ("0",)),),))


def themes(base: KnowledgeBase, page: int) -> Reply:
    """List the themes that have facts; a single one is opened at once."""
    listed = [theme for theme in base.curation.themes if theme.facts]
    if not listed:
        return Reply(texts.NOTHING_TO_BROWSE, miss=True)
    if len(listed) == 1 and (only := facts(base, listed[0].id, page)):
        return only
    count = pages(len(listed), OPTIONS)
    page = min(page, count - 1)
    options = [
        Option(theme.title, theme.id, texts.questions(len(theme.facts))) for theme in _part(listed, page)
    ]
    menu = Menu(texts.CHOOSE_THEME, THEME, (), tuple(options))
    title = literal(cut(base.announcement.title, _TITLE))
    return Reply(texts.themes(title, page + 1, count), (menu, *_turning(THEMES, (), page, count)))


def facts(base: KnowledgeBase, theme_id: str, page: int) -> Reply | None:
    """List the facts of a theme, None when there is no such theme (any more)."""
    theme = next((one for one in base.curation.themes if one.id == theme_id), None)
    if theme is None or not theme.facts:
        return None
    count = pages(len(theme.facts), OPTIONS)
    page = min(page, count - 1)
    title = literal(cut(theme.title, _TITLE))
    menu = Menu(texts.CHOOSE_FACT, FACT, (theme_id,), _options(base, theme, page))
    rows = [menu, *_turning(THEME, (theme_id,), page, count)]
    if sum(bool(one.facts) for one in base.curation.themes) > 1:
        rows.append((Button(texts.BACK_TO_THEMES, THEMES, ("0",)),))
    return Reply(texts.facts(title, page + 1, count), tuple(rows))


def helping(base: KnowledgeBase, contact: str, user: int) -> Reply:
    """Tell what can be asked, with examples to press."""
    title = literal(cut(base.announcement.title, _TITLE))
    examples = (base.starters or base.facts)[:_MOST_EXAMPLES]
    rows = tuple((Button(fact.title, PICK, (str(user), fact.id)),) for fact in examples)
    return Reply(fitted([texts.help_text(title, literal(contact), examples=bool(examples))]), rows)


def _options(base: KnowledgeBase, theme: Theme, page: int) -> tuple[Option, ...]:
    found = [base.quotation(id_) for id_ in _part(theme.facts, page)]
    return tuple(Option(one.fact.title, one.fact.id) for one in found if one)


def _part(things: Sequence[T], page: int) -> Sequence[T]:
    return things[page * OPTIONS : (page + 1) * OPTIONS]


def _turning(action: str, words: tuple[str, ...], page: int, count: int) -> tuple[Row, ...]:
    """Make the buttons to the pages before and after, where there are such."""
    buttons: list[Button] = []
    if page > 0:
        buttons.append(Button(texts.EARLIER, action, (*words, str(page - 1))))
    if page + 1 < count:
        buttons.append(Button(texts.LATER, action, (*words, str(page + 1))))
    return (tuple(buttons),) if buttons else ()


def _number(word: str = "0") -> int:
    return int(word) if word.isdecimal() else 0
