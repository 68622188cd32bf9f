"""The door: who has come, who stays away, and who comes without being on the list. When somebody came is not stored.

A press of the same button twice, or by two people at once, is one press.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from eventkit.errors import BadInput, Conflict, NotFound
from eventkit.events import rules as events
from eventkit.events.models import Attendance, Person, PersonAttribute
from eventkit.tables import badges, late
from eventkit.tables.models import SeatingRule
from eventkit.tables.room import Kind
from eventkit.web.language import gettext as _

NEW, LONGEST = "new", 200


@dataclass(frozen=True)
class Newcomer:
    """Somebody at the door who is not on the list, as the form has it.

    `person_id` is the one that the form offered, so that a form that is sent twice adds one person. `another`: it was
    asked whether this is somebody else than a person of the same name, and it is.
    """

    person_id: str
    name: str
    organisation: str = ""
    needs: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    another: bool = False


class SameName(Conflict):
    """Somebody of this name is on the list; a press says whether this is another person."""


def arrive(session: Session, event_id: int, person_id: str) -> None:
    """Somebody is here; whoever has no seat in a round to come gets one. Raises `NotFound`."""
    _mark(session, event_id, person_id, Attendance.HERE)


def expect(session: Session, event_id: int, person_id: str) -> None:
    """Takes back what was said of somebody, who is expected again, with seats. Raises `NotFound`."""
    _mark(session, event_id, person_id, Attendance.EXPECTED)


def stay_away(session: Session, event_id: int, person_id: str) -> None:
    """Somebody does not come, or has left; their seats are free in the rounds that are not over. Raises `NotFound`."""
    person = _person(session, event_id, person_id)
    if person.attendance is not Attendance.ABSENT:
        person.attendance = Attendance.ABSENT
        late.free(session, event_id, [person_id])


def close(session: Session, event_id: int) -> int:
    """The doors are closed: whoever is still expected does not come. How many those are."""
    missing = session.exec(_expected(event_id)).all()
    for person in missing:
        person.attendance = Attendance.ABSENT
    late.free(session, event_id, [person.person_id for person in missing])
    return len(missing)


def awaited(session: Session, event_id: int) -> int:
    """How many are still expected."""
    return len(session.exec(_expected(event_id)).all())


def add(session: Session, event_id: int, newcomer: Newcomer) -> str:
    """Puts somebody on the list, who is here, has a badge, and sits where it does least harm; the person_id.

    Raises `BadInput` without a name, and `SameName` to ask.
    """
    name = " ".join(newcomer.name.split())
    if not name:
        raise BadInput(_("Write the name that stands on the badge."))
    if max(map(len, (name, newcomer.organisation, newcomer.needs, *newcomer.attributes.values()))) > LONGEST:
        raise BadInput(_("One of these is longer than {most} characters. Shorten it.").format(most=LONGEST))
    roster = session.exec(select(Person).where(Person.event_id == event_id)).all()
    if any(person.person_id == newcomer.person_id and person.name == name for person in roster):
        return newcomer.person_id
    twin = next((person for person in roster if person.name.casefold() == name.casefold()), None)
    if twin and not newcomer.another:
        sentence = _("{name} is on the list already. Is this another person?")
        raise SameName(sentence.format(name=f"{twin.name}, {twin.organisation}" if twin.organisation else twin.name))
    person = _store(session, event_id, newcomer, name, roster)
    badges.give(session, event_id)
    late.seat(session, event_id, person)
    events.note_own_change(session, event_id)
    return person.person_id


def attributes(session: Session, event_id: int) -> Mapping[str, Sequence[str]]:
    """The columns that the organisers added to the roster, in their order, each with the values that people have."""
    found = select(PersonAttribute.name, PersonAttribute.value).join(Person).where(Person.event_id == event_id)
    values: dict[str, set[str]] = {}
    for name, value in session.exec(found.order_by(col(PersonAttribute.id))):
        values.setdefault(name, set()).add(value)
    return {name: sorted(given) for name, given in values.items()}


def hosts(session: Session, event_id: int) -> frozenset[str]:
    """Who leads a table in some round."""
    found = select(SeatingRule.person_id).where(SeatingRule.event_id == event_id, SeatingRule.kind == Kind.HOST)
    return frozenset(session.exec(found))


def next_id(session: Session, event_id: int) -> str:
    """A person_id that nobody has."""
    return _unused(session.exec(select(Person.person_id).where(Person.event_id == event_id)).all())


def forget(session: Session, event_id: int) -> None:
    """After a rehearsal: everybody is expected, and those who were marked as absent have seats again."""
    away = select(Person).where(Person.event_id == event_id, Person.attendance != Attendance.EXPECTED)
    for person in session.exec(away.order_by(col(Person.position))).all():
        expect(session, event_id, person.person_id)


def _mark(session: Session, event_id: int, person_id: str, attendance: Attendance) -> None:
    person = _person(session, event_id, person_id)
    person.attendance = attendance
    if not person.badge:
        badges.give(session, event_id)
    late.seat(session, event_id, person)


def _person(session: Session, event_id: int, person_id: str) -> Person:
    found = session.exec(select(Person).where(Person.event_id == event_id, Person.person_id == person_id)).one_or_none()
    if found is None:
        raise NotFound(_("This person is not on the list any more. Look at the list again."))
    return found


def _expected(event_id: int) -> SelectOfScalar[Person]:
    return select(Person).where(Person.event_id == event_id, Person.attendance == Attendance.EXPECTED)


def _store(session: Session, event_id: int, newcomer: Newcomer, name: str, roster: Sequence[Person]) -> Person:
    """The new row of the roster, behind all others; only columns that the roster has are kept."""
    taken = [person.person_id for person in roster]
    person = Person(
        event_id=event_id,
        position=1 + max((person.position for person in roster), default=0),
        person_id=_unused(taken) if newcomer.person_id in ("", *taken) else newcomer.person_id,
        name=name,
        organisation=" ".join(newcomer.organisation.split()),
        rounds=late.rounds_left(session, event_id),
        needs=newcomer.needs.strip(),
        attendance=Attendance.HERE,
    )
    session.add(person)
    session.flush()
    for column in attributes(session, event_id):
        if value := " ".join(newcomer.attributes.get(column, "").split()):
            session.add(PersonAttribute(person_pk=person.id or 0, name=column, value=value))
    return person


def _unused(taken: Collection[str]) -> str:
    return next(name for number in count(1) if (name := f"{NEW}{number}") not in taken)
