"""What organisers choose about the seating: which attributes weigh most, how many rounds, and names on the screen."""

from collections.abc import Sequence

from sqlmodel import Session, col, delete, select

from eventkit.errors import BadInput, Conflict, NotFound
from eventkit.events.models import Person, PersonAttribute
from eventkit.events.people import MOST_ROUNDS
from eventkit.tables import moves, stored
from eventkit.tables.models import BalancedAttribute, Seat, Seating
from eventkit.web.language import gettext as _


def attributes(session: Session, event_id: int) -> Sequence[str]:
    """What is balanced, in the organisers' order; what they have not ordered stands last."""
    mine = Person.event_id == event_id
    placed = session.exec(select(Person.id).where(mine, Person.organisation != "").limit(1)).first() is not None
    own = session.exec(select(PersonAttribute.name).join(Person).where(mine).order_by(col(PersonAttribute.id))).all()
    found = dict.fromkeys([*(["organisation"] if placed else []), *own])
    ordered = [name for name in stored.weights(session, event_id) if name in found]
    return list(dict.fromkeys([*ordered, *found]))


def shift(session: Session, event_id: int, name: str, places: int) -> None:
    """Moves an attribute up (−1) or down (1) in the order, which is the organisers' own from then on.

    Raises `NotFound` for an attribute that nobody has any more.
    """
    names = list(attributes(session, event_id))
    if name not in names:
        raise NotFound(_("There is no “{name}” any more. Load the page again.").format(name=name))
    place = names.index(name)
    names.insert(min(max(place + places, 0), len(names) - 1), names.pop(place))
    weigh_alike(session, event_id)
    session.add_all(
        BalancedAttribute(event_id=event_id, position=position, name=each)
        for position, each in enumerate(names, start=1)
    )


def weigh_alike(session: Session, event_id: int) -> None:
    """Lets go of the order: all attributes count the same."""
    session.exec(delete(BalancedAttribute).where(col(BalancedAttribute.event_id) == event_id))


def set_rounds(session: Session, event_id: int, number: int) -> None:
    """Sets how many rounds there are; seats in rounds that there are no longer go.

    Raises `BadInput` for a number that no event has, `Conflict` for fewer than programme and plan need.
    """
    if not 1 <= number <= MOST_ROUNDS:
        raise BadInput(_("There can be 1 to {most} rounds. Nothing was changed.").format(most=MOST_ROUNDS))
    least = stored.least_rounds(session, event_id)
    if number < least:
        sentence = _("The programme or the plan has {n} rounds. Take them out there first.")
        raise Conflict(sentence.format(n=least))
    _seating(session, event_id).rounds = number
    beyond = session.exec(
        select(Seat.round, Person.person_id)
        .join(Person, col(Seat.person_pk) == col(Person.id))
        .where(Seat.event_id == event_id, Seat.round > number)
    ).all()
    moves.move(session, event_id, dict.fromkeys(beyond, ""), "rounds")


def show_names(session: Session, event_id: int, shown: bool) -> None:
    """Chooses whether the screen names people, or gives the codes on their badges."""
    _seating(session, event_id).names_shown = shown


def _seating(session: Session, event_id: int) -> Seating:
    found = session.get(Seating, event_id)
    if found is None:
        found = Seating(event_id=event_id, rounds=stored.rounds(session, event_id))
        session.add(found)
    return found
