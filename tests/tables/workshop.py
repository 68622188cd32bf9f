"""Twelve people of three organisations, three tables with a host each and two rounds: nobody has a seat yet."""

from sqlmodel import Session

from eventkit.events.models import Person, PersonAttribute
from eventkit.tables.models import Seating, SeatingRule, TableInRound
from eventkit.tables.room import Kind
from tests.fife import FIFE

NAMES = ("Ana", "Bob", "Cem", "Dan", "Eve", "Fay", "Gil", "Hal", "Ida", "Jan", "Kim", "Lea")
ORGANISATIONS = ("Council", "NHS", "DWP")
TABLES = {"t1": "Tay", "t2": "Leven", "t3": "Ore"}


def prepare(session: Session) -> None:
    """Stores the roster, the tables and the rules. Ana, Bob and Cem are hosts, Lea needs the accessible Tay."""
    for place, name in enumerate(NAMES):
        about = {"name": name, "organisation": ORGANISATIONS[place % 3]}
        person = Person(event_id=FIFE, position=place + 1, person_id=name.lower(), **about)
        session.add(person)
        session.flush()
        session.add(PersonAttribute(person_pk=person.id, name="role", value="lead" if place < 3 else "adviser"))
    for place, (table, name) in enumerate(TABLES.items(), start=1):
        chairs = {"min_seats": 3, "max_seats": 5, "accessible": table == "t1"}
        session.add(TableInRound(event_id=FIFE, position=place, table=table, name=name, **chairs))
    for place, who in enumerate(("ana", "bob", "cem"), start=1):
        session.add(SeatingRule(event_id=FIFE, position=place, kind=Kind.HOST, person_id=who))
    session.add(SeatingRule(event_id=FIFE, position=4, kind=Kind.ACCESSIBLE, person_id="lea"))
    session.add(Seating(event_id=FIFE, rounds=2))


def contradict(session: Session) -> None:
    """Adds rules that cannot be kept: Dan and Eve sit together, and apart."""
    for place, kind in enumerate((Kind.TOGETHER, Kind.APART), start=5):
        session.add(SeatingRule(event_id=FIFE, position=place, kind=kind, person_id="dan", other_id="eve"))


def need_rounds(session: Session) -> None:
    """Somebody has a rule for the third round, which there must be then."""
    row = SeatingRule(event_id=FIFE, position=9, kind=Kind.BANNED, person_id="kim", table="t2", round=3)
    session.add(row)
