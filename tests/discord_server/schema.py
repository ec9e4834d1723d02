"""Checks request bodies against Discord's published OpenAPI file, where it lies beside the repository."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import extend

from tests.discord_server.errors import FormErrors

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]

FILE = Path(__file__).resolve().parents[3] / "shared" / "discord" / "openapi.json"
TYPES: dict[str, tuple[type, ...]] = {
    "null": (type(None),),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}
REFS = "#/components/schemas/"
SNOWFLAKE_IN_PLACE_OF_STRING = {"type": ["string", "integer"], "pattern": "^(0|[1-9][0-9]*)$"}
TAKEN_THOUGH_NOT_IN_THE_FILE = {
    "ApplicationCommandUpdateRequest": ("nsfw",),
    "ApplicationCommandCreateRequest": ("nsfw",),
    "ApplicationCommandPatchRequestPartial": ("nsfw",),
    "RichEmbed": ("flags",),  # discord.py sends it with every embed
    "MessageEditRequestPartial": ("tts",),  # discord.py sends it with every edit
    "IncomingWebhookUpdateRequestPartial": ("tts",),
    "IncomingWebhookUpdateForInteractionCallbackRequestPartial": ("tts",),
}


class Schema:
    """The validators for the bodies of all routes, each made when it is first needed."""

    def __init__(self, file: Path) -> None:
        self._spec: Json = json.loads(file.read_text(encoding="utf-8"))
        self._schemas: Json = self._spec["components"]["schemas"]
        self._validators: dict[tuple[str, str], Draft202012Validator | None] = {}
        self._schemas["SnowflakeType"] = SNOWFLAKE_IN_PLACE_OF_STRING
        for name, keys in TAKEN_THOUGH_NOT_IN_THE_FILE.items():
            self._schemas[name]["properties"] |= {key: {} for key in keys}
        keywords = {
            "properties": self._properties,
            "anyOf": self._union,
            "oneOf": self._union,
            "$ref": self._ref,
        }
        make: Any = extend
        self._class = make(Draft202012Validator, keywords)

    def check(self, method: str, template: str, body: Any) -> None:
        """Raise 50035 with the path of each fault; a route the file does not have is let through."""
        key = (method, template)
        if key not in self._validators:
            self._validators[key] = self._made(method, template)
        validator = self._validators[key]
        if validator is None:
            return
        errors = FormErrors()
        for fault in validator.iter_errors(body):
            errors.add(tuple(fault.absolute_path), *_worded(fault))
        errors.raise_if_any()

    def fits(self, name: str, value: Any) -> list[str]:
        """Return what is wrong with `value` as the schema of this name; for answers, not requests."""
        validator = self._class({"$ref": REFS + name})
        return [f"{list(fault.absolute_path)}: {fault.message}" for fault in validator.iter_errors(value)]

    def _made(self, method: str, template: str) -> Draft202012Validator | None:
        operation = self._spec["paths"].get(template, {}).get(method.lower(), {})
        schema = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
        if template == "/webhooks/{webhook_id}/{webhook_token}" and method == "POST":
            schema = {"$ref": REFS + "IncomingWebhookRequestPartial"}
        return None if schema is None else self._class(schema)

    def _resolved(self, schema: Json) -> Json:
        reference = schema.get("$ref")
        return self._schemas[reference.removeprefix(REFS)] if reference else schema

    def _ref(self, validator: Any, reference: str, instance: Any, _: Json) -> Iterator[ValidationError]:
        yield from validator.descend(instance, self._schemas[reference.removeprefix(REFS)])

    @staticmethod
    def _properties(validator: Any, known: Json, instance: Any, schema: Json) -> Iterator[ValidationError]:
        """Check the properties, and refuse keys that are none: of 539 schemas only one does so itself."""
        if not isinstance(instance, dict):
            return
        for key, value in instance.items():
            if key in known:
                yield from validator.descend(value, known[key], path=key, schema_path=key)
            elif "additionalProperties" not in schema:
                yield ValidationError(f"{key!r} is not known here", validator="unknown", path=[key])

    def _union(
        self, validator: Any, branches: list[Json], instance: Any, _: Json
    ) -> Iterator[ValidationError]:
        """Choose the branch by the value's own `type`, so that faults are told of the branch meant."""
        if "const" in branches[0]:
            if instance not in [branch["const"] for branch in branches]:
                yield ValidationError(f"{instance!r} is not one of the values", validator="enum")
            return
        meant = [branch for branch in branches if self._may_mean(self._resolved(branch), instance)]
        if len(meant) == 1:
            yield from validator.descend(instance, meant[0])
        elif not meant:
            yield ValidationError(f"{instance!r} fits none of {len(branches)} types", validator="type")
        elif not any(validator.evolve(schema=branch).is_valid(instance) for branch in meant):
            yield from validator.descend(instance, meant[-1])

    @staticmethod
    def _may_mean(branch: Json, instance: Any) -> bool:
        if not isinstance(instance, dict):
            return _has_type(instance, branch.get("type"))
        if branch.get("type", "object") != "object":
            return False
        kinds = branch.get("properties", {}).get("type", {}).get("enum")
        return kinds is None or instance.get("type") in kinds


def _has_type(instance: Any, names: str | list[str] | None) -> bool:
    if names is None:
        return True
    return any(isinstance(instance, TYPES[name]) for name in ([names] if isinstance(names, str) else names))


def _worded(fault: ValidationError) -> tuple[str, str]:
    limit = fault.validator_value
    match fault.validator:
        case "maxLength" | "maxItems":
            return "BASE_TYPE_MAX_LENGTH", f"Must be {limit} or fewer in length."
        case "minLength" | "minItems":
            return "BASE_TYPE_MIN_LENGTH", f"Must be {limit} or more in length."
        case "required":
            return "BASE_TYPE_REQUIRED", fault.message[:200]
        case "unknown":
            return "UNKNOWN_KEY", fault.message
        case _:
            return f"SCHEMA_{str(fault.validator).upper()}", fault.message[:300]


@cache
def published() -> Schema | None:
    """Return the schema, read once, or None where the file is absent."""
    return Schema(FILE) if FILE.is_file() else None
