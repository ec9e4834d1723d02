"""One database, SQLite or PostgreSQL: its connections, its tables made ready, its errors in words."""

import asyncio
import os
import sqlite3
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from bot.journal.addresses import file_of, name_of, parse_address
from bot.journal.errors import Unusable, in_words
from bot.journal.migrating import upgrade


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long to wait for the database, in seconds: for a connection, a lock, a statement, a migration."""

    connect: float = 5.0
    lock: float = 5.0
    statement: float = 30.0
    migration: float = 60.0


class Database:
    """Connections to the database at `address`; nothing is opened before the first use.

    The tables are made ready on first use too, so that a bot started while the database is away goes on by
    itself when it comes back; `upgrade` does it at once. `name` is for people and holds no password.
    `pragmas` are further SQLite settings for each connection.
    """

    def __init__(
        self, address: str, *, patience: Patience | None = None, pragmas: Mapping[str, int] | None = None
    ) -> None:
        self._url = parse_address(address)
        self._patience = patience or Patience()
        self._pragmas = dict(pragmas or {})
        self._file = file_of(self._url)
        self._engine = self._make_engine()
        self._writer = self._engine.execution_options(sqlite_begin="IMMEDIATE")
        self._ready = False
        self._getting_ready = asyncio.Lock()
        self.name = name_of(self._url)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Lend a connection to read from: one unchanging view of the database on SQLite."""
        await self.upgrade()
        with self._in_words():
            async with self._engine.connect() as connection:
                yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """Lend a transaction: kept whole when the block ends, undone whole when it raises."""
        await self.upgrade()
        with self._in_words():
            async with self._writer.begin() as connection:
                yield connection

    async def upgrade(self) -> None:
        """Make the database ready: the file and its folder, and the tables of this release."""
        if not self._ready:
            async with self._getting_ready:
                await self._get_ready()

    async def _get_ready(self) -> None:
        if self._ready:  # somebody else's call was first
            return
        with self._in_words():
            if self._file is not None:
                await asyncio.to_thread(_prepare_file, self._file, self._patience.lock)
            patient = self._make_engine(for_migration=True)
            try:
                await upgrade(patient)
            finally:
                await patient.dispose()
        self._ready = True

    async def scrub(self) -> None:
        """Leave no deleted text behind in the files of SQLite, as far as other readers allow it now.

        Deleted rows are overwritten in the database file, but older states of its pages lie in the
        write-ahead log until that is emptied. PostgreSQL does the like by itself when it vacuums.
        """
        if self._file is None:
            return
        with self._in_words():
            async with self._engine.connect() as connection:
                # Past SQLAlchemy, which would begin a transaction.
                driver: Any = (await connection.get_raw_connection()).driver_connection
                await driver.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")

    async def aclose(self) -> None:
        """Close every connection."""
        await self._engine.dispose()

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            worded = in_words(error, self.name)
            if worded is None:
                raise
            raise worded from error

    def _make_engine(self, *, for_migration: bool = False) -> AsyncEngine:
        pool: dict[str, Any] = {"poolclass": NullPool} if for_migration else {}
        patience = self._patience
        if self._file is not None:
            engine = create_async_engine(self._url, hide_parameters=True, **pool)
            lock = patience.migration if for_migration else patience.lock
            _settle_sqlite(engine, lock, self._pragmas)
            return engine
        return create_async_engine(
            self._url,
            hide_parameters=True,
            pool_pre_ping=True,
            connect_args={
                "timeout": patience.connect,
                "command_timeout": patience.migration if for_migration else patience.statement,
                "server_settings": {"timezone": "UTC", "application_name": "verbatim"},
            },
            **pool,
        )


def _settle_sqlite(engine: AsyncEngine, lock_seconds: float, further: Mapping[str, int]) -> None:
    """Set up each connection, and begin transactions ourselves.

    Python's driver begins them late and never for reads or for changes of tables. A writer takes the lock at
    once (IMMEDIATE): one that began as a reader could not wait for it and would fail.
    """
    pragmas = {
        "busy_timeout": round(lock_seconds * 1000),
        "foreign_keys": 1,
        "secure_delete": 1,  # what was forgotten must not remain readable in the file
        **further,
    }

    def set_up(connection: Any, _: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for name, value in pragmas.items():
            cursor.execute(f"PRAGMA {name} = {value}")
        cursor.close()

    def begin(connection: sa.Connection) -> None:
        kind = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {kind}")

    sa.event.listen(engine.sync_engine, "connect", set_up)
    sa.event.listen(engine.sync_engine, "begin", begin)


def _prepare_file(file: Path, lock_seconds: float) -> None:
    """Make the folder and the file, for the bot's own eyes, and switch the file to write-ahead logging.

    The switch needs the file alone and does not wait for it like other statements do, so it is tried again
    until `lock_seconds` have passed.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise Unusable(
            f"The database file {file} can't be opened ({error.strerror}); check its path and that the bot"
            " may write in its folder."
        ) from error
    deadline = time.monotonic() + lock_seconds
    with closing(sqlite3.connect(file, timeout=lock_seconds, isolation_level=None)) as connection:
        while not _switched(connection, last_try=time.monotonic() > deadline):
            time.sleep(0.02)


def _switched(connection: sqlite3.Connection, *, last_try: bool) -> bool:
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        if last_try or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True
