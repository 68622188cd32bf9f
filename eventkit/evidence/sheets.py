"""The published figures, as they were planned, for the results workbook."""

from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, select

from eventkit.events.models import Event
from eventkit.evidence import rules
from eventkit.evidence.columns import STATISTICS
from eventkit.evidence.models import Statistic
from eventkit.sheet import Column, Sheet
from eventkit.web.language import gettext as _


def sheets(session: Session, event: Event) -> Iterable[Sheet]:
    """`statistics`, with the plan's columns, and what `method` says of the figures."""
    figures = session.exec(select(Statistic).where(Statistic.event_id == event.id).order_by(col(Statistic.id))).all()
    columns = STATISTICS.columns
    rows = [{column.name: getattr(figure, column.name) for column in columns} for figure in figures]
    description = _("One row for each published figure, with everything that its citation must carry.")
    yield Sheet("statistics", _("Published figures"), description, columns, rows)
    notes = [{"topic": topic, "note": note} for topic, note in _notes(figures)]
    yield Sheet("method", "", "", (), notes)


def queries(session: Session, event: Event) -> Iterable[Sheet]:
    """`queries`, in the order of their random ids."""
    columns = (
        Column(
            "query_id", _("A random id: it says neither who asked nor when."), required=True, example="3f9c01d2a4b7"
        ),
        Column("statistic_id", _("The figure that it is about, as in statistics."), required=True),
        Column("query", _("What was asked, as it was typed."), required=True),
    )
    rows = [
        {"query_id": query.query_id, "statistic_id": query.statistic_id, "query": query.text}
        for query, _figure in rules.queries(session, event.id or 0)
    ]
    description = _("One row for each anonymous query about a published figure, in no order.")
    yield Sheet("queries", _("Questioned figures"), description, columns, rows)


def _notes(figures: Sequence[Statistic]) -> Iterable[tuple[str, str]]:
    topic = _("Published figures")
    yield (
        topic,
        _("Figures, sources and evidence grades are those of the plan. A figure is never changed, only replaced."),
    )
    second_hand = [figure.statistic_id for figure in figures if figure.evidence_grade in ("C", "D")]
    if second_hand:
        yield topic, _("Not checked at source: {ids}.").format(ids=", ".join(second_hand))
    unchecked = [figure.statistic_id for figure in figures if figure.evidence_grade in ("", "E")]
    if unchecked:
        yield topic, _("Nobody has said where these were checked: {ids}.").format(ids=", ".join(unchecked))
