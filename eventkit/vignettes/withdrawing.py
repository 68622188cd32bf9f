"""Taking consent back with the code: what was recorded with it goes, and nothing of it is left in any file."""

from dataclasses import dataclass

from sqlmodel import Session

from eventkit.database import now
from eventkit.errors import Gone, NotFound
from eventkit.events import retention
from eventkit.events.models import Event
from eventkit.events.tokens import typed_code
from eventkit.vignettes import codes, consent, recordings, transcripts
from eventkit.vignettes.models import Discussion
from eventkit.web.dates import day
from eventkit.web.language import gettext as _
from eventkit.writer import compact_after


@dataclass(frozen=True)
class Withdrawn:
    """What went: how many sound files and passages, and whether a whole transcript, as nobody was marked in it."""

    recordings: int = 0
    passages: int = 0
    whole: bool = False


def check_code(session: Session, event: Event, typed: str) -> str:
    """The hash of a code that somebody typed in any way of writing it.

    Raises `Gone` after the last day, `NotFound` if nobody at this event has the code.
    """
    last = retention.until(event)
    if retention.day_at(event, now()) > last:
        raise Gone(
            _("Consent could be withdrawn until {date}. No recording of this day is kept any longer.").format(
                date=day(last)
            )
        )
    code_hash = codes.hash_code(event.id or 0, typed_code(typed))
    if not consent.with_code(session, event.id or 0, code_hash):
        sentence = _(
            "Nobody at this event has this code. It has {number} letters and numbers; check it, and try again."
        )
        raise NotFound(sentence.format(number=codes.LETTERS))
    return code_hash


def withdraw(session: Session, event: Event, typed: str) -> Withdrawn:
    """Deletes the sound of every discussion with this code, and of its transcript what was said under its label.

    Where a transcript does not say who spoke, all of it goes. The consent stays, agreeing to nothing. Raises as
    `check_code` does; withdrawn again it finds what was brought in since.
    """
    went = Withdrawn()
    for one in consent.with_code(session, event.id or 0, check_code(session, event, typed)):
        for purpose in consent.Purpose:
            setattr(one, purpose.value, False)
        one.withdrew = True
        discussion = session.get_one(Discussion, one.discussion_id)
        went = _delete(session, discussion, one.speaker, went)
    compact_after(session)
    return went


def _delete(session: Session, discussion: Discussion, speaker: str, went: Withdrawn) -> Withdrawn:
    sounds = len(recordings.of_discussion(session, discussion))
    recordings.delete_of(session, discussion)
    whole = not transcripts.labelled(session, discussion)
    if whole:
        passages = transcripts.delete_all(session, discussion)
    else:
        passages = transcripts.delete_speaker(session, discussion, speaker)
    return Withdrawn(went.recordings + sounds, went.passages + passages, went.whole or (whole and passages > 0))
