"""The gaps of a stretch of time, found in another process and kept while an admin looks through them."""

import csv
import io
import secrets
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot import curator_texts as texts
from bot.failures import Declined
from bot.fitting import in_own_process
from bot.gaps import Gap, find_gaps
from bot.journal import JournalReader, Missed
from bot.library import Library
from knowledge.language import Language

_MOST = 10
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would take for a formula


@dataclass(frozen=True, slots=True)
class _Search:
    """The work, as it goes to the other process: the stemmer must not be used by two threads at once."""

    missed: tuple[Missed, ...]
    language: Language

    def __call__(self) -> tuple[Gap, ...]:
        return find_gaps(self.missed, self.language.normalise)


@dataclass(frozen=True, slots=True)
class Gaps:
    """What was found, since when."""

    key: str
    since: datetime
    gaps: tuple[Gap, ...]

    @property
    def questions(self) -> int:
        """How many questions they are."""
        return sum(gap.count for gap in self.gaps)


class GapSearch:
    """Searches, and keeps the latest results by a key that fits into a button; none outlives the process."""

    def __init__(self, library: Library, reader: JournalReader) -> None:
        self._library = library
        self._reader = reader
        self._found: OrderedDict[str, Gaps] = OrderedDict()

    async def search(self, days: int) -> Gaps:
        """Find what was not answered, or voted down, in the last days."""
        since = datetime.now(UTC) - timedelta(days=days)
        missed = await self._reader.missed(since)
        gaps: tuple[Gap, ...] = ()
        if missed:
            gaps = await in_own_process(_Search(missed, self._library.current.curation.language))
        found = Gaps(secrets.token_hex(4), since, gaps)
        self._found[found.key] = found
        while len(self._found) > _MOST:
            self._found.popitem(last=False)
        return found

    def found(self, key: str) -> Gaps:
        """Return an earlier result; Declined when it is no longer there."""
        if key not in self._found:
            raise Declined(texts.GAPS_GONE)
        return self._found[key]

    def gap(self, key: str, number: str) -> Gap:
        """Return one gap of an earlier result."""
        return self.found(key).gaps[int(number)]


def as_csv(gaps: Sequence[Gap]) -> bytes:
    """Write gaps for a spreadsheet, a row each, so that no member's words can be a formula in it."""
    text = io.StringIO(newline="")
    rows = csv.writer(text)
    rows.writerow(
        ["count", "question", "other wordings", "closest record", "score", "voted down", "last asked"]
    )
    for gap in gaps:
        first, *others = [wording.text for wording in gap.wordings]
        score = "" if gap.score is None else f"{gap.score:.3f}"
        last = gap.last_asked.isoformat(timespec="seconds")
        rows.writerow(
            [gap.count, _cell(first), _cell("\n".join(others)), gap.record or "", score, gap.voted_down, last]
        )
    return text.getvalue().encode("utf-8-sig")  # the mark lets spreadsheets read it as UTF-8


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
