"""Reads a workbook's cells from its XML alone, as the format's description says, without any spreadsheet library."""

import re
from dataclasses import dataclass
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from openpyxl import load_workbook

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass(frozen=True)
class Cell:
    """A cell as the file holds it."""

    kind: str
    text: str


def parts(data: bytes) -> dict[str, ET.Element]:
    """Every part of the package, parsed: broken XML raises."""
    with ZipFile(BytesIO(data)) as package:
        return {name: ET.fromstring(package.read(name)) for name in package.namelist()}


def cells(data: bytes, sheet: int) -> dict[str, Cell]:
    """The cells of a sheet (from 1) by address; texts decoded as ST_Xstring."""
    package = parts(data)
    shared = [
        "".join(_decoded(node.text or "") for node in item.iter(f"{MAIN}t"))
        for item in package["xl/sharedStrings.xml"].iter(f"{MAIN}si")
    ]
    found = {}
    for node in package[f"xl/worksheets/sheet{sheet}.xml"].iter(f"{MAIN}c"):
        value = node.find(f"{MAIN}v")
        kind = node.get("t", "n")
        text = "" if value is None else value.text or ""
        found[node.attrib["r"]] = Cell(kind, shared[int(text)] if kind == "s" else text)
    return found


def formulas(data: bytes) -> list[str]:
    """Every formula, however it is written: as seen in the XML and by openpyxl."""
    seen = [name for name, part in parts(data).items() for _node in part.iter(f"{MAIN}f")]
    book = load_workbook(BytesIO(data))
    return seen + [
        cell.coordinate for page in book for row in page.iter_rows() for cell in row if cell.data_type == "f"
    ]


def rows(data: bytes, sheet: str) -> list[dict[str, object]]:
    """A sheet's table as openpyxl reads it."""
    page = load_workbook(BytesIO(data))[sheet]
    heads, *body = list(page.iter_rows(min_row=5, values_only=True))
    return [{str(head): value for head, value in zip(heads, row, strict=True)} for row in body]


def _decoded(text: str) -> str:
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text)
