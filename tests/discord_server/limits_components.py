"""Discord's limits on the components of a message."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from tests.discord_server.components import (
    BUTTON,
    LINK_STYLE,
    PREMIUM_STYLE,
    ROW,
    SECTION,
    SELECTS,
    STRING_SELECT,
    TEXT_DISPLAY,
    THUMBNAIL,
    V2_ONLY,
    Component,
    walk,
)
from tests.discord_server.lengths import at_most, between, missing, too_long, too_many
from tests.discord_server.rendering import SCHEME, media

if TYPE_CHECKING:
    from tests.discord_server.errors import FormErrors, Path

ROWS = 5
BUTTONS_IN_ROW = 5
IN_ALL = 40
OPTIONS = 25
TEXT = 4000
LABEL = 80
CUSTOM_ID = 100
PLACEHOLDER = 150
URL = 512
TEXTS_IN_SECTION = 3


def check_components(
    components: list[Component], *, v2: bool, files: set[str], at: Path, errors: FormErrors
) -> None:
    """Check all components of a message; `files` are the names an `attachment://` may refer to."""
    place = (*at, "components")
    parts = list(walk(components, place))
    if not v2:
        _check_legacy(components, place, errors)
    elif len(parts) > IN_ALL:
        text = f"The total number of components must be {IN_ALL} or fewer, not {len(parts)}."
        errors.add(place, "COMPONENT_TOTAL_EXCEEDED", text)
    _check_top(components, place, errors)
    shown = sum(len(part.get("content") or "") for _, part in parts if part["type"] == TEXT_DISPLAY)
    if shown > TEXT:
        errors.add(
            place, "COMPONENT_TEXT_EXCEEDED", f"Displayable text must be {TEXT} or fewer, not {shown}."
        )
    check_unique(parts, "custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", errors)
    check_unique(parts, "id", "COMPONENT_ID_DUPLICATED", errors)
    for path, part in parts:
        _check_part(part, path, files, errors)


def check_unique(parts: list[tuple[Path, Component]], key: str, code: str, errors: FormErrors) -> None:
    given = Counter(part[key] for _, part in parts if part.get(key))
    for path, part in parts:
        if given[part.get(key)] > 1:
            errors.add((*path, key), code, f"Component {key.replace('_', ' ')} cannot be duplicated")


def _check_legacy(components: list[Component], at: Path, errors: FormErrors) -> None:
    if len(components) > ROWS:
        too_many(at, ROWS, errors)
    for index, part in enumerate(components):
        if part["type"] in V2_ONLY:
            text = 'Value of field "type" must be one of (1,) without MessageFlags.IS_COMPONENTS_V2.'
            errors.add((*at, index), "UNION_TYPE_CHOICES", text)


def _check_top(components: list[Component], at: Path, errors: FormErrors) -> None:
    for index, part in enumerate(components):
        if part["type"] != ROW and part["type"] not in V2_ONLY - {THUMBNAIL}:
            text = f"A component of type {part['type']} cannot stand at the top."
            errors.add((*at, index), "UNION_TYPE_CHOICES", text)


def _check_part(part: Component, at: Path, files: set[str], errors: FormErrors) -> None:
    kind = part["type"]
    if kind == ROW:
        _check_row(part.get("components") or [], (*at, "components"), errors)
    elif kind == BUTTON:
        _check_button(part, at, errors)
    elif kind in SELECTS:
        check_select(part, at, errors)
    elif kind == TEXT_DISPLAY:
        between(part.get("content"), 1, TEXT, (*at, "content"), errors)
    elif kind == SECTION and not 1 <= len(part.get("components") or []) <= TEXTS_IN_SECTION:
        errors.add((*at, "components"), "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 3 in length.")
    for item in media(part):
        url = str(item.get("url"))
        if url.startswith(SCHEME) and url.removeprefix(SCHEME) not in files:
            errors.add(at, "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND", f"{url} was not uploaded.")


def _check_row(parts: list[Component], at: Path, errors: FormErrors) -> None:
    kinds = [part["type"] for part in parts]
    if not kinds:
        errors.add(at, "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.")
    elif kinds[0] in SELECTS and len(kinds) > 1:
        errors.add(at, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "A select fills its row.")
    elif set(kinds) - SELECTS - {BUTTON} or len(set(kinds)) > 1:
        errors.add(at, "UNION_TYPE_CHOICES", "A row holds buttons or one select.")
    elif len(kinds) > BUTTONS_IN_ROW:
        too_many(at, BUTTONS_IN_ROW, errors)


def _check_button(part: Component, at: Path, errors: FormErrors) -> None:
    at_most(part.get("label"), LABEL, (*at, "label"), errors)
    style = part.get("style")
    if style == LINK_STYLE:
        between(part.get("url"), 1, URL, (*at, "url"), errors)
    elif style != PREMIUM_STYLE:
        between(part.get("custom_id"), 1, CUSTOM_ID, (*at, "custom_id"), errors)
    if style == LINK_STYLE and part.get("custom_id"):
        _exclusive(at, errors)
    if style != LINK_STYLE and part.get("url"):
        _exclusive(at, errors)
    if style != PREMIUM_STYLE and not part.get("label") and not part.get("emoji"):
        errors.add(at, "BUTTON_COMPONENT_INVALID", "A button must have a label or an emoji.")


def _exclusive(at: Path, errors: FormErrors) -> None:
    text = "A custom id and url cannot both be specified, and only a link has a url."
    errors.add(at, "BUTTON_COMPONENT_CUSTOM_ID_AND_URL_EXCLUSIVE", text)


def check_select(part: Component, at: Path, errors: FormErrors) -> None:
    """Check a select of a message or a modal."""
    between(part.get("custom_id"), 1, CUSTOM_ID, (*at, "custom_id"), errors)
    at_most(part.get("placeholder"), PLACEHOLDER, (*at, "placeholder"), errors)
    least, most = part.get("min_values"), part.get("max_values")
    least, most = 1 if least is None else least, 1 if most is None else most
    if not 0 <= least <= most <= OPTIONS or most < 1:
        errors.add(
            (*at, "max_values"), "SELECT_COMPONENT_BAD_RANGE", f"{least} to {most} is no range of values."
        )
    if part["type"] == STRING_SELECT:
        _check_options(part, most, at, errors)


def _check_options(part: Component, most: int, at: Path, errors: FormErrors) -> None:
    options = part.get("options") or []
    place = (*at, "options")
    if not 1 <= len(options) <= OPTIONS:
        errors.add(place, "BASE_TYPE_BAD_LENGTH", f"Must be between 1 and {OPTIONS} in length.")
    if most > len(options):
        errors.add((*at, "max_values"), "SELECT_COMPONENT_MAX_VALUES", "More than there are options.")
    if sum(bool(option.get("default")) for option in options) > most:
        errors.add(place, "SELECT_COMPONENT_TOO_MANY_DEFAULTS", "More defaults than max_values.")
    check_option_texts(options, place, errors)


def check_option_texts(options: list[dict[str, Any]], at: Path, errors: FormErrors) -> None:
    """Check labels, descriptions and values of options; two with one value are refused."""
    values = Counter(option.get("value") for option in options)
    for index, option in enumerate(options):
        place = (*at, index)
        for key in ("label", "value"):
            text = option.get(key)
            if not isinstance(text, str) or not text:
                missing((*place, key), errors)
            elif len(text) > 100:
                too_long((*place, key), 100, errors)
        at_most(option.get("description"), 100, (*place, "description"), errors)
        if values[option.get("value")] > 1:
            code = "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED"
            errors.add((*place, "value"), code, "The specified option value is already used")
