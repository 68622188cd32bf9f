"""Walls, the notes on them, and what of them the screen shows. No row says who wrote a note, or when."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from eventkit.database import Moment


class Phase(StrEnum):
    """How far a wall has come; derived from its dates."""

    READY = "ready"
    OPEN = "open"
    CLOSED = "closed"
    DOTS = "dots"
    COUNTED = "counted"


class Status(StrEnum):
    """Whether the room reads a note."""

    WAITING = "waiting"
    """Somebody approves it first."""
    SHOWN = "shown"
    HIDDEN = "hidden"
    MERGED = "merged"
    """It says what another note says, and is counted with it."""


class Wall(SQLModel, table=True):
    """One wall question; `dots` is how many votes each person has to give to its notes.

    The phase follows from the dates; `dots_counted_at` is never cleared. `revealed_at` is for a wall that is hidden.
    `seen` is how many cells it had when a page was last turned; the notes after them are marked as new.
    """

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
    seen: int = 0
    opened_at: datetime | None = Field(default=None, sa_type=Moment)
    closed_at: datetime | None = Field(default=None, sa_type=Moment)
    revealed_at: datetime | None = Field(default=None, sa_type=Moment)
    dots_opened_at: datetime | None = Field(default=None, sa_type=Moment)
    dots_counted_at: datetime | None = Field(default=None, sa_type=Moment)


class Note(SQLModel, table=True):
    """A post-it. Its id is random, and a new one when the wall closes.

    `author` is the hash of a handle that lies on the phone, so that its owner can mend the note; None once the wall
    has closed, and for a note from `paper`. `cell` is its place on the screen's grid from 0, None until it has one;
    `merged_into` the note_id of the note that says the same. `reason` is why its words were redacted, "" if they were
    not. `dots` were counted for it.
    """

    # A row number would be the order in which notes came.
    __table_args__ = {"sqlite_with_rowid": False}

    note_id: str = Field(primary_key=True)
    wall_pk: int = Field(foreign_key="wall.id", index=True)
    text: str
    status: Status
    author: str | None = None
    paper: bool = False
    cell: int | None = None
    pinned: bool = False
    merged_into: str = ""
    reason: str = ""
    dots: int | None = None


class WallScreen(SQLModel, table=True):
    """What of an event's walls is on the screen: one of them or, with "", all; a page; its themes instead of its grid.

    `spotlight` is the note_id of the one note that everybody looks at. `turning`: pages turn by themselves.
    """

    __tablename__ = "wall_screen"

    event_id: int = Field(primary_key=True, foreign_key="event.id")
    wall_id: str = ""
    page: int = 0
    themes: bool = False
    spotlight: str = ""
    turning: bool = False
