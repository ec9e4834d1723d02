"""The live knowledge base: prepared aside, published as a whole."""

import asyncio
import logging
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from bot import fitting, journal
from bot.archive import Archive, Wanted
from bot.changes import Changes, compare
from bot.journal import Admin, Storage, StorageError
from bot.measuring import Measurement
from bot.record_files import Folder, RecordFiles
from knowledge.base import KnowledgeBase
from knowledge.problems import LoadError

_log = logging.getLogger(__name__)


class Conflict(Exception):  # noqa: N818 - reads as what is the matter
    """Somebody else published since the candidate was prepared; nothing has changed."""

    def __init__(self, live: "Live") -> None:
        super().__init__("the live knowledge base is no longer the one the candidate would replace")
        self.live = live


@dataclass(frozen=True, slots=True)
class Live:
    """What members are answered from, since when, and who published it.

    `number` is that of the version in the database, None for records that no database knows; `notes` are for
    admins to read about how it came to be live.
    """

    base: KnowledgeBase
    records: RecordFiles | None = None
    measurement: Measurement | None = None
    by: Admin | None = None
    since: datetime = field(default_factory=lambda: datetime.now(UTC))
    number: int | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A knowledge base that could become live in place of `replaces`."""

    base: KnowledgeBase
    measurement: Measurement | None
    wanted: Wanted
    replaces: Live
    changes: Changes


class Library:
    """Holds the one live knowledge base; everybody reads `current`, once per question.

    Without a storage what is wanted live is what is in the folder, and nothing outlives the process.
    """

    def __init__(
        self,
        live: KnowledgeBase | Live,
        folder: Folder | None = None,
        golden: Path | None = None,
        storage: Storage | None = None,
    ) -> None:
        self._live = live if isinstance(live, Live) else Live(live)
        self._folder = folder or Folder()
        self._golden = golden
        self._archive = Archive(storage, self._folder) if storage else None
        self._unusable: int | None = None
        self._one_at_a_time = asyncio.Lock()

    @classmethod
    async def open(
        cls, folder: Path | None = None, announcement: Path | None = None, golden: Path | None = None
    ) -> Self:
        """Start with the records of a folder; LoadError when they have problems."""
        place = Folder(folder, announcement)
        records = await asyncio.to_thread(place.gather)
        fitted = await fitting.fit(records, golden)
        return cls(Live(fitted.base, records, fitted.measurement), place, golden)

    @property
    def current(self) -> KnowledgeBase:
        """The knowledge base to answer from."""
        return self._live.base

    @property
    def live(self) -> Live:
        """The knowledge base with what is known of its publishing."""
        return self._live

    async def prepare(self, version: int | None = None) -> Candidate:
        """Read, check and fit what is wanted live, or an earlier version; LoadError tells all problems.

        Takes seconds, in another process; two at a time would only take longer, so they wait for each other.
        StorageError tells when the database cannot say what is live.
        """
        async with self._one_at_a_time:
            await self._catch_up()
            live = self._live
            wanted = await self._wanted(version)
            new = await fitting.fit(wanted.records, self._golden)
            changes = await asyncio.to_thread(compare, live.base.curation, new.base.curation)
        return Candidate(new.base, new.measurement, wanted, live, changes)

    async def check(self) -> Changes:
        """Read and check what is wanted live, and tell what it would change; errors as above."""
        wanted = await self._wanted(None)
        curation = await fitting.check(wanted.records)
        return await asyncio.to_thread(compare, self.current.curation, curation)

    async def publish(self, candidate: Candidate, *, by: Admin) -> Live:
        """Make a candidate live in one step, or raise Conflict when it would replace something else.

        In the database first: whatever happens, the old or the new version is live, here and after a restart.
        """
        if self._live is not candidate.replaces:
            raise Conflict(self._live)
        number = None
        if self._archive:
            try:
                info = await self._archive.commit(
                    candidate.wanted,
                    by=by,
                    summary=candidate.changes.summary(),
                    figures=figures_of(candidate.measurement),
                )
            except journal.Conflict:
                await self.catch_up()
                raise Conflict(self._live) from None
            number = info.number
        records, measurement = candidate.wanted.records, candidate.measurement
        self._live = Live(candidate.base, records, measurement, by, number=number)
        return self._live

    async def catch_up(self) -> bool:
        """Take over what another process has published, and tell whether there was anything."""
        async with self._one_at_a_time:
            return await self._catch_up()

    async def follow(self, pause: float = 10.0) -> None:
        """Catch up again and again, for as long as this is not cancelled."""
        away = False
        while True:
            await asyncio.sleep(pause)
            try:
                await self.catch_up()
            except (StorageError, fitting.FittingFailed) as error:
                if not away:
                    _log.warning("What other processes publish cannot be followed: %s", error)
                away = True
            else:
                away = False

    async def _catch_up(self) -> bool:
        number = await self._archive.live_number() if self._archive else None
        if not self._archive or number in (None, self._live.number, self._unusable):
            return False
        version = await self._archive.live()
        if version is None:
            return False
        records, info = RecordFiles(version.files), version.info
        try:
            fitted = await fitting.fit(records, self._golden)
        except LoadError:
            self._unusable = number  # an older program's version, or a newer one's
            _log.exception("Version %s, published elsewhere, cannot be used here", number)
            return False
        if info.number == self._live.number:
            return False
        self._live = Live(
            fitted.base, records, fitted.measurement, info.by, info.published_at, number=info.number
        )
        _log.info("Version %s, published elsewhere, is live", info.number)
        return True

    async def _wanted(self, version: int | None) -> Wanted:
        if not self._archive:
            records = await asyncio.to_thread(self._folder.gather)
            return Wanted(records)
        return await (self._archive.wanted() if version is None else self._archive.earlier(version))


def figures_of(measurement: Measurement | None) -> dict[str, object]:
    """Return the totals as plain data; nothing when there are none."""
    figures = measurement.figures if measurement else None
    return asdict(figures) if figures else {}
