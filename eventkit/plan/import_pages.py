"""Importing a figure on the desk: bring an official file, pick one cell, add what the file does not tell, save."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import Response

from eventkit.errors import BadInput, EventkitError
from eventkit.events import guards
from eventkit.evidence.checks import Finding
from eventkit.evidence.columns import STATISTICS
from eventkit.evidence.importers.formats import parse_file
from eventkit.evidence.importers.picking import Figure, filled
from eventkit.evidence.importers.table import Cell, Table, meaning
from eventkit.evidence.vintages import RawFile, findings, import_figure
from eventkit.plan import forms, pages
from eventkit.plan.forms import Field, Typed
from eventkit.plan.held import UploadedFigures
from eventkit.plan.pages import LARGEST_UPLOAD, Stored
from eventkit.sheet import Column, Level, Value
from eventkit.web.answers import see_other
from eventkit.web.dates import day
from eventkit.web.language import gettext as _
from eventkit.web.language import speaking

desk = APIRouter(prefix="/plan/import")

_ROWS, _COLUMNS = 8, 6
_FORMATS = {
    "stat_xplore_workbook": _("a Stat-Xplore workbook"),
    "stat_xplore_json": _("a Stat-Xplore result"),
    "own_template": _("eventkit's own sheet of figures"),
}


@dataclass(frozen=True)
class Preview:
    """A corner of a table: its first rows and columns, as the file shows them."""

    across: Sequence[str]
    rows: Sequence[tuple[str, Sequence[str]]]
    cut: bool


@desk.get("")
async def ask(request: Request) -> Response:
    """Asks for the file."""
    return pages.show(request, await pages.stored(request), "plan/import.html", {"refusal": ""})


@desk.post("", max_body_size=LARGEST_UPLOAD)
async def bring(request: Request) -> Response:
    """Reads the file in a child process, and shows what stands in it."""
    file = await pages.brought(request)
    now = await pages.stored(request)
    with speaking(now.event.language):
        try:
            held = await _held(file)
        except BadInput as unreadable:
            return pages.show(request, now, "plan/import.html", {"refusal": unreadable.sentence}, unreadable.status)
        token = pages.uploads(request).figures.keep(guards.event_of(request), held)
        return _picking(request, now, held, token, {})


@desk.post("/table")
async def other(request: Request, token: Annotated[str, Form(max_length=64)]) -> Response:
    """Another table of the file."""
    now, held, sent = await _at(request, token)
    with speaking(now.event.language):
        return _picking(request, now, held, token, sent)


@desk.post("/pick")
async def pick(request: Request, token: Annotated[str, Form(max_length=64)]) -> Response:
    """The card of the cell that was picked, with fields for what the file does not tell."""
    now, held, sent = await _at(request, token)
    with speaking(now.event.language):
        try:
            figure = _figure(held, sent)
        except BadInput as refusal:
            return _picking(request, now, held, token, sent, refusal.sentence)
        found = await _findings(request, figure.cells)
        return _card(request, now, figure, sent, forms.texts(_asked(figure), figure.cells), found)


@desk.post("/save")
async def save(request: Request, token: Annotated[str, Form(max_length=64)]) -> Response:
    """Saves the figure with its file, once its checks have been seen."""
    now, held, sent = await _at(request, token)
    with speaking(now.event.language):
        try:
            figure = _figure(held, sent)
            read = forms.read(_asked(figure), sent)
            cells = {**figure.cells, **{name: value for name, value in read.cells.items() if value is not None}}
            found = await _findings(request, cells)
            wrong = read.errors or any(each.level is Level.BLOCK for each in found)
            if wrong or not set(_keys(found)) <= set(sent.get("seen", "").split()):
                return _card(request, now, figure, sent, read.typed, found, read.errors)
            statistic_id = await _import(request, held, figure, cells)
        except EventkitError as refusal:
            return pages.show(request, now, "plan/import.html", {"refusal": refusal.sentence}, refusal.status)
        pages.uploads(request).figures.let_go(token)
    return see_other(f"/s/{request.path_params['code']}/desk/plan/statistics?saved={statistic_id}")


async def _held(file: tuple[str, bytes] | None) -> UploadedFigures:
    if file is None:
        raise BadInput(_("No file was chosen. Choose the file that the publisher gave you."))
    name, content = file
    with TemporaryDirectory(prefix="eventkit-") as folder:
        path = Path(folder) / name
        await asyncio.to_thread(path.write_bytes, content)
        return UploadedFigures(name, content, await parse_file(path))


async def _at(request: Request, token: str) -> tuple[Stored, UploadedFigures, dict[str, str]]:
    held = pages.uploads(request).figures.look(guards.event_of(request), token)
    async with request.form(max_files=0) as form:
        sent = {name: value for name, value in form.items() if isinstance(value, str)}
    return await pages.stored(request), held, sent


async def _findings(request: Request, cells: Mapping[str, Value]) -> list[Finding]:
    return await pages.database(request).read(findings, guards.event_of(request), cells)


async def _import(request: Request, held: UploadedFigures, figure: Figure, cells: Mapping[str, Value]) -> str:
    event_id = guards.event_of(request)
    raw = RawFile(held.name, held.content, figure.importer)
    return await pages.database(request).write(event_id, import_figure, event_id, cells, raw)


def _figure(held: UploadedFigures, sent: Typed) -> Figure:
    """The figure of the cell that was picked. Raises `BadInput` if there is none."""
    table = held.tables[_number(sent, "table", len(held.tables))]
    at = tuple(
        _number(sent, f"label-{place}", len(dimension.labels)) for place, dimension in enumerate(table.dimensions)
    )
    cell = next((cell for cell in table.cells if cell.at == at), None)
    if cell is None:
        raise BadInput(_("The table has no cell for these labels. Choose others."))
    return filled(table, cell)


def _number(sent: Typed, name: str, count: int) -> int:
    text = sent.get(name, "0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 and int(text) < count else 0


def _picking(
    request: Request, now: Stored, held: UploadedFigures, token: str, sent: Typed, refusal: str = ""
) -> Response:
    number = _number(sent, "table", len(held.tables))
    table = held.tables[number]
    chosen = [_number(sent, f"label-{place}", len(each.labels)) for place, each in enumerate(table.dimensions)]
    values: dict[str, Any] = {
        "held": held,
        "table": table,
        "number": number,
        "token": token,
        "chosen": chosen,
        "preview": _preview(table),
        "format": _FORMATS.get(table.importer, forms.words(table.importer)),
        "refusal": refusal,
    }
    return pages.show(request, now, "plan/pick.html", values, 400 if refusal else 200)


def _preview(table: Table) -> Preview:
    """The two longest dimensions as rows and columns; of the others, their first label."""
    sizes = sorted(range(len(table.dimensions)), key=lambda place: -len(table.dimensions[place].labels))
    down, across = sizes[0], sizes[1] if len(sizes) > 1 else None
    texts = {cell.at: _shown(cell) for cell in table.cells}
    columns = [0] if across is None else list(range(len(table.dimensions[across].labels)))[:_COLUMNS]
    rows: list[tuple[str, Sequence[str]]] = []
    for row, label in enumerate(table.dimensions[down].labels[:_ROWS]):
        places = [{down: row} if across is None else {down: row, across: column} for column in columns]
        cells = [tuple(place.get(each, 0) for each in range(len(table.dimensions))) for place in places]
        rows.append((label.text, [texts.get(at, "") for at in cells]))
    heads = [""] if across is None else [table.dimensions[across].labels[column].text for column in columns]
    return Preview(heads, rows, cut=len(texts) > sum(len(row) for _label, row in rows))


def _shown(cell: Cell) -> str:
    return cell.text if cell.gap is None else f"{cell.text} ({meaning(cell.gap)})".strip()


def _asked(figure: Figure) -> list[Column]:
    """What the organiser is asked for: the figure's name, and what the file does not tell."""
    return [column for column in STATISTICS.columns if column.name in ("statistic_id", *figure.lacking)]


