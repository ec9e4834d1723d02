"""The conversations that are going on: a few turns each, in memory only, forgotten after a while."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from knowledge.conversation import LASTS, Conversation

MOST = 10_000


@dataclass(frozen=True, slots=True)
class Asker:
    """Whose conversation it is and where: in a server, everybody has their own in each channel."""

    user: int
    channel: int


class Conversations:
    """Keeps at most `most` conversations, each until nothing is said for `seconds`."""

    def __init__(
        self, *, most: int = MOST, seconds: float = LASTS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._kept: OrderedDict[Asker, tuple[float, Conversation]] = OrderedDict()

    def now(self) -> float:
        """Read the clock by which turns are dated."""
        return self._clock()

    def of(self, asker: Asker) -> Conversation:
        """Return the conversation so far, an empty one for somebody new or long silent."""
        self.forget()
        _, conversation = self._kept.get(asker, (0.0, Conversation()))
        return conversation

    def keep(self, asker: Asker, conversation: Conversation) -> None:
        """Remember how a conversation now stands."""
        self._kept[asker] = (self._clock(), conversation)
        self._kept.move_to_end(asker)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def drop(self, user: int) -> None:
        """Forget all conversations with somebody, at their wish."""
        for asker in [one for one in self._kept if one.user == user]:
            del self._kept[asker]

    def __len__(self) -> int:
        return len(self._kept)

    def forget(self) -> None:
        """Drop what is over."""
        # They are in the order in which they were last kept.
        while self._kept:
            asker, (at, _) = next(iter(self._kept.items()))
            if at > self._clock() - self._seconds:
                return
            del self._kept[asker]
