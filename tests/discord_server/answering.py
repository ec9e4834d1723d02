"""What a person sends back from buttons, selects and modals, as far as Discord's client lets them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.discord_server import options
from tests.discord_server.channels import Attachment
from tests.discord_server.components import (
    CHECKBOX,
    CHECKBOX_GROUP,
    FILE_UPLOAD,
    LABEL,
    RADIO_GROUP,
    ROW,
    SELECTS,
    STRING_SELECT,
    TEXT_DISPLAY,
    TEXT_INPUT,
    Clickable,
    Component,
)
from tests.discord_server.offered import NotOffered

if TYPE_CHECKING:
    from tests.discord_server.channels import Message
    from tests.discord_server.interaction import Modal
    from tests.discord_server.people import Person

Json = dict[str, Any]


def click(person: Person, message: Message, *, label: str | None, custom_id: str | None, force: bool) -> Json:
    buttons = [one for one in message.clickables if one.is_button and one.url is None]
    named = [one for one in buttons if _is_meant(one, label, custom_id)]
    if force and not named and custom_id:
        return {"component_type": 2, "custom_id": custom_id}
    _demand_visible(person, message, force=force)
    if len(named) != 1:
        wanted = label or custom_id
        raise NotOffered(f"{len(named)} buttons are {wanted!r}; there are {[one.label for one in buttons]}")
    if named[0].disabled and not force:
        raise NotOffered(f"the button {named[0].label!r} is disabled")
    return {"component_type": 2, "custom_id": named[0].custom_id, "id": named[0].raw["id"]}


def select(
    person: Person,
    message: Message,
    values: list[Any],
    *,
    placeholder: str | None,
    custom_id: str | None,
    force: bool,
) -> Json:
    selects = [one for one in message.clickables if one.kind in SELECTS]
    named = [one for one in selects if _is_meant(one, placeholder, custom_id)]
    _demand_visible(person, message, force=force)
    if len(named) != 1:
        raise NotOffered(f"{len(named)} selects are meant; there are {[one.label for one in selects]}")
    part = named[0]
    if part.disabled and not force:
        raise NotOffered("the select is disabled")
    chosen = [_value(part, one) for one in values]
    if not force:
        _check_chosen(part.raw, chosen)
    resolved: Json = {}
    for one in values:
        options.resolve(person.world, one, message.channel, resolved)
    data: Json = {"component_type": part.kind, "custom_id": part.custom_id, "values": chosen}
    return data | {"id": part.raw["id"]} | ({"resolved": resolved} if resolved else {})


def submit(modal: Modal, answers: Json, *, force: bool) -> Json:
    """Return the data of a submitted modal; `answers` go by label or custom_id."""
    by_id = {modal.field(name)["custom_id"]: value for name, value in answers.items()}
    files: Json = {}
    sent = [_submitted(part, by_id, files, force=force) for part in modal.raw["components"]]
    data: Json = {"custom_id": modal.custom_id, "components": sent}
    return data | {"resolved": {"attachments": files}} if files else data


def _is_meant(part: Clickable, label: str | None, custom_id: str | None) -> bool:
    return (label is None or part.label == label) and (custom_id is None or part.custom_id == custom_id)


def _demand_visible(person: Person, message: Message, *, force: bool) -> None:
    if not force and not message.visible_to(person):
        raise NotOffered(f"{person.name} does not see that message")


def _value(part: Clickable, wanted: Any) -> str:
    if part.kind != STRING_SELECT:
        return str(wanted.id)
    by_label = {option["label"]: str(option["value"]) for option in part.options}
    return str(wanted) if wanted in part.values else by_label.get(wanted, str(wanted))


def _check_chosen(part: Component, chosen: list[str]) -> None:
    least, most = part.get("min_values"), part.get("max_values")
    least = 1 if least is None else least
    if most is None:
        most = len(part["options"]) if part["type"] == CHECKBOX_GROUP else 1
    if not least <= len(chosen) <= most:
        raise NotOffered(f"{least} to {most} are to be chosen, not {len(chosen)}")
    known = [str(option["value"]) for option in part.get("options") or []]
    if known and (strange := set(chosen) - set(known)):
        raise NotOffered(f"no options {sorted(strange)}; there are {known}")


def _submitted(part: Component, answers: Json, files: Json, *, force: bool) -> Json:
    kind, place = part["type"], {"type": part["type"], "id": part.get("id", 0)}
    if kind == TEXT_DISPLAY:
        return place
    if kind == ROW:
        inside = [_submitted(one, answers, files, force=force) for one in part["components"]]
        return place | {"components": inside}
    if kind == LABEL:
        return place | {"component": _submitted(part["component"], answers, files, force=force)}
    value = answers.get(part["custom_id"])
    if not force:
        _check_answer(part, value)
    return place | {"custom_id": part["custom_id"]} | _as_sent(part, value, files)


def _as_sent(part: Component, value: Any, files: Json) -> Json:
    kind = part["type"]
    if kind == TEXT_INPUT:
        return {"value": part.get("value") or "" if value is None else value}
    if kind in (RADIO_GROUP, CHECKBOX):
        return {"value": bool(value) if kind == CHECKBOX else value}
    given = [] if value is None else value
    if kind == FILE_UPLOAD:
        options.resolve_files(given, files)
    return {"values": [str(one.id) if isinstance(one, Attachment) else str(one) for one in given]}


def _check_answer(part: Component, value: Any) -> None:
    name, kind = part["custom_id"], part["type"]
    required = part.get("required") is not False and kind != CHECKBOX
    if value is None:
        if required and not part.get("value"):
            raise NotOffered(f"the modal's field {name!r} is required")
        return
    if kind == TEXT_INPUT:
        least, most = part.get("min_length") or (1 if required else 0), part.get("max_length") or 4000
        if not least <= len(value) <= most and (required or value):
            raise NotOffered(
                f"the modal's field {name!r} takes {least} to {most} characters, not {len(value)}"
            )
    elif kind == CHECKBOX_GROUP or kind in SELECTS:
        _check_chosen(part, [str(one) for one in value])
