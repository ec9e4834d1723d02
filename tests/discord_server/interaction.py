"""An interaction as the person who started it follows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from tests.discord_server.components import FILE_UPLOAD, LABEL, ROW, TEXT_DISPLAY, Component, walk

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.discord_server.channels import Channel, Message, MessageVersion
    from tests.discord_server.model import User
    from tests.discord_server.waiting import Changes
    from tests.discord_server.world import World

T = TypeVar("T")


class Kind(IntEnum):
    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL_SUBMIT = 5


class Callback(IntEnum):
    """How the bot answered first."""

    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


class Choice(NamedTuple):
    """An autocomplete suggestion: what is shown and what is sent."""

    name: str
    value: str | int | float


@dataclass(frozen=True)
class Modal:
    """The form a person was shown."""

    raw: dict[str, Any]

    @property
    def title(self) -> str:
        return str(self.raw["title"])

    @property
    def custom_id(self) -> str:
        return str(self.raw["custom_id"])

    @property
    def fields(self) -> dict[str, Component]:
        """The parts that take an answer, by the label a person reads."""
        found: dict[str, Component] = {}
        labels = {
            id(part["component"]): part["label"]
            for _, part in walk(self.raw["components"])
            if part["type"] == LABEL
        }
        for _, part in walk(self.raw["components"]):
            if part["type"] not in (ROW, LABEL, TEXT_DISPLAY):
                found[labels.get(id(part)) or part.get("label") or part["custom_id"]] = part
        return found

    def field(self, name: str) -> Component:
        """Return the part with this label or custom_id."""
        for label, part in self.fields.items():
            if name in (label, part["custom_id"]):
                return part
        raise AssertionError(f"the modal has no field {name!r}, only {list(self.fields)}")

    @property
    def takes_files(self) -> bool:
        return any(part["type"] == FILE_UPLOAD for part in self.fields.values())


@dataclass(eq=False, kw_only=True)
class Interaction:
    """One interaction with all its answers: the first response, its edits and the follow-ups."""

    world: World = field(repr=False)
    id: int
    token: str
    kind: Kind
    user: User
    channel: Channel
    name: str
    created_at: float
    changes: Changes = field(repr=False)
    by_user_install: bool = False
    source: Message | None = None
    from_modal_of: Interaction | None = field(default=None, repr=False)
    payload: dict[str, Any] = field(default_factory=dict, repr=False)
    callback: Callback | None = None
    acknowledged_after: float | None = None
    original: Message | None = None
    versions_before: int = 0
    followups: list[Message] = field(default_factory=list)
    modal: Modal | None = None
    choices: list[Choice] | None = None

    @property
    def age(self) -> float:
        return self.world.settings.clock() - self.created_at

    @property
    def did_not_respond(self) -> bool:
        """Whether the person reads "The application did not respond"."""
        return self.callback is None and self.age > self.world.settings.first_response_seconds

    @property
    def token_expired(self) -> bool:
        return self.age > self.world.settings.token_life_seconds

    @property
    def deferred(self) -> bool:
        """Whether the first answer only asked for time."""
        return self.callback in (Callback.DEFERRED_MESSAGE, Callback.DEFERRED_UPDATE)

    @property
    def thinking(self) -> bool:
        """Whether the person still sees "… is thinking"."""
        return self.original is not None and self.original.loading

    @property
    def ephemeral(self) -> bool:
        return self.original is not None and self.original.ephemeral

    @property
    def response(self) -> Message | None:
        """The response with its present content, once there is one to read."""
        if self.original is None or self.original.loading:
            return None
        if self.callback is Callback.DEFERRED_UPDATE and len(self.original.versions) <= self.versions_before:
            return None
        return self.original

    @property
    def edits(self) -> list[MessageVersion]:
        """What the response became by edits after it could first be read."""
        if self.original is None:
            return []
        first = 1 if self.callback is Callback.MESSAGE else 2
        return self.original.versions[self.versions_before + first :]

    def visible_to(self, user: User) -> bool:
        return self.original is not None and self.original.visible_to(user)

    async def wait_acknowledged(self, *, patience: float | None = None) -> Callback:
        """Wait for the first answer of whatever kind."""
        return await self._until(lambda: self.callback, "be acknowledged", patience)

    async def wait_response(self, *, patience: float | None = None) -> Message:
        """Wait for a response to read: after a deferral, for the edit or follow-up that fills it."""

        def look() -> Message | None:
            if self.callback is Callback.MODAL:
                raise AssertionError(f"{self} opened a modal: use wait_modal()")
            return self.response

        return await self._until(look, "have a response", patience)

    async def wait_edit(self, count: int = 1, *, patience: float | None = None) -> MessageVersion:
        """Wait until the response has been edited `count` times, and return that version."""
        return await self._until(
            lambda: self.edits[count - 1] if len(self.edits) >= count else None,
            f"be edited {count} times",
            patience,
        )

    async def wait_followup(self, count: int = 1, *, patience: float | None = None) -> Message:
        """Wait for follow-up number `count`; the one that filled a deferral is the response, not counted."""
        return await self._until(
            lambda: self.followups[count - 1] if len(self.followups) >= count else None,
            f"have {count} follow-ups",
            patience,
        )

    async def wait_modal(self, *, patience: float | None = None) -> Modal:
        return await self._until(lambda: self.modal, "open a modal", patience)

    async def wait_deleted(self, *, patience: float | None = None) -> None:
        """Wait until the response has been deleted."""
        await self._until(
            lambda: True if self.original and self.original.deleted else None,
            "have its response deleted",
            patience,
        )

    async def _until(self, look: Callable[[], T | None], what: str, patience: float | None) -> T:
        patience = self.world.settings.patience if patience is None else patience
        return await self.changes.until(look, f"{self} to {what}", patience)

    def __str__(self) -> str:
        return f"{self.user.name}'s {self.kind.name.lower()} {self.name!r} in #{self.channel.name}"
