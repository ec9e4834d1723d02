"""Who did something to the records."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

JsonObject = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Admin:
    """A person who runs the bot, as the audit names them.

    Admins are accountable for what they publish, so unlike members they are kept by id and display name.
    `user_id` is None for the shell and for the bot itself.
    """

    user_id: int | None
    name: str
