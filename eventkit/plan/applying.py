"""Bringing a stored event to another plan, as a whole or not at all: what the room has seen or answered stays."""

from collections.abc import Iterator, Mapping, Sequence

from sqlmodel import Session

from eventkit.database import now
from eventkit.errors import BadInput, Conflict
from eventkit.events import plan as event_plan
from eventkit.events import retention
from eventkit.events import rules as events
from eventkit.events.activity import Activity
from eventkit.events.models import Correction, Event
from eventkit.plan import whole
from eventkit.plan.changes import Change, differences, identified
from eventkit.sealing import rules as sealing
from eventkit.sheet import Part, Plan, Problem, Row, canonical
from eventkit.stage import plan as programme_plan
from eventkit.web.dates import day
from eventkit.web.language import gettext as _
from eventkit.writer import after_commit


class PlanRefused(BadInput):
    """A plan that cannot be applied: everything that stands against it. Nothing was changed."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join([_("Nothing was changed:"), *(f"  {problem}" for problem in problems)]))
        self.problems = tuple(problems)


def apply(
    session: Session,
    event_id: int,
    new: Plan,
    activities: Sequence[Activity],
    *,
    correcting: bool = False,
    expected: str = "",
) -> list[str]:
    """Brings the stored plan of an event to this one; a line for each thing that changed.

    `correcting`: words that the room has read may be replaced by others, which is logged. `expected` is the digest of
    the stored plan that the change was made for. Raises `Conflict` if it is another by now, and `PlanRefused`.
    """
    event = events.event(session, event_id)
    old = whole.stored(session, event, activities)
    if expected and whole.digest(old) != expected:
        raise Conflict(_("Somebody else has changed the plan since. Nothing was changed: look at it, then try again."))
    changes = differences(old, new)
    fixed = {change: why for change in changes if (why := _fixed(session, event, activities, change))}
    corrected = [change for change in fixed if correcting and _is_wording(change, whole.parts(activities))]
    refused = {change: why for change, why in fixed.items() if change not in corrected}
    if problems := [*_refusals(refused, new, whole.parts(activities)), *_unfit(session, event, new, activities)]:
        raise PlanRefused(problems)
    if changes:
        session.add_all(_correction(event_id, change) for change in corrected)
        whole.store(session, event, new, activities, {change.part for change in changes})
        events.note_change(session, event_id)
        _render_anew(session, event)
    return [str(change) for change in changes]


def _fixed(session: Session, event: Event, activities: Sequence[Activity], change: Change) -> str:
    return whole.fixed(session, event, activities, change.part, change.row_id, change.column)


def _is_wording(change: Change, parts: Sequence[Part]) -> bool:
    """Whether words take the place of words. To add or take words away would change what the room goes through."""
    columns = (part.column(change.column) for part in parts if part.name == change.part)
    return any(column and column.wording for column in columns) and bool(change.before and change.after)


def _refusals(fixed: Mapping[Change, str], new: Plan, parts: Sequence[Part]) -> list[Problem]:
    rows = {part.name: identified(part, new.rows(part.name)) for part in parts}
    return list(dict.fromkeys(_refusal(change, why, rows, parts) for change, why in fixed.items()))


def _refusal(change: Change, why: str, rows: Mapping[str, Mapping[str, Row]], parts: Sequence[Part]) -> Problem:
    row = rows[change.part].get(change.row_id, Row(change.part, 0, {}))
    hint = _(" A typo in it can be corrected on the desk.") if _is_wording(change, parts) else ""
    return row.problem(change.column, why + hint)


def _unfit(session: Session, event: Event, new: Plan, activities: Sequence[Activity]) -> Iterator[Problem]:
    blocking = [problem for problem in whole.check(new, activities) if problem.blocks]
    yield from blocking
    yield from programme_plan.lost_steps(session, event, new, whole.kinds(activities))
    fresh = None if blocking else event_plan.event_of(new, event.code)
    if fresh and fresh.delete_after and fresh.delete_after != event.delete_after and retention.is_over(fresh, now()):
        sentence = _("{date} has passed, so the event would be deleted at once. Give a later day.")
        yield Problem("event", None, "delete_after", sentence.format(date=day(fresh.delete_after)))


def _correction(event_id: int, change: Change) -> Correction:
    return Correction(
        event_id=event_id,
        part=change.part,
        row_id=change.row_id,
        column=change.column,
        before=str(canonical(change.before)),
        after=str(canonical(change.after)),
        at=now(),
    )


def _render_anew(session: Session, event: Event) -> None:
    """What is kept in memory of the texts of an event and of its language follows the change."""
    event_id, language = event.id or 0, event.language
    sealing.reword(session, event_id)
    languages: dict[int, str] | None = session.info.get("languages")
    if languages is not None:
        after_commit(session, lambda: languages.update({event_id: language}))
