"""A host's “please come”: shown at the console until the facilitator has seen it."""

from collections.abc import Sequence

from sqlmodel import Session, select

from eventkit.vignettes.models import HostCall


def call(session: Session, event_id: int, table: str) -> None:
    """Asks the facilitator to come to a table; asked twice is asked once."""
    session.merge(HostCall(event_id=event_id, table=table))


def seen(session: Session, event_id: int, table: str) -> None:
    """Ends a call: the facilitator has seen it, or its host needs nobody any more."""
    if found := session.get(HostCall, (event_id, table)):
        session.delete(found)


def calling(session: Session, event_id: int) -> Sequence[str]:
    """The tables that ask for the facilitator."""
    mine = select(HostCall.table).where(HostCall.event_id == event_id)
    return session.exec(mine.order_by(HostCall.table)).all()
