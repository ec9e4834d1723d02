"""What the bot starts with: the last good version, whatever has become of the folder or the database."""

import asyncio
import logging
from pathlib import Path

from bot import admin_texts as texts
from bot import fitting, journal
from bot.archive import START, Archive, Wanted, chosen_by_nobody
from bot.fitting import Fitted
from bot.journal import Storage, StorageError, Unavailable, Version
from bot.library import Library, Live, figures_of
from bot.record_files import Folder, RecordFiles
from knowledge.problems import LoadError, Problem

_log = logging.getLogger(__name__)

_TRIES = 3


async def open_library(
    folder: Path | None, announcement: Path | None, golden: Path | None, storage: Storage
) -> Library:
    """Start with the version that was live; with the folder when there was none or nobody chose it.

    What an admin published stays live, however the folder has changed. LoadError only when there is neither a
    good version nor a good folder. What was not as it should be is in the log and in the notes of
    `Library.live`.
    """
    place = Folder(folder, announcement)
    archive = Archive(storage, place)
    for _ in range(_TRIES):
        try:
            live = await _Start(place, golden, archive).live()
        except journal.Conflict:
            continue  # another process started at the same moment: what it published is live
        for note in live.notes:
            _log.warning("%s", note)
        return Library(live, place, golden, storage)
    raise StorageError("Other programs keep publishing; start again when they are done.")


class _Start:
    """One try, and the notes made on the way."""

    def __init__(self, folder: Folder, golden: Path | None, archive: Archive) -> None:
        self._folder = folder
        self._golden = golden
        self._archive = archive
        self._notes: list[str] = []
        self._problems: tuple[Problem, ...] = ()

    async def live(self) -> Live:
        version = await self._published()
        try:
            records = await asyncio.to_thread(self._folder.gather)
        except LoadError as error:
            if version is None:
                raise
            self._notes.append(texts.folder_broken(error.problems))
            return await self._from_versions(version, None)
        if version is None:
            return await self._from_folder(records, await fitting.fit(records, self._golden), None)
        if records.files == version.files:
            return await self._from_versions(version, records)
        if chosen_by_nobody(version.info):
            try:
                fitted = await fitting.fit(records, self._golden)
            except LoadError as error:
                self._notes.append(texts.folder_broken(error.problems))
            else:
                return await self._from_folder(records, fitted, version.info.number)
            return await self._from_versions(version, records)
        try:
            await fitting.check(records)
        except LoadError as error:
            self._notes.append(texts.folder_broken(error.problems))
        return await self._from_versions(version, records)

    async def _published(self) -> Version | None:
        try:
            return await self._archive.live()
        except Unavailable as error:
            self._notes.append(texts.started_without_database(error))
        except StorageError as error:
            self._notes.append(texts.live_version_unreadable(error))
        return None

    async def _from_folder(self, records: RecordFiles, fitted: Fitted, replaces: int | None) -> Live:
        wanted = Wanted(records, replaces=replaces, seen=records.digests())
        figures = figures_of(fitted.measurement)
        number = None
        try:
            info = await self._archive.commit(wanted, by=START, summary={}, figures=figures)
            number = info.number
        except journal.Conflict:
            raise
        except StorageError as error:
            self._notes.append(texts.not_kept(error))
        return Live(fitted.base, records, fitted.measurement, START, number=number, notes=tuple(self._notes))

    async def _from_versions(self, live: Version, folder: RecordFiles | None) -> Live:
        """Take the live version or, if it cannot be read any more, the folder or the latest one that can."""
        good = await self._good(live)
        if good is None and folder is not None:
            try:
                return await self._from_folder(
                    folder, await fitting.fit(folder, self._golden), live.info.number
                )
            except LoadError as error:
                self._notes.append(texts.folder_broken(error.problems))
        if good is None:
            async for version in self._archive.past():
                if good := await self._good(version):
                    break
        if good is None:
            raise LoadError(self._problems)
        return good

    async def _good(self, version: Version) -> Live | None:
        records, info = RecordFiles(version.files), version.info
        try:
            fitted = await fitting.fit(records, self._golden)
        except LoadError as error:
            self._problems = self._problems or error.problems
            self._notes.append(texts.version_broken(info.number, error.problems))
            return None
        return Live(
            fitted.base,
            records,
            fitted.measurement,
            info.by,
            info.published_at,
            number=info.number,
            notes=tuple(self._notes),
        )
