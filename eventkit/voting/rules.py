"""The life of a poll: draft, open, closed, counted, and what is revealed after the count.

A phase follows from the dates of the poll's latest round. Going back clears one date; the count is never undone.
"""

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import Connection
from sqlmodel import Session, col, select

from eventkit.database import now
from eventkit.errors import Conflict, NotFound
from eventkit.events import rules as events
from eventkit.events.step import Step
from eventkit.evidence import rules as evidence
from eventkit.evidence.checks import unrevealable
from eventkit.sealing import rules as sealing
from eventkit.sealing.models import Box
from eventkit.voting.models import NOT_SURE, PLAYABLE, Option, Phase, Poll, Round, Tally
from eventkit.voting.phases import REVEALED, after, phase
from eventkit.web.language import gettext as _

ACCEPTING = (
    "SELECT 1 FROM round WHERE id = ? AND opened_at IS NOT NULL"
    " AND closed_at IS NULL AND counted_at IS NULL AND discarded_at IS NULL"
)


def ids(session: Session, event_id: int) -> Sequence[str]:
    """The polls of an event, in the plan's order."""
    return session.exec(select(Poll.poll_id).where(Poll.event_id == event_id).order_by(col(Poll.position))).all()


def poll_of(session: Session, event_id: int, poll_id: str) -> Poll:
    """The poll with this id. Raises `NotFound`."""
    poll = session.exec(select(Poll).where(Poll.event_id == event_id, Poll.poll_id == poll_id)).one_or_none()
    if poll is None:
        raise NotFound(_("There is no such question in this event."))
    return poll


def options(session: Session, poll: Poll) -> Sequence[Option]:
    """A poll's options in ballot order."""
    return session.exec(select(Option).where(Option.poll_pk == poll.id).order_by(col(Option.option_id))).all()


def choices(session: Session, poll: Poll) -> frozenset[str]:
    """What a ballot of this poll may hold."""
    return frozenset(option.option_id for option in options(session, poll)) | (
        {NOT_SURE} if poll.allow_not_sure else set()
    )


def corrected(session: Session, poll: Poll) -> int:
    """How many corrections the options of a poll have had since its vote was opened."""
    made = [each for each in events.corrections(session, poll.event_id) if each.part == "options"]
    return sum(each.row_id.split()[0] == poll.poll_id for each in made)


def rounds(session: Session, poll: Poll) -> Sequence[Round]:
    """Every round of a poll, discarded ones included, the first first."""
    return session.exec(select(Round).where(Round.poll_pk == poll.id).order_by(col(Round.number))).all()


def current_round(session: Session, poll: Poll) -> Round | None:
    """The round that the room is in, or None before the first and after a discarded one."""
    latest = next(reversed(rounds(session, poll)), None)
    return None if latest is None or latest.discarded_at else latest


def box_name(poll: Poll, current: Round) -> str:
    """What the box of a round is called."""
    return f"poll-{poll.poll_id}-r{current.number}"


def box_of(session: Session, poll: Poll, current: Round) -> Box | None:
    """The box of a round; None once it is counted or discarded."""
    return sealing.find(session, poll.event_id, box_name(poll, current))


def tallies(session: Session, current: Round) -> Mapping[str, int]:
    """Votes per option of a counted round."""
    return {row.option_id: row.votes for row in session.exec(select(Tally).where(Tally.round_pk == current.id))}


def local_place(session: Session, event_id: int) -> str:
    """The place that "no local figure" is said of: where the event's other local figures are, or the event itself."""
    named = select(Poll.local_statistic).where(Poll.event_id == event_id, Poll.local_statistic != "")
    for statistic_id in session.exec(named):
        figure = evidence.statistic(session, event_id, statistic_id)
        if figure and figure.geography_name:
            return figure.geography_name
    return events.event(session, event_id).place


def blocked(session: Session, poll: Poll, reveal: Phase | None) -> str:
    """Why a figure may not be shown yet, "" if it may."""
    named = _named(poll, reveal)
    figure = evidence.statistic(session, poll.event_id, named) if named else None
    return unrevealable(figure) if figure else ""


def too_few(session: Session, event_id: int, voters: int) -> bool:
    """Whether so few have voted that counting would tell who chose what."""
    return voters < max(1, events.event(session, event_id).min_votes)


