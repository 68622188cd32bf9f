"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("organisers", sa.String(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("welcome", sa.String(), nullable=False),
        sa.Column("privacy_notice", sa.String(), nullable=False),
        sa.Column("delete_after", sa.Date(), nullable=True),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("min_votes", sa.Integer(), nullable=False),
        sa.Column("organisers_vote", sa.Boolean(), nullable=False),
        sa.Column("entry", sa.String(), nullable=False),
        sa.Column("base", sa.String(), nullable=False),
        sa.Column("vignettes_per_table", sa.Integer(), nullable=False),
        sa.Column("consent_wording", sa.String(), nullable=False),
        sa.Column("consent_version", sa.String(), nullable=False),
        sa.Column("questionnaire_rows", sa.String(), nullable=False),
        sa.Column("questionnaire_closes", sa.String(), nullable=False),
        sa.Column("wifi_name", sa.String(), nullable=False),
        sa.Column("wifi_password", sa.String(), nullable=False),
        sa.Column("plan_digest", sa.String(), nullable=False),
        sa.Column("file_digest", sa.String(), nullable=False),
        sa.Column("started_at", sa.String(), nullable=True),
        sa.Column("ended_at", sa.String(), nullable=True),
        sa.Column("changed_at", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("code", name=op.f("uq_event_code")),
        sa.UniqueConstraint("event_id", name=op.f("uq_event_event_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "box",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("voters", sa.Integer(), nullable=False),
        sa.Column("lost", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_box_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_box")),
        sa.UniqueConstraint("event_id", "name", name=op.f("uq_box_event_id")),
    )
    with op.batch_alter_table("box", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_box_event_id"), ["event_id"], unique=False)

    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("row_id", sa.String(), nullable=False),
        sa.Column("column", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_correction_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_correction_event_id"), ["event_id"], unique=False)

    op.create_table(
        "item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("kind", sa.Enum("SCORE", "AGREE", "YES_NO", "CHOICE", "NUMBER", "TEXT", name="kind"), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("low_label", sa.String(), nullable=False),
        sa.Column("high_label", sa.String(), nullable=False),
        sa.Column("options", sa.String(), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("not_applicable", sa.Boolean(), nullable=False),
        sa.Column("relevant", sa.String(), nullable=False),
        sa.Column("max_length", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_item_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item")),
        sa.UniqueConstraint("event_id", "item_id", name=op.f("uq_item_event_id")),
    )
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_event_id"), ["event_id"], unique=False)

    op.create_table(
        "pass",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_pass_event_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_pass")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("pass", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pass_event_id"), ["event_id"], unique=False)

    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("rounds", sa.String(), nullable=False),
        sa.Column("arrives_at", sa.String(), nullable=False),
        sa.Column("needs", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_person_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("event_id", "person_id", name=op.f("uq_person_event_id")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_event_id"), ["event_id"], unique=False)

    op.create_table(
        "poll",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.String(), nullable=False),
        sa.Column("format", sa.Enum("CHOICE", "MYTH", "NUMERIC", "RANKING", name="format"), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("help", sa.String(), nullable=False),
        sa.Column("national_statistic", sa.String(), nullable=False),
        sa.Column("local_statistic", sa.String(), nullable=False),
        sa.Column("min", sa.String(), nullable=True),
        sa.Column("max", sa.String(), nullable=True),
        sa.Column("step", sa.String(), nullable=True),
        sa.Column("tolerance", sa.String(), nullable=True),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("allow_not_sure", sa.Boolean(), nullable=False),
        sa.Column("myth_text", sa.String(), nullable=False),
        sa.Column("explanation", sa.String(), nullable=False),
        sa.Column("so_what", sa.String(), nullable=False),
        sa.Column("facilitator_notes", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_poll_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll")),
        sa.UniqueConstraint("event_id", "poll_id", name=op.f("uq_poll_event_id")),
    )
    with op.batch_alter_table("poll", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_poll_event_id"), ["event_id"], unique=False)

    op.create_table(
        "programme_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("order", sa.String(), nullable=False),
        sa.Column("time", sa.String(), nullable=False),
        sa.Column("activity", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_programme_row_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_row")),
    )
    with op.batch_alter_table("programme_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_programme_row_event_id"), ["event_id"], unique=False)

    op.create_table(
        "prompt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("prompt_id", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("vignette_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_prompt_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prompt")),
        sa.UniqueConstraint("event_id", "prompt_id", name=op.f("uq_prompt_event_id")),
    )
    with op.batch_alter_table("prompt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_prompt_event_id"), ["event_id"], unique=False)

    op.create_table(
        "query",
        sa.Column("query_id", sa.String(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("statistic_id", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_query_event_id")),
        sa.PrimaryKeyConstraint("query_id", name=op.f("pk_query")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("query", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_query_event_id"), ["event_id"], unique=False)

    op.create_table(
        "role_link",
        sa.Column("link_id", sa.String(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.Enum("ORGANISER", "FACILITATOR", name="role"), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("cookie_hash", sa.String(), nullable=True),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.Column("used_at", sa.String(), nullable=True),
        sa.Column("revoked_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_role_link_event_id")),
        sa.PrimaryKeyConstraint("link_id", name=op.f("pk_role_link")),
        sa.UniqueConstraint("cookie_hash", name=op.f("uq_role_link_cookie_hash")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_role_link_token_hash")),
    )
    with op.batch_alter_table("role_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_link_event_id"), ["event_id"], unique=False)

    op.create_table(
        "seating_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind", sa.Enum("FIXED", "BANNED", "TOGETHER", "APART", "HOST", "ACCESSIBLE", name="kind"), nullable=False
        ),
        sa.Column("round", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("other_id", sa.String(), nullable=False),
        sa.Column("table", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_seating_rule_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seating_rule")),
    )
    with op.batch_alter_table("seating_rule", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seating_rule_event_id"), ["event_id"], unique=False)

    op.create_table(
        "showing",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("statistic_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_showing_event_id")),
        sa.PrimaryKeyConstraint("event_id", "statistic_id", name=op.f("pk_showing")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "source_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("file_sha256", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("importer", sa.String(), nullable=False),
        sa.Column("stored_at", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_source_file_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_file")),
        sa.UniqueConstraint("event_id", "file_sha256", name=op.f("uq_source_file_event_id")),
    )
    with op.batch_alter_table("source_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_source_file_event_id"), ["event_id"], unique=False)

    op.create_table(
        "statistic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("statistic_id", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("qualifier", sa.String(), nullable=False),
        sa.Column("lower", sa.String(), nullable=True),
        sa.Column("upper", sa.String(), nullable=True),
        sa.Column("decimals", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("denominator", sa.String(), nullable=False),
        sa.Column("numerator_value", sa.String(), nullable=True),
        sa.Column("numerator_qualifier", sa.String(), nullable=False),
        sa.Column("denominator_value", sa.String(), nullable=True),
        sa.Column("denominator_qualifier", sa.String(), nullable=False),
        sa.Column("geography_name", sa.String(), nullable=False),
        sa.Column("geography_code", sa.String(), nullable=False),
        sa.Column("period_label", sa.String(), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=True),
        sa.Column("period_end", sa.Date(), nullable=True),
        sa.Column("publisher", sa.String(), nullable=False),
        sa.Column("dataset", sa.String(), nullable=False),
        sa.Column("source_table", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("retrieved_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("flags", sa.String(), nullable=False),
        sa.Column("licence", sa.String(), nullable=False),
        sa.Column("evidence_grade", sa.String(), nullable=False),
        sa.Column("rounding_note", sa.String(), nullable=False),
        sa.Column("supersedes", sa.String(), nullable=False),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column("importer", sa.String(), nullable=False),
        sa.Column("file_sha256", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_statistic_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statistic")),
        sa.UniqueConstraint("event_id", "statistic_id", name=op.f("uq_statistic_event_id")),
    )
    with op.batch_alter_table("statistic", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_statistic_event_id"), ["event_id"], unique=False)

    op.create_table(
        "step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("time", sa.String(), nullable=False),
        sa.Column("activity", sa.String(), nullable=False),
        sa.Column("refs", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_step_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step")),
        sa.UniqueConstraint("event_id", "position", name=op.f("uq_step_event_id")),
    )
    with op.batch_alter_table("step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_step_event_id"), ["event_id"], unique=False)

    op.create_table(
        "table_in_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=True),
        sa.Column("table", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("min_seats", sa.Integer(), nullable=True),
        sa.Column("max_seats", sa.Integer(), nullable=False),
        sa.Column("accessible", sa.Boolean(), nullable=False),
        sa.Column("vignettes", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_table_in_round_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_table_in_round")),
    )
    with op.batch_alter_table("table_in_round", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_table_in_round_event_id"), ["event_id"], unique=False)

    op.create_table(
        "theme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("definition", sa.String(), nullable=False),
        sa.Column("include", sa.String(), nullable=False),
        sa.Column("exclude", sa.String(), nullable=False),
        sa.Column("example", sa.String(), nullable=False),
        sa.Column("colour", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_theme_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme")),
        sa.UniqueConstraint("event_id", "theme_id", name=op.f("uq_theme_event_id")),
    )
    with op.batch_alter_table("theme", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_theme_event_id"), ["event_id"], unique=False)

    op.create_table(
        "vignette",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("vignette_id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("story", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("themes", sa.String(), nullable=False),
        sa.Column("known_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_vignette_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vignette")),
        sa.UniqueConstraint("event_id", "vignette_id", name=op.f("uq_vignette_event_id")),
    )
    with op.batch_alter_table("vignette", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_vignette_event_id"), ["event_id"], unique=False)

    op.create_table(
        "wall",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("wall_id", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("help", sa.String(), nullable=False),
        sa.Column("max_length", sa.Integer(), nullable=False),
        sa.Column("approve_first", sa.Boolean(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("dots", sa.Integer(), nullable=False),
        sa.Column("attendees_group", sa.Boolean(), nullable=False),
        sa.Column("readable_on_phones", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_wall_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wall")),
        sa.UniqueConstraint("event_id", "wall_id", name=op.f("uq_wall_event_id")),
    )
    with op.batch_alter_table("wall", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_wall_event_id"), ["event_id"], unique=False)

    op.create_table(
        "journal",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("box_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["box_id"], ["box.id"], name=op.f("fk_journal_box_id")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_journal")),
    )
    op.create_table(
        "option",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_pk", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("option_id", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=True),
        sa.Column("lower", sa.String(), nullable=True),
        sa.Column("upper", sa.String(), nullable=True),
        sa.Column("correct", sa.Boolean(), nullable=False),
        sa.Column("marked", sa.Boolean(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("statistic_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["poll_pk"], ["poll.id"], name=op.f("fk_option_poll_pk")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_option")),
        sa.UniqueConstraint("poll_pk", "option_id", name=op.f("uq_option_poll_pk")),
    )
    with op.batch_alter_table("option", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_option_poll_pk"), ["poll_pk"], unique=False)

    op.create_table(
        "person_attribute",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_pk", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_pk"], ["person.id"], name=op.f("fk_person_attribute_person_pk")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_attribute")),
        sa.UniqueConstraint("person_pk", "name", name=op.f("uq_person_attribute_person_pk")),
    )
    with op.batch_alter_table("person_attribute", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_attribute_person_pk"), ["person_pk"], unique=False)

    op.create_table(
        "round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("poll_pk", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.String(), nullable=True),
        sa.Column("closed_at", sa.String(), nullable=True),
        sa.Column("counted_at", sa.String(), nullable=True),
        sa.Column("discarded_at", sa.String(), nullable=True),
        sa.Column("perception_at", sa.String(), nullable=True),
        sa.Column("national_at", sa.String(), nullable=True),
        sa.Column("local_at", sa.String(), nullable=True),
        sa.Column("gap_at", sa.String(), nullable=True),
        sa.Column("explanation_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_round_event_id")),
        sa.ForeignKeyConstraint(["poll_pk"], ["poll.id"], name=op.f("fk_round_poll_pk")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("poll_pk", "number", name=op.f("uq_round_poll_pk")),
    )
    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_round_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_round_poll_pk"), ["poll_pk"], unique=False)

    op.create_table(
        "stage",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("overlay", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_stage_event_id")),
        sa.ForeignKeyConstraint(["step_id"], ["step.id"], name=op.f("fk_stage_step_id")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_stage")),
    )
    op.create_table(
        "tally",
        sa.Column("round_pk", sa.Integer(), nullable=False),
        sa.Column("option_id", sa.String(), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["round_pk"], ["round.id"], name=op.f("fk_tally_round_pk")),
        sa.PrimaryKeyConstraint("round_pk", "option_id", name=op.f("pk_tally")),
    )


def downgrade() -> None:
    op.drop_table("tally")
    op.drop_table("stage")
    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_round_poll_pk"))
        batch_op.drop_index(batch_op.f("ix_round_event_id"))

    op.drop_table("round")
    with op.batch_alter_table("person_attribute", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_attribute_person_pk"))

    op.drop_table("person_attribute")
    with op.batch_alter_table("option", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_option_poll_pk"))

    op.drop_table("option")
    op.drop_table("journal")
    with op.batch_alter_table("wall", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_wall_event_id"))

    op.drop_table("wall")
    with op.batch_alter_table("vignette", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_vignette_event_id"))

    op.drop_table("vignette")
    with op.batch_alter_table("theme", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_theme_event_id"))

    op.drop_table("theme")
    with op.batch_alter_table("table_in_round", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_table_in_round_event_id"))

    op.drop_table("table_in_round")
    with op.batch_alter_table("step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_step_event_id"))

    op.drop_table("step")
    with op.batch_alter_table("statistic", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_statistic_event_id"))

    op.drop_table("statistic")
    with op.batch_alter_table("source_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_source_file_event_id"))

    op.drop_table("source_file")
    op.drop_table("showing")
    with op.batch_alter_table("seating_rule", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seating_rule_event_id"))

    op.drop_table("seating_rule")
    with op.batch_alter_table("role_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_link_event_id"))

    op.drop_table("role_link")
    with op.batch_alter_table("query", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_query_event_id"))

    op.drop_table("query")
    with op.batch_alter_table("prompt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_prompt_event_id"))

    op.drop_table("prompt")
    with op.batch_alter_table("programme_row", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_programme_row_event_id"))

    op.drop_table("programme_row")
    with op.batch_alter_table("poll", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_poll_event_id"))

    op.drop_table("poll")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_event_id"))

    op.drop_table("person")
    with op.batch_alter_table("pass", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pass_event_id"))

    op.drop_table("pass")
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_event_id"))

    op.drop_table("item")
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_correction_event_id"))

    op.drop_table("correction")
    with op.batch_alter_table("box", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_box_event_id"))

    op.drop_table("box")
    op.drop_table("event")
