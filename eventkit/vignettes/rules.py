"""The life of the room's stories: every table is at its first, then at its next, until the discussion has ended.

The steps of a day share its stories: each step has one, and the last step all that are left.
"""

from collections.abc import Sequence

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from eventkit.errors import Conflict
from eventkit.events.step import Step
from eventkit.vignettes import phone_points, recordings, stories
from eventkit.vignettes.models import Consent, Discussion, HostCall, Passage, Point, Redaction, StoryRound
from eventkit.web.language import gettext as _
from eventkit.web.language import ngettext
from eventkit.writer import compact_after


def ids(session: Session, event_id: int) -> Sequence[str]:
    """The vignette_ids, in the plan's order."""
    return [story.vignette_id for story in stories.every(session, event_id)]


def ahead(session: Session, step: Step) -> StoryRound | None:
    """Where the room will be after the next press, None if nothing is left of this step. Asking changes nothing."""
    at, mine = stories.round_of(session, step.event_id), stories.numbers(session, step)
    if not mine or (at.closed and at.story == mine[-1]):
        return None
    coming, on = StoryRound(**at.model_dump()), at.story in mine
    if on and not at.closed and at.one_by_one and at.prompt < stories.most_prompts(session, step.event_id, at):
        coming.prompt += 1
    elif on and at.story == mine[-1]:
        coming.closed = True
    else:
        coming.story, coming.prompt, coming.closed = (at.story + 1 if on else mine[0]), 1, False
    return coming


def forward(session: Session, step: Step) -> bool:
    """To the next prompt where they come one by one, else to the next story, else to the end of the discussion.

    Raises `Conflict` for a story of which nobody has said whether it is composite or consented.
    """
    coming = ahead(session, step)
    if coming is None:
        return False
    if refusal := untold(session, coming):
        raise Conflict(refusal)
    if coming.closed or coming.story != stories.round_of(session, step.event_id).story:
        _settle(session, step.event_id)
    session.merge(coming)
    return True


def back(session: Session, step: Step) -> bool:
    """The way back from each of these; points stay. False before the step's first story."""
    at, mine = stories.round_of(session, step.event_id), stories.numbers(session, step)
    if at.story not in mine:
        return False
    if at.closed:
        at.closed = False
    elif at.one_by_one and at.prompt > 1:
        at.prompt -= 1
    else:
        at.story -= 1
        at.closed = 0 < at.story < mine[0]
        at.prompt = max(1, stories.most_prompts(session, step.event_id, at))
    return True


def again(_session: Session, _step: Step) -> None:
    """There is nothing to begin anew."""
    raise Conflict(_("There is nothing here that can be done again."))


def show_prompts(session: Session, event_id: int, *, one_by_one: bool) -> None:
    """Whether tables see the prompts one by one, from the first, or all at once."""
    at = stories.round_of(session, event_id)
    session.add(at)
    at.one_by_one, at.prompt = one_by_one, 1


def enter(session: Session, step: Step) -> None:
    """Nothing begins before the facilitator says so."""


def leave(session: Session, step: Step) -> None:
    """Ends the discussion that is on."""
    finish(session, step.event_id)


def restore(_session: Session) -> None:
    """Everything lies in the database."""


def finish(session: Session, event_id: int) -> None:
    """Ends the discussion that is on; which device wrote which point is forgotten."""
    at = stories.round_of(session, event_id)
    if at.story and not at.closed:
        at.closed = True
    _settle(session, event_id)


def forget(session: Session, event_id: int) -> None:
    """After a rehearsal: drops everything that tables said and did."""
    recordings.delete_every(session, event_id)
    mine = select(Discussion.id).where(Discussion.event_id == event_id)
    for kept in (Point, Consent, Passage, Redaction):
        session.execute(delete(kept).where(col(kept.discussion_id).in_(mine)))
    session.execute(delete(Discussion).where(col(Discussion.event_id) == event_id))
    session.execute(delete(HostCall).where(col(HostCall.event_id) == event_id))
    session.execute(delete(StoryRound).where(col(StoryRound.event_id) == event_id))


def untold(session: Session, at: StoryRound) -> str:
    """Why the stories of a moment cannot be shown, "" if they can: nobody said whether anybody in them is real."""
    coming = (stories.numbered(mine, at) for mine in stories.given(session, at.event_id).values())
    told = {story.vignette_id: story for story in coming if story}
    missing = [f"“{story.title}”" for story in told.values() if not story.basis]
    if not missing:
        return ""
    return ngettext(
        "Nobody has said whether anybody in {titles} is real, so it is not shown. Write composite or consented as its "
        "basis: on the desk under Plan, or in the sheet vignettes.",
        "Nobody has said whether anybody in {titles} is real, so they are not shown. Write composite or consented as "
        "their basis: on the desk under Plan, or in the sheet vignettes.",
        len(missing),
    ).format(titles=", ".join(missing))


def _settle(session: Session, event_id: int) -> None:
    """What is over: which device wrote which point, what phones know of their notes, and who called."""
    mine = select(Discussion.id).where(Discussion.event_id == event_id)
    known = (col(Point.discussion_id).in_(mine), col(Point.device) != "")
    session.execute(update(Point).where(*known).values(device=""))
    phone_points.write_anew(session, event_id)
    if session.execute(mine.limit(1)).first():  # the log would tell in which order consents and notes of phones came
        compact_after(session)
    session.execute(delete(HostCall).where(col(HostCall.event_id) == event_id))
