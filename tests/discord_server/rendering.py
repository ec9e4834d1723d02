"""Components as Discord hands them back: numbered, with defaults filled in and files resolved."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from tests.discord_server.components import (
    CONTAINER,
    FILE,
    GALLERY,
    SELECTS,
    SEPARATOR,
    THUMBNAIL,
    Component,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.discord_server.channels import Attachment

DEFAULTS: dict[int, dict[str, Any]] = {
    CONTAINER: {"accent_color": None, "spoiler": False},
    SEPARATOR: {"divider": True, "spacing": 1},
    THUMBNAIL: {"description": None, "spoiler": False},
    FILE: {"spoiler": False, "name": None, "size": None},
    **{kind: {"min_values": 1, "max_values": 1} for kind in SELECTS},
}
SCHEME = "attachment://"


def rendered(components: list[Component], attachments: list[Attachment]) -> list[Component]:
    if not components:
        return []
    done = copy.deepcopy(components)
    taken = {part["id"] for _, part in walk(done) if part.get("id")}
    fresh = (number for number in range(1, 1_000) if number not in taken)
    for _, part in walk(done):
        if not part.get("id"):
            part["id"] = next(fresh)
        for key, value in DEFAULTS.get(part["type"], {}).items():
            if part.get(key) is None:
                part[key] = value
        for item in media(part):
            _resolve(item, attachments)
        if part["type"] == FILE:
            part["name"] = part["file"]["url"].rsplit("/", 1)[-1]
    return done


def media(part: Component) -> Iterator[Component]:
    """Give the media items of one component."""
    if part["type"] == FILE:
        yield part["file"]
    elif part["type"] == THUMBNAIL:
        yield part["media"]
    elif part["type"] == GALLERY:
        yield from (item["media"] for item in part["items"])


def _resolve(item: Component, attachments: list[Attachment]) -> None:
    url = item["url"]
    item["id"] = "0"
    for one in attachments:
        if url == f"{SCHEME}{one.filename}":
            item |= {"url": one.url, "attachment_id": str(one.id), "content_type": one.content_type}
    item["proxy_url"] = item["url"]
