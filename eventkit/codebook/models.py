"""The themes of an event's codebook, as the plan prepared them."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel


class Theme(SQLModel, table=True):
    """One theme, with what belongs under it and what does not; `colour` is written #rrggbb."""

    __table_args__ = (UniqueConstraint("event_id", "theme_id"),)

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    position: int
    theme_id: str
    label: str
    definition: str = ""
    include: str = ""
    exclude: str = ""
    example: str = ""
    colour: str = ""
