"""The tables as the newest migration leaves them."""

from datetime import UTC, datetime
from enum import StrEnum

import sqlalchemy as sa

from bot.journal.entries import OutcomeKind, Place

metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

# SQLite numbers rows by itself only in a column of exactly this type.
RowId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


class UtcTime(sa.TypeDecorator[datetime]):
    """A moment in UTC; a time without a zone is refused, because its meaning would depend on the machine."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Turn a moment into UTC on its way in."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment to store needs a time zone; use datetime.now(UTC)")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Give a moment its zone, which SQLite does not keep."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _one_of(column: str, values: type[StrEnum]) -> sa.CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=column)


# The journal. No column here may come from who asked: no user, server, channel or message id, and no hash.
questions = sa.Table(
    "questions",
    metadata,
    sa.Column("id", RowId, primary_key=True),
    sa.Column("handle", sa.String(32), nullable=False, unique=True),
    sa.Column("asked_at", UtcTime, nullable=False, index=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("outcome", sa.String(16), nullable=False),
    sa.Column("record", sa.String(64)),
    sa.Column("score", sa.Float),
    sa.Column("runner_up", sa.String(64)),
    sa.Column("records_version", sa.String(64), nullable=False),
    sa.Column("locale", sa.String(16), nullable=False),
    sa.Column("place", sa.String(16), nullable=False),
    sa.Column("latency_ms", sa.Integer, nullable=False),
    _one_of("outcome", OutcomeKind),
    _one_of("place", Place),
)

votes = sa.Table(
    "votes",
    metadata,
    sa.Column("question_id", RowId, sa.ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("helpful", sa.Boolean, nullable=False),
    sa.Column("voted_at", UtcTime, nullable=False),
)

# The one table with members' ids, each there because that member asked for it.
opt_outs = sa.Table(
    "opt_outs",
    metadata,
    sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("since", UtcTime, nullable=False),
)

# Versions and the draft share file contents by their SHA-256: most versions change one file of many.
contents = sa.Table(
    "contents",
    metadata,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("packed", sa.LargeBinary, nullable=False),
)

versions = sa.Table(
    "versions",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("content_hash", sa.String(64), nullable=False),
    sa.Column("published_at", UtcTime, nullable=False),
    sa.Column("admin_id", sa.BigInteger),
    sa.Column("admin_name", sa.String(100), nullable=False),
    sa.Column("summary", sa.JSON, nullable=False),
    sa.Column("figures", sa.JSON, nullable=False),
    sa.Column("restores", sa.Integer, sa.ForeignKey("versions.number")),
)

version_files = sa.Table(
    "version_files",
    metadata,
    sa.Column("number", sa.Integer, sa.ForeignKey("versions.number"), primary_key=True),
    sa.Column("name", sa.String(200), primary_key=True),
    sa.Column("digest", sa.String(64), sa.ForeignKey("contents.digest"), nullable=False),
)

# One row each, made by the migration, so that there is always something to lock.
live = sa.Table(
    "live",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("number", sa.Integer, sa.ForeignKey("versions.number")),
    sa.CheckConstraint("id = 1", name="one_row"),
)

draft = sa.Table(
    "draft",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("based_on", sa.Integer, sa.ForeignKey("versions.number")),
    sa.CheckConstraint("id = 1", name="one_row"),
)

draft_files = sa.Table(
    "draft_files",
    metadata,
    sa.Column("name", sa.String(200), primary_key=True),
    sa.Column("digest", sa.String(64), sa.ForeignKey("contents.digest")),
    sa.Column("changed_at", UtcTime, nullable=False),
    sa.Column("admin_id", sa.BigInteger),
    sa.Column("admin_name", sa.String(100), nullable=False),
)

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("id", RowId, primary_key=True),
    sa.Column("at", UtcTime, nullable=False, index=True),
    sa.Column("admin_id", sa.BigInteger),
    sa.Column("admin_name", sa.String(100), nullable=False),
    sa.Column("action", sa.String(64), nullable=False),
    sa.Column("detail", sa.JSON, nullable=False),
)
