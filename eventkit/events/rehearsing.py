"""What a rehearsal is to the event itself: its beginning, its end, and how many people it simulates."""

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from eventkit.events import rules
from eventkit.events.models import Correction, Event, Pass, Person
from eventkit.writer import after_commit

FEWEST, MOST, USUAL = 2, 200, 42


def usual_number(session: Session, event_id: int) -> int:
    """How many people to simulate unless somebody says: as many as the plan names."""
    named = session.exec(select(func.count()).select_from(Person).where(Person.event_id == event_id)).one()
    return min(MOST, max(FEWEST, named or USUAL))


def untouched(session: Session, event: Event) -> bool:
    """Whether nobody has come and nothing has begun."""
    begun = event.rehearsal or event.started_at or event.ended_at
    return not begun and rules.joined(session, event.id or 0) == 0 and rules.marked(session, event.id or 0) == 0


def begin(session: Session, event_id: int) -> None:
    """From now on whoever joins tries it out."""
    rules.event(session, event_id).rehearsal = True
    rehearsals: set[int] = session.info.get("rehearsals", set())
    after_commit(session, lambda: rehearsals.add(event_id))


def forget(session: Session, event_id: int) -> None:
    """After a rehearsal: nobody has joined, nothing was corrected, and the day has not begun."""
    session.execute(delete(Pass).where(col(Pass.event_id) == event_id))
    session.execute(delete(Correction).where(col(Correction.event_id) == event_id))
    wiped = rules.event(session, event_id)
    wiped.rehearsal, wiped.started_at, wiped.ended_at, wiped.changed_at = False, None, None, None
    passes: dict[str, int] = session.info.get("passes", {})
    rehearsals: set[int] = session.info.get("rehearsals", set())
    after_commit(session, lambda: drop_passes(passes, event_id))
    after_commit(session, lambda: rehearsals.discard(event_id))


def drop_passes(passes: dict[str, int], event_id: int) -> None:
    """Forgets an event's passes in memory, in place: others write there at the same time."""
    for token_hash, admits_to in list(passes.items()):
        if admits_to == event_id:
            passes.pop(token_hash, None)
