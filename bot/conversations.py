"""The conversations that are going on: a few turns each, in memory only, forgotten after a while."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from knowledge.conversation import Conversation, Turn

MOST = 10_000
MOST_TURNS = 6
SECONDS = 30 * 60.0


@dataclass(frozen=True, slots=True)
class Asker:
    """Whose conversation it is and where: in a server, everybody has their own in each channel."""

    user: int
    channel: int


class Conversations:
    """Keeps the last turns of at most `most` conversations, each until nothing is said for `seconds`."""

    def __init__(
        self,
        *,
        most: int = MOST,
        seconds: float = SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._kept: OrderedDict[Asker, Conversation] = OrderedDict()

    def of(self, asker: Asker) -> Conversation:
        """Return the conversation so far, an empty one for somebody new or long silent."""
        self._forget()
        return self._kept.get(asker, Conversation())

    def add(self, asker: Asker, question: str, record: str) -> None:
        """Remember a turn: what was asked, and the record that answered it or ""."""
        turns = (*self.of(asker).turns, Turn(question, record, self._clock()))
        self._kept[asker] = Conversation(turns[-MOST_TURNS:])
        self._kept.move_to_end(asker)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def __len__(self) -> int:
        return len(self._kept)

    def _forget(self) -> None:
        # They are in the order of their last turns.
        while self._kept:
            asker, conversation = next(iter(self._kept.items()))
            if conversation.turns[-1].at > self._clock() - self._seconds:
                return
            del self._kept[asker]
