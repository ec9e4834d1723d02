"""Where the database is: the URL people write, checked, and a name for it that never holds a password."""

from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.journal.errors import Unusable

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}
_FORMS = "sqlite:///path/to/file.sqlite3 or postgresql://user:password@host/database"


def parse_address(address: str) -> URL:
    """Read a database URL; the scheme may be the usual one, without a driver.

    No error repeats any part of `address`, because it may hold a password in an unexpected place.
    """
    try:
        url = make_url(address)
        driver = _DRIVERS[url.drivername]
    except (ArgumentError, ValueError, KeyError):
        raise Unusable(
            f"The setting DATABASE_URL is wrong: it is not of a known form; write {_FORMS}."
        ) from None
    url = url.set(drivername=driver)
    if driver.startswith("sqlite"):
        if not url.database or url.database.startswith((":memory:", "file:")):
            raise Unusable(
                "The setting DATABASE_URL is wrong: it names no file; write sqlite:///path/to/file.sqlite3."
            )
        return url
    if find_spec("asyncpg") is None:
        raise Unusable('PostgreSQL needs the extra "postgres"; install verbatim-bot[postgres].')
    return _with_asyncpgs_words(url)


def _with_asyncpgs_words(url: URL) -> URL:
    """Accept `sslmode`, libpq's word that hosting companies put into their URLs."""
    mode = url.query.get("sslmode")
    if mode is None:
        return url
    return url.difference_update_query(["sslmode"]).update_query_dict({"ssl": mode})


def name_of(url: URL) -> str:
    """Name the database for people: the file, or the database and its server, without user or password."""
    if url.drivername.startswith("sqlite"):
        return f"database file {url.database}"
    return f"PostgreSQL database {url.database or url.username} on {url.host or 'this machine'}"


def file_of(url: URL) -> Path | None:
    """Return the file of an SQLite database, None for PostgreSQL."""
    return Path(str(url.database)) if url.drivername.startswith("sqlite") else None
