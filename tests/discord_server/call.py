"""A REST request, read: its route, its body and its files."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from aiohttp import BodyPartReader, web

from tests.discord_server.errors import ApiError, invalid_form
from tests.discord_server.posting import Upload

if TYPE_CHECKING:
    from collections.abc import Mapping

Json = dict[str, Any]
PREFIX = "/api/v10"


@dataclass(kw_only=True)
class Call:
    """What a handler gets; `template` is the path as the OpenAPI file writes it."""

    method: str
    template: str
    places: Mapping[str, str]
    query: Mapping[str, str]
    body: Any = None
    uploads: list[Upload] = field(default_factory=list)

    def id(self, name: str) -> int:
        """Return the path's id of this name; Discord answers 50035 where it is no number."""
        try:
            return int(self.places[name])
        except ValueError:
            code = "NUMBER_TYPE_COERCE"
            raise invalid_form((name,), code, f'Value "{self.places[name]}" is not snowflake.') from None

    @property
    def fields(self) -> Json:
        """Return the body as an object."""
        if not isinstance(self.body, dict):
            raise invalid_form((), "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")
        return self.body


Answer = Json | list[Json] | None
Handler = Callable[[Call], Answer]


class Route(NamedTuple):
    """A path of the interface; interaction and webhook routes carry their own token in the path."""

    method: str
    template: str
    handler: Handler
    with_bot_token: bool = True


async def read(request: web.Request, template: str) -> Call:
    call = Call(method=request.method, template=template, places=request.match_info, query=request.query)
    if request.content_type == "multipart/form-data":
        await _read_parts(request, call)
    elif request.can_read_body:
        call.body = _parsed(await request.read())
    return call


async def _read_parts(request: web.Request, call: Call) -> None:
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            raise ApiError(400, 50035, "Invalid Form Body")
        data = bytes(await part.read())
        name = part.name or ""
        if name == "payload_json":
            call.body = _parsed(data)
        elif name.startswith("files[") and name[6:-1].isdecimal():
            content_type = part.headers.get("Content-Type", "application/octet-stream")
            call.uploads.append(Upload(int(name[6:-1]), part.filename or "file", data, content_type))
        else:
            raise invalid_form((name,), "UNKNOWN_PART", "Only payload_json and files[n] are parts here.")


def _parsed(data: bytes) -> Any:
    if not data:
        return None
    try:
        return json.loads(data)
    except ValueError:
        raise ApiError(400, 50109, "The request body contains invalid JSON.") from None
