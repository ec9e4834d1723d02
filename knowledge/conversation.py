"""What earlier turns of a conversation lend to a follow-up."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier question, the record that answered it ("" when none did) and when, in seconds."""

    question: str
    record: str
    at: float


@dataclass(frozen=True, slots=True)
class Conversation:
    """The last few turns of one conversation, oldest first; a value, so it can be kept anywhere."""

    turns: tuple[Turn, ...] = ()
