"""What can be wrong with a rule of seating, by itself and beside the others; pure."""

from collections.abc import Iterator

from eventkit.events import references
from eventkit.events.people import MOST_ROUNDS
from eventkit.sheet import Level, Plan, Problem, Row
from eventkit.tables.room import Kind
from eventkit.web.language import gettext as _

_PAIRS = (Kind.TOGETHER.value, Kind.APART.value)
_PLACES = (Kind.FIXED.value, Kind.BANNED.value)


def check_rules(plan: Plan) -> Iterator[Problem]:
    """What a person must mend in the rules of seating."""
    people, tables = plan.ids("people", "person_id"), plan.ids("tables", "table")
    for row in plan.rows("seating_rules"):
        yield from references.outside(row, "round", 1, MOST_ROUNDS)
        for column, known, sheet in (
            ("person_id", people, "people"),
            ("other_id", people, "people"),
            ("table", tables, "tables"),
        ):
            named = [row.text(column)] if row.text(column) else []
            yield from references.unknown(row, column, named, known, sheet)
        yield from _cells(row)
    yield from _contradictions(plan)
    yield from _hosts(plan)
    yield from _accessible(plan)


def _cells(row: Row) -> Iterator[Problem]:
    """Each kind needs cells of its own, and another's cells would say something that nobody carries out."""
    kind = row.text("kind")
    if not kind:
        return
    needed = {"other_id": kind in _PAIRS, "table": kind in _PLACES}
    allowed = {"other_id": kind in _PAIRS, "table": kind in (*_PLACES, Kind.HOST.value)}
    for column, is_needed in needed.items():
        if is_needed and not row.text(column) and column not in row.unread:
            sentence = _("A rule of the kind {kind} needs this cell.")
            yield row.problem(column, sentence.format(kind=kind))
        elif row.text(column) and not allowed[column]:
            sentence = _("A rule of the kind {kind} has no {column}. Clear the cell, or choose another kind.")
            yield row.problem(column, sentence.format(kind=kind, column=column))
    if row.text("other_id") and row.text("other_id") == row.text("person_id"):
        yield row.problem("other_id", _("These are the same person. Name two."))


def _contradictions(plan: Plan) -> Iterator[Problem]:
    """Two rules that no seating can keep at once; a rule without a round meets every other."""
    earlier: dict[tuple[str, ...], list[Row]] = {}
    for row in plan.rows("seating_rules"):
        for other in earlier.setdefault(_subject(row), []):
            if _one_round(row, other) and _contrary(row, other):
                sentence = _("Row {row} demands the contrary. Delete one of the two.")
                yield row.problem("kind", sentence.format(row=other.number))
                break
        earlier[_subject(row)].append(row)


def _subject(row: Row) -> tuple[str, ...]:
    if row["kind"] in _PAIRS:
        return ("pair", *sorted((row.text("person_id"), row.text("other_id"))))
    return ("place", row.text("person_id"))


def _one_round(row: Row, other: Row) -> bool:
    return row["round"] == other["round"] or None in (row["round"], other["round"])


def _contrary(row: Row, other: Row) -> bool:
    if row["kind"] in _PAIRS:
        return row["kind"] != other["kind"]
    here, there = _place(row), _place(other)
    if here and there:
        return here != there
    banned = row if row["kind"] == Kind.BANNED.value else other
    return banned["kind"] == Kind.BANNED.value and banned.text("table") in {here, there} - {""}


def _place(row: Row) -> str:
    """The table at which a rule puts its person, "" if at none."""
    return row.text("table") if row["kind"] in (Kind.FIXED.value, Kind.HOST.value) else ""


def _hosts(plan: Plan) -> Iterator[Problem]:
    """Every table has exactly one host, if any has."""
    hosts = [row for row in plan.rows("seating_rules") if row["kind"] == Kind.HOST.value]
    for number, row in enumerate(hosts):
        for other in hosts[:number]:
            if row.text("table") and row.text("table") == other.text("table") and _one_round(row, other):
                yield row.problem("table", _("Row {row} gives this table a host already.").format(row=other.number))
                break
    people, tables = {row.text("person_id") for row in hosts}, plan.ids("tables", "table")
    if hosts and tables and len(people) != len(tables) and all(row["round"] is None for row in hosts):
        sentence = _("There are {hosts} hosts for {tables} tables. Every table has exactly one.")
        text = sentence.format(hosts=len(people), tables=len(tables))
        yield Problem("seating_rules", None, "kind", text, Level.WARN)


def _accessible(plan: Plan) -> Iterator[Problem]:
    if not any(row["accessible"] is True for row in plan.rows("tables")):
        for row in plan.rows("seating_rules"):
            if row["kind"] == Kind.ACCESSIBLE.value:
                yield row.problem("kind", _("No table is marked as accessible in the sheet tables."))
