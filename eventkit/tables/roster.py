"""The roster file: people with their names, needs and seats, and how good the seating is. Never beside results.

The plan's tables, rules and seats are in it as they are scored, so that anybody can count the quality again.
"""

from collections.abc import Iterator, Mapping, Sequence

from sqlmodel import Session, col, select

from eventkit.events.models import Attendance, Event, Person
from eventkit.events.people import PEOPLE, rows
from eventkit.sheet import Column, Sheet, Type, Value
from eventkit.tables import called, stored
from eventkit.tables.bounds import bounds
from eventkit.tables.models import Seating
from eventkit.tables.plan import SEATING_RULES, TABLES
from eventkit.tables.room import Room, Seats
from eventkit.tables.scoring import Measures, score
from eventkit.web.language import gettext as _

Rows = Iterator[Mapping[str, Value]]
_OWN = ("attendance", "badge")
_COUNTS = ("broken", "clashes", "repeats", "overlap", "thirds")
_BY_ATTRIBUTE = ("balance", "pairs")


def sheets(session: Session, event: Event) -> Sequence[Sheet]:
    """`cover`, `people`, `tables`, `seating_rules`, `known`, `seating` and `report`."""
    event_id = event.id or 0
    room, seats = stored.room_of(session, event_id), stored.seats_of(session, event_id)
    names = called.names(session, event_id).tables
    return [
        _cover(session, event, room),
        _people(session, event),
        _tables(room, names),
        _rules(room),
        _known(room),
        _seating(seats),
        _report(room, seats),
    ]


def _cover(session: Session, event: Event, room: Room) -> Sheet:
    found = session.get(Seating, event.id) or Seating(event_id=event.id or 0)
    private = _(
        "Names, needs and seats of people. Keep it apart from results and notes, give it to nobody who does not need "
        "it, and delete it after the day."
    )
    facts: list[tuple[str, Value]] = [
        ("private", private),
        ("event_id", event.event_id),
        ("title", event.title),
        ("date", event.date),
        ("rounds", room.rounds),
        ("order_of_attributes", ", ".join(room.weights)),
        ("seed", found.seed if found.made_at else None),
        ("eventkit", found.version),
        ("digest", found.digest),
    ]
    if event.rehearsal:
        facts.insert(0, ("rehearsal", _("Made during a rehearsal: who came and who was moved was tried out.")))
    columns = (Column("field", _("What the row states.")), Column("value", _("The fact.")))
    cells: list[Mapping[str, Value]] = [{"field": field, "value": value} for field, value in facts]
    return Sheet("cover", _("Roster: {title}").format(title=event.title), private, columns, cells)


def _people(session: Session, event: Event) -> Sheet:
    """The people as the plan has them, their attributes each under its own name, then what the door knows."""
    listed = rows(session, event)["people"]
    known = {column.name for column in PEOPLE.columns}
    attributes = list(dict.fromkeys(name for row in listed for name in row.cells if name not in known))
    headings = {name: f"{name} (attribute)" if name in _OWN else name for name in attributes}
    door = session.exec(select(Person).where(Person.event_id == event.id).order_by(col(Person.position))).all()
    columns = (
        *PEOPLE.columns,
        *(Column(heading, _("A column of the plan's own, to balance.")) for heading in headings.values()),
        Column("attendance", _("What is known at the door."), values=_attendances()),
        Column("badge", _("The code on the person's badge.")),
    )
    cells = [
        {headings.get(name, name): value for name, value in row.cells.items()}
        | {"attendance": person.attendance.value, "badge": person.badge}
        for row, person in zip(listed, door, strict=True)
    ]
    description = _("One row for each person of the plan, in its order, and of those who came without being expected.")
    return Sheet("people", _("People"), description, columns, cells)


