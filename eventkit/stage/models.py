"""The programme's steps, and which of them is on now."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from eventkit.database import Moment


class ProgrammeStep(SQLModel, table=True):
    """A step of the day; `refs` are ids separated by a space."""

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


class Stage(SQLModel, table=True):
    """What is on now. `version` grows with every command, so that two presses never skip a step."""

    event_id: int = Field(primary_key=True, foreign_key="event.id")
    step_id: int = Field(foreign_key="step.id")
    version: int = 0
    join_code_at: datetime | None = Field(default=None, sa_type=Moment)
