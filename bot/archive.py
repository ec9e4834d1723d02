"""Versions of the records in the database, and what could become the next one."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.journal import Admin, Publication, Storage, StorageError, Version, VersionInfo
from bot.merging import merge
from bot.record_files import Folder, RecordFiles

START = Admin(None, "the bot as it started")

_FOLDER, _ORIGIN = "folder", "origin"
_PAGE = 25
_MOST_PAGES = 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """Files that are wanted live, and what they were made of, so that a later change is noticed.

    `replaces` is the number of the version live at that time and `draft` the draft's revision if there was
    one. `restores` is the version to roll back to. The names are of files, for people.
    """

    records: RecordFiles
    replaces: int | None = None
    draft: int | None = None
    restores: int | None = None
    from_folder: tuple[str, ...] = ()
    from_draft: tuple[str, ...] = ()
    overridden: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    seen: Mapping[str, str] = field(default_factory=dict)


class Archive:
    """Reads what is wanted and keeps what is published."""

    def __init__(self, storage: Storage, folder: Folder) -> None:
        self._storage = storage
        self._folder = folder

    async def wanted(self) -> Wanted:
        """Merge the live version, the folder and the draft; LoadError when the folder cannot be read."""
        folder = await asyncio.to_thread(self._folder.gather)
        draft = await self._storage.draft.read()
        live = await self._storage.versions.live()
        if live is None:
            files = RecordFiles(draft.over(folder.files))
            revision = draft.revision if draft.files else None
            return Wanted(files, draft=revision, from_draft=tuple(draft.files), seen=folder.digests())
        merged = merge(RecordFiles(live.files), folder, await self._seen(), draft)
        return Wanted(
            merged.records,
            replaces=live.info.number,
            draft=draft.revision if draft.files else None,
            from_folder=merged.from_folder,
            from_draft=tuple(draft.files),
            overridden=merged.overridden,
            kept=merged.kept,
            seen=merged.seen,
        )

    async def earlier(self, number: int) -> Wanted:
        """Read an earlier version to roll back to; NoSuchVersion when there is none of that number."""
        version = await self._storage.versions.version(number)
        live = await self._storage.versions.live_number()
        return Wanted(RecordFiles(version.files), replaces=live, restores=number)

    async def live_number(self) -> int | None:
        """Read which version is live."""
        return await self._storage.versions.live_number()

    async def live(self) -> Version | None:
        """Read the live version."""
        return await self._storage.versions.live()

    async def commit(
        self, wanted: Wanted, *, by: Admin, summary: Mapping[str, Any], figures: Mapping[str, Any]
    ) -> VersionInfo:
        """Make what is wanted live for all processes and for good; Conflict when something changed since."""
        versions = self._storage.versions
        if wanted.restores is not None:
            version = await versions.roll_back(wanted.restores, by=by, expected_live=wanted.replaces)
            return version.info
        origin = {_ORIGIN: "start"} if by == START else {}
        publication = Publication(
            files=wanted.records.files,
            by=by,
            summary={**summary, _FOLDER: dict(wanted.seen), **origin},
            figures=figures,
            draft_revision=wanted.draft,
        )
        return (await versions.publish(publication, expected_live=wanted.replaces)).info

    async def past(self) -> AsyncIterator[Version]:
        """Read the versions before the live one, newest first, leaving out what is damaged."""
        async for info in self._history():
            if not info.live:
                try:
                    yield await self._storage.versions.version(info.number)
                except StorageError:
                    continue

    async def _seen(self) -> Mapping[str, str]:
        """Find the folder's digests as of the newest version that knows them; a rollback does not."""
        async for info in self._history():
            seen = info.summary.get(_FOLDER)
            if isinstance(seen, dict):
                return seen
        return {}

    async def _history(self) -> AsyncIterator[VersionInfo]:
        before: int | None = None
        for _ in range(_MOST_PAGES):
            page = await self._storage.versions.history(_PAGE, before=before)
            for info in page:
                yield info
            if len(page) < _PAGE:
                return
            before = page[-1].number


def chosen_by_nobody(info: VersionInfo) -> bool:
    """Whether the bot took this version from the folder by itself as it started."""
    return info.summary.get(_ORIGIN) == "start"
