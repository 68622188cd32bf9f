"""Tables and rules of seating as the plan prepared them, and who sits where. Nothing here leads to a pass."""

from datetime import datetime

from sqlmodel import Field, SQLModel, UniqueConstraint

from eventkit.database import Moment
from eventkit.tables.room import Kind


class TableInRound(SQLModel, table=True):
    """A table in one round, or in all where `round` is empty; `vignettes` are ids parted by spaces or semicolons."""

    __tablename__ = "table_in_round"

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    position: int
    round: int | None = None
    table: str
    name: str = ""
    min_seats: int | None = None
    max_seats: int
    accessible: bool = False
    vignettes: str = ""


class SeatingRule(SQLModel, table=True):
    """One demand on the seating, in one round, or in all where `round` is empty."""

    __tablename__ = "seating_rule"

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    position: int
    kind: Kind
    round: int | None = None
    person_id: str
    other_id: str = ""
    table: str = ""


class KnownVignette(SQLModel, table=True):
    """Who knows a vignette's case: organisations and person_ids, parted by semicolons, as the plan has them."""

    __tablename__ = "known_vignette"

    event_id: int = Field(primary_key=True, foreign_key="event.id")
    vignette_id: str = Field(primary_key=True)
    known_by: str


class BalancedAttribute(SQLModel, table=True):
    """An attribute in the organisers' order of weight; without any row all weigh alike."""

    __tablename__ = "balanced_attribute"
    __table_args__ = (UniqueConstraint("event_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    position: int
    name: str


class Seating(SQLModel, table=True):
    """How an event's seats were found: from what (`digest` of the room), by which seed and version, and when.

    `names_shown`: whether the screen may name people, instead of their badge codes.
    """

    event_id: int = Field(primary_key=True, foreign_key="event.id")
    rounds: int = 1
    seed: int = 0
    version: str = ""
    digest: str = ""
    seconds: float = 0.0
    made_at: datetime | None = Field(default=None, sa_type=Moment)
    names_shown: bool = False


class Seat(SQLModel, table=True):
    """Where a person sits in a round. A `pinned` person stays when others are moved."""

    __table_args__ = (UniqueConstraint("person_pk", "round"),)

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    person_pk: int = Field(foreign_key="person.id", index=True, ondelete="CASCADE")
    round: int
    table: str
    pinned: bool = False


class SeatMove(SQLModel, table=True):
    """That somebody was moved, so that it can be undone and read out; "" stands for no seat.

    Moves that were made at once share a `batch`; `reason` says in a word how they came about.
    """

    __tablename__ = "seat_move"

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    batch: int
    reason: str
    person_pk: int = Field(foreign_key="person.id", index=True, ondelete="CASCADE")
    round: int
    before: str
    after: str


class ShownRound(SQLModel, table=True):
    """A round whose tables the room was shown: those before the last one shown are over, and stay as they were."""

    __tablename__ = "shown_round"

    event_id: int = Field(primary_key=True, foreign_key="event.id")
    round: int = Field(primary_key=True)
    shown_at: datetime = Field(sa_type=Moment)
