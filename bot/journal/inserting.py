"""The one statement both databases have and SQLAlchemy keeps apart: insert, or on conflict do something."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection


def inserting(connection: AsyncConnection, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
    """Begin an insert that can be told what to do `on_conflict`."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)
