"""How often a person may ask: so many questions in so many seconds, kept in memory only."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable


class Cooldowns:
    """Counts each person's questions in a sliding window; forgets a person when the window has passed."""

    def __init__(
        self, questions: int, seconds: float, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._questions = questions
        self._seconds = seconds
        self._clock = clock
        self._asked: OrderedDict[int, deque[float]] = OrderedDict()

    def wait(self, user: int) -> float:
        """Count a question and return 0, or return how many seconds it comes too early."""
        if not self._questions:
            return 0.0
        now = self._clock()
        self.forget()
        asked = self._asked.setdefault(user, deque())
        while asked and asked[0] <= now - self._seconds:
            asked.popleft()
        if len(asked) >= self._questions:
            return asked[0] + self._seconds - now
        asked.append(now)
        self._asked.move_to_end(user)
        return 0.0

    def __len__(self) -> int:
        """Count the people remembered."""
        return len(self._asked)

    def forget(self) -> None:
        """Drop everybody who has not asked for so long that it does not count."""
        now = self._clock()
        while self._asked:
            user, asked = next(iter(self._asked.items()))
            if asked[-1] > now - self._seconds:
                return
            del self._asked[user]
