"""What tables say of stories, agree to and record; the ways in of their hosts."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("event", sa.Column("recordings_until", sa.Date(), nullable=True))
    op.add_column("role_link", sa.Column("table", sa.String(), nullable=False, server_default=""))
    op.add_column("role_link", sa.Column("beside", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("vignette", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    _said()
    _recorded()


def downgrade() -> None:
    for table in (
        "redaction", "recording", "passage", "consent", "host_call", "point", "story_round", "vignette_version",
        "discussion",
    ):  # fmt: skip
        op.drop_table(table)
    op.drop_column("vignette", "version")
    op.drop_column("role_link", "beside")
    op.drop_column("role_link", "table")
    op.drop_column("event", "recordings_until")


def _said() -> None:
    op.create_table(
        "discussion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("table", sa.String(), nullable=False),
        sa.Column("vignette_id", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_discussion_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discussion")),
        sa.UniqueConstraint("event_id", "table", "vignette_id", name=op.f("uq_discussion_event_id")),
    )
    op.create_index(op.f("ix_discussion_event_id"), "discussion", ["event_id"])

    op.create_table(
        "host_call",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("table", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_host_call_event_id")),
        sa.PrimaryKeyConstraint("event_id", "table", name=op.f("pk_host_call")),
    )
    op.create_table(
        "story_round",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("story", sa.Integer(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("one_by_one", sa.Boolean(), nullable=False),
        sa.Column("prompt", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_story_round_event_id")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_story_round")),
    )
    op.create_table(
        "point",
        sa.Column("point_id", sa.String(), nullable=False),
        sa.Column("discussion_id", sa.Integer(), nullable=False),
        sa.Column("prompt_id", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("mark", sa.Enum("PLAIN", "QUOTE", "IDEA", "SERVICE", "BARRIER", name="mark"), nullable=False),
        sa.Column("written_by", sa.Enum("HOST", "PHONE", name="writtenby"), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["discussion_id"], ["discussion.id"], name=op.f("fk_point_discussion_id")),
        sa.PrimaryKeyConstraint("point_id", name=op.f("pk_point")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_point_discussion_id"), "point", ["discussion_id"])

    op.create_table(
        "vignette_version",
        sa.Column("vignette_pk", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("story", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["vignette_pk"], ["vignette.id"], name=op.f("fk_vignette_version_vignette_pk"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("vignette_pk", "version", name=op.f("pk_vignette_version")),
    )


def _recorded() -> None:
    op.create_table(
        "consent",
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("discussion_id", sa.Integer(), nullable=False),
        sa.Column("speaker", sa.String(), nullable=False),
        sa.Column("record", sa.Boolean(), nullable=False),
        sa.Column("transcribe", sa.Boolean(), nullable=False),
        sa.Column("quote", sa.Boolean(), nullable=False),
        sa.Column("archive", sa.Boolean(), nullable=False),
        sa.Column("wording_version", sa.String(), nullable=False),
        sa.Column("withdrew", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["discussion_id"], ["discussion.id"], name=op.f("fk_consent_discussion_id")),
        sa.PrimaryKeyConstraint("code_hash", "discussion_id", name=op.f("pk_consent")),
        sa.UniqueConstraint("discussion_id", "speaker", name=op.f("uq_consent_discussion_id")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_consent_discussion_id"), "consent", ["discussion_id"])

    op.create_table(
        "passage",
        sa.Column("passage_id", sa.String(), nullable=False),
        sa.Column("discussion_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("speaker", sa.String(), nullable=False),
        sa.Column("start_s", sa.Float(), nullable=True),
        sa.Column("end_s", sa.Float(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("redactions", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["discussion_id"], ["discussion.id"], name=op.f("fk_passage_discussion_id")),
        sa.PrimaryKeyConstraint("passage_id", name=op.f("pk_passage")),
    )
    op.create_index(op.f("ix_passage_discussion_id"), "passage", ["discussion_id"])

    op.create_table(
        "recording",
        sa.Column("recording_id", sa.String(), nullable=False),
        sa.Column("discussion_id", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("checksum", sa.String(), nullable=False),
        sa.Column("finished_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["discussion_id"], ["discussion.id"], name=op.f("fk_recording_discussion_id")),
        sa.PrimaryKeyConstraint("recording_id", name=op.f("pk_recording")),
    )
    op.create_index(op.f("ix_recording_discussion_id"), "recording", ["discussion_id"])

    op.create_table(
        "redaction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("discussion_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["discussion_id"], ["discussion.id"], name=op.f("fk_redaction_discussion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redaction")),
    )
    op.create_index(op.f("ix_redaction_discussion_id"), "redaction", ["discussion_id"])
