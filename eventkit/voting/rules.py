"""The life of a poll: draft, open, closed, counted, and what is revealed after the count.

A phase follows from the dates of the poll's latest round. Going back clears one date; the count is never undone.
"""

from collections.abc import Sequence

from sqlmodel import Session, col, delete, select

from eventkit.database import now
from eventkit.errors import Conflict
from eventkit.events.step import Step
from eventkit.evidence import rules as evidence
from eventkit.evidence.checks import unrevealable
from eventkit.sealing import rules as sealing
from eventkit.voting import rounds
from eventkit.voting.models import Format, Phase, Poll, Round, Tally
from eventkit.voting.phases import REVEALED, after, phase
from eventkit.web.language import gettext as _


def ids(session: Session, event_id: int) -> Sequence[str]:
    """The polls of an event, in the plan's order."""
    return session.exec(select(Poll.poll_id).where(Poll.event_id == event_id).order_by(col(Poll.position))).all()


def figures(session: Session, poll: Poll, reveal: Phase | None) -> Sequence[str]:
    """The statistic_ids of the figures that a step of the reveal shows; a ranking shows those of all its items."""
    if poll.format is Format.RANKING:
        named = [option.statistic_id for option in rounds.options(session, poll)]
        return named if reveal is Phase.NATIONAL else []
    shown = {Phase.NATIONAL: poll.national_statistic, Phase.LOCAL: poll.local_statistic}.get(reveal or Phase.DRAFT)
    return [shown] if shown else []


def blocked(session: Session, poll: Poll, reveal: Phase | None) -> str:
    """Why a figure may not be shown yet, "" if it may."""
    for named in figures(session, poll, reveal):
        figure = evidence.statistic(session, poll.event_id, named)
        if figure and (refusal := unrevealable(figure)):
            return refusal
    return ""


def forward(session: Session, step: Step) -> bool:
    """One phase on; False when everything is shown. Raises `Conflict` if there are too few votes or no source."""
    poll = _poll(session, step)
    current = rounds.current(session, poll)
    at = phase(current)
    if current is None:
        rounds.begin(session, poll)
    elif at is Phase.DRAFT:
        current.opened_at = now()
    elif at is Phase.OPEN:
        current.closed_at = now()
    elif at is Phase.CLOSED:
        rounds.count(session, poll, current)
        current.perception_at = now()
    else:
        return _show_next(session, poll, current, at)
    return True


def back(session: Session, step: Step) -> bool:
    """One phase back; False when there is none. A closed vote opens again, with every ballot kept."""
    current = rounds.current(session, _poll(session, step))
    at = phase(current)
    if current is None or at in (Phase.DRAFT, Phase.COUNTED):
        return False
    if at is Phase.OPEN:
        current.opened_at = None
    elif at is Phase.CLOSED:
        current.closed_at = None
    else:
        setattr(current, REVEALED[at], None)
    return True


def again(session: Session, step: Step) -> None:
    """Opens a new round. A counted one stays; one that is not counted is dropped unread. Raises `Conflict`."""
    poll = _poll(session, step)
    current = rounds.current(session, poll)
    if current is None:
        raise Conflict(_("This question was not voted on yet, so there is nothing to vote on again."))
    box = rounds.box_of(session, poll, current)
    if not current.counted_at:
        rounds.drop(session, poll, current)
    # A round without votes gives its number, and so its box's name, to the new one. Under the same epoch the old key,
    # which goes with the commit, would take the new one along.
    rounds.begin(session, poll, epoch=box.epoch + 1 if box else 1)


def enter(session: Session, step: Step) -> None:
    """A poll opens only when the facilitator says so."""


def leave(session: Session, step: Step) -> None:
    """Closes and counts what is open, or discards it where there is too little to count."""
    poll = _poll(session, step)
    current = rounds.current(session, poll)
    if current is None or current.counted_at:
        return
    box = rounds.box_of(session, poll, current)
    if box is None or rounds.too_few(session, poll.event_id, box.voters):
        rounds.drop(session, poll, current)
    else:
        current.closed_at = current.closed_at or now()
        rounds.count(session, poll, current)


def discard(session: Session, event_id: int, poll_id: str) -> None:
    """Destroys the ballots of a closed round that has too few to count, unread; the poll can be opened anew.

    Raises `Conflict` otherwise: whoever pressed may have seen the vote before it opened again and filled.
    """
    poll = rounds.poll_of(session, event_id, poll_id)
    current = rounds.current(session, poll)
    if current is None or phase(current) is not Phase.CLOSED:
        raise Conflict(_("Only a closed vote that is not counted can be discarded."))
    box = rounds.box_of(session, poll, current)
    if box and not rounds.too_few(session, event_id, box.voters):
        raise Conflict(_("Enough people have voted by now, so this vote can be counted. Nothing was discarded."))
    rounds.drop(session, poll, current)


def finish(session: Session, event_id: int) -> None:
    """A vote is open only while its step is on."""


def restore(session: Session) -> None:
    """After a start: takes up every box that was open."""
    rounds.take_up(session)


def forget(session: Session, event_id: int) -> None:
    """Drops every round with its votes."""
    mine = session.exec(select(Round).where(Round.event_id == event_id)).all()
    for round_ in mine:
        box = rounds.box_of(session, session.get_one(Poll, round_.poll_pk), round_)
        if box:
            sealing.discard(session, box)
    session.execute(delete(Tally).where(col(Tally.round_pk).in_([round_.id for round_ in mine])))
    for round_ in mine:
        session.delete(round_)


def _poll(session: Session, step: Step) -> Poll:
    return rounds.poll_of(session, step.event_id, step.refs[0])


def _show_next(session: Session, poll: Poll, current: Round, at: Phase) -> bool:
    reveal = after(poll, at)
    if reveal is None:
        return False
    if refusal := blocked(session, poll, reveal):
        raise Conflict(refusal)
    setattr(current, REVEALED[reveal], now())
    for named in figures(session, poll, reveal):
        evidence.show(session, poll.event_id, named)
    return True
