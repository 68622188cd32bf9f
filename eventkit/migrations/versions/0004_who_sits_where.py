"""Who sits where, how it was found, who has come, and the codes on badges."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ATTENDANCE = sa.Enum("EXPECTED", "HERE", "ABSENT", name="attendance")


def upgrade() -> None:
    op.add_column("person", sa.Column("attendance", ATTENDANCE, nullable=False, server_default="EXPECTED"))
    op.add_column("person", sa.Column("badge", sa.String(), nullable=False, server_default=""))
    _seatings()
    _seats()


def downgrade() -> None:
    for table in ("shown_round", "seat_move", "seat", "seating", "balanced_attribute", "known_vignette"):
        op.drop_table(table)
    op.drop_column("person", "badge")
    op.drop_column("person", "attendance")


def _seatings() -> None:
    op.create_table(
        "known_vignette",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("vignette_id", sa.String(), nullable=False),
        sa.Column("known_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_known_vignette_event_id")),
        sa.PrimaryKeyConstraint("event_id", "vignette_id", name=op.f("pk_known_vignette")),
    )
    op.create_table(
        "balanced_attribute",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_balanced_attribute_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_balanced_attribute")),
        sa.UniqueConstraint("event_id", "name", name=op.f("uq_balanced_attribute_event_id")),
    )
    op.create_index(op.f("ix_balanced_attribute_event_id"), "balanced_attribute", ["event_id"])
    op.create_table(
        "seating",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=True),
        sa.Column("names_shown", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_seating_event_id")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_seating")),
    )
    op.create_table(
        "shown_round",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("shown_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_shown_round_event_id")),
        sa.PrimaryKeyConstraint("event_id", "round", name=op.f("pk_shown_round")),
    )


def _seats() -> None:
    op.create_table(
        "seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("person_pk", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("table", sa.String(), nullable=False),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_seat_event_id")),
        sa.ForeignKeyConstraint(["person_pk"], ["person.id"], name=op.f("fk_seat_person_pk"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
        sa.UniqueConstraint("person_pk", "round", name=op.f("uq_seat_person_pk")),
    )
    op.create_index(op.f("ix_seat_event_id"), "seat", ["event_id"])
    op.create_index(op.f("ix_seat_person_pk"), "seat", ["person_pk"])
    op.create_table(
        "seat_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("person_pk", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_seat_move_event_id")),
        sa.ForeignKeyConstraint(["person_pk"], ["person.id"], name=op.f("fk_seat_move_person_pk"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_move")),
    )
    op.create_index(op.f("ix_seat_move_event_id"), "seat_move", ["event_id"])
    op.create_index(op.f("ix_seat_move_person_pk"), "seat_move", ["person_pk"])
