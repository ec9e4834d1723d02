"""The live knowledge base: prepared aside, published as a whole."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from bot import fitting
from bot.fitting import Folder
from bot.measuring import Measurement
from knowledge.base import KnowledgeBase
from knowledge.loading import Curation


class Conflict(Exception):  # noqa: N818 - reads as what is the matter
    """Somebody else published since the candidate was prepared; nothing has changed."""

    def __init__(self, live: "Live") -> None:
        super().__init__("the live knowledge base is no longer the one the candidate would replace")
        self.live = live


@dataclass(frozen=True, slots=True)
class Live:
    """What members are answered from, since when, and who published it ("" for the start of the bot)."""

    base: KnowledgeBase
    measurement: Measurement | None = None
    published_by: str = ""
    since: datetime = field(default_factory=lambda: datetime.now(UTC))


@dataclass(frozen=True, slots=True)
class Changes:
    """What a candidate would change: ids of records, how many there then are, whether anything differs."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    records: int
    announcement: bool
    anything: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A knowledge base that could become live in place of `replaces`."""

    base: KnowledgeBase
    measurement: Measurement | None
    replaces: Live
    changes: Changes


class Library:
    """Holds the one live knowledge base; everybody reads `current`, once per question."""

    def __init__(self, base: KnowledgeBase, source: Folder | None = None, golden: Path | None = None) -> None:
        self._live = Live(base)
        self._source = source or Folder()
        self._golden = golden
        self._one_at_a_time = asyncio.Lock()

    @classmethod
    async def open(
        cls, folder: Path | None = None, announcement: Path | None = None, golden: Path | None = None
    ) -> Self:
        """Start with the records of a folder; LoadError when they have problems."""
        source = Folder(folder, announcement)
        first = await fitting.fit(source, golden)
        library = cls(first.base, source, golden)
        library._live = Live(first.base, first.measurement)
        return library

    @property
    def current(self) -> KnowledgeBase:
        """The knowledge base to answer from."""
        return self._live.base

    @property
    def live(self) -> Live:
        """The knowledge base with what is known of its publishing."""
        return self._live

    async def prepare(self) -> Candidate:
        """Read, check and fit the records as they are now; LoadError tells all problems.

        Takes seconds, in another process; two at a time would only take longer, so they wait for each other.
        """
        async with self._one_at_a_time:
            live = self._live
            new = await fitting.fit(self._source, self._golden)
            changes = await asyncio.to_thread(compare, live.base.curation, new.base.curation)
        return Candidate(new.base, new.measurement, live, changes)

    async def check(self) -> Changes:
        """Read and check the records without fitting, and tell what they would change; LoadError as above."""
        curation = await fitting.check(self._source)
        return await asyncio.to_thread(compare, self.current.curation, curation)

    async def publish(self, candidate: Candidate, *, by: str) -> Live:
        """Make a candidate live in one step, or raise Conflict when it would replace something else."""
        if self._live is not candidate.replaces:
            raise Conflict(self._live)
        self._live = Live(candidate.base, candidate.measurement, by)
        return self._live


def compare(old: Curation, new: Curation) -> Changes:
    """Tell which records were added, removed or changed, in the order of the files."""
    before, after = _told(old), _told(new)
    return Changes(
        added=tuple(id_ for id_ in after if id_ not in before),
        removed=tuple(id_ for id_ in before if id_ not in after),
        changed=tuple(id_ for id_ in after if id_ in before and after[id_] != before[id_]),
        records=len(after),
        announcement=old.announcement.source != new.announcement.source,
        anything=old.version != new.version,
    )


def _told(curation: Curation) -> Mapping[str, object]:
    """Tell what there is to each record: itself, and the sentences it leads to."""
    places = {id_: (place, *curation.also.get(id_, ())) for id_, place in curation.quoted.items()}
    return {
        id_: (record, [place.sentence.text for place in places.get(id_, ())])
        for id_, record in curation.records.items()
    }
