"""Writes plans for tests through both doors, and reads back what is wrong with them."""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from eventkit.activities import ACTIVITIES
from eventkit.plan.whole import load
from eventkit.sheet import Level, Plan, Problem

FIFE = Path(__file__).parents[2] / "eventkit" / "demo" / "fife.toml"

EVENT = """
[event]
event_id = "day"
title = "A day"
date = 2016-05-18
"""
FIGURE = """
[[statistics]]
statistic_id = "s1"
measure = "Doubts led to a sanction"
value = 84
unit = "%"
geography_name = "Fife"
period_label = "2015/16"
publisher = "DWP"
dataset = "Stat-Xplore"
"""
POLL = """
[[polls]]
poll_id = "p1"
format = "choice"
question = "How many?"
national_statistic = "s1"
[[options]]
poll_id = "p1"
option_id = "A"
text = "84 %"
value = 84
[[options]]
poll_id = "p1"
option_id = "B"
text = "10 %"
value = 10
"""
DAY = EVENT + FIGURE + POLL

Cell = str | int | float | bool | date | None
Rows = Sequence[Sequence[Cell]]


def toml(folder: Path, text: str) -> Path:
    """A TOML plan of this text."""
    path = folder / "plan.toml"
    path.write_text(text, encoding="utf-8")
    return path


def workbook(folder: Path, sheets: Mapping[str, Rows], formats: Mapping[str, str] | None = None) -> Path:
    """A workbook of these sheets; `formats` gives number formats by "sheet!A1"."""
    book = Workbook()
    assert book.active is not None
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    for place, number_format in (formats or {}).items():
        name, cell = place.split("!")
        book[name][cell].number_format = number_format
    path = folder / "plan.xlsx"
    book.save(path)
    return path


def as_sheets(text: str) -> dict[str, list[list[Cell]]]:
    """A TOML plan as the sheets of a workbook."""
    document = tomllib.loads(text)
    event = document.pop("event")
    sheets: dict[str, list[list[Cell]]] = {"event": [["field", "value"], *([key, event[key]] for key in event)]}
    for name, rows in document.items():
        headings = list(dict.fromkeys(key for row in rows for key in row))
        sheets[name] = [[*headings], *([row.get(key) for key in headings] for row in rows)]
    return sheets


def opened(path: Path) -> tuple[Plan, list[Problem]]:
    """The plan of a file, and what is wrong with it."""
    return load(path, ACTIVITIES)


def wrong(path: Path) -> list[str]:
    """What blocks this plan, as `eventkit check` prints it."""
    return [str(problem) for problem in opened(path)[1] if problem.blocks]


def noted(path: Path) -> list[str]:
    """What this plan's reader should look at."""
    return [str(problem) for problem in opened(path)[1] if not problem.blocks]


def warned(path: Path) -> list[str]:
    """What would mislead whoever sees this plan's figures."""
    return [str(problem) for problem in opened(path)[1] if problem.level is Level.WARN]
