"""Databases for tests: an SQLite file and a PostgreSQL server, the same tests on both.

Other folders reuse them by importing the fixtures into their own conftest, all four:
`from tests.bot.journal.conftest import database_url, postgres_server, postgresql_url, sqlite_url`.
"""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.journal import Database, Storage, build_storage
from tests.bot.journal.postgres import NoPostgres, PostgresServer


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """Start a server of our own at the first test that needs it; skip where there is none to start."""
    try:
        server = PostgresServer()
    except NoPostgres as reason:
        pytest.skip(str(reason))
    try:
        server.create()
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Return the URL of a file that does not exist yet, in a folder that does not either."""
    return f"sqlite:///{tmp_path}/data/verbatim.sqlite3"


@pytest.fixture
def postgresql_url(postgres_server: PostgresServer) -> Iterator[str]:
    """Return the URL of an empty database."""
    url = postgres_server.create_database()
    yield url
    postgres_server.drop_database(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Return the URL of an empty database; a test that asks for it runs on both."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """Open a database with its tables."""
    database = Database(database_url)
    await database.upgrade()
    yield database
    await database.aclose()


@pytest.fixture
def storage(database: Database) -> Storage:
    """All parts on one database; what runs by itself is not started."""
    return build_storage(database)
