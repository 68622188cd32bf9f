"""A part of the plan as a list: its rows with their first columns, and what there is to look at in each."""

from collections.abc import Sequence
from dataclasses import dataclass

from eventkit.plan import forms
from eventkit.plan.drafting import columns_of
from eventkit.plan.editing import belonging, name_of, pieces
from eventkit.sheet import Column, Part, Plan, Problem

MOST_COLUMNS = 6


@dataclass(frozen=True)
class Line:
    """A row as its part lists it: its name in an address, its number in the workbook, its cells and problems."""

    name: str
    number: int
    cells: Sequence[str]
    problems: Sequence[Problem]


def shown_columns(part: Part, plan: Plan) -> list[Column]:
    """The columns that a list shows: all of a few, else those that every row must have."""
    columns = list(columns_of(part, plan))
    if len(columns) <= MOST_COLUMNS:
        return columns
    return [column for column in columns if column.required][:MOST_COLUMNS]


def lines(part: Part, plan: Plan, parts: Sequence[Part], problems: Sequence[Problem]) -> list[Line]:
    """The rows of a part, each with its own problems and those of its pieces."""
    columns, piece = shown_columns(part, plan), belonging(part, parts)
    found: list[Line] = []
    for place, row in enumerate(plan.rows(part.name)):
        own = {(part.name, row.number or None)}
        if piece:
            own |= {(piece.name, each.number) for each in pieces(plan, part, piece, row)}
        texts = forms.texts(columns, row.cells)
        here = [problem for problem in problems if (problem.sheet, problem.row) in own]
        found.append(Line(name_of(part, row, place), row.number, [texts[column.name] for column in columns], here))
    return found
