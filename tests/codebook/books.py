"""A codebook in memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from sqlmodel import Session, SQLModel, create_engine

from eventkit.codebook.models import Theme
from eventkit.events.models import Event

EVENT = 1


@contextmanager
def codebook() -> Iterator[Session]:
    """An event with the themes "Referrals" and "Who", and another event with one of the same name."""
    engine = create_engine("sqlite://")
    SQLModel.metadata.create_all(engine)
    with Session(engine) as session:
        for event_id, code in ((EVENT, "K7M4PDX"), (2, "GHJ4KMN")):
            session.add(Event(id=event_id, event_id=code, code=code, title="A day", date=date(2016, 5, 18)))
        session.flush()
        themes = [(EVENT, 1, "referrals", "Referrals"), (EVENT, 2, "who", "Who"), (2, 1, "referrals", "Referrals")]
        for event_id, position, theme_id, label in themes:
            session.add(Theme(event_id=event_id, position=position, theme_id=theme_id, label=label))
        session.flush()
        yield session
    engine.dispose()
