"""A seated workshop with something of everything that is printed or exported: needs, rules, vignettes, an absence."""

from sqlmodel import Session, select

from eventkit.database import now
from eventkit.events.models import Attendance, Person, PersonAttribute
from eventkit.tables import badges, moves
from eventkit.tables.models import BalancedAttribute, KnownVignette, Seating, SeatingRule, TableInRound
from eventkit.tables.room import Kind
from tests.fife import FIFE
from tests.tables import workshop

DIGEST = "5e" * 32
ABSENT = "kim"
"""Twelve people less one; who sits where follows from the place in the roster."""


def seated(session: Session) -> None:
    """Seats eleven of the twelve at three tables over two rounds; Jan is there only in the second."""
    workshop.prepare(session)
    people = {person.person_id: person for person in session.exec(select(Person).where(Person.event_id == FIFE))}
    people["ana"].name, people["bob"].name, people["lea"].needs = "Árpád Ó Néill", "=Bob “B” <b>Smith</b>", "Step-free"
    people["cem"].name = "Žofie Čapková"
    people["jan"].rounds, people["dan"].organisation = "2", ""
    people[ABSENT].attendance, people["eve"].attendance = Attendance.ABSENT, Attendance.HERE
    session.add(PersonAttribute(person_pk=people["fay"].id, name="badge", value="007"))
    for rule in (
        SeatingRule(event_id=FIFE, position=5, kind=Kind.APART, person_id="gil", other_id="eve", round=1),
        SeatingRule(event_id=FIFE, position=6, kind=Kind.BANNED, person_id="gil", table="t2"),
    ):
        session.add(rule)
    tables = session.exec(select(TableInRound).where(TableInRound.event_id == FIFE)).all()
    tables[0].vignettes, tables[1].vignettes = "v2 v1", "v3"
    session.add(KnownVignette(event_id=FIFE, vignette_id="v3", known_by="NHS; hal"))
    session.add(BalancedAttribute(event_id=FIFE, position=1, name="role"))
    seating = session.get_one(Seating, FIFE)
    seating.seed, seating.version, seating.digest, seating.made_at = 7, "0.3.0", DIGEST, now()
    session.flush()
    tables_in_turn = ("t1", "t2", "t3")
    places = {
        (number, who): tables_in_turn[(place + place // 3 * (number - 1)) % 3]
        for number in (1, 2)
        for place, who in enumerate(people)
        if who != ABSENT and (who != "jan" or number == 2)
    }
    moves.move(session, FIFE, places, "seated")
    badges.give(session, FIFE)
