"""A private note from a phone to its table's record: nothing says who wrote it, when, or after whom."""

import re
import secrets
from dataclasses import dataclass, field
from math import ceil

from sqlalchemy import delete, insert
from sqlmodel import Session, col, select

from eventkit.errors import BadInput, Conflict, TooMany
from eventkit.vignettes import stories
from eventkit.vignettes.models import Discussion, Point, WrittenBy
from eventkit.web.language import gettext as _
from eventkit.web.language import ngettext

LONGEST = 500
AT_ONCE = 5
SECONDS_EACH = 6.0
MOST_REMEMBERED = 5_000
ID_BYTES = 8
NOTE_ID = re.compile("[0-9a-f]{16}")


def add(session: Session, event_id: int, table: str, vignette_id: str, note_id: str, text: str) -> None:
    """Puts a note to the table's record of the story that is on. The same note sent again is one.

    `note_id` is 16 hexadecimal digits that the form was given. Raises `BadInput` for no note or a long one, `Conflict`
    once the discussion has ended.
    """
    words = text.strip()
    if not words:
        raise BadInput(_("There is nothing in this note yet. Write it, then send it."))
    if len(words) > LONGEST:
        sentence = _("That is {found} characters; {most} fit. Shorten it, or send two notes.")
        raise BadInput(sentence.format(found=len(words), most=LONGEST))
    if not NOTE_ID.fullmatch(note_id):
        raise BadInput(_("This note came without its number. Reload the page and send it again."))
    found = session.get(Point, note_id)
    if found and (found.text, found.written_by) == (words, WrittenBy.PHONE):
        return
    _require_on(session, event_id, table, vignette_id)
    if found:
        raise Conflict(_("This note was sent already, in other words. To add these, reload the page and send them."))
    discussion = stories.begun_discussion(session, event_id, table, vignette_id)
    point = Point(point_id=note_id, discussion_id=discussion.id or 0, text=words, written_by=WrittenBy.PHONE)
    session.add(point)


def write_anew(session: Session, event_id: int) -> None:
    """Writes all notes from phones in the order of their texts, under fresh random ids: no phone knows its own now."""
    mine = select(Point).join(Discussion).where(Discussion.event_id == event_id, Point.written_by == WrittenBy.PHONE)
    notes = sorted(session.exec(mine), key=lambda note: (note.discussion_id, note.text))
    rows = [note.model_dump() | {"point_id": secrets.token_hex(ID_BYTES)} for note in notes]
    session.execute(delete(Point).where(col(Point.point_id).in_([note.point_id for note in notes])))
    if rows:
        session.execute(insert(Point), rows)


@dataclass
class Allowance:
    """What each pass may still send: five notes at once, then one every six seconds.

    In memory alone: no file ever says who wrote much. Each pass is known by the moment at which it has rested.
    """

    rested: dict[bytes, float] = field(default_factory=dict)

    def take(self, voter: bytes, moment: float) -> None:
        """Takes one note from a pass at a moment in seconds. Raises `TooMany` when it has none left."""
        if len(self.rested) > MOST_REMEMBERED:
            self.rested = {other: until for other, until in self.rested.items() if until > moment}
        until = max(self.rested.get(voter, moment), moment) + SECONDS_EACH
        wait = ceil(until - moment - AT_ONCE * SECONDS_EACH)
        if wait > 0:
            sentence = ngettext(
                "That was quick! Nothing is lost: send it again in {seconds} second.",
                "That was quick! Nothing is lost: send it again in {seconds} seconds.",
                wait,
            )
            raise TooMany(sentence.format(seconds=wait))
        self.rested[voter] = until


def _require_on(session: Session, event_id: int, table: str, vignette_id: str) -> None:
    """Once notes are settled nobody can tell whether this one was sent before, so no refusal may call it lost."""
    story = stories.now_at(session, event_id, table)
    if story is None or story.vignette_id != vignette_id:
        raise Conflict(
            _(
                "Your table is not at this story any more, so no note can be added to it. If you sent it before, it is "
                "in the record."
            )
        )
    if stories.round_of(session, event_id).closed:
        raise Conflict(
            _(
                "The discussion of this story has ended, so no note can be added to it. If you sent it before, it is "
                "in the record."
            )
        )
