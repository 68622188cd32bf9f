"""Event, person, pass and role link. No row here, or anywhere, holds both a person and a pass."""

from datetime import date as Date
from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel, UniqueConstraint

from eventkit.database import Moment


class Role(StrEnum):
    """Who holds a role link, and so which view it opens."""

    ORGANISER = "organiser"
    FACILITATOR = "facilitator"
    HOST = "host"


class Attendance(StrEnum):
    """What is known of a person at the door."""

    EXPECTED = "expected"
    HERE = "here"
    ABSENT = "absent"


class Event(SQLModel, table=True):
    """The day. `event_id` is the organisers' name for it; `code` is what people type to join.

    `plan_digest` is of the plan as it is stored, "" while a part was changed by itself since; `file_digest` is of the
    one that a server was last started with.
    Until `recordings_until` consent can be withdrawn; then recordings are deleted.
    `rehearsal`: whoever joins now is simulated or tries it out, and everything they do is wiped.
    """

    # The number of a deleted event is never given to another, which pages and keys of the old one might mistake for it.
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    event_id: str = Field(unique=True)
    code: str = Field(unique=True)
    title: str
    date: Date
    place: str = ""
    organisers: str = ""
    time_zone: str = "Europe/London"
    language: str = "en"
    welcome: str = ""
    privacy_notice: str = ""
    delete_after: Date | None = None
    recordings_until: Date | None = None
    contact: str = ""
    min_votes: int = 5
    organisers_vote: bool = True
    entry: str = "code"
    base: str = "joined"
    vignettes_per_table: int = 2
    consent_wording: str = ""
    consent_version: str = ""
    questionnaire_rows: str = "joined"
    questionnaire_closes: str = ""
    wifi_name: str = ""
    wifi_password: str = ""
    plan_digest: str = ""
    file_digest: str = ""
    rehearsal: bool = False
    started_at: datetime | None = Field(default=None, sa_type=Moment)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    changed_at: datetime | None = Field(default=None, sa_type=Moment)


class Person(SQLModel, table=True):
    """A row of the roster; `rounds` are numbers parted by semicolons. It is no pass: nothing leads to a vote.

    `badge` is the short code on a person's badge, "" until there are badges. When somebody came is not stored.
    """

    __table_args__ = (UniqueConstraint("event_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    position: int
    person_id: str
    name: str
    organisation: str = ""
    rounds: str = ""
    arrives_at: str = ""
    needs: str = ""
    attendance: Attendance = Attendance.EXPECTED
    badge: str = ""


class PersonAttribute(SQLModel, table=True):
    """What a column of the organisers' own says of a person, such as a sector; seating balances it."""

    __tablename__ = "person_attribute"
    __table_args__ = (UniqueConstraint("person_pk", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    person_pk: int = Field(foreign_key="person.id", index=True)
    name: str
    value: str


class Pass(SQLModel, table=True):
    """A browser's anonymous admission. Its token lies in that browser alone; here is the token's hash.

    There is no time and no number, so that the order in which people joined cannot be read back.
    """

    __tablename__ = "pass"
    # A row number would be the order after all.
    __table_args__ = {"sqlite_with_rowid": False}

    token_hash: str = Field(primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)


class Correction(SQLModel, table=True):
    """New words for something that the room had read already; the workbook gives both wordings."""

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    part: str
    row_id: str
    column: str
    before: str
    after: str
    at: datetime = Field(sa_type=Moment)


class RoleLink(SQLModel, table=True):
    """A one-time link for a role, and the cookie that it was exchanged for.

    A host's is for one `table`; with `beside` it lets a second device in and leaves the first, else it takes its place.
    """

    __tablename__ = "role_link"
    __table_args__ = (UniqueConstraint("cookie_hash"),)

    link_id: str = Field(primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    role: Role
    table: str = ""
    beside: bool = False
    token_hash: str = Field(unique=True)
    cookie_hash: str | None = None
    made_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)
    revoked_at: datetime | None = Field(default=None, sa_type=Moment)
