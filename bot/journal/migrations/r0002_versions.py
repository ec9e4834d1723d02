"""Published versions, the shared draft and the audit of what admins do."""

import sqlalchemy as sa
from alembic.operations import Operations

revision = "0002"
down_revision = "0001"


def _by_whom() -> list[sa.Column[object]]:
    return [sa.Column("admin_id", sa.BigInteger()), sa.Column("admin_name", sa.String(100), nullable=False)]


def upgrade(op: Operations) -> None:
    """Make the tables, with the single rows of `live` and `draft`."""
    _make_versions(op)
    _make_draft(op)
    op.create_table(
        "audit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *_by_whom(),
        sa.Column("action", sa.String(64), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_at", "audit", ["at"])


def _make_versions(op: Operations) -> None:
    op.create_table(
        "contents",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_contents"),
    )
    op.create_table(
        "versions",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        *_by_whom(),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("restores", sa.Integer()),
        sa.PrimaryKeyConstraint("number", name="pk_versions"),
        sa.ForeignKeyConstraint(["restores"], ["versions.number"], name="fk_versions_restores"),
    )
    op.create_table(
        "version_files",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("number", "name", name="pk_version_files"),
        sa.ForeignKeyConstraint(["number"], ["versions.number"], name="fk_version_files_number"),
        sa.ForeignKeyConstraint(["digest"], ["contents.digest"], name="fk_version_files_digest"),
    )
    live = op.create_table(
        "live",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="pk_live"),
        sa.ForeignKeyConstraint(["number"], ["versions.number"], name="fk_live_number"),
        sa.CheckConstraint("id = 1", name="ck_live_one_row"),
    )
    op.execute(sa.insert(live).values(id=1))


def _make_draft(op: Operations) -> None:
    draft = op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("based_on", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
        sa.ForeignKeyConstraint(["based_on"], ["versions.number"], name="fk_draft_based_on"),
        sa.CheckConstraint("id = 1", name="ck_draft_one_row"),
    )
    op.execute(sa.insert(draft).values(id=1, revision=0))
    op.create_table(
        "draft_files",
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("digest", sa.String(64)),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        *_by_whom(),
        sa.PrimaryKeyConstraint("name", name="pk_draft_files"),
        sa.ForeignKeyConstraint(["digest"], ["contents.digest"], name="fk_draft_files_digest"),
    )
