"""A row of the plan as a form: its columns become fields, and what was typed becomes cells again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from eventkit.errors import BadInput
from eventkit.incoming.cells import typed
from eventkit.incoming.grid import Raw
from eventkit.sheet import Column, Part, Plan, Problem, Row, Type, Value
from eventkit.web.language import gettext as _
from eventkit.web.text import clean

Typed = Mapping[str, str]
"""What a form sent, by the names of its fields."""

_AT_HAND: dict[str, tuple[str, ...]] = {
    "event": ("event_id", "title", "date", "place", "organisers", "welcome", "privacy_notice", "delete_after"),
    "statistics": ("qualifier", "denominator", "geography_code", "url", "evidence_grade"),
    "polls": ("help", "national_statistic", "local_statistic", "allow_not_sure", "explanation", "so_what"),
    "options": ("value", "correct"),
    "people": ("organisation",),
}
"""Columns that are not required and yet lie open in the form of their part; the others wait below."""

_LONG = frozenset(
    "question help welcome privacy_notice consent_wording story explanation so_what facilitator_notes myth_text notes "
    "rounding_note definition include exclude example needs".split()
)
_WORDS = {"id": "ID", "url": _("Web address"), "ref": _("Which ones"), "wifi": "Wifi"}
_FEW = 9


@dataclass(frozen=True)
class Field:
    """One field of a form. `kind` is the shape of its input; `fixed` says why nobody can change it."""

    name: str
    column: Column
    kind: str
    value: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    errors: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    fixed: str = ""
    at_hand: bool = True

    @property
    def label(self) -> str:
        """The column's name in words."""
        return words(self.column.name)


@dataclass(frozen=True)
class Filled:
    """A form as it came back: the cells that could be read, what was typed, and the sentences about the rest."""

    cells: Mapping[str, Value]
    typed: Typed
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether nothing at all was filled in."""
        return not any(text.strip() for text in self.typed.values())


def words(name: str) -> str:
    """The name of a part or column as people say it: `statistic_id` is "Statistic ID"."""
    if name in _WORDS:
        return _WORDS[name]
    said = " ".join(_WORDS.get(word, word) for word in name.split("_"))
    return said[:1].upper() + said[1:]


def columns_of(part: Part, rows: Sequence[Row]) -> tuple[Column, ...]:
    """The part's columns, and those that people added to it."""
    known = {column.name for column in part.columns}
    own = dict.fromkeys(name for row in rows for name in row.cells if name not in known) if part.free_columns else {}
    return (*part.columns, *(Column(name, _("A column of your own, to balance tables by.")) for name in own))


def fields(part: Part, columns: Sequence[Column], plan: Plan, shown: Typed, prefix: str = "") -> list[Field]:
    """The fields of a row's form with these texts in them."""
    few = len(columns) <= _FEW and not prefix
    at_hand = _AT_HAND.get(part.name, ())
    return [
        Field(
            name=prefix + column.name,
            column=column,
            kind=_kind(column, plan, small=bool(prefix)),
            value=shown.get(column.name, ""),
            choices=_choices(part, column, plan),
            at_hand=few or column.required or column.name in at_hand or bool(shown.get(column.name)),
        )
        for column in columns
    ]


def told(fields: Sequence[Field], problems: Sequence[Problem], prefix: str = "") -> list[Field]:
    """The fields with the problems of their row beside them; those with one lie open."""
    found: list[Field] = []
    for each in fields:
        own = [problem for problem in problems if prefix + problem.column == each.name]
        errors = tuple(problem.sentence for problem in own if problem.blocks)
        notes = tuple(problem.sentence for problem in own if not problem.blocks)
        found.append(replace(each, errors=errors, notes=notes, at_hand=each.at_hand or bool(own)))
    return found


def texts(columns: Sequence[Column], cells: Mapping[str, Value]) -> dict[str, str]:
    """The cells as a form shows them."""
    return {column.name: _text(cells.get(column.name)) for column in columns}


def fresh(columns: Sequence[Column]) -> dict[str, str]:
    """A form that nobody has filled in yet, with what counts where a cell stays empty."""
    return {column.name: _text(column.default) for column in columns}


def read(columns: Sequence[Column], sent: Typed, prefix: str = "") -> Filled:
    """What was typed as cells; an empty field has its column's default."""
    given = {column.name: clean(sent.get(prefix + column.name, "")) for column in columns}
    cells: dict[str, Value] = {}
    errors: dict[str, str] = {}
    for column in columns:
        try:
            cells[column.name] = _cell(column, given[column.name])
        except BadInput as fault:
            errors[column.name] = fault.sentence
    return Filled(cells, given, errors)


def _cell(column: Column, text: str) -> Value:
    raw = Raw(text)
    if not raw.blank:
        return typed(column, raw)
    if column.type is Type.YES_NO and column.default is not None:
        return False
    if column.required and not column.may_wait:
        raise BadInput(_("This must be filled in."))
    return column.default


def _kind(column: Column, plan: Plan, *, small: bool) -> str:
    if column.values or _referred(column, plan) is not None:
        return "select"
    if column.type is Type.YES_NO:
        return "select" if column.default is None else "checkbox"
    if column.type is Type.TEXT:
        return "area" if column.name in _LONG and not small else "text"
    return column.type.value


def _choices(part: Part, column: Column, plan: Plan) -> tuple[tuple[str, str], ...]:
    if column.values:
        return (*_none(column), *((code, f"{code}: {label}" if label else code) for code, label in column.values))
    if column.type is Type.YES_NO:
        return (("", ""), ("yes", _("Yes")), ("no", _("No")))
    referred = _referred(column, plan)
    if referred is None or column.name in part.key:
        return ()
    return (("", _("none")), *((name, _named(row, name)) for name, row in referred.items()))


def _none(column: Column) -> tuple[tuple[str, str], ...]:
    return () if column.required or column.default is not None else (("", _("none")),)


def _referred(column: Column, plan: Plan) -> dict[str, Row] | None:
    """The rows that a column names one of, by their ids; None if it names none."""
    if column.name.endswith("_statistic"):
        return plan.ids("statistics", "statistic_id")
    return None


def _named(row: Row, name: str) -> str:
    about = ", ".join(row.text(column) for column in ("measure", "geography_name", "period_label") if row.text(column))
    figure = " ".join(row.text(column) for column in ("value", "unit") if row.text(column))
    return f"{name}: {about} ({figure})"


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    return value.isoformat() if isinstance(value, date) else str(value)
