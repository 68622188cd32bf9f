"""The sheets of tables and of rules for seating people at them."""

from collections.abc import Iterator, Mapping, Sequence

from sqlmodel import Session, col, select

from eventkit.events import references, storing
from eventkit.events.models import Event
from eventkit.events.people import MOST_ROUNDS
from eventkit.sheet import Column, Level, Part, Plan, Problem, Row, Type
from eventkit.tables import stored
from eventkit.tables.models import KnownVignette, Seat, SeatingRule, TableInRound
from eventkit.tables.room import Kind
from eventkit.tables.rule_checks import check_rules
from eventkit.web.language import gettext as _

MOST_SEATS = 500
_KINDS = (
    (Kind.FIXED.value, _("the person sits at this table")),
    (Kind.BANNED.value, _("the person does not sit at this table")),
    (Kind.TOGETHER.value, _("both sit at one table")),
    (Kind.APART.value, _("they sit at different tables")),
    (Kind.HOST.value, _("the person leads a table; exactly one host at each")),
    (Kind.ACCESSIBLE.value, _("the person needs an accessible table")),
)
_ROUND = Column("round", _("The round that it is for; empty: every round."), Type.INTEGER, example=1)

TABLES = Part(
    "tables",
    _("The tables: one table in each row, or one for each of its rounds."),
    (
        _ROUND,
        Column("table", _("A short name of the table."), required=True, example="t1"),
        Column("name", _("What people read on its card."), example=_("By the window"), wording=True),
        Column("min_seats", _("Fewest people at it."), Type.INTEGER, example=8),
        Column("max_seats", _("Most people at it."), Type.INTEGER, required=True, example=11),
        Column("accessible", _("Whether everybody can reach and use it."), Type.YES_NO, default=False, example=True),
        Column("vignettes", _("The stories that it discusses, with a semicolon between."), example="v1;v2"),
    ),
    key=("round", "table"),
)
SEATING_RULES = Part(
    "seating_rules",
    _("What seating must keep to: one rule in each row."),
    (
        Column("kind", _("What the rule demands."), required=True, values=_KINDS, example="together"),
        _ROUND,
        Column("person_id", _("The person that it is about."), required=True, example="anna"),
        Column("other_id", _("Together and apart: the other person."), example="jan"),
        Column("table", _("Fixed and banned: the table. A host may have one too."), example="t1"),
    ),
)
PARTS: tuple[Part, ...] = (TABLES, SEATING_RULES)


def ids(plan: Plan) -> Sequence[str]:
    """The names of the tables, in the plan's order."""
    return list(plan.ids("tables", "table"))


def check(plan: Plan) -> Iterator[Problem]:
    """What a person must mend in tables and rules."""
    vignettes = plan.ids("vignettes", "vignette_id")
    for row in plan.rows("tables"):
        yield from references.outside(row, "round", 1, MOST_ROUNDS)
        yield from references.outside(row, "max_seats", 1, MOST_SEATS)
        yield from _fewest(row)
        yield from references.unknown(row, "vignettes", row.words("vignettes"), vignettes, "vignettes")
    yield from _rounds(plan)
    yield from _seats(plan)
    yield from check_rules(plan)


def store(session: Session, event: Event, plan: Plan) -> None:
    """Stores tables and rules, over those that are there; the plan has been checked."""
    storing.store(session, TableInRound, event, TABLES, plan.rows("tables"))
    storing.store(session, SeatingRule, event, SEATING_RULES, plan.rows("seating_rules"))
    _store_known(session, event, plan)


def fixed(session: Session, event: Event, part: str, row_id: str, column: str) -> str:
    """Why a change cannot be made any more: somebody sits at the table, or its round is over. Its chairs may change."""
    table = storing.stored(session, TableInRound, event, TABLES).get(row_id) if part == "tables" and row_id else None
    if table is None or column not in ("", "name"):
        return ""
    mine = select(Seat.round).where(Seat.event_id == event.id, Seat.table == table.table)
    seated = session.exec(mine if table.round is None else mine.where(Seat.round == table.round)).first()
    if table.round in stored.over(session, event.id or 0):
        sentence = _("Round {round} is over, so the table “{table}” stays as it was then.")
        return sentence.format(round=table.round, table=table.table)
    if seated is None:
        return ""
    return _("Somebody sits at the table “{table}”, so it stays. Move them first.").format(table=table.table)


