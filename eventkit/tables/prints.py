"""What goes on paper: people, table cards and host sheets of an event, as plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from eventkit.events.models import Attendance, Person
from eventkit.tables import called, lookup, stored
from eventkit.tables.cards import Card, cards
from eventkit.tables.models import TableInRound


@dataclass(frozen=True)
class PersonOnPaper:
    """Somebody of the roster; `tables` are the names of the tables by round, without those rounds that are missed."""

    person_id: str
    name: str
    organisation: str
    badge: str
    needs: str
    attendance: Attendance
    tables: Mapping[int, str]


@dataclass(frozen=True)
class TableCard:
    """A table's card. `rounds` are those that it stands there for; `vignettes` its case stories, by round."""

    name: str
    rounds: Sequence[int]
    vignettes: Mapping[int, str]


@dataclass(frozen=True)
class Seated:
    """Somebody at a table, and what its host should know of them."""

    person: PersonOnPaper
    host: bool
    accessible: bool


@dataclass(frozen=True)
class HostSheet:
    """Who sits at a table in a round; hosts first, the others by name."""

    round: int
    table: str
    vignettes: str
    people: Sequence[Seated]


def everybody(session: Session, event_id: int) -> Sequence[PersonOnPaper]:
    """The whole roster by name, those too who do not come."""
    names, seats = called.names(session, event_id), stored.seats_of(session, event_id)
    roster = session.exec(select(Person).where(Person.event_id == event_id).order_by(col(Person.position)))
    found = [
        PersonOnPaper(
            person.person_id, person.name, person.organisation, person.badge, person.needs, person.attendance,
            {number: names.table(here[person.person_id]) for number, here in seats.items()
             if person.person_id in here},
        )
        for person in roster
    ]  # fmt: skip
    return sorted(found, key=lambda person: by_name(person.name))


def coming(session: Session, event_id: int) -> Sequence[PersonOnPaper]:
    """Those who are not known to stay away, table by table as they sit in their first round."""
    here = [person for person in everybody(session, event_id) if person.attendance is not Attendance.ABSENT]
    places = {card.name: place for place, card in enumerate(table_cards(session, event_id))}
    return sorted(here, key=lambda person: places.get(next(iter(person.tables.values()), ""), len(places)))


def table_cards(session: Session, event_id: int) -> Sequence[TableCard]:
    """A card for each table, in the plan's order; a table that stands there in several rounds has one."""
    names, rounds = called.names(session, event_id), stored.rounds(session, event_id)
    found: dict[str, dict[int, str]] = {}
    for row in _rows(session, event_id):
        numbers = [row.round] if row.round else range(1, rounds + 1)
        found.setdefault(row.table, {}).update({number: _listed(row.vignettes) for number in numbers})
    return [TableCard(names.table(table), sorted(packs), dict(sorted(packs.items()))) for table, packs in found.items()]


def host_sheets(session: Session, event_id: int) -> Sequence[HostSheet]:
    """A sheet for each table in each round at which somebody sits, round by round."""
    people = {person.person_id: person for person in everybody(session, event_id)}
    room, seats = stored.room_of(session, event_id), stored.seats_of(session, event_id)
    names = called.names(session, event_id)
    found = ((number, card) for number in sorted(seats) for card in cards(room, number, seats) if card.people)
    return [
        HostSheet(number, names.table(card.table.table), ", ".join(sorted(card.table.vignettes)), _seated(card, people))
        for number, card in found
    ]


def by_name(name: str) -> tuple[str, str]:
    """What puts names in the order of the alphabet whatever their accents and capitals; as typed between equals."""
    return lookup.plain(name), name


def _seated(card: Card, people: Mapping[str, PersonOnPaper]) -> Sequence[Seated]:
    here = [
        Seated(people[who.person_id], who.person_id in card.hosts, who.person_id in card.needing_access)
        for who in card.people
    ]
    return sorted(here, key=lambda each: (not each.host, by_name(each.person.name)))


def _rows(session: Session, event_id: int) -> Sequence[TableInRound]:
    mine = select(TableInRound).where(TableInRound.event_id == event_id)
    return session.exec(mine.order_by(col(TableInRound.position))).all()


def _listed(vignettes: str) -> str:
    return ", ".join(vignettes.replace(";", " ").replace(",", " ").split())
