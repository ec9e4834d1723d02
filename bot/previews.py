"""Candidates that admins look at before they publish them."""

import secrets
from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot import admin_notes as notes
from bot import admin_texts as texts
from bot.controls import Button, Row, Style
from bot.library import Candidate
from bot.showing import show

if TYPE_CHECKING:
    from bot.client import Interaction

PUBLISH, CANCEL, DISCARD = "publish", "cancel", "discard"

_MOST = 5  # each holds a whole knowledge base


class Previews:
    """Keeps the latest candidates, each by a key that fits into a button; none outlives the process."""

    def __init__(self) -> None:
        self._candidates: OrderedDict[str, Candidate] = OrderedDict()

    async def show(self, interaction: "Interaction", candidate: Candidate) -> None:
        """Fill a deferred answer with what a candidate would change, and buttons to publish it or not."""
        key = secrets.token_hex(8)
        self._candidates[key] = candidate
        while len(self._candidates) > _MOST:
            self._candidates.popitem(last=False)
        buttons = [
            Button(texts.PUBLISH, PUBLISH, (key,), Style.success),
            Button(texts.CANCEL, CANCEL, (key,)),
        ]
        rows: list[Row] = [(*buttons, *discarding(candidate.wanted.draft))]
        await show(interaction, notes.preview(candidate), rows)

    def put_back(self, words: Sequence[str], candidate: Candidate) -> None:
        """Keep a candidate that was taken but could not be published, for another press."""
        self._candidates["".join(words)] = candidate

    def take(self, words: Sequence[str]) -> Candidate | None:
        """Take out the candidate whose key these words are, if it is still there."""
        return self._candidates.pop("".join(words), None)


def discarding(draft: int | None) -> list[Button]:
    """Offer to throw the draft away, if there is one, as it is at this revision."""
    return [] if draft is None else [Button(texts.DISCARD, DISCARD, (str(draft),), Style.danger)]
