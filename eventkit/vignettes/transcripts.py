"""The transcript of a discussion as it is stored, and what goes of it when somebody withdraws."""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, and_, delete, func
from sqlmodel import Session, col, select

from eventkit.codebook import rules as codebook
from eventkit.codebook.models import Annotation, Change, Kind
from eventkit.vignettes import consent
from eventkit.vignettes.models import Discussion, Passage
from eventkit.writer import compact_after


def passages(session: Session, discussion: Discussion) -> Sequence[Passage]:
    """The passages of a discussion, in the order in which they were spoken."""
    mine = select(Passage).where(Passage.discussion_id == discussion.id)
    return session.exec(mine.order_by(col(Passage.position), col(Passage.passage_id))).all()


def size(session: Session, discussion: Discussion) -> tuple[int, int]:
    """How many passages a discussion has, and the position of the last."""
    found = select(func.count(), func.max(Passage.position)).where(Passage.discussion_id == discussion.id)
    number, last = session.exec(found).one()
    return number, last or 0


def of_event(session: Session, event_id: int) -> Sequence[tuple[Discussion, Passage]]:
    """Every passage of an event with its discussion: by table and story, and as they were spoken."""
    order = (col(Discussion.table), col(Discussion.vignette_id), col(Passage.position), col(Passage.passage_id))
    found = select(Discussion, Passage).where(Passage.discussion_id == Discussion.id, Discussion.event_id == event_id)
    return session.exec(found.order_by(*order)).all()


def counts(session: Session, event_id: int) -> Mapping[tuple[str, str], int]:
    """How many passages there are, by table and story."""
    found: dict[tuple[str, str], int] = {}
    for discussion, _passage in of_event(session, event_id):
        place = discussion.table, discussion.vignette_id
        found[place] = found.get(place, 0) + 1
    return found


def labelled(session: Session, discussion: Discussion) -> bool:
    """Whether every passage stands under a label that came with a consent, so that each person's can be found.

    True if there is none. Any other may be anybody's: then a withdrawal takes the whole transcript.
    """
    spoken = select(Passage.speaker).where(Passage.discussion_id == discussion.id).distinct()
    return set(session.exec(spoken)) <= consent.labels(session, discussion)


def delete_speaker(session: Session, discussion: Discussion, speaker: str) -> int:
    """Deletes every passage of a speaker, and that it stood under a theme; how many there were."""
    return _delete(session, discussion, and_(_of(discussion), col(Passage.speaker) == speaker))


def delete_all(session: Session, discussion: Discussion) -> int:
    """Deletes the whole transcript of a discussion, and that it stood under themes; how many passages it had."""
    return _delete(session, discussion, _of(discussion))


def _of(discussion: Discussion) -> ColumnElement[bool]:
    return col(Passage.discussion_id) == discussion.id


def _delete(session: Session, discussion: Discussion, which: ColumnElement[bool]) -> int:
    """By few statements, however many there are: the room's votes wait meanwhile."""
    gone = select(Passage.passage_id).where(which)
    grouped: set[str] = set()
    for table in (Annotation, Change):
        mine = (table.event_id == discussion.event_id, table.kind == Kind.PASSAGE, col(table.item_id).in_(gone))
        grouped.update(session.exec(select(table.item_id).where(*mine)))
    if grouped:
        codebook.drop(session, discussion.event_id, Kind.PASSAGE, grouped)
    number = session.exec(delete(Passage).where(which)).rowcount
    compact_after(session)
    return number
