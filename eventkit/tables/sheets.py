"""The tables for the results workbook: how many people of how many organisations sat at each, and no names."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlmodel import Session, col, func, select

from eventkit.events.models import Event
from eventkit.sheet import Column, Sheet, Type, Value
from eventkit.tables import called, seated, stored
from eventkit.tables.bounds import bounds
from eventkit.tables.models import Seating, SeatMove
from eventkit.tables.room import Person, Room, Seats
from eventkit.tables.scoring import at_tables, score
from eventkit.tables.words import off
from eventkit.web.language import gettext as _
from eventkit.web.language import ngettext

NOT_APPLICABLE = "[z]"
ORGANISATION, SECTOR = "organisation", "sector"


def sheets(session: Session, event: Event) -> Iterable[Sheet]:
    """`tables`, and what `method` says of the seating."""
    event_id = event.id or 0
    room, seats = stored.room_of(session, event_id), stored.seats_of(session, event_id)
    names = called.names(session, event_id).tables
    description = _("One row for each table in each round at which somebody had a seat; numbers of people, no names.")
    yield Sheet("tables", _("Tables"), description, _columns(), list(_rows(room, seats, names)))
    found = session.get(Seating, event_id)
    if any(seats.values()):
        notes = [{"topic": _("Tables"), "note": note} for note in _notes(room, seats, found, _moved(session, event_id))]
        yield Sheet("method", "", "", (), notes)


def _columns() -> tuple[Column, ...]:
    people, organisations, sectors = _("people"), _("organisations"), _("sectors")
    return (
        Column("round", _("The round, counted from 1."), Type.INTEGER, required=True, measure="ordinal", example=1),
        Column("table_id", _("The table's id in the plan."), required=True, example="t1"),
        Column("name", _("What is on its card; empty if the plan gives it no name.")),
        Column("n_people", _("How many people had a seat at it."), Type.INTEGER, required=True, unit=people),
        Column(
            "n_organisations",
            _("How many organisations they were from; [z] if the plan names none."),
            Type.INTEGER,
            unit=organisations,
        ),
        Column(
            "n_sectors", _("How many sectors they were from; [z] if the plan names none."), Type.INTEGER, unit=sectors
        ),
        Column(
            "largest_same_organisation",
            _("How many of them were from the organisation that most were from; [z] if the plan names none."),
            Type.INTEGER,
            unit=people,
        ),
    )


def _rows(room: Room, seats: Seats, names: Mapping[str, str]) -> Iterator[Mapping[str, Value]]:
    for number in sorted(seats):
        for table, people in at_tables(room, number, seats[number]).items():
            if people:
                organisations = _values(room, people, ORGANISATION)
                sectors = _values(room, people, SECTOR)
                yield {
                    "round": number,
                    "table_id": table,
                    "name": names.get(table) if names.get(table) != table else None,
                    "n_people": len(people),
                    "n_organisations": NOT_APPLICABLE if organisations is None else len(organisations),
                    "n_sectors": NOT_APPLICABLE if sectors is None else len(sectors),
                    "largest_same_organisation": NOT_APPLICABLE
                    if organisations is None
                    else max(organisations.values(), default=0),
                }


def _values(room: Room, people: Sequence[Person], attribute: str) -> Counter[str] | None:
    """How many people have each value; None if nobody in the room has any."""
    if attribute not in room.attributes:
        return None
    return Counter(person.attributes[attribute] for person in people if attribute in person.attributes)


def _notes(room: Room, seats: Seats, found: Seating | None, moved: int) -> Iterator[str]:
    if found and found.made_at:
        words = _(
            "Who sits where was worked out by eventkit {version} with seed {seed} from data with the SHA-256 {digest}. "
            "The same data, version and seed give the same seats."
        )
        yield words.format(version=found.version, seed=found.seed, digest=found.digest)
    if moved:
        yield ngettext(
            "Afterwards {n} move was made by hand, or because somebody came late or stayed away.",
            "Afterwards {n} moves were made by hand, or because somebody came late or stayed away.",
            moved,
        ).format(n=moved)
    yield _quality(room, seats)


def _quality(room: Room, seats: Seats) -> str:
    """How good the seating is as it was left, beside what nobody could do better."""
    total, least = score(room, seats).total, bounds(room).total
    words = _(
        "As the seats were left: {broken} rules broken; {spread}; {overlap} repeat meetings, of which at least {least} "
        "were unavoidable; {thirds} pairs together three times or more."
    )
    return words.format(
        broken=total.broken,
        spread=off(sum(total.balance.values())).lower(),
        overlap=total.overlap,
        least=least.overlap,
        thirds=total.thirds,
    )


def _moved(session: Session, event_id: int) -> int:
    """How many moves were made since people were last seated."""
    mine = select(func.max(SeatMove.batch)).where(SeatMove.event_id == event_id, SeatMove.reason == seated.REASON)
    last = session.exec(mine).one() or 0
    later = select(func.count()).select_from(SeatMove).where(SeatMove.event_id == event_id)
    return session.exec(later.where(col(SeatMove.batch) > last)).one()
