"""People with seats in the Fife event: what the steps of tables, their screen and the page that finds a seat show."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from eventkit.events.models import Person
from eventkit.stage.models import ProgrammeStep
from eventkit.tables.models import Seat, Seating, TableInRound
from tests.fife import FIFE

NAMES = ("Zoë Ainslie", "Ana Ortiz", "Étienne Blair", "Łukasz Nowak")
BADGES = ("RT8C", "PDXA", "BEJ3", "WQ9H")
TABLES = {"t1": "Leven", "t2": "Ore"}


def seat_all(session: Session, names: Sequence[str] = NAMES, rounds: int = 2, event_id: int = FIFE) -> None:
    """Seats everybody, in turn, at the two tables; in the next round each moves on. Badges follow from the place."""
    for position, (table, name) in enumerate(TABLES.items(), start=1):
        session.add(TableInRound(event_id=event_id, position=position, table=table, name=name, max_seats=500))
    people = [
        Person(event_id=event_id, position=at, person_id=f"q{at}", name=name, badge=badge_of(at))
        for at, name in enumerate(names)
    ]
    session.add_all([*people, Seating(event_id=event_id, rounds=rounds)])
    session.flush()
    for number in range(1, rounds + 1):
        for at, person in enumerate(people):
            table = list(TABLES)[(at + number - 1) % len(TABLES)]
            session.add(Seat(event_id=event_id, person_pk=person.id, round=number, table=table))


def badge_of(at: int) -> str:
    """The badge of the person at this place in the list."""
    letters = "ABCDEFGHJKMNPQRSTVWXYZ346789"
    made = letters[at // 784 % 28] + letters[at // 28 % 28] + letters[at % 28]
    return BADGES[at] if at < len(BADGES) else f"Z{made}"


def show_names(session: Session, event_id: int = FIFE) -> None:
    """The organisers let the screen name people."""
    session.get_one(Seating, event_id).names_shown = True


def add_steps(session: Session, number: int = 2, event_id: int = FIFE) -> None:
    """As many steps of tables, before the close."""
    mine = select(ProgrammeStep).where(ProgrammeStep.event_id == event_id).order_by(col(ProgrammeStep.position))
    *_steps, close = session.exec(mine).all()
    first, close.position = close.position, close.position + number
    session.flush()
    for at in range(number):
        session.add(ProgrammeStep(event_id=event_id, position=first + at, activity="tables"))
