"""Moves of people between seats: every one is noted with those made at once, so that it is undone and read out."""

from collections.abc import Mapping, Sequence

from sqlalchemy import insert, update
from sqlmodel import Session, col, delete, func, select

from eventkit.events.models import Person
from eventkit.tables.models import Seat, SeatMove

Places = Mapping[tuple[int, str], str]
"""Where people are to sit: (round, person_id) → table, "" for no seat."""
Held = Mapping[tuple[int, int], tuple[int, str]]
"""The stored seats: (round, number of the person) → number of the seat, and its table."""


def move(session: Session, event_id: int, places: Places, reason: str) -> int:
    """Seats these people; all others stay where they are. The number of the batch, 0 if nobody moves.

    A person who is not in the roster any more is passed over.
    """
    found = session.exec(select(Person.person_id, Person.id).where(Person.event_id == event_id))
    numbers = {person_id: pk or 0 for person_id, pk in found}
    wanted = {(number, numbers[who]): table for (number, who), table in places.items() if who in numbers}
    held = _held(session, event_id)
    moves = {key: table for key, table in wanted.items() if table != (held[key][1] if key in held else "")}
    if not moves:
        return 0
    batch = 1 + (_last(session, event_id) or 0)
    about = {"event_id": event_id, "batch": batch, "reason": reason}
    session.execute(
        insert(SeatMove),
        [
            {
                **about,
                "round": key[0],
                "person_pk": key[1],
                "before": held[key][1] if key in held else "",
                "after": to,
            }
            for key, to in moves.items()
        ],
    )
    _carry_out(session, event_id, moves, held)
    return batch


def undo(session: Session, event_id: int) -> str:
    """Takes the last batch back; its reason, "" if there is none."""
    found = last(session, event_id)
    if not found:
        return ""
    back = {(one.round, one.person_pk): one.before for one in found}
    reason, batch = found[0].reason, found[0].batch
    _carry_out(session, event_id, back, _held(session, event_id))
    session.exec(delete(SeatMove).where(col(SeatMove.event_id) == event_id, col(SeatMove.batch) == batch))
    return reason


def last(session: Session, event_id: int) -> Sequence[SeatMove]:
    """The moves of the last batch, in the order in which they were noted; none if nobody has moved."""
    batch = _last(session, event_id)
    mine = select(SeatMove).where(SeatMove.event_id == event_id, SeatMove.batch == batch)
    return session.exec(mine.order_by(col(SeatMove.id))).all()


def _last(session: Session, event_id: int) -> int | None:
    return session.exec(select(func.max(SeatMove.batch)).where(SeatMove.event_id == event_id)).one()


def _held(session: Session, event_id: int) -> Held:
    found = session.exec(select(Seat.round, Seat.person_pk, Seat.id, Seat.table).where(Seat.event_id == event_id))
    return {(number, person_pk): (seat or 0, table) for number, person_pk, seat, table in found}


def _carry_out(session: Session, event_id: int, moves: Mapping[tuple[int, int], str], held: Held) -> None:
    """All rows of a kind at once: a thousand people's seats must not keep votes waiting at the writer."""
    gone = [held[key][0] for key, table in moves.items() if key in held and not table]
    changed = [{"id": held[key][0], "table": table} for key, table in moves.items() if key in held and table]
    fresh = [
        {"event_id": event_id, "round": number, "person_pk": person_pk, "table": table, "pinned": False}
        for (number, person_pk), table in moves.items()
        if table and (number, person_pk) not in held
    ]
    if gone:
        session.execute(delete(Seat).where(col(Seat.id).in_(gone)))
    if changed:
        session.execute(update(Seat), changed)
    if fresh:
        session.execute(insert(Seat), fresh)
    session.expire_all()  # seats that were read before still hold the old table
