"""What a table's host writes down: short points under prompts. A point belongs to the device that wrote it."""

import re
import unicodedata
from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import func
from sqlmodel import Session, col, select

from eventkit.errors import BadInput, Conflict, NotFound
from eventkit.events import hosts
from eventkit.vignettes import stories
from eventkit.vignettes.models import Discussion, Mark, Point, Vignette, WrittenBy
from eventkit.web.language import gettext as _
from eventkit.web.text import clean

LONGEST = 500
"""Characters of a point: longer ones are several."""
MOST = 300
"""Points of one discussion that hosts may write."""
POINT_ID = re.compile("[0-9a-f]{16}")


class Words(NamedTuple):
    """What a device writes: under which prompt ("" for none) of which story, and what."""

    vignette_id: str
    prompt_id: str
    text: str


def of(session: Session, discussion: Discussion) -> Sequence[Point]:
    """The points of a discussion: the host's in the order in which they began, then those from phones, in none."""
    mine = select(Point).where(Point.discussion_id == discussion.id)
    return session.exec(mine.order_by(col(Point.position).is_(None), col(Point.position), col(Point.point_id))).all()


def count(session: Session, event_id: int, table: str) -> int:
    """How many points its host has written on the story that a table is at.

    Those from phones are not counted: a number that grows while one person at the table types tells who it is.
    """
    story = stories.now_at(session, event_id, table)
    found = story and stories.discussion_of(session, event_id, table, story.vignette_id)
    return len(_by_host(session, found)) if found else 0


def save(session: Session, event_id: int, table: str, device: str, point_id: str, words: Words) -> None:
    """Stores a point, or other words of it. The same point sent again changes nothing.

    `point_id` is 16 hexadecimal digits that the device made. A device that was off the network may still send points of
    a story before the one that is on; other words of a point that belongs to no device by then are a point of their
    own. Raises `BadInput`, `NotFound`, or `Conflict` where the discussion has ended, the table has its most of points
    or another device wrote the point; then nothing is stored.
    """
    if not POINT_ID.fullmatch(point_id):
        raise BadInput(_("This point came without its number. It was not saved: reload the page and send it again."))
    text, found = _kept(words.text), session.get(Point, point_id)
    discussion = stories.begun_discussion(session, event_id, table, words.vignette_id)
    while found and found.text != text and _is_left(session, discussion, device, found):
        point_id = _next_id(point_id)
        found = session.get(Point, point_id)
    if found and found.discussion_id == discussion.id and found.text == text:
        return
    require_open(session, discussion)
    if found is None:
        _begin(session, discussion, device, point_id, words._replace(text=text))
    elif found.discussion_id != discussion.id:
        raise Conflict(_("This point’s number is taken. It was not saved: reload the page and write it again."))
    else:
        _require_own(found, device)
        found.text = text


def mark(session: Session, event_id: int, table: str, point_id: str, what: Mark) -> None:
    """Says what a point is; every device of the host may. Raises `NotFound` or `Conflict`."""
    _changeable(session, event_id, table, point_id).mark = what


def remove(session: Session, event_id: int, table: str, point_id: str) -> None:
    """Takes a point away for good; every device of the host may, and it may be away already. Raises `Conflict`."""
    if session.get(Point, point_id):
        session.delete(_changeable(session, event_id, table, point_id))


def own(session: Session, event_id: int, table: str, device: str, point_id: str) -> tuple[Point, str]:
    """A point that this device may write anew, and the id of its story. Raises `NotFound` or `Conflict`."""
    found = _changeable(session, event_id, table, point_id)
    _require_own(found, device)
    discussion = session.get_one(Discussion, found.discussion_id)
    return found, discussion.vignette_id


def require_open(session: Session, discussion: Discussion) -> None:
    """Raises `Conflict` before a story is told, and once its discussion has ended."""
    at = stories.round_of(session, discussion.event_id)
    given = [story.vignette_id for story in stories.at_table(session, discussion.event_id, discussion.table)]
    if at.closed:
        raise Conflict(_("The discussion has ended, so its points stay as they are. This was not saved."))
    if discussion.vignette_id not in given[: at.story]:
        raise Conflict(_("Your table is not at this story. This was not saved."))


def _begin(session: Session, discussion: Discussion, device: str, point_id: str, words: Words) -> None:
    if len(_by_host(session, discussion)) >= MOST:
        sentence = _("Your table has {most} points on this story, the most that it may have. This one was not saved.")
        raise Conflict(sentence.format(most=MOST))
    last = session.exec(select(func.max(Point.position)).where(Point.discussion_id == discussion.id)).one()
    session.add(
        Point(
            point_id=point_id,
            discussion_id=discussion.id or 0,
            prompt_id=_prompt(session, discussion, words.prompt_id),
            text=words.text,
            device=device,
            position=(last or 0) + 1,
        )
    )


def _is_left(session: Session, discussion: Discussion, device: str, point: Point) -> bool:
    """Whether a point of this discussion belongs to no device any more: it was settled, or its device was let go."""
    if point.discussion_id != discussion.id or point.written_by is not WrittenBy.HOST or point.device == device:
        return False
    return not hosts.is_in(session, discussion.event_id, discussion.table, point.device)


def _next_id(point_id: str) -> str:
    """The number of the point after one that was left: always the same, so that words sent again are one point."""
    return sha256(point_id.encode()).hexdigest()[: len(point_id)]


def _prompt(session: Session, discussion: Discussion, prompt_id: str) -> str:
    """A prompt that the plan does not have any more must not cost the table its words."""
    mine = (Vignette.event_id == discussion.event_id, Vignette.vignette_id == discussion.vignette_id)
    story = session.exec(select(Vignette).where(*mine)).one()
    return prompt_id if prompt_id in {prompt.prompt_id for prompt in stories.prompts(session, story)} else ""


def _by_host(session: Session, discussion: Discussion) -> Sequence[Point]:
    return [point for point in of(session, discussion) if point.written_by is WrittenBy.HOST]


def _changeable(session: Session, event_id: int, table: str, point_id: str) -> Point:
    found = session.get(Point, point_id)
    discussion = found and session.get(Discussion, found.discussion_id)
    # Private notes from phones are nobody's at the table to mark or delete.
    if (
        not found
        or not discussion
        or (discussion.event_id, discussion.table) != (event_id, table)
        or found.written_by is not WrittenBy.HOST
    ):
        raise NotFound(_("This point is not there any more."))
    require_open(session, discussion)
    return found


def _require_own(point: Point, device: str) -> None:
    if point.written_by is not WrittenBy.HOST or point.device != device:
        raise Conflict(
            _("Another device wrote this point: only there can its words be changed. Here you can mark or delete it.")
        )


def _kept(text: str) -> str:
    words = clean(text).strip()
    if all(unicodedata.category(character)[0] in "ZC" for character in words):
        raise BadInput(_("There is nothing in this point yet. Write what was said, then save it."))
    if len(words) > LONGEST:
        sentence = _("That is {found} characters; {most} fit in one point. Make two of it: one thing in each.")
        raise BadInput(sentence.format(found=len(words), most=LONGEST))
    return words
