"""The programme's steps, and which of them is on now."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from eventkit.database import Exact, Moment


class ProgrammeStep(SQLModel, table=True):
    """A step of the day; `refs` are ids separated by a space. `shown`: the room was there, and has left it."""

    __tablename__ = "step"
    __table_args__ = (UniqueConstraint("event_id", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    position: int
    time: str = ""
    activity: str
    refs: str = ""
    minutes: int | None = None
    title: str = ""
    shown: bool = False


class ProgrammeRow(SQLModel, table=True):
    """A row of the programme as the organisers wrote it; one row can amount to several steps."""

    __tablename__ = "programme_row"

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    position: int
    order: Decimal = Field(sa_type=Exact)
    time: str = ""
    activity: str
    ref: str = ""
    minutes: int | None = None
    title: str = ""


class Stage(SQLModel, table=True):
    """What is on now. `version` grows with every command, so that two presses never skip a step.

    `overlay` is the console's action that laid something over the screen, "" for nothing. `text_size` is how many steps
    larger the screen's letters are than usual. `timer_until` is when the time that the room was given is over.
    """

    event_id: int = Field(primary_key=True, foreign_key="event.id")
    step_id: int = Field(foreign_key="step.id")
    version: int = 0
    overlay: str = ""
    text_size: int = 0
    timer_until: datetime | None = Field(default=None, sa_type=Moment)
