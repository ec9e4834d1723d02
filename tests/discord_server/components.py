"""Walking the components of a message or a modal."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Component = dict[str, Any]

ROW, BUTTON, STRING_SELECT, TEXT_INPUT = 1, 2, 3, 4
USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT = 5, 6, 7, 8
SECTION, TEXT_DISPLAY, THUMBNAIL, GALLERY, FILE, SEPARATOR = 9, 10, 11, 12, 13, 14
CONTAINER, LABEL, FILE_UPLOAD = 17, 18, 19
RADIO_GROUP, CHECKBOX_GROUP, CHECKBOX = 21, 22, 23

SELECTS = frozenset({STRING_SELECT, USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT})
V2_ONLY = frozenset({SECTION, TEXT_DISPLAY, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER})
LINK_STYLE, PREMIUM_STYLE = 5, 6

Path = tuple[str | int, ...]


def walk(components: list[Component], path: Path = ("components",)) -> Iterator[tuple[Path, Component]]:
    """Go through all components at every depth, each with its path in the body."""
    for index, component in enumerate(components):
        yield from _walk_one(component, (*path, index))


def _walk_one(component: Component, path: Path) -> Iterator[tuple[Path, Component]]:
    yield path, component
    yield from walk(component.get("components") or [], (*path, "components"))
    for single in ("accessory", "component"):
        if isinstance(component.get(single), dict):
            yield from _walk_one(component[single], (*path, single))


@dataclass(frozen=True)
class Clickable:
    """A button or a select as a reader meets it."""

    raw: Component

    @property
    def kind(self) -> int:
        return int(self.raw["type"])

    @property
    def is_button(self) -> bool:
        return self.kind == BUTTON

    @property
    def label(self) -> str:
        """The button's label, or its emoji where it has no label."""
        emoji = self.raw.get("emoji") or {}
        return str(self.raw.get("label") or self.raw.get("placeholder") or emoji.get("name") or "")

    @property
    def custom_id(self) -> str | None:
        return self.raw.get("custom_id")

    @property
    def url(self) -> str | None:
        return self.raw.get("url")

    @property
    def disabled(self) -> bool:
        return bool(self.raw.get("disabled"))

    @property
    def options(self) -> list[dict[str, Any]]:
        return list(self.raw.get("options") or [])

    @property
    def values(self) -> list[str]:
        return [str(option["value"]) for option in self.options]


def clickables(components: list[Component]) -> Iterator[Clickable]:
    for _, component in walk(components):
        if component["type"] == BUTTON or component["type"] in SELECTS:
            yield Clickable(component)


def texts(embeds: list[dict[str, Any]], components: list[Component]) -> Iterator[str]:
    """Give the words of embeds and text displays in reading order."""
    for embed in embeds:
        yield from embed_texts(embed)
    for _, component in walk(components):
        if component["type"] == TEXT_DISPLAY:
            yield component["content"]


def embed_texts(embed: dict[str, Any]) -> Iterator[str]:
    for piece in (
        (embed.get("author") or {}).get("name"),
        embed.get("title"),
        embed.get("description"),
        *(part for one in embed.get("fields") or [] for part in (one["name"], one["value"])),
        (embed.get("footer") or {}).get("text"),
    ):
        if piece:
            yield str(piece)
