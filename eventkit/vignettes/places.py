"""The page that every table has: on phones its story and prompts, for its host what the table writes and agrees to."""

from collections.abc import Sequence

from sqlmodel import Session

from eventkit.events.activity import Page, Place
from eventkit.vignettes import host_pages, phone_pages, stories

PLACE = "tables"
KEPT = phone_pages.TABLE
VIEWS: Sequence[str] = ("phone", "host")


def refs(session: Session, event_id: int) -> Sequence[str]:
    """The tables."""
    return list(stories.tables(session, event_id))


def place(session: Session, event_id: int, ref: str, view: str) -> Page:
    """A table's own page."""
    if view == "host":
        return host_pages.frame(session, event_id, ref)
    return phone_pages.at_table(session, event_id, ref)


def open_places(_session: Session, _event_id: int) -> Sequence[Place]:
    """None: a phone is at one table, and its card leads there."""
    return ()
