"""The plan as a whole: every package brings its own part, and here they are checked and stored together."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from sqlmodel import Session

from eventkit.events import plan as event_plan
from eventkit.events.activity import Activity
from eventkit.events.models import Event
from eventkit.evidence import plan as evidence_plan
from eventkit.plan.reading import read
from eventkit.sheet import Part, Plan, Problem, Value
from eventkit.stage import plan as programme_plan


def parts(activities: Sequence[Activity] = ()) -> tuple[Part, ...]:
    """The sheets of a plan, in the order in which people fill them in."""
    of_activities = (part for activity in activities if activity.plan for part in activity.plan.PARTS)
    return (*event_plan.PARTS, *programme_plan.PARTS, *evidence_plan.PARTS, *of_activities)


def load(path: Path, activities: Sequence[Activity] = ()) -> tuple[Plan, list[Problem]]:
    """Reads and checks a plan file: everything wrong with it, in the order of its sheets and rows.

    Raises BadInput if the file cannot be read at all.
    """
    plan, unreadable = read(path, parts(activities))
    # One mistake, one sentence: what could not be read needs no second complaint that it is missing.
    places = {(problem.sheet, problem.row, problem.column) for problem in unreadable}
    places |= {(problem.sheet, None, "") for problem in unreadable if not problem.column}
    unfit = [
        problem for problem in check(plan, activities) if (problem.sheet, problem.row, problem.column) not in places
    ]
    return plan, _in_order([*unreadable, *unfit], parts(activities))


def check(plan: Plan, activities: Sequence[Activity] = ()) -> list[Problem]:
    """What each package finds wrong with its own part, in the order of sheets and rows."""
    problems = [*event_plan.check(plan), *programme_plan.check(plan, activities), *evidence_plan.check(plan)]
    for activity in activities:
        if activity.plan:
            problems += activity.plan.check(plan)
    return _in_order(problems, parts(activities))


def create(session: Session, plan: Plan, activities: Sequence[Activity], code: str) -> Event:
    """Stores a plan that has no blocking problem as a new event with this join code."""
    event = event_plan.create_event(session, plan, code)
    event.plan_digest = digest(plan)
    evidence_plan.create(session, event, plan)
    for activity in activities:
        if activity.plan:
            activity.plan.create(session, event, plan)
    programme_plan.create(session, event, plan, activities)
    return event


def digest(plan: Plan) -> str:
    """SHA-256 of what the plan says, in hexadecimal: the same through both doors, wherever its rows stand."""
    content = {
        name: [{column: _canonical(value) for column, value in row.given().items() if value != ""} for row in rows]
        for name, rows in plan.parts.items()
        if rows
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _canonical(value: Value) -> str | int | bool:
    # A spreadsheet keeps no trailing noughts, so 84.0 and 84 must be one number.
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str | int) else str(value)


def _in_order(problems: list[Problem], known: Sequence[Part]) -> list[Problem]:
    places = {part.name: place for place, part in enumerate(known)}
    columns = {(part.name, column.name): place for part in known for place, column in enumerate(part.columns)}
    last = len(known)
    return sorted(
        problems,
        key=lambda problem: (
            places.get(problem.sheet, last),
            problem.sheet,
            problem.row or 0,
            columns.get((problem.sheet, problem.column), -1),
        ),
    )
