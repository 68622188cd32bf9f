"""Polls, their options, and the rounds in which the room votes on them."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from eventkit.database import Exact, Moment

NOT_SURE = "not_sure"


class Format(StrEnum):
    """How a poll is answered."""

    CHOICE = "choice"
    MYTH = "myth"
    NUMERIC = "numeric"
    RANKING = "ranking"


class Phase(StrEnum):
    """How far a round has come; derived from its dates."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    COUNTED = "counted"
    PERCEPTION = "perception"
    NATIONAL = "national"
    LOCAL = "local"
    GAP = "gap"
    EXPLANATION = "explanation"


class Poll(SQLModel, table=True):
    """One myth-busting question."""

    __table_args__ = (UniqueConstraint("event_id", "poll_id"),)

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    position: int
    poll_id: str
    format: Format
    question: str
    help: str = ""
    national_statistic: str = ""
    local_statistic: str = ""
    min: Decimal | None = Field(default=None, sa_type=Exact)
    max: Decimal | None = Field(default=None, sa_type=Exact)
    step: Decimal | None = Field(default=None, sa_type=Exact)
    tolerance: Decimal | None = Field(default=None, sa_type=Exact)
    unit: str = ""
    allow_not_sure: bool = False
    myth_text: str = ""
    explanation: str = ""
    so_what: str = ""
    facilitator_notes: str = ""


class Option(SQLModel, table=True):
    """One choice of a poll, or one item of a ranking.

    `correct` is derived from the figure where it can be; `marked` is what the plan says of it, None if nothing.
    """

    __table_args__ = (UniqueConstraint("poll_pk", "option_id"),)

    id: int | None = Field(default=None, primary_key=True)
    poll_pk: int = Field(foreign_key="poll.id", index=True)
    position: int = 0
    option_id: str
    text: str
    value: Decimal | None = Field(default=None, sa_type=Exact)
    lower: Decimal | None = Field(default=None, sa_type=Exact)
    upper: Decimal | None = Field(default=None, sa_type=Exact)
    correct: bool = False
    marked: bool | None = None
    rank: int | None = None
    statistic_id: str = ""


class Round(SQLModel, table=True):
    """One vote on a poll. Its phase follows from its dates; `counted_at` and `discarded_at` are never cleared.

    Of a ranking, whose orders are not kept: `exact` is how many had the whole order right, `turned` how many pairs of
    items stood the wrong way round in all orders together.
    """

    __table_args__ = (UniqueConstraint("poll_pk", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    poll_pk: int = Field(foreign_key="poll.id", index=True)
    number: int
    base: int = 0
    exact: int | None = None
    turned: int | None = None
    opened_at: datetime | None = Field(default=None, sa_type=Moment)
    closed_at: datetime | None = Field(default=None, sa_type=Moment)
    counted_at: datetime | None = Field(default=None, sa_type=Moment)
    discarded_at: datetime | None = Field(default=None, sa_type=Moment)
    perception_at: datetime | None = Field(default=None, sa_type=Moment)
    national_at: datetime | None = Field(default=None, sa_type=Moment)
    local_at: datetime | None = Field(default=None, sa_type=Moment)
    gap_at: datetime | None = Field(default=None, sa_type=Moment)
    explanation_at: datetime | None = Field(default=None, sa_type=Moment)


class Tally(SQLModel, table=True):
    """How many gave an answer in a counted round; the ballots behind it are gone.

    The answer is an option, in a ranking an option at a `rank` from 1, and in a numeric poll the number itself, written
    without zeros at its end; or not_sure.
    """

    round_pk: int = Field(primary_key=True, foreign_key="round.id")
    option_id: str = Field(primary_key=True)
    rank: int = Field(default=0, primary_key=True)
    votes: int
