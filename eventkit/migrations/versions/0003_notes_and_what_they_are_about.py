"""Notes on walls, and the themes that they stand under."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

DATES = ("opened_at", "closed_at", "revealed_at", "dots_opened_at", "dots_counted_at")


def upgrade() -> None:
    for name in DATES:
        op.add_column("wall", sa.Column(name, sa.String(), nullable=True))
    op.add_column("wall", sa.Column("seen", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("theme", sa.Column("gone", sa.Boolean(), nullable=False, server_default=sa.false()))
    _notes()
    _annotations()


def downgrade() -> None:
    for table in ("change", "annotation", "wall_screen", "note"):
        op.drop_table(table)
    op.drop_column("theme", "gone")
    op.drop_column("wall", "seen")
    for name in reversed(DATES):
        op.drop_column("wall", name)


def _notes() -> None:
    op.create_table(
        "note",
        sa.Column("note_id", sa.String(), nullable=False),
        sa.Column("wall_pk", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("status", sa.Enum("WAITING", "SHOWN", "HIDDEN", "MERGED", name="status"), nullable=False),
        sa.Column("author", sa.String(), nullable=True),
        sa.Column("paper", sa.Boolean(), nullable=False),
        sa.Column("cell", sa.Integer(), nullable=True),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("merged_into", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("dots", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["wall_pk"], ["wall.id"], name=op.f("fk_note_wall_pk")),
        sa.PrimaryKeyConstraint("note_id", name=op.f("pk_note")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_note_wall_pk"), "note", ["wall_pk"])
    op.create_table(
        "wall_screen",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("wall_id", sa.String(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("themes", sa.Boolean(), nullable=False),
        sa.Column("spotlight", sa.String(), nullable=False),
        sa.Column("turning", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_wall_screen_event_id")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_wall_screen")),
    )


def _annotations() -> None:
    op.create_table(
        "annotation",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Enum("WALL_NOTE", name="kind"), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("theme_pk", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_annotation_event_id")),
        sa.ForeignKeyConstraint(["theme_pk"], ["theme.id"], name=op.f("fk_annotation_theme_pk")),
        sa.PrimaryKeyConstraint("event_id", "kind", "item_id", name=op.f("pk_annotation")),
    )
    op.create_index(op.f("ix_annotation_theme_pk"), "annotation", ["theme_pk"])
    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("batch", sa.String(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("kind", sa.Enum("WALL_NOTE", name="kind"), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("before", sa.Integer(), nullable=True),
        sa.Column("after", sa.Integer(), nullable=True),
        sa.Column("label", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_change_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    op.create_index(op.f("ix_change_event_id"), "change", ["event_id"])
