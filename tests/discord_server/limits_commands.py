"""Discord's limits on commands and their options."""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import Any

from tests.discord_server.command_book import MESSAGE_MENU, SLASH, USER_MENU
from tests.discord_server.errors import ApiError, FormErrors, Path
from tests.discord_server.lengths import at_most, between, too_many

Json = dict[str, Any]

OPTIONS = 25
CHOICES = 25
NAME = 32
DESCRIPTION = 100
CHOICE_TEXT = 100
CHARACTERS_IN_ALL = 8000
LONGEST_STRING = 6000
AT_MOST = {SLASH: 100, USER_MENU: 15, MESSAGE_MENU: 15}
SUBCOMMAND, GROUP, STRING, INTEGER, NUMBER = 1, 2, 3, 4, 10
SUGGESTING = (STRING, INTEGER, NUMBER)


def check_all(commands: list[Json]) -> None:
    """Check a whole scope, as a bulk overwrite replaces it."""
    errors = FormErrors()
    check_counts(commands)
    names = Counter((one.get("name"), one.get("type") or SLASH) for one in commands)
    for index, command in enumerate(commands):
        check_command(command, (index,), errors)
        if names[command.get("name"), command.get("type") or SLASH] > 1:
            code = "APPLICATION_COMMANDS_DUPLICATE_NAME"
            errors.add((index, "name"), code, "Application command names must be unique")
    errors.raise_if_any()


def check_counts(commands: list[Json]) -> None:
    kinds = Counter(one.get("type") or SLASH for one in commands)
    for kind, limit in AT_MOST.items():
        if kinds[kind] > limit:
            raise ApiError(400, 30032, f"Maximum number of application commands reached ({limit}).")


def check_command(command: Json, at: Path, errors: FormErrors) -> None:
    if (command.get("type") or SLASH) == SLASH:
        _check_described(command, at, errors)
        _check_options(command.get("options") or [], at, errors, depth=0)
        if characters(command) > CHARACTERS_IN_ALL:
            text = f"Command exceeds maximum size ({CHARACTERS_IN_ALL})"
            errors.add(at, "APPLICATION_COMMAND_TOO_LARGE", text)
        return
    between(command.get("name"), 1, NAME, (*at, "name"), errors)
    for key in ("description", "options"):
        if command.get(key):
            text = f"Context menu commands cannot have {key}"
            errors.add((*at, key), f"APPLICATION_COMMAND_CONTEXT_MENU_{key.upper()}", text)


def characters(part: Json) -> int:
    """Count the characters Discord counts: of each text the longest of it and its translations."""
    total = 0
    for key in ("name", "description"):
        texts = [part.get(key) or "", *(part.get(f"{key}_localizations") or {}).values()]
        total += max(len(text) for text in texts)
    if isinstance(part.get("value"), str):
        total += len(part["value"])
    inside = [*(part.get("options") or []), *(part.get("choices") or [])]
    return total + sum(characters(one) for one in inside)


def name_fits(name: str) -> bool:
    """Tell whether Discord's expression for names fits: letters, digits, `-`, `_`, `'`, in lower case."""
    allowed = all(letter in "-_'" or _is_letter_or_number(letter) for letter in name)
    return 1 <= len(name) <= NAME and allowed and name == name.lower()


def _is_letter_or_number(letter: str) -> bool:
    script = unicodedata.name(letter, "").split(" ")[0]
    return unicodedata.category(letter)[0] in "LN" or script in ("DEVANAGARI", "THAI")


def _check_described(part: Json, at: Path, errors: FormErrors) -> None:
    names = {"name": part.get("name") or "", **(part.get("name_localizations") or {})}
    for locale, name in names.items():
        if not name_fits(name):
            place = (*at, "name") if locale == "name" else (*at, "name_localizations", locale)
            text = "Command name is invalid"
            errors.add(place, "APPLICATION_COMMAND_INVALID_NAME", text)
    between(part.get("description"), 1, DESCRIPTION, (*at, "description"), errors)
    for locale, text in (part.get("description_localizations") or {}).items():
        between(text, 1, DESCRIPTION, (*at, "description_localizations", locale), errors)


def _check_options(options: list[Json], at: Path, errors: FormErrors, *, depth: int) -> None:
    place = (*at, "options")
    if len(options) > OPTIONS:
        too_many(place, OPTIONS, errors)
    _check_order(options, place, errors)
    names = Counter(option.get("name") for option in options)
    nested = {option.get("type") for option in options} & {SUBCOMMAND, GROUP}
    for index, option in enumerate(options):
        here = (*place, index)
        if names[option.get("name")] > 1:
            errors.add(
                (*here, "name"), "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED", "Option name is not unique"
            )
        if nested and option.get("type") not in (SUBCOMMAND, GROUP):
            text = "Sub-command and sub-command group option types are mutually exclusive to all other types"
            errors.add((*here, "type"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", text)
        _check_option(option, here, errors, depth=depth)


def _check_order(options: list[Json], at: Path, errors: FormErrors) -> None:
    optional_seen = False
    for index, option in enumerate(options):
        if option.get("required") and optional_seen:
            text = "Required options must be placed before non-required options"
            errors.add((*at, index), "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", text)
        optional_seen = optional_seen or not option.get("required")


def _check_option(option: Json, at: Path, errors: FormErrors, *, depth: int) -> None:
    _check_described(option, at, errors)
    kind = option.get("type")
    if kind in (SUBCOMMAND, GROUP):
        if (kind, depth) not in ((SUBCOMMAND, 0), (GROUP, 0), (SUBCOMMAND, 1)):
            text = "Sub-commands go one level deep inside a group"
            errors.add((*at, "type"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", text)
        _check_options(option.get("options") or [], at, errors, depth=depth + 1)
        return
    choices = option.get("choices") or []
    if len(choices) > CHOICES:
        too_many((*at, "choices"), CHOICES, errors)
    for index, choice in enumerate(choices):
        between(choice.get("name"), 1, CHOICE_TEXT, (*at, "choices", index, "name"), errors)
        if isinstance(choice.get("value"), str):
            at_most(choice["value"], CHOICE_TEXT, (*at, "choices", index, "value"), errors)
    if option.get("autocomplete") and (choices or kind not in SUGGESTING):
        text = "Autocomplete is for string, integer and number options without choices"
        errors.add((*at, "autocomplete"), "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID", text)
    _check_range(option, at, errors)


def _check_range(option: Json, at: Path, errors: FormErrors) -> None:
    least, most = option.get("min_length"), option.get("max_length")
    wrong = (least is not None and not 0 <= least <= LONGEST_STRING) or (
        most is not None and not 1 <= most <= LONGEST_STRING
    )
    if wrong or (least is not None and most is not None and least > most):
        errors.add((*at, "max_length"), "APPLICATION_COMMAND_OPTIONS_BAD_LENGTH", "No range of lengths")
