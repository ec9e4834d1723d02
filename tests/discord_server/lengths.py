"""The faults of length and count, worded as Discord words them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.discord_server.errors import FormErrors, Path


def too_long(at: Path, limit: int, errors: FormErrors) -> None:
    errors.add(at, "BASE_TYPE_MAX_LENGTH", f"Must be {limit} or fewer in length.")


def too_many(at: Path, limit: int, errors: FormErrors) -> None:
    errors.add(at, "BASE_TYPE_MAX_LENGTH", f"Must be {limit} or fewer in length.")


def missing(at: Path, errors: FormErrors) -> None:
    errors.add(at, "BASE_TYPE_REQUIRED", "This field is required")


def at_most(text: Any, limit: int, at: Path, errors: FormErrors) -> None:
    """Check a text that may be absent."""
    if text is not None and len(text) > limit:
        too_long(at, limit, errors)


def between(text: Any, least: int, limit: int, at: Path, errors: FormErrors) -> None:
    """Check a text that must be there."""
    if not isinstance(text, str):
        missing(at, errors)
    elif not least <= len(text) <= limit:
        errors.add(at, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {limit} in length.")
