"""The transcript of a discussion as it is stored, and what goes of it when somebody withdraws."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, select

from eventkit.codebook import rules as codebook
from eventkit.codebook.models import Kind
from eventkit.vignettes import consent
from eventkit.vignettes.models import Discussion, Passage
from eventkit.writer import compact_after


def passages(session: Session, discussion: Discussion) -> Sequence[Passage]:
    """The passages of a discussion, in the order in which they were spoken."""
    mine = select(Passage).where(Passage.discussion_id == discussion.id)
    return session.exec(mine.order_by(col(Passage.position), col(Passage.passage_id))).all()


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
    known = consent.labels(session, discussion)
    return all(passage.speaker in known for passage in passages(session, discussion))


def delete_speaker(session: Session, discussion: Discussion, speaker: str) -> int:
    """Deletes every passage of a speaker, and that it stood under a theme; how many there were."""
    return _delete(session, discussion, [each for each in passages(session, discussion) if each.speaker == speaker])


def delete_all(session: Session, discussion: Discussion) -> int:
    """Deletes the whole transcript of a discussion, and that it stood under themes; how many passages it had."""
    return _delete(session, discussion, passages(session, discussion))


def _delete(session: Session, discussion: Discussion, gone: Sequence[Passage]) -> int:
    codebook.drop(session, discussion.event_id, Kind.PASSAGE, [passage.passage_id for passage in gone])
    for passage in gone:
        session.delete(passage)
    session.flush()
    compact_after(session)
    return len(gone)
