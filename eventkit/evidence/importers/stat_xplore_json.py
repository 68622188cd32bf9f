"""The result of a Stat-Xplore query, as its interface answers `POST /table` (.json).

Values nest in the order of the fields, the last one fastest. Items that are totals have no uris; items that group
several values have several. Nothing here adds up: disclosure control moves every figure a little.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import product
from typing import Any

from eventkit.errors import BadInput
from eventkit.evidence.importers.content import Content
from eventkit.evidence.importers.dimensions import dimension
from eventkit.evidence.importers.table import Cell, Dimension, Footnote, Gap, Label, Table
from eventkit.web.language import gettext as _
from eventkit.web.text import clean

NAME = "stat_xplore_json"
_MOST_DECIMALS = 15


def detect(content: Content) -> bool:
    """Whether this is a result, or the query that would fetch one."""
    found = content.json
    return isinstance(found, dict) and "database" in found and ("cubes" in found or "dimensions" in found)


def tables(content: Content) -> list[Table]:
    """One table for each measure. Raises `BadInput` for a query, and for a result whose parts do not fit."""
    found = content.json
    if "cubes" not in found:
        raise BadInput(
            _(
                "This is a query, not a result: it says what to ask Stat-Xplore, and holds no figures. Run it there, "
                "and bring the table that it gives, as .xlsx, or the answer to /table as .json."
            )
        )
    try:
        return [_table(found, measure) for measure in found["measures"]]
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError):
        raise BadInput(_("This result is not complete: its parts do not fit. Fetch it once more.")) from None


def _table(found: Mapping[str, Any], measure: Mapping[str, Any]) -> Table:
    cube = found["cubes"][measure["uri"]]
    name = clean(measure["label"])
    fields = [_dimension(field) for field in found["fields"]]
    dimensions = (
        dimension(_("Measure"), [Label(name, marks=(*_keys(found["database"]), *_keys(measure)))], _("Measure")),
        *fields,
    )
    notes = [Footnote(clean(str(note)), str(key)) for key, note in found.get("annotationMap", {}).items()]
    return Table(
        title=clean(found["database"]["label"]),
        importer=NAME,
        dimensions=dimensions,
        cells=tuple(_cells(fields, cube)),
        hints={"dataset": clean(found["database"]["label"]), "source_table": _source_table(found, name)},
        notes=tuple(notes),
    )


def _dimension(field: Mapping[str, Any]) -> Dimension:
    return dimension(clean(field["label"]), [_label(item) for item in field["items"]])


def _label(item: Mapping[str, Any]) -> Label:
    uris = item.get("uris", ())
    codes = tuple(uri.rpartition(":")[2] for uri in uris)
    text = clean(" + ".join(item["labels"]))
    return Label(text, codes, _keys(item), total=not uris and item.get("type") == "Total")


def _cells(fields: Sequence[Dimension], cube: Mapping[str, Any]) -> Iterator[Cell]:
    precision = int(cube.get("precision", 0))
    sizes = [len(field.labels) for field in fields]
    values, annotations = cube["values"], cube.get("annotations")
    _fits(values, sizes)
    for place in product(*(range(size) for size in sizes)):
        number = _at(values, place)
        marks = _marks(_at(annotations, place)) if annotations else ()
        if number is None:
            yield Cell((0, *place), "", gap=Gap.NOT_AVAILABLE, marks=marks)
        else:
            value = _rounded(number, precision)
            yield Cell((0, *place), f"{value:,f}", value, marks=marks)


def _rounded(number: Decimal | int, precision: int) -> Decimal:
    """As the publisher's own page shows it: means come with all their digits."""
    if isinstance(number, bool) or not 0 <= precision <= _MOST_DECIMALS:
        raise ValueError
    return Decimal(number).quantize(Decimal(1).scaleb(-precision), ROUND_HALF_UP)


def _fits(values: Any, sizes: Sequence[int]) -> None:
    """Whether the values nest as the fields say; a figure in another's place would be worse than none."""
    if not sizes:
        if isinstance(values, list | dict | str):
            raise TypeError
        return
    if not isinstance(values, list) or len(values) != sizes[0]:
        raise ValueError
    for inner in values:
        _fits(inner, sizes[1:])


def _at(values: Any, place: tuple[int, ...]) -> Any:
    for number in place:
        values = values[number]
    return values


def _marks(keys: object) -> tuple[str, ...]:
    if isinstance(keys, list):
        return tuple(str(key) for key in keys)
    return tuple(str(keys).split()) if keys else ()


def _keys(item: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(key) for key in item.get("annotationKeys", ()))


def _source_table(found: Mapping[str, Any], measure: str) -> str:
    by = _(" by ").join(clean(field["label"]) for field in found["fields"])
    return f"{measure}: {by} ({clean(str(found['database'].get('id', '')))})"
