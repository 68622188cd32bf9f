"""Stories, and what tables said of them, as sheets of the workbook; nothing of it leads to a person."""

from collections.abc import Iterable, Iterator, Mapping

from sqlmodel import Session, col, select

from eventkit.codebook import rules as codebook
from eventkit.codebook.models import Kind
from eventkit.events.models import Event
from eventkit.sheet import Column, Sheet, Type, Value
from eventkit.vignettes import stories, transcript_sheets
from eventkit.vignettes.models import Discussion, Mark, Point, WrittenBy
from eventkit.web.language import gettext as _

NOT_APPLICABLE = "[z]"
PLAIN = "point"
"""The `kind` of a point that nobody has marked."""


def sheets(session: Session, event: Event) -> Iterable[Sheet]:
    """`vignettes`, `vignette_notes`, `transcripts`, `consent_counts`, and what `method` says of them."""
    event_id = event.id or 0
    told = list(session.exec(select(Discussion.vignette_id).where(Discussion.event_id == event_id)))
    rows: list[Mapping[str, Value]] = [
        {
            "vignette_id": story.vignette_id,
            "title": story.title,
            "basis": story.basis,
            "version": story.version,
            "n_tables": told.count(story.vignette_id),
        }
        for story in stories.every(session, event_id)
    ]
    yield Sheet("vignettes", _("Case stories"), _("One row for each case story."), _story_columns(), rows)
    notes = list(_notes(session, event_id))
    description = _("One row for each point that was written about a story, in no order.")
    yield Sheet("vignette_notes", _("Points on the case stories"), description, _note_columns(), notes)
    yield from transcript_sheets.sheets(session, event_id)
    if notes:
        words = _(
            "Hosts wrote points for their table, and people at it could add some from their own phones without a "
            "name. Nothing says which phone or which device a point came from, or when; every note_id is random."
        )
        yield Sheet("method", "", "", (), [{"topic": _("Case stories"), "note": words}])


def _notes(session: Session, event_id: int) -> Iterator[Mapping[str, Value]]:
    mine = select(Discussion, Point).where(Point.discussion_id == Discussion.id, Discussion.event_id == event_id)
    found = session.exec(mine.order_by(col(Point.point_id))).all()
    ids = [point.point_id for _talk, point in found]
    themes = codebook.grouped(session, event_id, Kind.VIGNETTE_NOTE, ids)
    for talk, point in found:
        yield {
            "note_id": point.point_id,
            "vignette_id": talk.vignette_id,
            "table_id": talk.table,
            "prompt_id": point.prompt_id or NOT_APPLICABLE,
            "kind": point.mark.value or PLAIN,
            "text": point.text,
            "theme_ids": themes.get(point.point_id),
            "written_by": point.written_by.value,
        }


def _story_columns() -> tuple[Column, ...]:
    return (
        Column("vignette_id", _("The story’s id in the plan."), required=True, example="v1"),
        Column("title", _("Its title."), required=True),
        Column("basis", _("What it is made of: composite or consented.")),
        Column("version", _("Which of its wordings was told last."), Type.INTEGER),
        Column("n_tables", _("At how many tables it was discussed."), Type.INTEGER, unit=_("tables")),
    )


def _note_columns() -> tuple[Column, ...]:
    kinds = (
        (PLAIN, _("Not marked as anything")),
        (Mark.QUOTE.value, _("Somebody’s own words")),
        (Mark.IDEA.value, _("Something to try")),
        (Mark.SERVICE.value, _("Who helps already")),
        (Mark.BARRIER.value, _("What stands in the way")),
    )
    written = ((WrittenBy.HOST.value, _("By the table’s host")), (WrittenBy.PHONE.value, _("On a phone, privately")))
    return (
        Column("note_id", _("A random id."), required=True, example="3f9c01d2a4b75e60"),
        Column("vignette_id", _("The story, as in vignettes."), required=True, example="v1"),
        Column("table_id", _("The table’s id in the plan."), required=True, example="t1"),
        Column("prompt_id", _("The prompt that it answers; [z] if none."), measure="id", example="prompt1"),
        Column("kind", _("What the table marked it as."), required=True, values=kinds, example="idea"),
        Column("text", _("The point as it was written."), required=True),
        Column("theme_ids", _("The theme that it was put under, as in themes; empty if under none."), measure="id"),
        Column("written_by", _("Where it was written."), required=True, values=written, example="host"),
    )