def _tables(room: Room, names: Mapping[str, str]) -> Sheet:
    cells: list[Mapping[str, Value]] = [
        {
            "round": at.round,
            "table": at.table,
            "name": names.get(at.table) if names.get(at.table) != at.table else None,
            "min_seats": at.min_seats,
            "max_seats": at.max_seats,
            "accessible": at.accessible,
            "vignettes": ";".join(sorted(at.vignettes)),
        }
        for at in room.tables
    ]
    return Sheet("tables", _("Tables"), _("One row for each table, or for each of its rounds."), TABLES.columns, cells)


def _rules(room: Room) -> Sheet:
    cells: list[Mapping[str, Value]] = [
        {
            "kind": rule.kind.value,
            "round": rule.round,
            "person_id": rule.person_id,
            "other_id": rule.other_id,
            "table": rule.table,
        }
        for rule in room.rules
    ]
    description = _("One row for each rule that the seating keeps to.")
    return Sheet("seating_rules", _("Seating rules"), description, SEATING_RULES.columns, cells)


def _known(room: Room) -> Sheet:
    columns = (
        Column("person_id", _("The person."), required=True),
        Column("vignette", _("The vignette that the person knows too well."), required=True),
    )
    cells = [
        {"person_id": who.person_id, "vignette": vignette} for who in room.people for vignette in sorted(who.knows)
    ]
    description = _("One row for each vignette that somebody must be kept from.")
    return Sheet("known", _("Known vignettes"), description, columns, cells)


def _seating(seats: Seats) -> Sheet:
    columns = (
        Column("person_id", _("The person."), required=True),
        Column("round", _("The round, counted from 1."), Type.INTEGER, required=True),
        Column("table", _("The table's id in the plan."), required=True),
    )
    cells: list[Mapping[str, Value]] = [
        {"person_id": who, "round": number, "table": table}
        for number, here in sorted(seats.items())
        for who, table in here.items()
    ]
    return Sheet("seating", _("Seating"), _("One row for each person in each round."), columns, cells)


def _report(room: Room, seats: Seats) -> Sheet:
    columns = (
        Column("round", _("The round; empty: all of them together."), Type.INTEGER),
        Column("measure", _("What was counted."), required=True, values=_measures()),
        Column("attribute", _("The attribute that it was counted for; empty: for none.")),
        Column("value", _("How many there are; the fewer the better."), Type.INTEGER, required=True),
        Column("bound", _("How many there are at least, whoever sits where: that is proven."), Type.INTEGER),
    )
    cells: list[Mapping[str, Value]] = []
    if any(seats.values()):
        found, least = score(room, seats), bounds(room)
        for number, one in sorted(found.rounds.items()):
            cells += _counted(number, one, least.rounds[number])
        cells += _counted(None, found.total, least.total)
    description = _("How good the seating is: each count beside the fewest that are possible.")
    return Sheet("report", _("Quality"), description, columns, cells)


def _counted(number: int | None, found: Measures, least: Measures) -> Rows:
    for name in _COUNTS:
        yield {"round": number, "measure": name, "value": getattr(found, name), "bound": getattr(least, name)}
    for name in _BY_ATTRIBUTE:
        for attribute, value in getattr(found, name).items():
            bound = getattr(least, name).get(attribute)
            yield {"round": number, "measure": name, "attribute": attribute, "value": value, "bound": bound}


def _attendances() -> tuple[tuple[str, str], ...]:
    return (
        (Attendance.EXPECTED.value, _("expected")),
        (Attendance.HERE.value, _("has come")),
        (Attendance.ABSENT.value, _("does not come; has no seat")),
    )


def _measures() -> tuple[tuple[str, str], ...]:
    return (
        ("broken", _("rules that are broken, and people without a seat or too many or too few at a table")),
        ("clashes", _("people at a table that discusses a vignette they know")),
        ("repeats", _("pairs at a table who met in an earlier round")),
        ("overlap", _("how often the pairs at a table met before")),
        ("thirds", _("pairs who meet three times or more")),
        ("balance", _("by how many people a value is outside its fair range at the tables")),
        ("pairs", _("two people at a table with the same value")),
    )
