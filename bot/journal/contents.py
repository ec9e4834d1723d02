"""File contents, stored once each under their SHA-256."""

import hashlib
import re
import zlib
from collections.abc import Collection, Mapping

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.journal.errors import BadFileName, StorageError
from bot.journal.inserting import inserting
from bot.journal.tables import contents, draft_files, version_files

LONGEST_NAME = 200
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*")


def check_name(name: str) -> None:
    """Refuse a name that could lead out of the folder it is exported to, or that no file system takes."""
    if len(name) > LONGEST_NAME or not _NAME.fullmatch(name):
        raise BadFileName(
            f"{name[:LONGEST_NAME]!r} can't be the name of a file of the records; use letters, digits,"
            " dots, hyphens and underscores."
        )


def digest_of(content: bytes) -> str:
    """Return the name under which a content is stored."""
    return hashlib.sha256(content).hexdigest()


def content_hash(files: Mapping[str, bytes]) -> str:
    """One hash for a whole set of files: equal exactly when names and bytes are equal."""
    lines = (f"{digest_of(content)} {name}\n" for name, content in sorted(files.items()))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


async def keep(connection: AsyncConnection, blobs: Collection[bytes]) -> None:
    """Store what is not stored yet."""
    rows = {digest_of(blob): blob for blob in blobs}
    # In one order, so that two transactions never wait for each other's rows crosswise.
    packed = [{"digest": digest, "packed": zlib.compress(blob)} for digest, blob in sorted(rows.items())]
    if packed:
        await connection.execute(inserting(connection, contents).on_conflict_do_nothing(), packed)


def unpack(packed: bytes, digest: str, name: str) -> bytes:
    """Read a content back, making sure that it is what was stored."""
    try:
        content = zlib.decompress(packed)
    except zlib.error:
        content = b""
    if digest_of(content) != digest:
        raise StorageError(f"The stored file {name} is damaged; publish it again or roll back.")
    return content


async def drop_unused(connection: AsyncConnection) -> None:
    """Delete contents that neither a version nor the draft has; only while holding the records' lock."""
    used = sa.select(version_files.c.digest).union(
        sa.select(draft_files.c.digest).where(draft_files.c.digest.is_not(None))
    )
    await connection.execute(sa.delete(contents).where(contents.c.digest.not_in(used)))
