"""The case stories and their prompts, as the plan prepared them."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel


class Vignette(SQLModel, table=True):
    """One case story. `themes` are ids parted by spaces; `known_by` holds organisations and person_ids, parted by ;."""

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


class Prompt(SQLModel, table=True):
    """One thing to consider about a case story, or about all of them where `vignette_id` is empty."""

    __table_args__ = (UniqueConstraint("event_id", "prompt_id"),)

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    position: int
    prompt_id: str
    text: str
    vignette_id: str = ""
