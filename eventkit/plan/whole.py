"""The plan as a whole: every package brings its own part, and here they are checked and stored together."""

import asyncio
import hashlib
import json
from collections.abc import Collection, Sequence
from pathlib import Path

from sqlmodel import Session

from eventkit.activities import PREPARED
from eventkit.events import plan as event_plan
from eventkit.events.activity import Activity, Planned, Prepared
from eventkit.events.models import Event
from eventkit.evidence import plan as evidence_plan
from eventkit.plan.reading import read, read_upload
from eventkit.sheet import Part, Plan, Problem, canonical
from eventkit.stage import plan as programme_plan


def parts(activities: Sequence[Activity] = ()) -> tuple[Part, ...]:
    """The sheets of a plan, in the order in which people fill them in."""
    further = (part for plan in _plans(activities) for part in plan.PARTS)
    return (*event_plan.PARTS, *programme_plan.PARTS, *evidence_plan.PARTS, *further)


def load(path: Path, activities: Sequence[Activity] = ()) -> tuple[Plan, list[Problem]]:
    """Reads and checks a plan file: everything wrong with it, in the order of its sheets and rows.

    Raises BadInput if the file cannot be read at all.
    """
    return _judged(*read(path, parts(activities)), activities)


async def load_upload(path: Path, activities: Sequence[Activity] = ()) -> tuple[Plan, list[Problem]]:
    """The same of a file that came over the network: it is opened by a child process, off the event loop."""
    plan, unreadable = await read_upload(path, parts(activities))
    return await asyncio.to_thread(_judged, plan, unreadable, activities)


def check(plan: Plan, activities: Sequence[Activity] = ()) -> list[Problem]:
    """What each package finds wrong with its own part, in the order of sheets and rows."""
    problems = [*event_plan.check(plan), *programme_plan.check(plan, kinds(activities)), *evidence_plan.check(plan)]
    for part in _plans(activities):
        problems += part.check(plan)
    return _in_order(problems, parts(activities))


def create(session: Session, plan: Plan, activities: Sequence[Activity], code: str) -> Event:
    """Stores a plan that has no blocking problem as a new event with this join code."""
    event = event_plan.create_event(session, plan, code)
    store(session, event, plan, activities)
    return event


def store(
    session: Session, event: Event, plan: Plan, activities: Sequence[Activity], differing: Collection[str] | None = None
) -> None:
    """Brings what is stored of an event to what this plan says, which has no blocking problem.

    Where it is known which parts are `differing`, the room does not wait for a roster of thousands to be stored again.
    Figures, activities and programme are always stored, because they follow from one another.
    """
    event_plan.store(event, plan)
    event.plan_digest = digest(plan)
    evidence_plan.store(session, event, plan)
    for kind in kinds(activities):
        same = isinstance(kind, Prepared) and differing is not None and _none_of(kind, differing)
        if kind.plan and not same:
            kind.plan.store(session, event, plan)
    programme_plan.store(session, event, plan, kinds(activities))


def fixed(session: Session, event: Event, activities: Sequence[Activity], part: str, row_id: str, column: str) -> str:
    """Why a cell, or with column "" a whole row, cannot change any more; "" if every package lets it."""
    sentences = (
        event_plan.fixed(part, column),
        evidence_plan.fixed(session, event, part, row_id),
        *(each.plan.fixed(session, event, part, row_id, column) for each in activities if each.plan),
    )
    return next(filter(None, sentences), "")


def stored(session: Session, event: Event, activities: Sequence[Activity] = ()) -> Plan:
    """The plan of an event as it is stored now: the inverse of `create`, equal to what it was made of."""
    rows = {**event_plan.rows(event), **programme_plan.rows(session, event), **evidence_plan.rows(session, event)}
    for part in _plans(activities):
        rows |= part.rows(session, event)
    return Plan({name: tuple(found) for name, found in rows.items() if found})


def digest_of(session: Session, event: Event, activities: Sequence[Activity]) -> str:
    """The digest of the plan as it is stored, also where a part of it was changed by itself."""
    return event.plan_digest or digest(stored(session, event, activities))


def digest(plan: Plan) -> str:
    """SHA-256 of what the plan says, in hexadecimal: the same through both doors, wherever its rows stand."""
    content = {
        name: [{column: canonical(value) for column, value in row.given().items() if value != ""} for row in rows]
        for name, rows in plan.parts.items()
        if rows
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def kinds(activities: Sequence[Activity]) -> list[Activity | Prepared]:
    """What a programme can name: the activities, and what is only prepared yet."""
    found: list[Activity | Prepared] = [*activities]
    for prepared in PREPARED:
        places = [place for place, kind in enumerate(found) if kind.word and kind.word == prepared.before]
        found.insert(places[0] if places else len(found), prepared)
    return found


def _judged(plan: Plan, unreadable: list[Problem], activities: Sequence[Activity]) -> tuple[Plan, list[Problem]]:
    # One mistake, one sentence: what could not be read needs no second complaint that it is missing.
    places = {(problem.sheet, problem.row, problem.column) for problem in unreadable}
    places |= {(problem.sheet, None, "") for problem in unreadable if not problem.column}
    unfit = [
        problem for problem in check(plan, activities) if (problem.sheet, problem.row, problem.column) not in places
    ]
    return plan, _in_order([*unreadable, *unfit], parts(activities))


def _plans(activities: Sequence[Activity]) -> list[Planned]:
    """The parts that packages own, beside the event, its programme and its figures."""
    return [kind.plan for kind in kinds(activities) if kind.plan]


def _none_of(kind: Prepared, differing: Collection[str]) -> bool:
    return all(part.name not in differing for part in kind.plan.PARTS)


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
