"""A sealed box and its journal. Neither says who answered, what, or when."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel


class Box(SQLModel, table=True):
    """What is being collected under one name, such as "poll-p3-r1".

    `epoch` numbers its keys. `voters` is how many have answered under this key; `lost` is how many had answered
    under one that is gone, so that the console can say how many came back. The count is kept because nobody can
    count what is sealed. `size` is how many bytes each choice fills, whatever it says.
    """

    __table_args__ = (UniqueConstraint("event_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    name: str
    epoch: int = 1
    size: int = 16
    voters: int = 0
    lost: int = 0


class Journal(SQLModel, table=True):
    """Sealed answers in the order in which they came; all rows of a box have the same length."""

    n: int | None = Field(default=None, primary_key=True)
    box_id: int = Field(foreign_key="box.id")
    sealed: bytes
