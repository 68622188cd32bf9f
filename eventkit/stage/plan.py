"""The programme's sheet: the steps of the day. It knows no activity, only the ids that each one offers."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from sqlmodel import Session

from eventkit.events.activity import Activity
from eventkit.events.models import Event
from eventkit.sheet import Column, Part, Plan, Problem, Row, Type, Value
from eventkit.stage.models import ProgrammeStep, Stage
from eventkit.web.language import gettext as _
from eventkit.web.text import did_you_mean

Cells = dict[str, Value]
WELCOME, CLOSE = "welcome", "close"
_ACTIVITIES = (
    (WELCOME, _("people arrive and join")),
    ("poll", _("a myth-busting question")),
    ("wall", _("a question that people answer on notes")),
    ("tables", _("people find their table")),
    ("vignettes", _("tables discuss case stories")),
    ("questionnaire", _("people say how the day was")),
    ("break", _("a pause")),
    (CLOSE, _("the end of the event")),
)

PROGRAMME = Part(
    "programme",
    _("The steps of the day. Without it: welcome, every activity that the plan fills, close."),
    (
        Column("order", _("A number; the steps come in its order."), Type.NUMBER, required=True, example=Decimal(1)),
        Column("time", _("When the step begins, as hours and minutes."), example="09:30"),
        Column("activity", _("What happens."), required=True, values=_ACTIVITIES, example="poll"),
        Column("ref", _("Which ones, by id, with a space or comma between; empty: all of that kind."), example="p1 p2"),
        Column("minutes", _("How long it takes."), Type.INTEGER, example=20),
        Column("title", _("A title of your own."), example=_("What do we believe?")),
    ),
    key=("order",),
)
PARTS: tuple[Part, ...] = (PROGRAMME,)


def check(plan: Plan, activities: Sequence[Activity] = ()) -> Iterator[Problem]:
    """What a person must mend in the programme; ids are checked for the activities given."""
    by_word = {activity.word: activity for activity in activities}
    shown: dict[str, dict[str, Row]] = {}
    for row in plan.rows("programme"):
        yield from _cells(row)
        if activity := by_word.get(row.text("activity")):
            yield from _refs(row, activity, plan, shown.setdefault(activity.word, {}))
    yield from _after_close(plan)
    if plan.rows("programme"):
        yield from _left_out(plan, activities, shown)


def create(session: Session, event: Event, plan: Plan, activities: Sequence[Activity] = ()) -> None:
    """Stores the steps and puts the stage on the first; the plan has been checked."""
    steps = _programme(plan, activities) or _default(plan, activities)
    stored = [
        ProgrammeStep.model_validate({"event_id": event.id, "position": position, **step})
        for position, step in enumerate(steps, start=1)
    ]
    session.add_all(stored)
    session.flush()
    session.add(Stage.model_validate({"event_id": event.id, "step_id": stored[0].id}))
    session.flush()


def _cells(row: Row) -> Iterator[Problem]:
    if row.text("time") and not re.fullmatch("([01]?[0-9]|2[0-3]):[0-5][0-9]", row.text("time")):
        sentence = _("“{time}” is no time of day. Write hours and minutes, such as 09:30.")
        yield row.problem("time", sentence.format(time=row.text("time")))
    minutes = row["minutes"]
    if isinstance(minutes, int) and not 1 <= minutes <= 24 * 60:
        yield row.problem("minutes", _("Give the minutes as a number from 1 to 1440."))


def _refs(row: Row, activity: Activity, plan: Plan, shown: dict[str, Row]) -> Iterator[Problem]:
    known = _ids(activity, plan)
    if activity.plan and not known:
        yield row.problem(
            "activity", _("The plan has nothing for this step: no {word} is in it.").format(word=row.text("activity"))
        )
        return
    for ref in _split(row) or known:
        if ref not in known:
            sentence = _("There is no {word} “{id}” in the plan.").format(word=activity.word, id=ref)
            yield row.problem("ref", sentence + did_you_mean(ref, known))
        elif ref in shown and activity.each:
            sentence = _("“{id}” has its step in row {row} already. Name it once.")
            yield row.problem("ref", sentence.format(id=ref, row=shown[ref].number))
        shown.setdefault(ref, row)


def _after_close(plan: Plan) -> Iterator[Problem]:
    ordered = _ordered(plan)
    words = [row.text("activity") for row in ordered]
    if CLOSE in words:
        for row in ordered[words.index(CLOSE) + 1 :]:
            yield row.problem("order", _("This step comes after close, which ends the event. Put close last."))


def _left_out(plan: Plan, activities: Sequence[Activity], shown: dict[str, dict[str, Row]]) -> Iterator[Problem]:
    for activity in activities:
        for missing in _ids(activity, plan):
            if missing not in shown.get(activity.word, {}):
                sentence = _("No step shows the {word} “{id}”.").format(word=activity.word, id=missing)
                yield Problem("programme", None, "ref", sentence, blocks=False)


def _programme(plan: Plan, activities: Sequence[Activity]) -> list[Cells]:
    by_word = {activity.word: activity for activity in activities}
    steps: list[Cells] = []
    for row in _ordered(plan):
        activity = by_word.get(row.text("activity"))
        refs = _split(row)
        each = (refs or _ids(activity, plan)) if activity and activity.each else []
        steps += [_step(row, [ref], first=place == 0) for place, ref in enumerate(each)] or [_step(row, refs)]
    return steps


def _step(row: Row, refs: Sequence[str], *, first: bool = True) -> Cells:
    """A step of this row. Time and minutes are the row's as a whole, so its first step carries them."""
    minutes = row["minutes"]
    return {
        "activity": row.text("activity"),
        "refs": " ".join(refs),
        "title": row.text("title"),
        "time": _padded(row.text("time")) if first else "",
        "minutes": minutes if first else None,
    }


def _default(plan: Plan, activities: Sequence[Activity]) -> list[Cells]:
    steps: list[Cells] = [{"activity": WELCOME}]
    for activity in activities:
        ids = _ids(activity, plan)
        groups = [[each] for each in ids] if activity.each else [ids] if ids else []
        steps += [{"activity": activity.word, "refs": " ".join(group)} for group in groups]
    return [*steps, {"activity": CLOSE}]


def _ordered(plan: Plan) -> list[Row]:
    return sorted(plan.rows("programme"), key=lambda row: row.decimal("order") or Decimal(0))


def _ids(activity: Activity, plan: Plan) -> list[str]:
    return list(activity.plan.ids(plan)) if activity.plan else []


def _split(row: Row) -> list[str]:
    return [ref for ref in re.split(r"[\s,;]+", row.text("ref")) if ref]


def _padded(time: str) -> str:
    return time.zfill(5) if time else ""
