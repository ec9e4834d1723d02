"""Questions, votes and opt-outs: the first released tables."""

import sqlalchemy as sa
from alembic.operations import Operations

revision = "0001"
down_revision = None

_OUTCOMES = (
    "'answer', 'chosen', 'clarify', 'none_of_these', 'not_stated', 'out_of_scope', 'small_talk', 'too_long', "
    "'cooldown', 'failed'"
)
_PLACES = "'server', 'dm', 'group', 'mention', 'menu', 'console'"


def _row_id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade(op: Operations) -> None:
    """Make the tables of the journal."""
    op.create_table(
        "questions",
        sa.Column("id", _row_id(), nullable=False),
        sa.Column("handle", sa.String(32), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("record", sa.String(64)),
        sa.Column("score", sa.Float()),
        sa.Column("runner_up", sa.String(64)),
        sa.Column("records_version", sa.String(64), nullable=False),
        sa.Column("locale", sa.String(16), nullable=False),
        sa.Column("place", sa.String(16), nullable=False),
        sa.Column("latency_ms", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_questions"),
        sa.UniqueConstraint("handle", name="uq_questions_handle"),
        sa.CheckConstraint(f"outcome IN ({_OUTCOMES})", name="ck_questions_outcome"),
        sa.CheckConstraint(f"place IN ({_PLACES})", name="ck_questions_place"),
    )
    op.create_index("ix_questions_asked_at", "questions", ["asked_at"])
    op.create_table(
        "votes",
        sa.Column("question_id", _row_id(), nullable=False),
        sa.Column("helpful", sa.Boolean(), nullable=False),
        sa.Column("voted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("question_id", name="pk_votes"),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], ondelete="CASCADE", name="fk_votes_question_id"
        ),
    )
    op.create_table(
        "opt_outs",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name="pk_opt_outs"),
    )
