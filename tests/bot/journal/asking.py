"""Questions for tests."""

from typing import Any

from bot.journal import OutcomeKind, Place, Question


def question(text: str = "who signed it", **other: Any) -> Question:
    """Make a question that was answered in a server, except for what is said."""
    return Question(
        **{"text": text, "outcome": OutcomeKind.ANSWER, "place": Place.SERVER, "record": "signers", **other}
    )
