"""The themes of an event's codebook, what stands under each, and every change to that, so that it can be undone."""

from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel


class Kind(StrEnum):
    """What can stand under a theme."""

    WALL_NOTE = "wall_note"
    VIGNETTE_NOTE = "vignette_note"
    PASSAGE = "passage"


class Verb(StrEnum):
    """What a step of the grouping did."""

    MOVE = "move"
    ADD = "add"
    RENAME = "rename"
    MERGE = "merge"
    REMOVE = "remove"


class Theme(SQLModel, table=True):
    """One theme, with what belongs under it and what does not; `colour` is written #rrggbb.

    `gone`: it was merged into another or taken away; it is kept so that this can be undone.
    """

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
    gone: bool = False


class Annotation(SQLModel, table=True):
    """Something that was said stands under a theme."""

    event_id: int = Field(primary_key=True, foreign_key="event.id")
    kind: Kind = Field(primary_key=True)
    item_id: str = Field(primary_key=True)
    theme_pk: int = Field(foreign_key="theme.id", index=True)


class Change(SQLModel, table=True):
    """One step of the grouping, kept until it is undone or the event ends.

    Changes with one `batch` were made together, and are undone together. With an `item_id` the item went from the theme
    `before` to the theme `after` (None: under none); without one the theme `after` was made, renamed from `label`, or
    taken away, as `verb` says. A theme that was merged has in `before` the theme that it became part of.
    """

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    batch: str
    verb: str
    kind: Kind = Kind.WALL_NOTE
    item_id: str = ""
    before: int | None = None
    after: int | None = None
    label: str = ""
