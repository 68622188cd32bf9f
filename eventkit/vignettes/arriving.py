"""Recordings as they come: part by part from a browser, or whole from a form; only where everybody agreed."""

import asyncio
import logging
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from sqlmodel import Session, col, select

from eventkit.database import Database, now
from eventkit.errors import Conflict, Gone, NotFound
from eventkit.events import retention
from eventkit.events import rules as events
from eventkit.vignettes import consent, recording_files, recordings, stories
from eventkit.vignettes.models import Discussion, Recording
from eventkit.vignettes.sound import Kind, extension, kind_of
from eventkit.web.dates import day
from eventkit.web.language import gettext as _
from eventkit.writer import after_commit

LARGEST_PART = 4_000_000
"""Bytes; five seconds of uncompressed sound are under one megabyte."""
MOST_PARTS = 20_000
IDLE_SECONDS = 2 * 3600
"""After so long without a part a browser is taken to have gone for good."""
NOBODY = 0
"""An event that there is not."""

log = logging.getLogger(__name__)


def agreed(session: Session, event_id: int, table: str, vignette_id: str) -> Discussion:
    """The discussion, if all who sit there agreed to recording. Raises `Gone` if not: what records must stop.

    Also after the last day on which the event keeps recordings: what came would be deleted within minutes.
    """
    event = events.event(session, event_id)
    if recordings.is_late(event, now()):
        sentence = _("Recordings of this event were kept until {date}, so nothing is recorded any more. Take notes.")
        raise Gone(sentence.format(date=day(retention.until(event))))
    found = stories.discussion_of(session, event_id, table, vignette_id)
    if found is None or not consent.may_record(session, found):
        raise Gone(_("Nothing is recorded here: not everybody at this table has agreed to it. Take notes instead."))
    return found


def may_be_recorded(session: Session, event_id: int) -> Sequence[Discussion]:
    """The discussions where everybody agreed, by table and story; none after the last day of recordings."""
    if recordings.is_late(events.event(session, event_id), now()):
        return []
    mine = select(Discussion).where(Discussion.event_id == event_id)
    found = session.exec(mine.order_by(col(Discussion.table), col(Discussion.vignette_id)))
    return [each for each in found if consent.may_record(session, each)]


def is_wanted(session: Session, at: tuple[int, str, str], recording_id: str, number: int) -> bool:
    """Whether a part, counted from 0, is to be stored; False if it is there. `at`: event, table, story.

    Raises `Gone` without everybody's consent, `Conflict` for a part that no recording here waits for.
    """
    discussion = agreed(session, *at)
    found = session.get(Recording, recording_id)
    if found and found.discussion_id != discussion.id:
        raise NotFound(_("There is no such recording any more. Reload the page."))
    parts = found.parts if found else 0
    if number < parts:
        return False
    if found is None and number:
        raise _deleted()
    if found and found.finished_at:
        raise Conflict(_("This recording has been finished here, so nothing more of it is stored."))
    if number > parts or number >= MOST_PARTS or (found and found.size >= recording_files.LARGEST):
        raise Conflict(_("This recording takes no such part. Finish it, and begin a new one."))
    return True


def add_part(
    session: Session, at: tuple[int, str, str], recording_id: str, number: int, size: int, media_type: str
) -> None:
    """Counts a part that lies on the disk; its recording begins with part 0. Raises as `is_wanted`."""
    if not is_wanted(session, at, recording_id, number):
        return
    found = session.get(Recording, recording_id)
    if found is None:
        discussion = agreed(session, *at)
        found = Recording(recording_id=recording_id, discussion_id=discussion.id or 0, media_type=media_type)
        session.add(found)
    found.parts, found.size = number + 1, found.size + size


def add_whole(
    session: Session, at: tuple[int, str, str], recording_id: str, kind: Kind, size: int, checksum: str
) -> None:
    """Adds a recording whose file lies on the disk. Raises `Gone` without everybody's consent."""
    found = Recording(
        recording_id=recording_id,
        discussion_id=agreed(session, *at).id or 0,
        media_type=kind.media_type,
        size=size,
        checksum=checksum,
        finished_at=now(),
    )
    session.add(found)


