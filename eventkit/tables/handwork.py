"""Moving people by hand: alone, in exchange, back again; and keeping them where they are.

Two people may be at the desk at once. Every verb is told where its person sat when the page was made; if somebody has
moved the person since, it is refused with a sentence and nothing is changed.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlmodel import Session, col, select

from eventkit.errors import Conflict, NotFound
from eventkit.events import rules as events
from eventkit.events.models import Person
from eventkit.tables import called, changes, moves, seated, stored
from eventkit.tables.breaches import Names, told
from eventkit.tables.models import Seat, SeatMove
from eventkit.tables.sitting import Sitting
from eventkit.web.language import gettext as _

BY_HAND = "by hand"
"""Why people moved, when somebody at the desk did it."""

UNDONE_HERE = frozenset({BY_HAND, changes.REPAIRED})
"""The changes that can be taken back here. What the door does stands in its list too; who seated everybody seats again.
"""

Breaks = Sequence[str]
"""What a move would break, in words; while there is any, nothing was done, and the organiser is to be asked."""


class Seen(NamedTuple):
    """A person, and the table where a page showed them, "" for none."""

    person_id: str
    table: str


def move_person(
    session: Session, event_id: int, number: int, one: Seen, table: str, *, overrule: bool = False
) -> Breaks:
    """Seats a person at another table of round `number`, whether they sit or have no seat.

    Raises `Conflict` if the round is over or somebody moved the person, `NotFound` if person or table is not there.
    """
    return _seat(session, event_id, number, {one.person_id: one.table}, {one.person_id: table}, overrule=overrule)


def exchange(session: Session, event_id: int, number: int, one: Seen, other: Seen, *, overrule: bool = False) -> Breaks:
    """Lets two people of different tables change places. Raises as `move_person`."""
    if not one.table or not other.table or one.table == other.table:
        raise Conflict(_("These two do not sit at two tables, so there is nothing to exchange. Nobody was moved."))
    before = {one.person_id: one.table, other.person_id: other.table}
    after = {one.person_id: other.table, other.person_id: one.table}
    return _seat(session, event_id, number, before, after, overrule=overrule)


def pin(session: Session, event_id: int, number: int, one: Seen) -> None:
    """Keeps a person at the table when others are moved. Raises as `move_person`."""
    _held(session, event_id, number, one).pinned = True


def unpin(session: Session, event_id: int, number: int, one: Seen) -> None:
    """Lets a person be moved again. Raises as `move_person`."""
    _held(session, event_id, number, one).pinned = False


def pin_moved(session: Session, event_id: int) -> int:
    """Keeps everybody where they were moved by hand since people were last seated otherwise; how many seats those are.

    Raises `Conflict` if nobody was, or if nothing is left to repair.
    """
    seats = session.exec(select(Seat).where(Seat.event_id == event_id)).all()
    by_hand = {(one.round, one.person_pk) for one in _latest_by_hand(session, event_id)}
    over = stored.over(session, event_id)
    found = [seat for seat in seats if (seat.round, seat.person_pk) in by_hand and seat.round not in over]
    if not found:
        raise Conflict(_("Nobody was moved by hand since everybody was seated. Move somebody first."))
    for seat in found:
        seat.pinned = True
    return len(found)


def moved(session: Session, event_id: int) -> bool:
    """Whether anybody was moved by hand since people were last seated otherwise."""
    return bool(_latest_by_hand(session, event_id))


def undo(session: Session, event_id: int, batch: int) -> Sequence[SeatMove]:
    """Takes the last change back; what it was. `batch`: the change that the page named.

    Raises `Conflict` if another change came after it, or if it is about a round that is over.
    """
    found = moves.last(session, event_id)
    if not found or found[0].batch != batch:
        raise Conflict(_("Somebody has changed seats since this page was made. Nothing was undone; look first."))
    if found[0].reason not in UNDONE_HERE:
        raise Conflict(_("The last change of seats was not made on this page. Nothing was undone."))
    for number in {one.round for one in found}:
        _require_open(session, event_id, number)
    past = [one.model_copy() for one in found]
    moves.undo(session, event_id)
    events.note_change(session, event_id)
    return past


def _seat(
    session: Session,
    event_id: int,
    number: int,
    before: Mapping[str, str],
    after: Mapping[str, str],
    *,
    overrule: bool,
) -> Breaks:
    _require_open(session, event_id, number)
    room, seats, names = (
        stored.room_of(session, event_id),
        stored.seats_of(session, event_id),
        called.names(session, event_id),
    )
    first = next(iter(before))
    sitting = Sitting(room, seats, number, first)
    for person_id, seen in before.items():
        _require_seen(sitting, person_id, seen, names)
        if after[person_id] not in sitting.tables:
            raise NotFound(_("This round has no such table. Nobody was moved; load the page again."))
    breaks = sitting.breaks(after)
    if breaks and not overrule:
        return [told(one, names) for one in breaks]
    moves.move(session, event_id, {(number, person_id): table for person_id, table in after.items()}, BY_HAND)
    events.note_change(session, event_id)
    return []


def _require_open(session: Session, event_id: int, number: int) -> None:
    if number in stored.over(session, event_id):
        raise Conflict(_("Round {n} is over: who sat where stays as it was.").format(n=number))


def _require_seen(sitting: Sitting, person_id: str, seen: str, names: Names) -> None:
    """Raises if the person is not there any more, or sits elsewhere than the page said."""
    if person_id not in sitting.people:
        sentence = _("{person} is not there in this round any more. Nobody was moved.")
        raise NotFound(sentence.format(person=names.person(person_id)))
    now = sitting.places.get(person_id, "")
    if now != seen:
        _refuse_stale(names.person(person_id), names.table(now))


def _held(session: Session, event_id: int, number: int, one: Seen) -> Seat:
    _require_open(session, event_id, number)
    mine = select(Seat).join(Person, col(Seat.person_pk) == col(Person.id))
    seat = session.exec(
        mine.where(Seat.event_id == event_id, Seat.round == number, Person.person_id == one.person_id)
    ).one_or_none()
    names = called.names(session, event_id)
    if seat is None:
        raise NotFound(_("{person} has no seat in this round.").format(person=names.person(one.person_id)))
    if seat.table != one.table:
        _refuse_stale(names.person(one.person_id), names.table(seat.table))
    return seat


def _refuse_stale(person: str, table: str) -> None:
    if table:
        sentence = _("Somebody else has moved {person}, who sits at {table} now. Nothing was changed; look again.")
        raise Conflict(sentence.format(person=person, table=table))
    raise Conflict(_("{person} has no seat any more. Nothing was changed; look again.").format(person=person))


def _latest_by_hand(session: Session, event_id: int) -> Sequence[SeatMove]:
    """The moves by hand since everybody was last seated, or a repair was taken."""
    every = session.exec(select(SeatMove).where(SeatMove.event_id == event_id).order_by(col(SeatMove.id))).all()
    last = max((one.batch for one in every if one.reason in (changes.REPAIRED, seated.REASON)), default=0)
    return [one for one in every if one.batch > last and one.reason == BY_HAND]
