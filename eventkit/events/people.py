"""The sheet of people: the roster that tables are made from. It is never seen beside anything that was said."""

import re
from collections.abc import Iterator, Mapping, Sequence

from sqlmodel import Session, col, select

from eventkit.events import storing
from eventkit.events.models import Event, Person, PersonAttribute
from eventkit.sheet import Column, Level, Part, Plan, Problem, Row, Value
from eventkit.web.language import gettext as _

MOST_ROUNDS = 20
MOST_ATTRIBUTES = 40

PEOPLE = Part(
    "people",
    _("The people who are expected: one person in each row. Any column that you add is something to balance."),
    (
        Column("person_id", _("A short name or number that other sheets refer to."), required=True, example="anna"),
        Column("name", _("The name on the card and on the door list."), required=True, example="Anna Nowak"),
        Column("organisation", _("Where the person works; seating spreads it."), example=_("Housing service")),
        Column("rounds", _("The rounds that the person is there for; empty: all of them."), example="2;3"),
        Column("arrives_at", _("When the person arrives, if later than the others."), example="10:30"),
        Column("needs", _("What the person needs; for seating and the door list only, never with results.")),
    ),
    key=("person_id",),
    free_columns=True,
)
PARTS: tuple[Part, ...] = (PEOPLE,)
_ROUNDS = frozenset(str(number) for number in range(1, MOST_ROUNDS + 1))
_KNOWN = frozenset(column.name for column in PEOPLE.columns)


def ids(plan: Plan) -> Sequence[str]:
    """The person_ids, in the plan's order."""
    return list(plan.ids("people", "person_id"))


def check(plan: Plan) -> Iterator[Problem]:
    """What a person must mend in the roster."""
    seen: dict[tuple[str, str], Row] = {}
    for row in plan.rows("people"):
        for number in row.words("rounds"):
            if number not in _ROUNDS:
                sentence = _("“{number}” is no round. Write numbers with a semicolon between, such as 2;3.")
                yield row.problem("rounds", sentence.format(number=number[:20]))
        if row.text("arrives_at") and not re.fullmatch("([01]?[0-9]|2[0-3]):[0-5][0-9]", row.text("arrives_at")):
            sentence = _("“{time}” is no time of day. Write hours and minutes, such as 10:30.")
            yield row.problem("arrives_at", sentence.format(time=row.text("arrives_at")))
        twin = seen.setdefault((row.text("name").casefold(), row.text("organisation").casefold()), row)
        if twin is not row and row.text("name"):
            sentence = _("Row {row} has the same name and organisation. Is this another person?")
            yield row.problem("name", sentence.format(row=twin.number), Level.NOTE)
    yield from _attributes(plan)


def store(session: Session, event: Event, plan: Plan) -> None:
    """Stores the roster, over the one that is there; the plan has been checked."""
    given = {
        (row.text("person_id"), name): str(value)
        for row in plan.rows("people")
        for name, value in row.given().items()
        if name not in _KNOWN
    }
    held = storing.remove(session, _held(session, event), given)
    people = storing.store(session, Person, event, PEOPLE, plan.rows("people"))
    cells = {
        (person_id, name): {"person_pk": people[person_id].id, "name": name, "value": value}
        for (person_id, name), value in given.items()
    }
    storing.keep(session, PersonAttribute, held, cells)


def rows(session: Session, event: Event) -> Mapping[str, Sequence[Row]]:
    """The stored roster as the plan says it; every person has each attribute, if only as an empty cell."""
    people = session.exec(select(Person).where(Person.event_id == event.id).order_by(col(Person.position))).all()
    attributes: dict[str, dict[str, Value]] = {person.person_id: {} for person in people}
    for (person_id, name), attribute in _held(session, event).items():
        attributes[person_id][name] = attribute.value
    stored = [PEOPLE.row(number, person.model_dump()) for number, person in enumerate(people, start=1)]
    return {"people": [Row(row.part, row.number, {**row.cells, **attributes[row.text("person_id")]}) for row in stored]}


def _held(session: Session, event: Event) -> dict[tuple[str, str], PersonAttribute]:
    """The stored attributes by person_id and name."""
    found = select(Person.person_id, PersonAttribute).join(PersonAttribute).where(Person.event_id == event.id)
    held = session.exec(found.order_by(col(PersonAttribute.id))).all()
    return {(person_id, attribute.name): attribute for person_id, attribute in held}


def _attributes(plan: Plan) -> Iterator[Problem]:
    names = dict.fromkeys(name for row in plan.rows("people") for name in row.given() if name not in _KNOWN)
    if len(names) > MOST_ATTRIBUTES:
        sentence = _("There are {count} columns to balance; at most {most} can be kept.")
        yield Problem("people", None, "", sentence.format(count=len(names), most=MOST_ATTRIBUTES))
