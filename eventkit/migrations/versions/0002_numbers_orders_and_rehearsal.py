"""Numbers, orders, the screen's aids, and rehearsal."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("box", sa.Column("size", sa.Integer(), nullable=False, server_default="16"))
    op.add_column("event", sa.Column("rehearsal", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("round", sa.Column("exact", sa.Integer(), nullable=True))
    op.add_column("round", sa.Column("turned", sa.Integer(), nullable=True))
    op.add_column("stage", sa.Column("text_size", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("stage", sa.Column("timer_until", sa.String(), nullable=True))
    _rebuild(sa.Column("option_id", sa.String(), nullable=False), sa.Column("rank", sa.Integer(), nullable=False))
    op.execute("INSERT INTO tally SELECT round_pk, option_id, 0, votes FROM tally_before")
    op.drop_table("tally_before")


def downgrade() -> None:
    _rebuild(sa.Column("option_id", sa.String(), nullable=False))
    # What one answer had at several ranks becomes one number again.
    op.execute("INSERT INTO tally SELECT round_pk, option_id, sum(votes) FROM tally_before GROUP BY 1, 2")
    op.drop_table("tally_before")
    for table, column in (
        ("stage", "timer_until"), ("stage", "text_size"), ("round", "turned"), ("round", "exact"),
        ("event", "rehearsal"), ("box", "size"),
    ):  # fmt: skip
        op.drop_column(table, column)


def _rebuild(*keys: sa.Column[str] | sa.Column[int]) -> None:
    """An empty `tally` with this key beside the round; SQLite cannot change the key of a table that is there."""
    op.rename_table("tally", "tally_before")
    op.create_table(
        "tally",
        sa.Column("round_pk", sa.Integer(), nullable=False),
        *keys,
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["round_pk"], ["round.id"], name=op.f("fk_tally_round_pk")),
        sa.PrimaryKeyConstraint("round_pk", *(key.name for key in keys), name=op.f("pk_tally")),
    )
