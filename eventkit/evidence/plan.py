"""The sheet of published figures, with everything that a citation must carry."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from eventkit.events import storing
from eventkit.events.models import Event
from eventkit.evidence.checks import examine
from eventkit.evidence.columns import STATISTICS
from eventkit.evidence.models import Showing, Statistic
from eventkit.sheet import Part, Plan, Problem, Row
from eventkit.web.language import gettext as _

PARTS: tuple[Part, ...] = (STATISTICS,)


def check(plan: Plan) -> Iterator[Problem]:
    """What a person must mend in the figures, and what their own counts, dates and areas say against them."""
    known = plan.ids("statistics", "statistic_id")
    event_day = next((row["date"] for row in plan.rows("event")), None)
    for row in plan.rows("statistics"):
        statistic = _statistic(row)
        for finding in examine(statistic, event_day if isinstance(event_day, date) else None) if statistic else ():
            yield row.problem(finding.column, finding.sentence, finding.level)
        older = row.text("supersedes")
        if older and (older not in known or older == row.text("statistic_id")):
            yield row.problem("supersedes", _("There is no other figure “{id}” in this sheet.").format(id=older))


def figures(plan: Plan) -> dict[str, Statistic]:
    """The figures of a plan by statistic_id, not stored; without those whose value could not be read."""
    found = {row.text("statistic_id"): _statistic(row) for row in plan.rows("statistics")}
    return {statistic_id: statistic for statistic_id, statistic in found.items() if statistic_id and statistic}


def store(session: Session, event: Event, plan: Plan) -> None:
    """Stores the figures, over those that are there; the plan has been checked."""
    storing.store(session, Statistic, event, STATISTICS, plan.rows("statistics"))


def fixed(session: Session, event: Event, part: str, row_id: str) -> str:
    """Why a change cannot be made any more: the room was shown the figure."""
    if part != "statistics" or not row_id or session.get(Showing, (event.id, row_id)) is None:
        return ""
    return _(
        "The room was shown the figure “{id}”, so it stays as it is. Correct it with a new one that supersedes it."
    ).format(id=row_id)


def rows(session: Session, event: Event) -> Mapping[str, Sequence[Row]]:
    """The stored figures as the plan says them."""
    stored = session.exec(select(Statistic).where(Statistic.event_id == event.id).order_by(col(Statistic.position)))
    return {
        "statistics": [STATISTICS.row(number, figure.model_dump()) for number, figure in enumerate(stored, start=1)]
    }


def _statistic(row: Row) -> Statistic | None:
    """The figure as far as it can be read; None without a value, which has been reported already."""
    if row.decimal("value") is None:
        return None
    cells: dict[str, Any] = {"event_id": 0, "statistic_id": "", "measure": "", "unit": "", **row.given()}
    return Statistic(**cells)
