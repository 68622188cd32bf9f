"""Makes files that no organiser would bring on purpose, and reads them as the server does."""

import io
import os
import struct
import subprocess
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook

from eventkit.incoming.confined import command, environment
from eventkit.incoming.screening import MAX_BYTES

Rows = list[list[object]]
DATA: Rows = [["measure", "value", "unit", "geography_name"], ["Doubts", 84, "%", "Fife"]]
SHEET, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"


@dataclass(frozen=True)
class Ending:
    """How a child ended: its answer, how long it took, and the most memory that it held in bytes."""

    answer: str
    seconds: float
    memory: int


def read_in_child(function: Callable[[Path], object], path: Path) -> Ending:
    """Starts the child as the server does, and measures it."""
    begun = time.monotonic()
    child = subprocess.Popen(
        command(function, path), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment()
    )
    assert child.stdout
    answer = child.stdout.read().decode()
    _pid, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    child.stdout.close()
    return Ending(answer, time.monotonic() - begun, used.ru_maxrss * 1024)


def workbook(rows: Rows = DATA) -> dict[str, bytes]:
    """The parts of a sound workbook."""
    book, content = Workbook(), io.BytesIO()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(content)
    with zipfile.ZipFile(content) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    """The parts as a file."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def changed(member: str, old: str, new: str, rows: Rows = DATA) -> bytes:
    """A sound workbook with one thing changed in one of its parts."""
    parts = workbook(rows)
    assert old.encode() in parts[member]
    return packed({**parts, member: parts[member].replace(old.encode(), new.encode(), 1)})


def bomb(size: int = 400) -> bytes:
    """A workbook whose sheet is that many megabytes long, in well under one."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in workbook().items():
            if name != SHEET:
                archive.writestr(name, part)
        with archive.open(SHEET, "w") as sheet:
            sheet.write(b"<worksheet><sheetData><row><c><v>")
            for _megabyte in range(size):
                sheet.write(b"1" * 1_000_000)
    return content.getvalue()


def lying_bomb() -> bytes:
    """The same, claiming to be small."""
    true, claimed = struct.pack("<L", 60_000_033), struct.pack("<L", 1000)
    content = bomb(60)
    assert true in content
    return content.replace(true, claimed)


def many_members(count: int = 5000) -> bytes:
    """A workbook of thousands of parts."""
    return packed({**workbook(), **{f"xl/media/image{number}.png": b"x" for number in range(count)}})


def blank_rows(count: int = 1_000_000) -> bytes:
    """A sheet that goes on for a million blank rows below its only figure."""
    rows = "".join(f'<row r="{number}"/>' for number in range(3, count))
    return changed(SHEET, "</sheetData>", rows + "</sheetData>")


def claimed_cells(rows: Rows = DATA) -> bytes:
    """A sheet that claims 1,048,576 rows of 16,384 columns, and has a cell at the far end."""
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c></row></sheetData>'
    parts = workbook(rows)
    sheet = parts[SHEET].replace(b"</sheetData>", far.encode())
    start = sheet.index(b'<dimension ref="') + len(b'<dimension ref="')
    sheet = sheet[:start] + b"A1:XFD1048576" + sheet[sheet.index(b'"', start) :]
    return packed({**parts, SHEET: sheet})


def many_cells() -> bytes:
    """Under the limits of size, and over those of memory or time once every cell is an object."""
    row = b"<row>" + b"<c><v>1</v></c>" * 160 + b"</row>"
    sheet = b"<worksheet><sheetData>" + row * 19_500 + b"</sheetData></worksheet>"
    return packed({**workbook(), SHEET: sheet, "xl/media/noise.bin": os.urandom(600_000).replace(b"<", b"-")})


def entities(declaration: str) -> bytes:
    """A workbook whose sheet declares entities."""
    return changed(SHEET, "<worksheet", f"<!DOCTYPE worksheet [{declaration}]><worksheet")


LAUGHS = '<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
OUTSIDE = '<!ENTITY outside SYSTEM "file:///etc/passwd">'

REFUSED: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "blank": lambda: b" \n\t\0",
    "program": lambda: b"MZ" + bytes(300),
    "linux program": lambda: b"\x7fELF" + bytes(300),
    "script": lambda: b"#!/bin/sh\nrm -rf /\n",
    "older Excel": lambda: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512),
    "PDF": lambda: b"%PDF-1.7\n%\xe2\xe3",
    "picture": lambda: b"\x89PNG\r\n\x1a\n" + bytes(200),
    "too large": lambda: b"a,b\n" * (MAX_BYTES // 4 + 1),
    "macros": lambda: packed({**workbook(), "xl/vbaProject.bin": b"Attribute VB_Name"}),
    "other archive": lambda: packed({"word/document.xml": b"<document/>"}),
    "cut short": lambda: packed(workbook())[:2000],
    "zip slip": lambda: packed({**workbook(), "../../evil.xml": b"<x/>"}),
    "bomb": bomb,
    "lying bomb": lying_bomb,
    "many members": many_members,
    "many cells": many_cells,
    "laughs": lambda: entities(LAUGHS),
    "outside": lambda: entities(OUTSIDE),
    "outside in UTF-16": lambda: packed({**workbook(), SHEET: f"<!DOCTYPE w [{OUTSIDE}]><w/>".encode("utf-16")}),
    "blank rows": blank_rows,
    "claimed cells": lambda: claimed_cells([["nothing", "here"]]),
    "merged headings": lambda: changed(
        SHEET, "</sheetData>", '</sheetData><mergeCells count="1"><mergeCell ref="A1:D1"/></mergeCells>',
        [["Figures of the day", None, None, None], ["Doubts", 84, "%", "Fife"]],
    ),
    "wrong types": lambda: packed(workbook([*DATA, ["Doubts", "many", "%", "Fife"], ["Doubts", True, "%", "Fife"]])),
    "formula": lambda: packed(workbook([DATA[0], ["Doubts", "=1+1", "%", "Fife"]])),
    "huge cell": lambda: changed(SHEET, "<v>84</v>", f"<v>{'9' * 3_000_000}</v>"),
    "huge text": lambda: changed(
        SHEET, "</sheetData>",
        f'<row r="3"><c r="A3" t="inlineStr"><is><t>{os.urandom(900_000).hex()}</t></is></c>'
        '<c r="B3"><v>1</v></c></row></sheetData>',
    ),
    "huge cell in a csv": lambda: b"measure,value,unit,geography_name\n" + b"9" * 4_000_000 + b",1,%,Fife\n",
    "open quote": lambda: b'measure,value,unit,geography_name\n"' + b"x,\n" * 1_000_000,
    "deep JSON": lambda: b'{"database":' + b"[" * 2_000_000,
    "endless number": lambda: b'{"database": 1, "cubes": ' + b"9" * 4_000_000 + b"}",
    "not JSON": lambda: b'{"database": NaN, "cubes": {}}',
}  # fmt: skip
"""Each with a function that makes it: none of them may be read, and none may do harm."""
