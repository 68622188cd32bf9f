"""Case stories, and what tables say, agree to and record about them. No row leads to a person or to a pass."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from eventkit.database import Moment


class Mark(StrEnum):
    """What a point is, where somebody has said so."""

    PLAIN = ""
    QUOTE = "quote"
    IDEA = "idea"
    SERVICE = "service"
    BARRIER = "barrier"


class WrittenBy(StrEnum):
    """From where a point came."""

    HOST = "host"
    PHONE = "phone"


class Vignette(SQLModel, table=True):
    """One case story. `themes` are ids parted by spaces; `known_by` holds organisations and person_ids, parted by ;.

    `version` counts the wordings that it has had; those before it are in `vignette_version`.
    """

    __table_args__ = (UniqueConstraint("event_id", "vignette_id"),)

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    position: int
    vignette_id: str
    title: str
    story: str
    basis: str = ""
    themes: str = ""
    known_by: str = ""
    version: int = 1


class VignetteVersion(SQLModel, table=True):
    """What a story was before it was changed."""

    __tablename__ = "vignette_version"

    vignette_pk: int = Field(primary_key=True, foreign_key="vignette.id", ondelete="CASCADE")
    version: int = Field(primary_key=True)
    title: str
    story: str
    basis: str = ""


class Prompt(SQLModel, table=True):
    """One thing to consider about a case story, or about all of them where `vignette_id` is empty."""

    __table_args__ = (UniqueConstraint("event_id", "prompt_id"),)

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    position: int
    prompt_id: str
    text: str
    vignette_id: str = ""


class StoryRound(SQLModel, table=True):
    """How far the room is with its stories: the number of the story that every table is at, over the whole day.

    0 before the first; `closed`: that story's discussion has ended. With `one_by_one` tables see the prompts up to
    number `prompt`, else all of them.
    """

    __tablename__ = "story_round"

    event_id: int = Field(primary_key=True, foreign_key="event.id")
    story: int = 0
    closed: bool = False
    one_by_one: bool = False
    prompt: int = 1


class Discussion(SQLModel, table=True):
    """One table on one story; there as soon as anything is said, agreed or recorded there.

    `people` sit at the table, as its host says; None until then.
    """

    __table_args__ = (UniqueConstraint("event_id", "table", "vignette_id"),)

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    table: str
    vignette_id: str
    people: int | None = None


class Point(SQLModel, table=True):
    """One thing that was said about a story, under a prompt or under none.

    `device` is the link_id of the host's device that wrote it, "" once the discussion has ended and for what came from
    phones, of which nothing is known. `position` is its place among the host's points; those from phones have none,
    so that nobody sees in which order they came.
    """

    # A row number would be the order in which phones wrote.
    __table_args__ = {"sqlite_with_rowid": False}

    point_id: str = Field(primary_key=True)
    discussion_id: int = Field(foreign_key="discussion.id", index=True)
    prompt_id: str = ""
    text: str
    mark: Mark = Mark.PLAIN
    written_by: WrittenBy = WrittenBy.HOST
    device: str = ""
    position: int | None = None


class HostCall(SQLModel, table=True):
    """A table whose host asks the facilitator to come."""

    __tablename__ = "host_call"

    event_id: int = Field(primary_key=True, foreign_key="event.id")
    table: str = Field(primary_key=True)


class Consent(SQLModel, table=True):
    """What one person at a discussion agrees to; who, nobody knows but the holder of the code.

    `code_hash` is of the code that the person keeps; `speaker` is S1, S2, … in the transcript.
    A person who `withdrew` agrees to nothing any more.
    """

    # A row number would be the order in which people answered.
    __table_args__ = (UniqueConstraint("discussion_id", "speaker"), {"sqlite_with_rowid": False})

    code_hash: str = Field(primary_key=True)
    discussion_id: int = Field(primary_key=True, foreign_key="discussion.id", index=True)
    speaker: str
    record: bool = False
    transcribe: bool = False
    quote: bool = False
    archive: bool = False
    wording_version: str = ""
    withdrew: bool = False


class Recording(SQLModel, table=True):
    """A sound file of a discussion; it lies outside the database under its `recording_id`.

    While `finished_at` is empty its `parts` still come from a browser. `size` in bytes; `checksum` is a SHA-256.
    """

    recording_id: str = Field(primary_key=True)
    discussion_id: int = Field(foreign_key="discussion.id", index=True)
    media_type: str
    parts: int = 0
    size: int = 0
    checksum: str = ""
    finished_at: datetime | None = Field(default=None, sa_type=Moment)


class Passage(SQLModel, table=True):
    """A stretch of a discussion's transcript: who spoke ("" where that is not marked), when in seconds, and what.

    `redactions` counts the words or names that were taken out of it.
    """

    passage_id: str = Field(primary_key=True)
    discussion_id: int = Field(foreign_key="discussion.id", index=True)
    position: int
    speaker: str = ""
    start_s: float | None = None
    end_s: float | None = None
    text: str
    redactions: int = 0


class Redaction(SQLModel, table=True):
    """That something was taken out of a transcript, of which kind and how often; never what it was."""

    id: int | None = Field(default=None, primary_key=True)
    discussion_id: int = Field(foreign_key="discussion.id", index=True)
    kind: str
    times: int
    at: datetime = Field(sa_type=Moment)
