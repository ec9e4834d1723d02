"""Databases that go away for a while."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.bot.journal.postgres import PostgresServer
from tests.bot.journal.waiting import eventually


@asynccontextmanager
async def locked(url: str) -> AsyncIterator[None]:
    """Lock an SQLite file as another program would."""
    connection = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None, timeout=0)

    def lock() -> bool:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            return False
        return True

    try:
        await eventually(lock, "the lock")
        yield
    finally:
        connection.close()


@asynccontextmanager
async def stopped(server: PostgresServer) -> AsyncIterator[None]:
    """Crash the server, and start it again."""
    await asyncio.to_thread(server.stop, "immediate")
    try:
        yield
    finally:
        await asyncio.to_thread(server.start)


@asynccontextmanager
async def away(url: str, request: pytest.FixtureRequest) -> AsyncIterator[None]:
    """Take a database away for a while."""
    gone = locked(url) if url.startswith("sqlite") else stopped(request.getfixturevalue("postgres_server"))
    async with gone:
        yield
