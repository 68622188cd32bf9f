"""Vignettes dealt anew among the tables of a round that the room has not been shown, so that fewer people know theirs.

Nobody moves. It is offered only where it makes something better, and tables that have begun a story keep theirs.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session, select

from eventkit.errors import Conflict
from eventkit.events import rules as events
from eventkit.tables import packs, stored
from eventkit.tables.models import ShownRound, TableInRound
from eventkit.tables.room import Room, Seats
from eventkit.tables.scoring import at_tables
from eventkit.web.language import gettext as _

Pack = frozenset[str]


@dataclass(frozen=True)
class Deal:
    """How often somebody sits at a vignette that they know in a round, as it is and as it would be.

    `possible`: the plan gives the round's tables rows of their own, so that other rounds stay as they are.
    """

    round: int
    now: int
    then: int
    packs: Mapping[str, Pack]
    possible: bool


def deals(session: Session, event_id: int) -> Sequence[Deal]:
    """What dealing anew would make better, round by round; none where nothing would."""
    room, seats = stored.room_of(session, event_id), stored.seats_of(session, event_id)
    if not any(person.knows for person in room.people):
        return []
    shown = set(session.exec(select(ShownRound.round).where(ShownRound.event_id == event_id)))
    waiting = [number for number in seats if number not in shown | stored.over(session, event_id)]
    begun = _begun_tables(session, event_id)
    found = [_deal(room, seats, number, begun) for number in waiting]
    return [deal for deal in found if deal.then < deal.now]


def deal(session: Session, event_id: int, wanted: Deal | None) -> None:
    """Carries a deal out. Raises `Conflict` if it is not possible, or if people or vignettes were moved meanwhile."""
    if wanted is None or wanted not in deals(session, event_id):
        raise Conflict(_("Somebody was moved or the round was shown meanwhile. Look at the offer again."))
    if not wanted.possible:
        raise Conflict(not_possible())
    for row in session.exec(select(TableInRound).where(TableInRound.event_id == event_id)):
        if row.round in (None, wanted.round):
            row.vignettes = ";".join(sorted(wanted.packs[row.table]))
    events.note_own_change(session, event_id)


def not_possible() -> str:
    """Why vignettes of a round cannot be dealt anew."""
    return _(
        "Its tables have the same vignettes in every round. Give them a row for each round in the plan's sheet "
        "tables; then they can be dealt anew."
    )


def _begun_tables(session: Session, event_id: int) -> Collection[str]:
    """What tables talk of lies above them, so it is asked for as the app gives it."""
    begun = session.info.get("begun_tables")
    return begun(session, event_id) if begun else ()


def _deal(room: Room, seats: Seats, number: int, begun: Collection[str]) -> Deal:
    tables = room.tables_in(number)
    now = {table.table: table.vignettes for table in tables}
    waiting = replace(room, tables=[table for table in room.tables if table.table not in begun])
    then = {**now, **packs.deal(waiting, number, seats[number])}
    own = room.rounds == 1 or all(table.round == number for table in tables)
    return Deal(number, _clashes(room, seats, number, now), _clashes(room, seats, number, then), then, own)


def _clashes(room: Room, seats: Seats, number: int, dealt: Mapping[str, Pack]) -> int:
    sitting = at_tables(room, number, seats[number])
    return sum(len(person.knows & dealt[table]) for table, people in sitting.items() for person in people)