def forward(session: Session, step: Step) -> bool:
    """One phase on; False when everything is shown, or nothing can be voted on.

    Raises `Conflict` if there are too few votes or no source.
    """
    poll = poll_of(session, step.event_id, step.refs[0])
    if poll.format not in PLAYABLE:
        return False
    current = current_round(session, poll)
    at = phase(current)
    if current is None or at is Phase.DRAFT:
        _open(session, poll, current)
    elif at is Phase.OPEN:
        current.closed_at = now()
    elif at is Phase.CLOSED:
        _count(session, poll, current)
        current.perception_at = now()
    else:
        reveal = after(poll, at)
        if reveal is None:
            return False
        if refusal := blocked(session, poll, reveal):
            raise Conflict(refusal)
        setattr(current, REVEALED[reveal], now())
        if named := _named(poll, reveal):
            evidence.show(session, poll.event_id, named)
    return True


def back(session: Session, step: Step) -> bool:
    """One phase back; False when there is none. A closed vote opens again, with every ballot kept."""
    current = current_round(session, poll_of(session, step.event_id, step.refs[0]))
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


def enter(session: Session, step: Step) -> None:
    """A poll opens only when the facilitator says so."""


def leave(session: Session, step: Step) -> None:
    """Closes and counts what is open, or discards it where there is too little to count."""
    poll = poll_of(session, step.event_id, step.refs[0])
    current = current_round(session, poll)
    if current is None or current.counted_at:
        return
    box = box_of(session, poll, current)
    if box is None or too_few(session, poll.event_id, box.voters):
        _discard(session, poll, current)
    else:
        current.closed_at = current.closed_at or now()
        _count(session, poll, current)


def discard(session: Session, event_id: int, poll_id: str) -> None:
    """Destroys the ballots of a closed round that has too few to count, unread; the poll can be opened anew.

    Raises `Conflict` otherwise: whoever pressed may have seen the vote before it opened again and filled.
    """
    poll = poll_of(session, event_id, poll_id)
    current = current_round(session, poll)
    if current is None or phase(current) is not Phase.CLOSED:
        raise Conflict(_("Only a closed vote that is not counted can be discarded."))
    box = box_of(session, poll, current)
    if box and not too_few(session, event_id, box.voters):
        raise Conflict(_("Enough people have voted by now, so this vote can be counted. Nothing was discarded."))
    _discard(session, poll, current)


def restore(session: Session) -> None:
    """After a start: takes up every box that was open."""
    for current in session.exec(select(Round).where(col(Round.counted_at).is_(None))):
        poll = session.get(Poll, current.poll_pk)
        box = poll and box_of(session, poll, current)
        if poll and box:
            sealing.restore(session, box, choices(session, poll), _accepting(current))


def _named(poll: Poll, reveal: Phase | None) -> str:
    """The statistic_id of the figure that a step shows, "" if it shows none."""
    return {Phase.NATIONAL: poll.national_statistic, Phase.LOCAL: poll.local_statistic}.get(reveal or Phase.DRAFT, "")


def _open(session: Session, poll: Poll, current: Round | None) -> None:
    if current is None:
        current = Round(event_id=poll.event_id, poll_pk=poll.id or 0, number=len(rounds(session, poll)) + 1)
        session.add(current)
        session.flush()
        name = box_name(poll, current)
        sealing.open_box(session, poll.event_id, name, choices(session, poll), _accepting(current))
    current.opened_at = now()


def _count(session: Session, poll: Poll, current: Round) -> None:
    box = box_of(session, poll, current)
    if box is None or too_few(session, poll.event_id, box.voters):
        raise Conflict(_("There are too few votes to count. Open the vote again, or discard it."))
    votes = sealing.count(session, box)
    for option_id in sorted(choices(session, poll)):
        session.add(Tally(round_pk=current.id or 0, option_id=option_id, votes=votes[option_id]))
    current.counted_at = now()
    current.base = events.joined(session, poll.event_id)
    events.note_change(session, poll.event_id)


def _discard(session: Session, poll: Poll, current: Round) -> None:
    """A round in which nobody voted leaves no trace; one with votes stays as discarded, without its numbers."""
    box = box_of(session, poll, current)
    voted = bool(box and (box.voters or box.lost))
    if box:
        sealing.discard(session, box)
    if not voted:
        session.delete(current)
        return
    current.closed_at = current.closed_at or now()
    current.discarded_at = now()
    events.note_change(session, poll.event_id)


def _accepting(current: Round) -> Callable[[Connection], bool]:
    round_id = current.id
    return lambda connection: connection.exec_driver_sql(ACCEPTING, (round_id,)).scalar() is not None
