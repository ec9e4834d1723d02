"""What can be pressed or chosen below a message; it goes on working after a restart.

All state is in the `custom_id`, as `v1/action/word/word`: ids of records and users, never places in a list.
"""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import discord

from bot import limits

if TYPE_CHECKING:
    from bot.client import Interaction

Style = discord.ButtonStyle
Press = Callable[["Interaction", Sequence[str]], Awaitable[None]]
"""What happens on a press: called with the words of the custom_id, and after them what was chosen."""

_PREFIX = "v1/"
_SEPARATOR = "/"


@dataclass(frozen=True, slots=True)
class Button:
    """A button; `words` are what its action needs to know."""

    label: str
    action: str
    words: tuple[str, ...] = ()
    style: Style = Style.secondary


@dataclass(frozen=True, slots=True)
class Option:
    """One line of a menu; `value` is an id."""

    label: str
    value: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    """A list to choose one thing from; options beyond Discord's 25 have to be on another page."""

    placeholder: str
    action: str
    words: tuple[str, ...]
    options: tuple[Option, ...]


Row = tuple[Button, ...] | Menu


class Control(
    discord.ui.DynamicItem[discord.ui.Item[Any]], template=re.compile(r"v1/(?P<action>[a-z]+)(?P<words>/.*)?")
):
    """Any of our buttons and menus, made anew from its `custom_id` whenever it is used."""

    def __init__(self, item: discord.ui.Item[Any], action: str, words: Sequence[str]) -> None:
        super().__init__(item)
        self.action = action
        self.words = tuple(words)

    @classmethod
    async def from_custom_id(  # type: ignore[override]
        cls, interaction: "Interaction", item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the `custom_id` of a control that somebody used."""
        del interaction
        words = match["words"]
        return cls(item, match["action"], words[1:].split(_SEPARATOR) if words else ())

    async def callback(self, interaction: "Interaction") -> None:  # type: ignore[override]
        """Hand the press to the client, which knows what each action does."""
        chosen = self.item.values if isinstance(self.item, discord.ui.Select) else ()
        await interaction.client.pressed(interaction, self.action, (*self.words, *chosen))


def view_of(rows: Sequence[Row]) -> discord.ui.View:
    """Build the components of a message, within all of Discord's limits on them."""
    view = discord.ui.View(timeout=None)
    used: set[str] = set()
    for number, row in enumerate(rows[: limits.ROWS]):
        items = [row] if isinstance(row, Menu) else row[: limits.BUTTONS_IN_ROW]
        for one in items:
            custom_id = _custom_id(one.action, one.words)
            if custom_id not in used:
                used.add(custom_id)
                view.add_item(Control(_item(one, custom_id, number), one.action, one.words))
    return view


def fit(action: str, words: Sequence[str]) -> bool:
    """Tell whether a control can know so much."""
    return len(_joined(action, words)) <= limits.CUSTOM_ID


def _custom_id(action: str, words: Sequence[str]) -> str:
    custom_id = _joined(action, words)
    if len(custom_id) > limits.CUSTOM_ID:
        raise ValueError(f"{custom_id!r} is too long for a custom_id")
    return custom_id


def _joined(action: str, words: Sequence[str]) -> str:
    return _PREFIX + _SEPARATOR.join((action, *words))


def _item(one: Button | Menu, custom_id: str, row: int) -> discord.ui.Item[Any]:
    if isinstance(one, Button):
        label = limits.cut(one.label, limits.BUTTON_LABEL)
        return discord.ui.Button(label=label, custom_id=custom_id, style=one.style, row=row)
    return discord.ui.Select(
        custom_id=custom_id,
        placeholder=limits.cut(one.placeholder, limits.PLACEHOLDER),
        options=[_option(option) for option in one.options[: limits.OPTIONS]],
        row=row,
    )


def _option(option: Option) -> discord.SelectOption:
    return discord.SelectOption(
        label=limits.cut(option.label, limits.OPTION_TEXT),
        value=option.value,
        description=limits.cut(option.description, limits.OPTION_TEXT) if option.description else None,
    )
