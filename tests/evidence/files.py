"""Makes official files with invented numbers, in the shapes and with the traps of the real ones."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

Cell = str | float | None
INFO = "Statistical disclosure control has been applied to avoid the release of confidential data. Totals may not sum."
AREA = "National - Regional - LA - OAs"


def stat_xplore(
    path: Path,
    across: Mapping[str, Sequence[str]],
    rows: Sequence[tuple[Sequence[str], Sequence[Cell]]],
    down: Sequence[str] = ("Decisions", AREA),
    *,
    junk: bool = False,
) -> Path:
    """A table as the website saves it: `across` has the labels of each column field as they stand, "" where merged."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Data Sheet 0"
    sheet["A3"], sheet["A4"], sheet["A5"] = "Invented sanctions (I\nII\nz)", "Area by Month", "Counting: Decisions"
    first = len(down) + 2
    row = 7
    for name, labels in across.items():
        sheet.cell(row, 1, name)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=first - 1)
        _fill(sheet, row, first, labels)
        row += 1
    _fill(sheet, row, 2, down)
    for labels, values in rows:
        row += 1
        _fill(sheet, row, 2, labels)
        _fill(sheet, row, first, values)
    row += 3
    for cells in (("INFO", INFO), ("Symbol", "Description"), (), ("I", "Invented footnote"), ("II", "Another"),
                  ("z", "A third"), ("p", "Figures marked “p” are provisional"), (),
                  ("Source: Department for Work and Pensions",)):  # fmt: skip
        _fill(sheet, row, 1, cells)
        row += 1
    if junk:
        book.create_sheet("template_rse")["A1"] = "RSE"
        book.create_sheet("format")["B2"] = 12
    book.save(path)
    return path


def result(**changed: Any) -> dict[str, Any]:
    """A result of /table: two areas and a total, two months."""
    field = "str:field:DEMO:V_F_X:COA_CODE"
    month = "str:field:DEMO:F_DATE:DATE_NAME"
    count = "str:count:DEMO:V_F_X"
    found = {
        "query": {
            "database": "str:database:DEMO",
            "measures": [count],
            "recodes": {},
            "dimensions": [[field], [month]],
        },
        "database": {
            "id": "DEMO",
            "uri": "str:database:DEMO",
            "label": "Invented sanctions",
            "annotationKeys": ["I"],
        },
        "measures": [{"uri": count, "label": "Decisions", "measure": count, "function": "COUNT"}],
        "fields": [
            {"uri": field, "label": AREA, "items": [item("S12000047", "Fife"), item("S92000003", "Scotland"), TOTAL]},
            {
                "uri": month,
                "label": "Month",
                "items": [item("201604", "Apr 2016"), item("201605", "201605 (May-16)", annotationKeys=["r"])],
            },
        ],
        "cubes": {count: {"values": [[1001.0, 1011.0], [9001.0, 9011.0], [9998.0, None]], "precision": 0}},
        "annotationMap": {"I": "Invented footnote.", "r": "Figures marked r have been revised."},
    }
    return {**found, **changed}


TOTAL = {"type": "Total", "labels": ["Total"]}


def item(code: str, text: str, **more: Any) -> dict[str, Any]:
    """An item of a field."""
    return {"type": "RecodeItem", "uris": [f"str:value:DEMO:X:V:{code}"], "labels": [text], **more}


def json_file(path: Path, document: object) -> Path:
    """A document as a file."""
    path.write_text(json.dumps(document), "utf-8")
    return path


def rows_as_csv(path: Path, rows: Sequence[Sequence[str]], encoding: str = "utf-8", delimiter: str = ",") -> Path:
    """Text in columns."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def rows_as_workbook(path: Path, rows: Sequence[Sequence[Cell]], formats: Mapping[str, str] | None = None) -> Path:
    """A workbook with one sheet of these rows."""
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(list(row))
    for place, number_format in (formats or {}).items():
        book.active[place].number_format = number_format
    book.save(path)
    return path


def _fill(sheet: Any, row: int, column: int, cells: Sequence[Cell]) -> None:
    for offset, cell in enumerate(cells):
        if cell not in ("", None):
            sheet.cell(row, column + offset, cell)
