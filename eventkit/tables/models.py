"""The tables and the rules of seating, as the plan prepared them."""

from enum import StrEnum

from sqlmodel import Field, SQLModel


class Kind(StrEnum):
    """What a rule of seating demands."""

    FIXED = "fixed"
    BANNED = "banned"
    TOGETHER = "together"
    APART = "apart"
    HOST = "host"
    ACCESSIBLE = "accessible"


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
