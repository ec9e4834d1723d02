"""Discord's limits on messages and choices, with those its OpenAPI file does not state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.discord_server import flags
from tests.discord_server.errors import ApiError, FormErrors, Path
from tests.discord_server.lengths import at_most, between, too_long, too_many
from tests.discord_server.limits_components import check_components
from tests.discord_server.limits_embeds import check_embeds

if TYPE_CHECKING:
    from tests.discord_server.channels import MessageVersion
    from tests.discord_server.posting import Upload
    from tests.discord_server.settings import Settings

Json = dict[str, Any]

CONTENT = 2000
ATTACHMENTS = 10
DESCRIPTION_OF_FILE = 1024
NONCE = 25
MENTIONED = 100
CHOICES = 25
CHOICE_NAME = 100
CHOICE_VALUE = 100
LARGEST_INTEGER = 2**53


def check_message(
    settings: Settings, body: Json, uploads: list[Upload], allowed_flags: int, at: Path = ()
) -> None:
    """Check a new message; `at` is where the body lies in the request."""
    _check_sizes(settings, uploads)
    if not settings.check_limits:
        return
    errors = FormErrors()
    _check_flags(body, allowed_flags, at, errors)
    _check_parts(body, uploads, at, errors)
    names = _file_names(body, uploads)
    v2 = bool(int(body.get("flags") or 0) & flags.COMPONENTS_V2)
    check_components(body.get("components") or [], v2=v2, files=names, at=at, errors=errors)
    if v2:
        _check_no_legacy(body, at, errors)
    errors.raise_if_any()
    has_something = _has_embed(body) or body.get("components") or uploads or body.get("sticker_ids")
    _demand_something(has_content=bool((body.get("content") or "").strip()), has_more=bool(has_something))


def check_edit(
    settings: Settings, old: MessageVersion, body: Json, uploads: list[Upload], at: Path = ()
) -> None:
    """Check an edit against what the message will be: keys left out, and flags set, stay as they are."""
    _check_sizes(settings, uploads)
    if not settings.check_limits:
        return
    errors = FormErrors()
    _check_flags(body, flags.ON_EDIT | old.flags, at, errors)
    _check_parts(body, uploads, at, errors)
    v2 = bool((int(body.get("flags") or 0) | old.flags) & flags.COMPONENTS_V2)
    becoming: Json = {"content": old.content, "embeds": old.embeds} | body
    names = _file_names(body, uploads) | {one.filename for one in old.attachments}
    components = body["components"] or [] if "components" in body else old.components
    if "components" in body:
        check_components(components, v2=v2, files=names, at=at, errors=errors)
    if v2:
        _check_no_legacy(becoming, at, errors)
    errors.raise_if_any()
    keeps_files = body.get("attachments", old.attachments)
    has_more = _has_embed(becoming) or components or keeps_files or uploads
    _demand_something(has_content=bool((becoming["content"] or "").strip()), has_more=bool(has_more))


def check_flags(settings: Settings, body: Json, allowed: int, at: Path = ()) -> None:
    if settings.check_limits:
        errors = FormErrors()
        _check_flags(body, allowed, at, errors)
        errors.raise_if_any()


def check_choices(choices: list[Json], at: Path) -> None:
    """Check autocomplete suggestions; a value may have 100 characters though the OpenAPI file says 6000."""
    errors = FormErrors()
    if len(choices) > CHOICES:
        too_many(at, CHOICES, errors)
    for index, choice in enumerate(choices):
        between(choice.get("name"), 1, CHOICE_NAME, (*at, index, "name"), errors)
        value = choice.get("value")
        if isinstance(value, str):
            between(value, 1, CHOICE_VALUE, (*at, index, "value"), errors)
        elif not isinstance(value, int | float) or abs(value) > LARGEST_INTEGER:
            errors.add((*at, index, "value"), "BASE_TYPE_BAD", "Must be a string or a number of 53 bits.")
    errors.raise_if_any()


def _check_sizes(settings: Settings, uploads: list[Upload]) -> None:
    if any(len(upload.data) > settings.attachment_size_limit for upload in uploads):
        raise ApiError(413, 40005, "Request entity too large")


def _check_flags(body: Json, allowed: int, at: Path, errors: FormErrors) -> None:
    wrong = int(body.get("flags") or 0) & ~allowed
    if wrong:
        text = f"Flag bits {wrong:#x} cannot be set here, only {allowed:#x}."
        errors.add((*at, "flags"), "MESSAGE_FLAGS_INVALID", text)


def _check_parts(body: Json, uploads: list[Upload], at: Path, errors: FormErrors) -> None:
    content = body.get("content")
    if isinstance(content, str) and len(content) > CONTENT:
        too_long((*at, "content"), CONTENT, errors)
    check_embeds(body.get("embeds") or [], (*at, "embeds"), errors)
    _check_attachments(body, uploads, at, errors)
    _check_allowed_mentions(body.get("allowed_mentions") or {}, (*at, "allowed_mentions"), errors)
    if isinstance(body.get("nonce"), str):
        at_most(body["nonce"], NONCE, (*at, "nonce"), errors)


def _check_attachments(body: Json, uploads: list[Upload], at: Path, errors: FormErrors) -> None:
    attachments = body.get("attachments") or []
    if max(len(uploads), len(attachments)) > ATTACHMENTS:
        too_many((*at, "attachments"), ATTACHMENTS, errors)
    for index, one in enumerate(attachments):
        at_most(
            one.get("description"), DESCRIPTION_OF_FILE, (*at, "attachments", index, "description"), errors
        )
    described = {str(one.get("id")) for one in attachments}
    if attachments and any(str(upload.index) not in described for upload in uploads):
        errors.add((*at, "attachments"), "ATTACHMENT_MISSING", "A file lacks its entry in attachments.")


def _check_allowed_mentions(allowed: Json, at: Path, errors: FormErrors) -> None:
    for kind in ("users", "roles"):
        named = allowed.get(kind) or []
        if len(named) > MENTIONED:
            too_many((*at, kind), MENTIONED, errors)
        if named and kind in (allowed.get("parse") or []):
            text = f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.'
            errors.add(at, "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", text)


def _check_no_legacy(body: Json, at: Path, errors: FormErrors) -> None:
    for field in ("content", "embeds", "poll", "sticker_ids"):
        if body.get(field):
            code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
            text = f"The '{field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
            errors.add((*at, field), code, text)


def _file_names(body: Json, uploads: list[Upload]) -> set[str]:
    renamed = {str(one.get("id")): one.get("filename") for one in body.get("attachments") or []}
    return {renamed.get(str(upload.index)) or upload.filename for upload in uploads}


def _has_embed(body: Json) -> bool:
    return bool(body.get("embeds"))


def _demand_something(*, has_content: bool, has_more: bool) -> None:
    if not has_content and not has_more:
        raise ApiError(400, 50006, "Cannot send an empty message")
