"""The candidates whose previews admins are looking at."""

import secrets
from collections import OrderedDict
from collections.abc import Sequence

from bot.library import Candidate

_MOST = 5  # each holds a whole knowledge base


class Previews:
    """Keeps the latest candidates, each by a key that fits into a button; none outlives the process."""

    def __init__(self) -> None:
        self._candidates: OrderedDict[str, Candidate] = OrderedDict()

    def keep(self, candidate: Candidate) -> str:
        """Keep a candidate and return its key; the oldest goes when there are too many."""
        key = secrets.token_hex(8)
        self._candidates[key] = candidate
        while len(self._candidates) > _MOST:
            self._candidates.popitem(last=False)
        return key

    def take(self, words: Sequence[str]) -> Candidate | None:
        """Take out the candidate whose key these words are, if it is still there."""
        return self._candidates.pop("".join(words), None)
