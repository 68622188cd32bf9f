"""Changing the programme of a plan. Steps that stay keep their numbers, so that little differs from the plan before.

Without rows the programme follows from what the plan fills; the first change writes that down.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_FLOOR, Decimal

from eventkit.events.activity import Activity, Prepared
from eventkit.plan.editing import Cells, with_rows
from eventkit.sheet import Plan, Row
from eventkit.stage.plan import CLOSE, WELCOME

Kinds = Sequence[Activity | Prepared]
NAME = "programme"


def steps(plan: Plan, kinds: Kinds) -> list[Row]:
    """The rows of the programme in order, or those that it follows from."""
    given = sorted(plan.rows(NAME), key=_order)
    return given or [Row(NAME, 0, cells) for cells in _counted(_following(plan, kinds))]


def written(plan: Plan, kinds: Kinds) -> Plan:
    """The plan with its programme written down, each step in its place."""
    return with_rows(plan, NAME, steps(plan, kinds))


def end(plan: Plan, cells: Cells) -> int:
    """The place of one more step: the last, or the last before the close."""
    rows = plan.rows(NAME)
    return len(rows) - 1 if rows and rows[-1].text("activity") == CLOSE != cells.get("activity") else len(rows)


def added(plan: Plan, cells: Cells) -> Plan:
    """The plan with one more step at the `end`, whose number lies between its neighbours'."""
    rows, place = list(plan.rows(NAME)), end(plan, cells)
    before = _order(rows[place - 1]) if place else Decimal(0)
    order = (before + _order(rows[place])) / 2 if place < len(rows) else before.to_integral_value(ROUND_FLOOR) + 1
    return with_rows(plan, NAME, [*rows[:place], Row(NAME, 0, {**cells, "order": order}), *rows[place:]])


def moved(plan: Plan, place: int, way: int) -> Plan:
    """The plan with a step one place earlier (-1) or later (1); as it is at either end."""
    rows = list(plan.rows(NAME))
    if not 0 <= place + way < len(rows):
        return plan
    numbers = [row["order"] for row in rows]
    rows[place], rows[place + way] = rows[place + way], rows[place]
    swapped = [replace(row, cells={**row.cells, "order": order}) for row, order in zip(rows, numbers, strict=True)]
    return with_rows(plan, NAME, swapped)


def skipped(plan: Plan, place: int) -> Plan:
    """The plan without a step."""
    rows = list(plan.rows(NAME))
    del rows[place]
    return with_rows(plan, NAME, rows)


def shows(plan: Plan, word: str, row_id: str) -> bool:
    """Whether the programme comes to this row of an activity, be it as one of all."""
    rows = plan.rows(NAME)
    own = [row for row in rows if row.text("activity") == word]
    return not rows or any(not row.words("ref") or row_id in row.words("ref") for row in own)


def unshown(plan: Plan, word: str, row_id: str) -> Plan:
    """The plan whose programme no longer names this row of an activity; a step that names nothing else goes."""
    rows: list[Row] = []
    for row in plan.rows(NAME):
        left = [ref for ref in row.words("ref") if ref != row_id]
        if row.text("activity") != word or left == row.words("ref"):
            rows.append(row)
        elif left:
            rows.append(replace(row, cells={**row.cells, "ref": " ".join(left)}))
    return with_rows(plan, NAME, rows)


def _following(plan: Plan, kinds: Kinds) -> list[Cells]:
    found: list[Cells] = [{"activity": WELCOME}]
    for kind in kinds:
        ids = list(kind.plan.ids(plan)) if kind.plan and kind.word else []
        named = ids if kind.each else [""] if ids else []
        found += [{"activity": kind.word, "ref": ref or None} for ref in named]
    return [*found, {"activity": CLOSE}]


def _counted(steps: Sequence[Cells]) -> list[Cells]:
    return [{**cells, "order": Decimal(number)} for number, cells in enumerate(steps, start=1)]


def _order(row: Row) -> Decimal:
    return row.decimal("order") or Decimal(0)
