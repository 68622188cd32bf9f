"""What helps the facilitator beside the programme: a timer for the room, and larger letters on the screen."""

from datetime import timedelta

from sqlmodel import Session

from eventkit.database import now
from eventkit.errors import BadInput, Conflict
from eventkit.stage import programme
from eventkit.web.language import gettext as _

USUAL_MINUTES, LONGEST_MINUTES = 2, 180
OFFERED_MINUTES = (1, 2, 5, 10)
SMALLEST, LARGEST = -1, 3  # steps of Stage.text_size; the screen grows as far as the page that it shows holds


def minutes_for(session: Session, event_id: int) -> int:
    """How long a timer runs unless somebody says: what the plan gives the step, else 2 minutes.

    The minutes of a row that amounts to several steps are for all of them, so no single one has them.
    """
    step = programme.current(session, event_id)
    following = programme.following(session, step)
    one_of_several = following is not None and following.word == step.word and not following.time
    return USUAL_MINUTES if one_of_several else min(step.minutes or USUAL_MINUTES, LONGEST_MINUTES)


def start_timer(session: Session, event_id: int, minutes: int | None) -> None:
    """Gives the room that many minutes from now, None: `minutes_for`. Raises `BadInput` for no time or hours of it."""
    given = minutes_for(session, event_id) if minutes is None else minutes
    if not 1 <= given <= LONGEST_MINUTES:
        raise BadInput(_("A timer runs from 1 to {longest} minutes.").format(longest=LONGEST_MINUTES))
    programme.stage_of(session, event_id).timer_until = now() + timedelta(minutes=given)


def extend_timer(session: Session, event_id: int) -> None:
    """One minute more; once the time is up, one minute from now. Raises `Conflict` if there is no timer."""
    stage = programme.stage_of(session, event_id)
    if stage.timer_until is None:
        raise Conflict(_("There is no timer any more: somebody stopped it. Start a new one."))
    stage.timer_until = max(stage.timer_until, now()) + timedelta(minutes=1)


def stop_timer(session: Session, event_id: int) -> None:
    """Takes the timer away."""
    programme.stage_of(session, event_id).timer_until = None


def enlarge(session: Session, event_id: int) -> None:
    """Makes the screen's letters one size larger. Raises `Conflict` at the largest."""
    stage = programme.stage_of(session, event_id)
    if stage.text_size >= LARGEST:
        raise Conflict(_("The letters on the screen are as large as it holds."))
    stage.text_size += 1


def reduce(session: Session, event_id: int) -> None:
    """Makes the screen's letters one size smaller. Raises `Conflict` at the smallest."""
    stage = programme.stage_of(session, event_id)
    if stage.text_size <= SMALLEST:
        raise Conflict(_("The letters on the screen are as small as they get."))
    stage.text_size -= 1
