"""One published figure, with everything that its citation must carry."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from eventkit.database import Exact, Moment


class Statistic(SQLModel, table=True):
    """One published figure. It never changes: a correction is a new one that `supersedes` it."""

    __table_args__ = (UniqueConstraint("event_id", "statistic_id"),)

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    position: int = 0
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
    importer: str = ""
    file_sha256: str = ""


class SourceFile(SQLModel, table=True):
    """An official file as it was brought, byte for byte; figures name it by its SHA-256 in hexadecimal."""

    __tablename__ = "source_file"
    __table_args__ = (UniqueConstraint("event_id", "file_sha256"),)

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    file_sha256: str
    file_name: str
    importer: str
    stored_at: datetime = Field(sa_type=Moment)
    content: bytes


class Showing(SQLModel, table=True):
    """That a room was shown a figure. From then on its citation is public, also when the figure is hidden again."""

    __table_args__ = {"sqlite_with_rowid": False}

    event_id: int = Field(primary_key=True, foreign_key="event.id")
    statistic_id: str = Field(primary_key=True)


class Query(SQLModel, table=True):
    """What somebody asks the organisers about a figure.

    No pass, no time and no row number: its random id says neither who asked nor in which order.
    """

    __table_args__ = {"sqlite_with_rowid": False}

    query_id: str = Field(primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    statistic_id: str
    text: str