def rows(session: Session, event: Event) -> Mapping[str, Sequence[Row]]:
    """The stored tables and rules as the plan says them."""
    tables = session.exec(
        select(TableInRound).where(TableInRound.event_id == event.id).order_by(col(TableInRound.position))
    )
    rules = session.exec(
        select(SeatingRule).where(SeatingRule.event_id == event.id).order_by(col(SeatingRule.position))
    )
    stored = [rule.model_dump() | {"kind": rule.kind.value} for rule in rules]
    return {
        "tables": [TABLES.row(number, table.model_dump()) for number, table in enumerate(tables, start=1)],
        "seating_rules": [SEATING_RULES.row(number, cells) for number, cells in enumerate(stored, start=1)],
    }


def _store_known(session: Session, event: Event, plan: Plan) -> None:
    """The vignettes have an activity of their own; here lies only who must be kept from them."""
    found = session.exec(select(KnownVignette).where(KnownVignette.event_id == event.id))
    wanted = {
        row.text("vignette_id"): {"event_id": event.id, "vignette_id": row.text("vignette_id"), "known_by": text}
        for row in plan.rows("vignettes")
        if (text := row.text("known_by"))
    }
    storing.keep(session, KnownVignette, {row.vignette_id: row for row in found}, wanted)


def _fewest(row: Row) -> Iterator[Problem]:
    fewest, most = row["min_seats"], row["max_seats"]
    if isinstance(fewest, int) and fewest < 0:
        yield row.problem("min_seats", _("Give 0 or more."))
    elif isinstance(fewest, int) and isinstance(most, int) and fewest > most:
        yield row.problem("min_seats", _("The fewest people are more than the most."))


def _rounds(plan: Plan) -> Iterator[Problem]:
    """A table in every round needs no second row, and what a table is called does not change with the round."""
    first: dict[str, Row] = {}
    names: dict[str, Row] = {}
    for row in plan.rows("tables"):
        table, name = row.text("table").casefold(), row.text("name").casefold()
        earlier = first.setdefault(table, row)
        if earlier is not row and None in (earlier["round"], row["round"]) and "round" not in row.unread:
            sentence = _("Row {row} has this table already. Give each of its rows a round of its own.")
            yield row.problem("round", sentence.format(row=earlier.number))
        twin = names.setdefault(name, row)
        if name and twin.text("table").casefold() != table:
            yield row.problem("name", _("Row {row} gives another table this name.").format(row=twin.number))


def _seats(plan: Plan) -> Iterator[Problem]:
    """Whether the room holds everybody, round by round."""
    tables, people = plan.rows("tables"), plan.rows("people")
    if not tables or not people:
        return
    named = {number for row in people for number in row.words("rounds")} | {row.text("round") for row in tables}
    last = max((number for number in range(1, MOST_ROUNDS + 1) if str(number) in named), default=0)
    for number in range(1, last + 1) if last else [None]:
        here = sum(1 for row in people if not row.words("rounds") or str(number) in row.words("rounds"))
        most = sum(_number(row, "max_seats") for row in tables if row["round"] in (None, number))
        fewest = sum(_number(row, "min_seats") for row in tables if row["round"] in (None, number))
        which = _("In round {number} there").format(number=number) if number else _("There")
        if not fewest <= here <= most:
            sentence = _("{which} are {people} people for {fewest} to {most} seats. Change the tables' seats.")
            text = sentence.format(which=which, people=here, fewest=fewest, most=most)
            yield Problem("tables", None, "max_seats", text, Level.WARN)


def _number(row: Row, column: str) -> int:
    value = row[column]
    return value if isinstance(value, int) else 0
