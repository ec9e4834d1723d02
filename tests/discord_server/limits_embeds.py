"""Discord's limits on embeds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.discord_server.components import embed_texts
from tests.discord_server.lengths import at_most, between, missing, too_many

if TYPE_CHECKING:
    from tests.discord_server.errors import FormErrors, Path

EMBEDS = 10
FIELDS = 25
CHARACTERS_IN_ALL = 6000


def check_embeds(embeds: list[dict[str, Any]], at: Path, errors: FormErrors) -> None:
    if len(embeds) > EMBEDS:
        too_many(at, EMBEDS, errors)
    for index, embed in enumerate(embeds):
        _check_embed(embed, (*at, index), errors)
    if sum(len(text) for embed in embeds for text in embed_texts(embed)) > CHARACTERS_IN_ALL:
        text = f"Embed size exceeds maximum size of {CHARACTERS_IN_ALL}"
        errors.add(at, "MAX_EMBED_SIZE_EXCEEDED", text)


def _check_embed(embed: dict[str, Any], at: Path, errors: FormErrors) -> None:
    if not any(
        embed.get(part)
        for part in ("title", "description", "author", "fields", "footer", "image", "thumbnail")
    ):
        missing((*at, "description"), errors)
    at_most(embed.get("title"), 256, (*at, "title"), errors)
    at_most(embed.get("description"), 4096, (*at, "description"), errors)
    at_most((embed.get("footer") or {}).get("text"), 2048, (*at, "footer", "text"), errors)
    at_most((embed.get("author") or {}).get("name"), 256, (*at, "author", "name"), errors)
    fields = embed.get("fields") or []
    if len(fields) > FIELDS:
        too_many((*at, "fields"), FIELDS, errors)
    for index, field in enumerate(fields):
        between(field.get("name"), 1, 256, (*at, "fields", index, "name"), errors)
        between(field.get("value"), 1, 1024, (*at, "fields", index, "value"), errors)
