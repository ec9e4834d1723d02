"""Published versions of the records, and which one is live."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.journal import audit, contents
from bot.journal.admins import Admin, JsonObject
from bot.journal.database import Database
from bot.journal.errors import Conflict, NoSuchVersion
from bot.journal.tables import contents as stored
from bot.journal.tables import draft, draft_files, live, version_files, versions


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionInfo:
    """One published version, without its files.

    `summary` is what changed and `figures` what the golden questions measured, as the publisher gave them.
    `restores` is the version whose files a rollback put back.
    """

    number: int
    content_hash: str
    published_at: datetime
    by: Admin
    summary: JsonObject
    figures: JsonObject
    restores: int | None
    live: bool


@dataclass(frozen=True, slots=True)
class Version:
    """One published version with its files, by name."""

    info: VersionInfo
    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What an admin wants to make live.

    `content_hash` is the name by which the journal's rows know these records; without one it is made of the
    files. `draft_revision` is the revision of the draft the files came from: the draft is emptied in the same
    transaction, and a draft changed since is a `Conflict`.
    """

    files: Mapping[str, bytes]
    by: Admin
    summary: JsonObject = field(default_factory=dict)
    figures: JsonObject = field(default_factory=dict)
    content_hash: str = ""
    draft_revision: int | None = None


class Versions:
    """The history of the records; it is only ever added to."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def publish(self, publication: Publication, *, expected_live: int | None) -> Version:
        """Make files live, if `expected_live` (None: nothing yet) is still the live version.

        Else `Conflict`: another admin was first, and nothing has changed. All is one transaction, so that
        whatever happens the live version is the old one or the new one.
        """
        for name in publication.files:
            contents.check_name(name)
        async with self._database.writing() as connection:
            await _expect_live(connection, expected_live)
            if publication.draft_revision is not None:
                await _empty_draft(connection, publication.draft_revision)
            return await _add(connection, publication, expected_live, restores=None)

    async def roll_back(self, number: int, *, by: Admin, expected_live: int | None) -> Version:
        """Publish the files of an earlier version again, as a new version with that one's figures."""
        async with self._database.writing() as connection:
            await _expect_live(connection, expected_live)
            old = await _read(connection, number)
            publication = Publication(
                files=old.files,
                by=by,
                summary={"restores": number},
                figures=old.info.figures,
                content_hash=old.info.content_hash,
            )
            return await _add(connection, publication, expected_live, restores=number)

    async def live(self) -> Version | None:
        """Read the live version, None when nothing was ever published."""
        async with self._database.reading() as connection:
            number = await _live_number(connection)
            return None if number is None else await _read(connection, number)

    async def live_number(self) -> int | None:
        """Read the number of the live version: a small question, for other processes to ask often."""
        async with self._database.reading() as connection:
            return await _live_number(connection)

    async def version(self, number: int) -> Version:
        """One version with its files; `NoSuchVersion` when there is none of that number."""
        async with self._database.reading() as connection:
            return await _read(connection, number)

    async def history(self, limit: int = 25, *, before: int | None = None) -> tuple[VersionInfo, ...]:
        """List the latest versions, newest first; `before` a number for the next page."""
        statement = _infos().order_by(versions.c.number.desc()).limit(limit)
        if before is not None:
            statement = statement.where(versions.c.number < before)
        async with self._database.reading() as connection:
            return tuple(_info(row) for row in await connection.execute(statement))


async def lock_records(connection: AsyncConnection) -> int | None:
    """Let no other transaction change versions or the draft until this one ends; the live version's number.

    SQLite has locked the whole file already and ignores FOR UPDATE.
    """
    number: int | None = await connection.scalar(sa.select(live.c.number).with_for_update())
    return number


async def _expect_live(connection: AsyncConnection, expected: int | None) -> None:
    number = await lock_records(connection)
    if number != expected:
        now = "nothing" if number is None else f"version {number}"
        raise Conflict(f"Another admin published meanwhile: {now} is live; look at it and try again.")


async def _empty_draft(connection: AsyncConnection, revision: int) -> None:
    emptied = await connection.execute(
        sa.update(draft)
        .where(draft.c.revision == revision)
        .values(revision=draft.c.revision + 1, based_on=None)
    )
    if emptied.rowcount == 0:
        raise Conflict("The draft was changed meanwhile; check it again before it is published.")
    await connection.execute(sa.delete(draft_files))


async def _live_number(connection: AsyncConnection) -> int | None:
    number: int | None = await connection.scalar(sa.select(live.c.number))
    return number


async def _add(
    connection: AsyncConnection, publication: Publication, replaces: int | None, *, restores: int | None
) -> Version:
    newest: int | None = await connection.scalar(sa.select(sa.func.max(versions.c.number)))
    number = (newest or 0) + 1
    files = dict(publication.files)
    row = {
        "number": number,
        "content_hash": publication.content_hash or contents.content_hash(files),
        "published_at": datetime.now(UTC),
        **audit.signature(publication.by),
        "summary": dict(publication.summary),
        "figures": dict(publication.figures),
        "restores": restores,
    }
    await contents.keep(connection, files.values())
    await connection.execute(sa.insert(versions), row)
    if files:
        named = [
            {"number": number, "name": name, "digest": contents.digest_of(content)}
            for name, content in files.items()
        ]
        await connection.execute(sa.insert(version_files), named)
    await connection.execute(sa.update(live).values(number=number))
    await contents.drop_unused(connection)
    action = "publish" if restores is None else "rollback"
    detail = {"version": number, "replaces": replaces, "restores": restores}
    await audit.note(connection, publication.by, action, detail)
    return await _read(connection, number)


async def _read(connection: AsyncConnection, number: int) -> Version:
    row = (await connection.execute(_infos().where(versions.c.number == number))).one_or_none()
    if row is None:
        raise NoSuchVersion(f"There is no version {number}; the history lists those there are.")
    statement = (
        sa.select(version_files.c.name, version_files.c.digest, stored.c.packed)
        .join(stored, stored.c.digest == version_files.c.digest)
        .where(version_files.c.number == number)
        .order_by(version_files.c.name)
    )
    files = {
        name: contents.unpack(packed, digest, name)
        for name, digest, packed in await connection.execute(statement)
    }
    return Version(_info(row), MappingProxyType(files))


def _infos() -> sa.Select[Any]:
    is_live = versions.c.number == sa.select(live.c.number).scalar_subquery()
    return sa.select(versions, sa.func.coalesce(is_live, sa.false()).label("is_live"))


def _info(row: sa.Row[Any]) -> VersionInfo:
    return VersionInfo(
        number=row.number,
        content_hash=row.content_hash,
        published_at=row.published_at,
        by=Admin(row.admin_id, row.admin_name),
        summary=row.summary,
        figures=row.figures,
        restores=row.restores,
        live=bool(row.is_live),
    )
