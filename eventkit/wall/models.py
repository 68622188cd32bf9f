"""The questions on the walls, as the plan prepared them."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel


class Wall(SQLModel, table=True):
    """One wall question; `dots` is how many votes each person has to give to its notes."""

    __table_args__ = (UniqueConstraint("event_id", "wall_id"),)

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    position: int
    wall_id: str
    question: str
    help: str = ""
    max_length: int = 280
    approve_first: bool = False
    hidden: bool = False
    dots: int = 0
    attendees_group: bool = False
    readable_on_phones: bool = False
