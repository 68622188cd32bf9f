"""Changing one row of a plan. Each function gives a new plan; nothing is stored and nothing is checked here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from eventkit.sheet import Part, Plan, Row, Type, Value

FIRST_ROW = 2
"""The row of the plan workbook in which a part's first row stands, below the headings."""

Cells = Mapping[str, Value]


def numbered(plan: Plan, parts: Sequence[Part]) -> Plan:
    """The plan with each row's number as in its workbook, so that a problem leads back to the row."""
    transposed = {part.name for part in parts if part.transposed}
    return Plan({name: tuple(_renumbered(rows, name in transposed)) for name, rows in plan.parts.items()})


def name_of(part: Part, row: Row, place: int) -> str:
    """What a row is called in an address: its id, or its place from 1 where it has none of its own."""
    own = part.key[0] if len(part.key) == 1 else ""
    column = part.column(own)
    return (row.text(own) if column and column.type is Type.TEXT else "") or str(place + 1)


def place_of(part: Part, plan: Plan, name: str) -> int | None:
    """The place from 0 of the row of that name."""
    names = [name_of(part, row, place) for place, row in enumerate(plan.rows(part.name))]
    return names.index(name) if name in names else None


def belonging(part: Part, parts: Sequence[Part]) -> Part | None:
    """The part whose rows are pieces of this one's, as options are of a poll; None if there is none."""
    own = [other for other in parts if other is not part and len(other.key) > 1 and other.key[0] in part.key]
    return own[0] if own and len(part.key) == 1 else None


def pieces(plan: Plan, part: Part, piece: Part, row: Row) -> list[Row]:
    """The rows of `piece` that belong to this row."""
    return [other for other in plan.rows(piece.name) if other.text(part.key[0]) == row.text(part.key[0])]


def with_rows(plan: Plan, name: str, rows: Sequence[Row]) -> Plan:
    """The plan with these as the rows of a part."""
    return Plan({**plan.parts, name: tuple(rows)})


def put(plan: Plan, part: Part, cells: Cells, place: int | None) -> Plan:
    """The plan with these cells in place of a row, or as a last row if there is no place."""
    rows = list(plan.rows(part.name))
    if place is None:
        rows.append(Row(part.name, 0, cells))
    else:
        rows[place] = replace(rows[place], cells=cells)
    return with_rows(plan, part.name, rows)


def put_pieces(plan: Plan, part: Part, piece: Part, row: Row, given: Sequence[Cells]) -> Plan:
    """The plan with these rows as the pieces of `row`, where its earlier ones stood."""
    earlier = pieces(plan, part, piece, row)
    rows = list(plan.rows(piece.name))
    start = rows.index(earlier[0]) if earlier else len(rows)
    kept = [other for other in rows if other not in earlier]
    return with_rows(plan, piece.name, [*kept[:start], *(Row(piece.name, 0, cells) for cells in given), *kept[start:]])


def without(plan: Plan, parts: Sequence[Part], part: Part, place: int) -> Plan:
    """The plan without a row and its pieces."""
    rows = list(plan.rows(part.name))
    gone = rows.pop(place)
    smaller = with_rows(plan, part.name, rows)
    if piece := belonging(part, parts):
        smaller = put_pieces(smaller, part, piece, gone, [])
    return smaller


def _renumbered(rows: Sequence[Row], transposed: bool) -> Iterator[Row]:
    for number, row in enumerate(rows, start=FIRST_ROW):
        yield Row(row.part, 0 if transposed else number, row.cells)
