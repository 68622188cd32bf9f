"""The programme's sheet: the steps of the day. It knows no activity, only the ids that each one offers."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from sqlmodel import Session, col, select

from eventkit.events import references, storing
from eventkit.events.activity import Activity, Prepared
from eventkit.events.models import Event
from eventkit.sheet import Column, Level, Part, Plan, Problem, Row, Type, Value
from eventkit.stage.matching import lost, matched
from eventkit.stage.models import ProgrammeRow, ProgrammeStep, Stage
from eventkit.web.language import gettext as _

Cells = dict[str, Value]
_EMPTY: Cells = {"time": "", "refs": "", "minutes": None, "title": ""}
Kinds = Sequence[Activity | Prepared]
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


def check(plan: Plan, kinds: Kinds = ()) -> Iterator[Problem]:
    """What a person must mend in the programme; ids are checked for the kinds of step given."""
    by_word = {kind.word: kind for kind in kinds}
    shown: dict[str, dict[str, Row]] = {}
    for row in plan.rows("programme"):
        yield from _cells(row)
        if kind := by_word.get(row.text("activity")):
            yield from _refs(row, kind, plan, shown.setdefault(kind.word, {}))
    yield from _after_close(plan)
    if plan.rows("programme"):
        yield from _left_out(plan, kinds, shown)


def store(session: Session, event: Event, plan: Plan, kinds: Kinds = ()) -> None:
    """Stores the rows as they are written and the steps that they amount to, over what is there.

    The room stays at the step that is on; a new programme begins at its first. The plan has been checked.
    """
    storing.store(session, ProgrammeRow, event, PROGRAMME, plan.rows("programme"))
    stage = session.get(Stage, event.id)
    old = _stored(session, event)
    steps = _steps(plan, kinds, old, stage)
    kept = matched(old, steps, stage.step_id if stage else None, _one_each(kinds))
    before = [step.model_dump() for step in old]
    stored = _arranged(session, event, old, list(zip(kept, steps, strict=True)))
    if stage is None:
        session.add(Stage.model_validate({"event_id": event.id, "step_id": stored[0].id}))
    elif before != [step.model_dump() for step in stored]:
        # A press that was made for another programme must not go on in this one.
        stage.version += 1
    session.flush()


def lost_steps(session: Session, event: Event, plan: Plan, kinds: Kinds = ()) -> Iterator[Problem]:
    """A problem for each step that the room has seen, or sees now, and that this plan no longer has."""
    stage = session.get_one(Stage, event.id)
    old = _stored(session, event)
    kept = matched(old, _steps(plan, kinds, old, stage), stage.step_id, _one_each(kinds))
    for step in lost(old, kept, stage.step_id):
        sentence = (
            _("The step “{step}” is on now. Go to another one, then take it out.")
            if step.id == stage.step_id and not step.shown
            else _("The room has been at the step “{step}”, so the programme keeps it.")
        )
        name = step.title or f"{step.activity} {step.refs}".strip()
        yield Problem("programme", None, "", sentence.format(step=name))


def rows(session: Session, event: Event) -> Mapping[str, Sequence[Row]]:
    """The stored programme as the plan says it: a row of several polls is one row again."""
    stored = session.exec(
        select(ProgrammeRow).where(ProgrammeRow.event_id == event.id).order_by(col(ProgrammeRow.position))
    )
    return {"programme": [PROGRAMME.row(number, row.model_dump()) for number, row in enumerate(stored, start=1)]}


def _stored(session: Session, event: Event) -> list[ProgrammeStep]:
    mine = select(ProgrammeStep).where(ProgrammeStep.event_id == event.id)
    return list(session.exec(mine.order_by(col(ProgrammeStep.position))))


def _steps(plan: Plan, kinds: Kinds, old: Sequence[ProgrammeStep], stage: Stage | None) -> list[Cells]:
    """The steps of this plan, with the close that an event which has ended needs."""
    steps = _programme(plan, kinds) or _default(plan, kinds)
    ended = any(stage and step.id == stage.step_id and step.activity == CLOSE for step in old)
    return [*steps, {"activity": CLOSE}] if ended and steps[-1]["activity"] != CLOSE else steps


def _one_each(kinds: Kinds) -> set[str]:
    return {kind.word for kind in kinds if kind.each}


def _arranged(
    session: Session, event: Event, old: Sequence[ProgrammeStep], wanted: Sequence[tuple[ProgrammeStep | None, Cells]]
) -> list[ProgrammeStep]:
    """The steps in their new order. No two may have one position, not even in between."""
    staying = {str(step.id) for step, _cells in wanted if step}
    kept = storing.remove(session, {str(step.id): step for step in old}, staying)
    for step in kept.values():
        step.position = -step.position
    session.flush()
    cells = {
        str(step.id) if step else f"new {position}": {**_EMPTY, **new, "event_id": event.id, "position": position}
        for position, (step, new) in enumerate(wanted, start=1)
    }
    return list(storing.keep(session, ProgrammeStep, kept, cells).values())


def _cells(row: Row) -> Iterator[Problem]:
    if row.text("time") and not re.fullmatch("([01]?[0-9]|2[0-3]):[0-5][0-9]", row.text("time")):
        sentence = _("“{time}” is no time of day. Write hours and minutes, such as 09:30.")
        yield row.problem("time", sentence.format(time=row.text("time")))
    minutes = row["minutes"]
    if isinstance(minutes, int) and not 1 <= minutes <= 24 * 60:
        yield row.problem("minutes", _("Give the minutes as a number from 1 to 1440."))


def _refs(row: Row, kind: Activity | Prepared, plan: Plan, shown: dict[str, Row]) -> Iterator[Problem]:
    known = _ids(kind, plan)
    if kind.plan and not known and not row.words("ref"):
        sentence = _("The plan has nothing for this step: the sheet {sheet} is empty.").format(sheet=_sheet(kind))
        # Without its sheet, a step of an activity that is not built is still a title on the screen.
        yield row.problem("activity", sentence, Level.BLOCK if isinstance(kind, Activity) else Level.NOTE)
    yield from references.unknown(row, "ref", row.words("ref"), known, _sheet(kind))
    for ref in row.words("ref") or known:
        if ref in shown and kind.each:
            sentence = _("“{id}” has its step in row {row} already. Name it once.")
            yield row.problem("ref", sentence.format(id=ref, row=shown[ref].number))
        shown.setdefault(ref, row)


def _after_close(plan: Plan) -> Iterator[Problem]:
    ordered = _ordered(plan)
    words = [row.text("activity") for row in ordered]
    if CLOSE in words:
        for row in ordered[words.index(CLOSE) + 1 :]:
            yield row.problem("order", _("This step comes after close, which ends the event. Put close last."))


def _left_out(plan: Plan, kinds: Kinds, shown: dict[str, dict[str, Row]]) -> Iterator[Problem]:
    for kind in kinds:
        known = _ids(kind, plan) if kind.word else []
        if known and kind.word not in shown:
            sentence = _("No step shows what is in the sheet {sheet}.").format(sheet=_sheet(kind))
            yield Problem("programme", None, "activity", sentence, Level.NOTE)
            continue
        for missing in known:
            if missing not in shown[kind.word]:
                sentence = _("No step shows “{id}” of the sheet {sheet}.").format(id=missing, sheet=_sheet(kind))
                yield Problem("programme", None, "ref", sentence, Level.NOTE)


def _programme(plan: Plan, kinds: Kinds) -> list[Cells]:
    by_word = {kind.word: kind for kind in kinds}
    steps: list[Cells] = []
    for row in _ordered(plan):
        kind = by_word.get(row.text("activity"))
        refs = row.words("ref")
        each = (refs or _ids(kind, plan)) if kind and kind.each else []
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


def _default(plan: Plan, kinds: Kinds) -> list[Cells]:
    steps: list[Cells] = [{"activity": WELCOME}]
    for kind in kinds:
        ids = _ids(kind, plan) if kind.word else []
        groups = [[each] for each in ids] if kind.each else [ids] if ids else []
        steps += [{"activity": kind.word, "refs": " ".join(group)} for group in groups]
    return [*steps, {"activity": CLOSE}]


def _ordered(plan: Plan) -> list[Row]:
    return sorted(plan.rows("programme"), key=lambda row: row.decimal("order") or Decimal(0))


def _ids(kind: Activity | Prepared, plan: Plan) -> list[str]:
    return list(kind.plan.ids(plan)) if kind.plan else []


def _sheet(kind: Activity | Prepared) -> str:
    """The sheet of the plan that the ids of this kind stand in."""
    return kind.plan.PARTS[0].name if kind.plan else ""


def _padded(time: str) -> str:
    return time.zfill(5) if time else ""