def cut(session: Session, event_id: int, recording_id: str, keep: int | None) -> Recording | None:
    """Keeps the first `keep` parts (None: all), and nothing at all for 0; None if there is nothing left to join.

    Raises `Conflict` if some of them have not come, or if it is finished and less was to be kept.
    """
    _discussion, found = recordings.one(session, event_id, recording_id)
    keep = found.parts if keep is None else keep
    if found.finished_at:
        if keep < found.parts:
            raise Conflict(_("This recording was finished before. If something must go, have the desk delete it."))
        return None
    if keep == 0:
        recordings.delete_one(session, event_id, recording_id)
        return None
    if keep > found.parts:
        raise Conflict(_("Parts of this recording have not come yet. They are sent again by themselves."))
    place = recordings.folder_of(session)
    after_commit(session, partial(recording_files.remove_parts, place, recording_id, keep))
    found.parts = keep
    return Recording(**found.model_dump())


async def store_part(database: Database, at: tuple[int, str, str], recording_id: str, number: int, part: bytes) -> None:
    """Stores a part, on the disk first; the same part again changes nothing. Raises as `is_wanted`, and `BadInput`."""
    if not await database.read(is_wanted, at, recording_id, number):
        return
    media_type = kind_of(part).media_type if number == 0 else ""
    place = recording_files.folder(database.path)
    try:
        await asyncio.to_thread(recording_files.write_part, place, recording_id, number, part)
    except FileNotFoundError:  # somebody withdrew, and took it away while it was written
        raise _deleted() from None
    try:
        # No page shows how many parts there are, so that after the first nothing is rendered anew.
        shown_to = at[0] if number == 0 else NOBODY
        await database.write(shown_to, add_part, at, recording_id, number, len(part), media_type)
    except Exception:
        # Between the look and the write somebody withdrew, or another window of this browser sent it.
        if not await database.read(_counts, recording_id, number):
            recording_files.remove_part(place, recording_id, number)
        raise


async def conclude(database: Database, event_id: int, recording_id: str, keep: int | None = None) -> None:
    """Joins a recording's parts to one file, which ends it; without those from number `keep` on. Raises as `cut`."""
    found = await database.write(event_id, cut, event_id, recording_id, keep)
    if found is None:
        return
    place = recording_files.folder(database.path)
    try:
        joined = await asyncio.to_thread(recording_files.join, place, recording_id, found.parts)
    except FileNotFoundError:
        joined = None  # somebody took a part away; the desk says that it is damaged
    try:
        await database.write(event_id, _settle, place, recording_id, found.parts, joined)
    finally:
        if joined:
            joined[0].unlink(missing_ok=True)


async def conclude_idle(database: Database, moment: float) -> None:
    """Ends the recordings whose browsers have not been heard of for long; `moment` in seconds of the epoch."""
    place = recording_files.folder(database.path)
    for event_id, recording_id in await database.read(_unfinished):
        if recording_files.last_touched(place, recording_id) < moment - IDLE_SECONDS:
            await conclude(database, event_id, recording_id)


async def keep_tidy(database: Database, seconds: float = 600) -> None:
    """Removes files that belong to no row, and then ends and deletes recordings when it is time."""
    started = time.time()
    known = await database.read(lambda session: set(session.exec(select(Recording.recording_id))))
    place = recording_files.folder(database.path)
    if number := await asyncio.to_thread(recording_files.remove_strays, place, known, started):
        log.warning("removed %d files of recordings that were never finished", number)
    while True:
        try:
            await conclude_idle(database, time.time())
            for event_id in await database.read(recordings.over, now()):
                await database.write(event_id, recordings.delete_every, event_id)
                log.warning("deleted the recordings of event %d: their time is over", event_id)
        except Exception:  # a disk that is full now may have room later
            log.exception("recordings could not be tidied")
        await asyncio.sleep(seconds)


def _deleted() -> Conflict:
    return Conflict(_("This recording was deleted here, so nothing more of it is stored."))


def _counts(session: Session, recording_id: str, number: int) -> bool:
    found = session.get(Recording, recording_id)
    return found is not None and number < found.parts


def _settle(session: Session, place: Path, recording_id: str, parts: int, joined: tuple[Path, int, str] | None) -> None:
    found = session.get(Recording, recording_id)
    if found is None:  # deleted while its parts were joined
        after_commit(session, partial(recording_files.remove, place, recording_id))
    elif found.finished_at is None and found.parts == parts:  # else another finished it first, or cut it meanwhile
        path, found.size, found.checksum = joined or (None, 0, "")
        found.finished_at = now()
        if path:
            recording_files.settle(path, recording_id, extension(found.media_type))
        after_commit(session, partial(recording_files.remove_parts, place, recording_id))


def _unfinished(session: Session) -> list[tuple[int, str]]:
    mine = select(Discussion.event_id, Recording.recording_id).join(Recording)
    return [(event_id, name) for event_id, name in session.exec(mine.where(col(Recording.finished_at).is_(None)))]
