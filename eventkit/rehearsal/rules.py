"""A rehearsal: when it may begin, and its end, after which nothing is left of it, not even in the bytes of the file."""

from collections.abc import Iterable
from typing import Protocol

from sqlmodel import Session, col, select

from eventkit.codebook import rules as codebook
from eventkit.errors import Conflict
from eventkit.events import rehearsing
from eventkit.events import rules as events
from eventkit.events.models import Correction
from eventkit.evidence import rules as evidence
from eventkit.evidence.models import Query, Showing
from eventkit.sealing import rules as sealing
from eventkit.sealing.models import Box
from eventkit.stage.models import ProgrammeRow, ProgrammeStep, Stage
from eventkit.wall.models import Wall
from eventkit.web.language import gettext as _
from eventkit.web.language import ngettext
from eventkit.writer import compact_after

CLOSE = "close"
TRACES = (Box, Correction, Showing, Query)


class Forgetful(Protocol):
    """The part of an activity's rules that a wipe needs."""

    def forget(self, session: Session, event_id: int) -> None:
        """Drops everything that people did, and keeps what the organisers prepared."""


def begin(session: Session, event_id: int) -> None:
    """Begins a rehearsal. Raises `Conflict` once anything has happened: real and simulated can never mix."""
    event = events.event(session, event_id)
    joined = events.joined(session, event_id)
    if event.rehearsal:
        raise Conflict(_("A rehearsal is on already. End it before you begin another."))
    if event.ended_at:
        raise Conflict(_("This event has finished, so it cannot be rehearsed any more."))
    if event.started_at:
        raise Conflict(_("This event has started, so it cannot be rehearsed any more."))
    if joined:
        sentence = ngettext(
            "{number} person has joined already, and a rehearsal would wipe that. Nothing was begun.",
            "{number} people have joined already, and a rehearsal would wipe that. Nothing was begun.",
            joined,
        )
        raise Conflict(sentence.format(number=joined))
    if events.marked(session, event_id):
        raise Conflict(
            _("Somebody was marked at the door already, and a rehearsal would wipe that. Nothing was begun.")
        )
    if any(session.exec(select(trace).where(trace.event_id == event_id)).first() for trace in TRACES):
        raise Conflict(_("A vote has been opened already, and a rehearsal would wipe that. Nothing was begun."))
    if session.exec(select(Wall).where(Wall.event_id == event_id, col(Wall.opened_at).is_not(None))).first():
        raise Conflict(_("A wall has been opened already, and a rehearsal would wipe its notes. Nothing was begun."))
    codebook.settle(session, event_id)
    session.get_one(Stage, event_id).version += 1  # a console that has not heard of it presses nothing
    rehearsing.begin(session, event_id)


def losing(session: Session, event_id: int) -> str:
    """The question before a rehearsal is wiped. Raises `Conflict` if none is on."""
    _require(session, event_id)
    joined = events.joined(session, event_id)
    sentence = ngettext(
        "End the rehearsal and wipe it? {number} pass goes, and every vote, note, count and query with it. "
        "The plan and the links stay as they are now.",
        "End the rehearsal and wipe it? {number} passes go, and every vote, note, count and query with them. "
        "The plan and the links stay as they are now.",
        joined,
    )
    return sentence.format(number=joined)


def wipe(session: Session, event_id: int, activities: Iterable[Forgetful]) -> None:
    """Ends the rehearsal: the event is as if it had never been, but for the plan's newest words and a higher version.

    Raises `Conflict` if none is on, so that nothing real is ever wiped.
    """
    _require(session, event_id)
    for activity in activities:
        activity.forget(session, event_id)
    sealing.discard_all(session, event_id)
    evidence.forget(session, event_id)
    _rewind(session, event_id)
    rehearsing.forget(session, event_id)
    compact_after(session)


def _require(session: Session, event_id: int) -> None:
    if not events.event(session, event_id).rehearsal:
        raise Conflict(_("No rehearsal is on, so nothing was wiped."))


def _rewind(session: Session, event_id: int) -> None:
    """Back to the first step. A press that saw the rehearsal is refused, because the version never goes back."""
    mine = select(ProgrammeStep).where(ProgrammeStep.event_id == event_id)
    steps = session.exec(mine.order_by(col(ProgrammeStep.position))).all()
    stage = session.get_one(Stage, event_id)
    stage.step_id, stage.version = steps[0].id or 0, stage.version + 1
    stage.overlay, stage.text_size, stage.timer_until = "", 0, None
    for step in steps:
        step.shown = False
    session.flush()
    written = session.exec(select(ProgrammeRow.activity).where(ProgrammeRow.event_id == event_id)).all()
    if written and CLOSE not in written and steps[-1].activity == CLOSE:
        session.delete(steps[-1])  # the close that ending the event had added
