"""The dictionary: every column of every sheet, and every code that may stand in one. Made from `Column` alone."""

from collections.abc import Iterable, Mapping, Sequence

from eventkit.export.cells import CONFIDENTIAL, NOT_APPLICABLE, NOT_AVAILABLE
from eventkit.sheet import Column, Sheet, Type, Value
from eventkit.web.language import gettext as _

MISSING, YES_NO = "missing", "yes_no"
Pairs = tuple[tuple[str, str], ...]


def sheets(described: Sequence[Sheet]) -> tuple[Sheet, Sheet]:
    """`dictionary` and `dictionary_values` of these sheets, in their order."""
    sets = _value_sets(described)
    names = {pairs: name for name, pairs in sets.items()}
    rows = [
        _row(sheet.name, position, column, names)
        for sheet in described
        for position, column in enumerate(sheet.columns, 1)
    ]
    codes: list[Mapping[str, Value]] = [
        {"value_set": name, "code": code, "label": label, "sort_order": order, "is_missing": name == MISSING}
        for name, pairs in sets.items()
        for order, (code, label) in enumerate(pairs, 1)
    ]
    return dictionary(rows), dictionary_values(codes)


def dictionary(rows: Sequence[Mapping[str, Value]] = ()) -> Sheet:
    """The sheet `dictionary` with these rows."""
    measures = tuple((name, name) for name in ("id", "nominal", "ordinal", "scale", "text"))
    columns = (
        Column("sheet", _("The sheet that the column stands in."), required=True, measure="id"),
        Column("variable", _("The column's heading."), required=True, measure="id"),
        Column("position", _("Which column of its sheet it is, from 1 on the left."), Type.INTEGER, required=True),
        Column("label", _("What the column means."), required=True),
        Column("type", _("What its cells hold."), required=True, values=_types()),
        Column("measure", _("How its values may be analysed."), required=True, values=measures),
        Column("value_set", _("The set in dictionary_values that lists its codes.")),
        Column("unit", _("What a number counts or measures.")),
        Column("missing_rule", _("When the cell is empty or holds a sign in square brackets."), required=True),
        Column("required", _("Whether every row has a value."), Type.YES_NO, required=True),
        Column("example", _("A value as it may stand there.")),
    )
    return Sheet("dictionary", _("Dictionary"), _("One row for each column of this workbook."), columns, rows)


def dictionary_values(rows: Sequence[Mapping[str, Value]] = ()) -> Sheet:
    """The sheet `dictionary_values` with these rows."""
    columns = (
        Column("value_set", _("The set's name, as in the column value_set of dictionary."), required=True),
        Column("code", _("The code that stands in a cell."), required=True),
        Column("label", _("What the code means."), required=True),
        Column("sort_order", _("The code's place in its set, from 1."), Type.INTEGER, required=True),
        Column("is_missing", _("Whether the code stands for a missing value."), Type.YES_NO, required=True),
    )
    description = _("One row for each code that stands in a column with a value set, or for a missing value.")
    return Sheet("dictionary_values", _("Dictionary of values"), description, columns, rows)


def _row(sheet: str, position: int, column: Column, names: Mapping[Pairs, str]) -> Mapping[str, Value]:
    return {
        "sheet": sheet,
        "variable": column.name,
        "position": position,
        "label": column.meaning,
        "type": column.type.value,
        "measure": column.measure or _measure(column),
        "value_set": names.get(_codes(column)),
        "unit": column.unit,
        "missing_rule": _missing_rule(column),
        "required": _always(column),
        "example": None if column.example is None else str(column.example),
    }


def _always(column: Column) -> bool:
    return column.required and not column.may_wait


def _missing_rule(column: Column) -> str:
    if _always(column):
        return _("Never empty; [z] in the one row of a sheet that was not used.")
    return _("Empty where nothing was given; otherwise a sign of the value set missing.")


def _measure(column: Column) -> str:
    if column.name.endswith("_id"):
        return "id"
    if _codes(column):
        return "nominal"
    return "text" if column.type is Type.TEXT else "scale"


def _codes(column: Column) -> Pairs:
    return _yes_no() if column.type is Type.YES_NO else column.values


def _value_sets(described: Iterable[Sheet]) -> dict[str, Pairs]:
    """The sets by name: a column's name, or sheet and column where two columns differ."""
    sets: dict[str, Pairs] = {MISSING: _missing(), YES_NO: _yes_no()}
    for sheet in described:
        for column in sheet.columns:
            codes = _codes(column)
            if codes and codes not in sets.values():
                sets[column.name if column.name not in sets else f"{sheet.name}.{column.name}"] = codes
    return sets


def _missing() -> Pairs:
    return (
        (CONFIDENTIAL, _("Confidential: the round was discarded unread, or too few people answered.")),
        (NOT_APPLICABLE, _("Not applicable: the value has no meaning here, or the activity was not used.")),
        (NOT_AVAILABLE, _("Not available: there is a value, but it is not known here.")),
    )


def _yes_no() -> Pairs:
    return (("yes", _("Yes")), ("no", _("No")))


def _types() -> Pairs:
    return (
        ("text", _("Text, also where it looks like a number.")),
        ("integer", _("A whole number.")),
        ("number", _("A number, as it was published or computed; text if it has more than 15 digits.")),
        ("share", _("A number from 0 to 1, shown as per cent.")),
        ("yes_no", _("The word yes or no.")),
        ("date", _("A date, shown as year-month-day; text if it is before 1 March 1900.")),
        ("datetime", _("A moment as text in the form of ISO 8601, with its distance from UTC.")),
    )
