"""One published figure, with everything that its citation must carry."""

from datetime import date
from decimal import Decimal

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from eventkit.database import Exact


class Statistic(SQLModel, table=True):
    """One published figure. It never changes: a correction is a new one that `supersedes` it."""

    __table_args__ = (UniqueConstraint("event_id", "statistic_id"),)

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    statistic_id: str
    measure: str
    value: Decimal = Field(sa_type=Exact)
    qualifier: str = "exact"
    lower: Decimal | None = Field(default=None, sa_type=Exact)
    upper: Decimal | None = Field(default=None, sa_type=Exact)
    decimals: int | None = None
    unit: str
    denominator: str = ""
    numerator_value: Decimal | None = Field(default=None, sa_type=Exact)
    numerator_qualifier: str = ""
    denominator_value: Decimal | None = Field(default=None, sa_type=Exact)
    denominator_qualifier: str = ""
    geography_name: str = ""
    geography_code: str = ""
    period_label: str = ""
    period_start: date | None = None
    period_end: date | None = None
    publisher: str = ""
    dataset: str = ""
    source_table: str = ""
    url: str = ""
    published_on: date | None = None
    retrieved_on: date | None = None
    status: str = ""
    flags: str = ""
    licence: str = ""
    evidence_grade: str = ""
    rounding_note: str = ""
    supersedes: str = ""
    notes: str = ""
