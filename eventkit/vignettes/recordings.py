"""What is recorded of discussions: one row for each sound file beside the database, and how both end."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import delete
from sqlmodel import Session, col, select

from eventkit.errors import NotFound
from eventkit.events import retention
from eventkit.events.models import Event
from eventkit.vignettes import recording_files
from eventkit.vignettes.models import Discussion, Recording
from eventkit.vignettes.recording_files import folder
from eventkit.vignettes.sound import extension
from eventkit.web.language import gettext as _
from eventkit.writer import after_commit, compact_after


def folder_of(session: Session) -> Path:
    """Where the recordings of this session's database lie."""
    # There is a row for temporary tables as well, once a connection has sorted something large.
    rows = session.connection().exec_driver_sql("PRAGMA database_list").all()
    return folder(Path(next(path for _number, name, path in rows if name == "main")))


def of_discussion(session: Session, discussion: Discussion) -> Sequence[Recording]:
    """A discussion's recordings, those that still come from a browser among them."""
    mine = select(Recording).where(Recording.discussion_id == discussion.id).order_by(col(Recording.recording_id))
    return session.exec(mine).all()


def of_event(session: Session, event_id: int) -> Sequence[tuple[Discussion, Recording]]:
    """Every recording of an event with its discussion, by table and story."""
    mine = select(Discussion, Recording).join(Recording).where(Discussion.event_id == event_id)
    mine = mine.order_by(col(Discussion.table), col(Discussion.vignette_id), col(Recording.recording_id))
    return session.exec(mine).all()


def one(session: Session, event_id: int, recording_id: str) -> tuple[Discussion, Recording]:
    """A recording with its discussion. Raises `NotFound` if the event has none of this id."""
    found = session.get(Recording, recording_id)
    discussion = session.get(Discussion, found.discussion_id) if found else None
    if found is None or discussion is None or discussion.event_id != event_id:
        raise NotFound(_("There is no such recording any more. Reload the page."))
    return discussion, found


def path_of(session: Session, recording: Recording) -> Path:
    """Where a finished recording's file lies."""
    return recording_files.path_of(folder_of(session), recording.recording_id, extension(recording.media_type))


def is_damaged(place: Path, recording: Recording) -> bool:
    """Whether a finished recording's file is missing, or is not as it was stored. `place`: as of `folder_of`.

    It reads the whole file, so never within a session: nothing deleted leaves the disk while somebody reads.
    """
    path = recording_files.path_of(place, recording.recording_id, extension(recording.media_type))
    return recording.finished_at is not None and not recording_files.is_whole(path, recording.size, recording.checksum)


def delete_of(session: Session, discussion: Discussion) -> None:
    """Deletes a discussion's recordings, with their files; a browser that is recording it is told at its next part."""
    _delete(session, [found.recording_id for found in of_discussion(session, discussion)])


def delete_one(session: Session, event_id: int, recording_id: str) -> None:
    """Deletes one recording with its file. Raises `NotFound`."""
    _delete(session, [one(session, event_id, recording_id)[1].recording_id])


def delete_every(session: Session, event_id: int) -> None:
    """Deletes every recording of an event, with its file."""
    _delete(session, [found.recording_id for _discussion, found in of_event(session, event_id)])


def over(session: Session, moment: datetime) -> Sequence[int]:
    """The events that must not keep the recordings which they have any longer."""
    events = session.exec(select(Event)).all()
    late = [event.id or 0 for event in events if is_late(event, moment)]
    return [event_id for event_id in late if of_event(session, event_id)]


def is_late(event: Event, moment: datetime) -> bool:
    """Whether an event keeps no recordings any more, by the clocks of the place."""
    return retention.until(event) < retention.day_at(event, moment)


def _delete(session: Session, ids: Collection[str]) -> None:
    if not ids:
        return
    session.execute(delete(Recording).where(col(Recording.recording_id).in_(ids)))
    place = folder_of(session)
    for recording_id in ids:
        after_commit(session, partial(recording_files.remove, place, recording_id))
    compact_after(session)