def _card(
    request: Request,
    now: Stored,
    figure: Figure,
    sent: Typed,
    shown: Typed,
    found: Sequence[Finding],
    errors: Mapping[str, str] | None = None,
) -> Response:
    picked = {name: text for name, text in sent.items() if name in ("token", "table") or name.startswith("label-")}
    asked = forms.fields(STATISTICS, _asked(figure), now.plan, shown)
    # Nobody has been asked yet for what is missing from a card that was just filled.
    told = found if "statistic_id" in sent else [each for each in found if each.level is not Level.BLOCK]
    fields = [_told(each, told, errors or {}) for each in asked]
    names = {each.column.name for each in fields}
    columns = [column for column in STATISTICS.columns if column.name in figure.cells and column.name not in names]
    values: dict[str, Any] = {
        "picked": picked,
        "fields": fields,
        "told": [(column, _said(column, figure.cells[column.name])) for column in columns],
        "findings": [each for each in found if each.column not in names],
        "seen": " ".join(_keys(found)),
        "wrong": any(each.errors for each in fields),
        "again": "statistic_id" in sent,
    }
    return pages.show(request, now, "plan/card.html", values, 400 if values["wrong"] and values["again"] else 200)


def _told(each: Field, found: Sequence[Finding], errors: Mapping[str, str]) -> Field:
    own = [finding for finding in found if finding.column == each.column.name]
    blocking = [finding.sentence for finding in own if finding.level is Level.BLOCK]
    wrong = [errors[each.column.name]] if each.column.name in errors else blocking
    notes = tuple(finding.sentence for finding in own if finding.level is not Level.BLOCK)
    return replace(each, errors=tuple(wrong), notes=notes, at_hand=each.at_hand or bool(own or wrong))


def _said(column: Column, value: Value) -> str:
    """A cell as a card says it."""
    if isinstance(value, date):
        return day(value)
    text = forms.texts([column], {column.name: value})[column.name]
    return dict(column.values).get(text, text)


def _keys(found: Sequence[Finding]) -> list[str]:
    """What tells findings from others: a figure is saved only after all of its own were shown."""
    return sorted(f"{each.column}:{each.level}" for each in found)
