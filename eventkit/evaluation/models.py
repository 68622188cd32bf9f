"""The items of the questionnaire, as the plan prepared them."""

from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel


class Kind(StrEnum):
    """How an item is answered."""

    SCORE = "score"
    AGREE = "agree"
    YES_NO = "yes_no"
    CHOICE = "choice"
    NUMBER = "number"
    TEXT = "text"


class Item(SQLModel, table=True):
    """One line of the questionnaire. `options` are parted by ;. `relevant` is empty, or "item_id = answer"."""

    __table_args__ = (UniqueConstraint("event_id", "item_id"),)

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    position: int
    item_id: str
    kind: Kind
    question: str
    low_label: str = ""
    high_label: str = ""
    options: str = ""
    section: str = ""
    required: bool = False
    not_applicable: bool = False
    relevant: str = ""
    max_length: int | None = None
