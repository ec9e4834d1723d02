"""What waits to be written: bounded, oldest first, counting what had to go."""

from collections import deque

from bot.journal.entries import Entry


class Backlog:
    """A queue of at most `bound` entries, besides the batch taken out to be written.

    When it is full the oldest entry goes and counts as lost: after a long outage the latest questions are
    worth more to a curator than the first ones. What was taken out still counts as waiting until it is
    `settle`d or `put_back`.
    """

    def __init__(self, bound: int) -> None:
        if bound < 1:
            raise ValueError("a backlog needs room for at least one entry")
        self._bound = bound
        self._entries: deque[Entry] = deque()
        self._taken = 0
        self.lost = 0

    def __len__(self) -> int:
        return len(self._entries) + self._taken

    def add(self, entry: Entry) -> None:
        """Let an entry wait."""
        self._entries.append(entry)
        self._trim()

    def take(self, most: int) -> list[Entry]:
        """Take out the oldest entries to write them; one taking at a time."""
        batch = [self._entries.popleft() for _ in range(min(most, len(self._entries)))]
        self._taken = len(batch)
        return batch

    def settle(self) -> None:
        """Forget what was taken: it is written."""
        self._taken = 0

    def put_back(self, batch: list[Entry]) -> None:
        """Let what was taken wait again, as the oldest: it could not be written."""
        self._entries.extendleft(reversed(batch))
        self._taken = 0
        self._trim()

    def drop(self, handle: str) -> int:
        """Drop everything about one question, as its asker wished; the number of entries dropped."""
        kept = [entry for entry in self._entries if entry.handle != handle]
        dropped = len(self._entries) - len(kept)
        self._entries = deque(kept)
        return dropped

    def give_up(self) -> int:
        """Count all that still waits as lost; the number of entries."""
        given_up = len(self)
        self._entries.clear()
        self._taken = 0
        self.lost += given_up
        return given_up

    def _trim(self) -> None:
        while len(self._entries) > self._bound:
            self._entries.popleft()
            self.lost += 1
