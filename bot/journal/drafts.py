"""The one draft that all admins share: the files that differ from the live version."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.journal import audit, contents
from bot.journal.admins import Admin
from bot.journal.database import Database
from bot.journal.errors import Conflict
from bot.journal.inserting import inserting
from bot.journal.tables import contents as stored
from bot.journal.tables import draft, draft_files
from bot.journal.versions import lock_records


@dataclass(frozen=True, slots=True)
class DraftFile:
    """One file that differs: its new content, or None when the file is to go; and who did it last."""

    content: bytes | None
    changed_at: datetime
    by: Admin


@dataclass(frozen=True, slots=True)
class Draft:
    """The draft at one revision.

    `based_on` is the version that was live when the first file was changed: publish with it as
    `expected_live`, and a version published in between is noticed. None for an empty draft, or when nothing
    was live.
    """

    revision: int
    based_on: int | None
    files: Mapping[str, DraftFile]

    def over(self, live: Mapping[str, bytes]) -> dict[str, bytes]:
        """Return the files that publishing this draft over the live ones would make live."""
        merged = dict(live)
        for name, file in self.files.items():
            if file.content is None:
                merged.pop(name, None)
            else:
                merged[name] = file.content
        return merged


class DraftStore:
    """Reads and changes the draft.

    Each change names the revision it was made from and raises `Conflict` when another admin changed the
    draft since; it returns the draft as it then is.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def read(self) -> Draft:
        """Read the draft as it is now."""
        async with self._database.reading() as connection:
            return await _read(connection)

    async def put(self, name: str, content: bytes, *, revision: int, by: Admin) -> Draft:
        """Give a file a new content."""
        return await self._change(name, content, revision, by, "draft.put")

    async def delete(self, name: str, *, revision: int, by: Admin) -> Draft:
        """Let a file of the live version go when the draft is published."""
        return await self._change(name, None, revision, by, "draft.delete")

    async def discard(self, name: str, *, revision: int, by: Admin) -> Draft:
        """Take back what the draft says of a file: the live one stays as it is."""
        async with self._database.writing() as connection:
            await _next_revision(connection, revision)
            await connection.execute(sa.delete(draft_files).where(draft_files.c.name == name))
            return await _finish(connection, by, "draft.discard", {"file": name})

    async def clear(self, *, revision: int, by: Admin) -> Draft:
        """Take back the whole draft."""
        async with self._database.writing() as connection:
            await _next_revision(connection, revision)
            await connection.execute(sa.delete(draft_files))
            return await _finish(connection, by, "draft.clear", {})

    async def _change(self, name: str, content: bytes | None, revision: int, by: Admin, action: str) -> Draft:
        contents.check_name(name)
        row = {
            "digest": None if content is None else contents.digest_of(content),
            "changed_at": datetime.now(UTC),
            **audit.signature(by),
        }
        async with self._database.writing() as connection:
            await _next_revision(connection, revision)
            if content is not None:
                await contents.keep(connection, [content])
            insert = inserting(connection, draft_files).values(name=name, **row)
            await connection.execute(insert.on_conflict_do_update(index_elements=["name"], set_=row))
            return await _finish(connection, by, action, {"file": name})


async def _next_revision(connection: AsyncConnection, revision: int) -> None:
    live = await lock_records(connection)
    if await connection.scalar(sa.select(sa.func.count()).select_from(draft_files)) == 0:
        await connection.execute(sa.update(draft).values(based_on=live))
    moved = await connection.execute(
        sa.update(draft).where(draft.c.revision == revision).values(revision=revision + 1)
    )
    if moved.rowcount == 0:
        raise Conflict("Another admin changed the draft meanwhile; look at it and try again.")


async def _finish(connection: AsyncConnection, by: Admin, action: str, detail: dict[str, str]) -> Draft:
    await contents.drop_unused(connection)
    changed = await _read(connection)
    if not changed.files:
        await connection.execute(sa.update(draft).values(based_on=None))
        changed = Draft(changed.revision, None, changed.files)
    await audit.note(connection, by, action, {**detail, "revision": changed.revision})
    return changed


async def _read(connection: AsyncConnection) -> Draft:
    revision, based_on = (await connection.execute(sa.select(draft.c.revision, draft.c.based_on))).one()
    statement = (
        sa.select(draft_files, stored.c.packed)
        .outerjoin(stored, stored.c.digest == draft_files.c.digest)
        .order_by(draft_files.c.name)
    )
    files = {
        row.name: DraftFile(
            None if row.digest is None else contents.unpack(row.packed, row.digest, row.name),
            row.changed_at,
            Admin(row.admin_id, row.admin_name),
        )
        for row in await connection.execute(statement)
    }
    return Draft(revision, based_on, MappingProxyType(files))
