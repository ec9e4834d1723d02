"""Discord's limits on modals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.discord_server.components import (
    CHECKBOX,
    CHECKBOX_GROUP,
    FILE_UPLOAD,
    LABEL,
    RADIO_GROUP,
    ROW,
    SELECTS,
    TEXT_DISPLAY,
    TEXT_INPUT,
    Component,
    walk,
)
from tests.discord_server.errors import FormErrors, Path
from tests.discord_server.lengths import at_most, between
from tests.discord_server.limits_components import TEXT, check_option_texts, check_select, check_unique

if TYPE_CHECKING:
    from collections.abc import Callable

TITLE = 45
PARTS = 5
LONGEST_INPUT = 4000
OPTIONS_OF_GROUP = 10


def check_modal(modal: dict[str, Any], at: Path) -> None:
    errors = FormErrors()
    between(modal.get("title"), 1, TITLE, (*at, "title"), errors)
    between(modal.get("custom_id"), 1, 100, (*at, "custom_id"), errors)
    components = modal.get("components") or []
    place = (*at, "components")
    if not 1 <= len(components) <= PARTS:
        errors.add(place, "BASE_TYPE_BAD_LENGTH", f"Must be between 1 and {PARTS} in length.")
    for index, part in enumerate(components):
        if part["type"] not in (ROW, LABEL, TEXT_DISPLAY):
            errors.add((*place, index), "UNION_TYPE_CHOICES", "Must be a row, a label or a text display.")
    parts = list(walk(components, place))
    check_unique(parts, "custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", errors)
    for path, part in parts:
        if check := _CHECKS.get(part["type"]):
            check(part, path, errors)
    errors.raise_if_any()


def _check_row(part: Component, at: Path, errors: FormErrors) -> None:
    inside = part.get("components") or []
    if [one["type"] for one in inside] != [TEXT_INPUT]:
        errors.add((*at, "components"), "BASE_TYPE_BAD_LENGTH", "A row of a modal holds one text input.")
        return
    between(inside[0].get("label"), 1, TITLE, (*at, "components", 0, "label"), errors)


def _check_label(part: Component, at: Path, errors: FormErrors) -> None:
    between(part.get("label"), 1, TITLE, (*at, "label"), errors)
    at_most(part.get("description"), 100, (*at, "description"), errors)
    if not isinstance(part.get("component"), dict):
        errors.add((*at, "component"), "BASE_TYPE_REQUIRED", "This field is required")


def _check_input(part: Component, at: Path, errors: FormErrors) -> None:
    between(part.get("custom_id"), 1, 100, (*at, "custom_id"), errors)
    at_most(part.get("placeholder"), 100, (*at, "placeholder"), errors)
    at_most(part.get("value"), LONGEST_INPUT, (*at, "value"), errors)
    least, most = part.get("min_length"), part.get("max_length")
    least, most = 0 if least is None else least, LONGEST_INPUT if most is None else most
    if not 0 <= least <= most <= LONGEST_INPUT or most < 1:
        errors.add((*at, "max_length"), "TEXT_INPUT_BAD_RANGE", f"{least} to {most} is no range of lengths.")


def _check_text(part: Component, at: Path, errors: FormErrors) -> None:
    between(part.get("content"), 1, TEXT, (*at, "content"), errors)


def _check_group(part: Component, at: Path, errors: FormErrors) -> None:
    between(part.get("custom_id"), 1, 100, (*at, "custom_id"), errors)
    options = part.get("options") or []
    least = 2 if part["type"] == RADIO_GROUP else 1
    if not least <= len(options) <= OPTIONS_OF_GROUP:
        text = f"Must be between {least} and {OPTIONS_OF_GROUP} in length."
        errors.add((*at, "options"), "BASE_TYPE_BAD_LENGTH", text)
    check_option_texts(options, (*at, "options"), errors)


def _check_custom_id(part: Component, at: Path, errors: FormErrors) -> None:
    between(part.get("custom_id"), 1, 100, (*at, "custom_id"), errors)


_CHECKS: dict[int, Callable[[Component, Path, FormErrors], None]] = {
    ROW: _check_row,
    LABEL: _check_label,
    TEXT_INPUT: _check_input,
    TEXT_DISPLAY: _check_text,
    RADIO_GROUP: _check_group,
    CHECKBOX_GROUP: _check_group,
    CHECKBOX: _check_custom_id,
    FILE_UPLOAD: _check_custom_id,
    **dict.fromkeys(SELECTS, check_select),
}
