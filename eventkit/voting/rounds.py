"""A poll's rounds: which one is on, its sealed box, its count. A counted round is never touched again."""

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import Connection
from sqlmodel import Session, col, select

from eventkit.database import now
from eventkit.errors import Conflict, NotFound
from eventkit.events import rules as events
from eventkit.evidence import rules as evidence
from eventkit.evidence.models import Statistic
from eventkit.sealing import rules as sealing
from eventkit.sealing.box import Reading
from eventkit.sealing.models import Box
from eventkit.voting.asked import Asked, Counted
from eventkit.voting.kinds import kind
from eventkit.voting.models import Option, Poll, Round, Tally
from eventkit.web.language import gettext as _

ACCEPTING = (
    "SELECT 1 FROM round WHERE id = ? AND opened_at IS NOT NULL"
    " AND closed_at IS NULL AND counted_at IS NULL AND discarded_at IS NULL"
)


def poll_of(session: Session, event_id: int, poll_id: str) -> Poll:
    """The poll with this id. Raises `NotFound`."""
    poll = session.exec(select(Poll).where(Poll.event_id == event_id, Poll.poll_id == poll_id)).one_or_none()
    if poll is None:
        raise NotFound(_("There is no such question in this event."))
    return poll


def options(session: Session, poll: Poll) -> Sequence[Option]:
    """A poll's options in ballot order."""
    return session.exec(select(Option).where(Option.poll_pk == poll.id).order_by(col(Option.option_id))).all()


def asked(session: Session, poll: Poll) -> Asked:
    """The question with its options and figures."""
    found = options(session, poll)
    items = {option.option_id: _figure(session, poll, option.statistic_id) for option in found}
    return Asked(
        poll,
        found,
        _figure(session, poll, poll.national_statistic),
        _figure(session, poll, poll.local_statistic),
        {option_id: figure for option_id, figure in items.items() if figure},
        local_place(session, poll.event_id),
        events.event(session, poll.event_id).organisers_vote,
    )


def corrected(session: Session, poll: Poll) -> int:
    """How many corrections the options of a poll have had since its vote was opened."""
    made = [each for each in events.corrections(session, poll.event_id) if each.part == "options"]
    return sum(each.row_id.split()[0] == poll.poll_id for each in made)


def every(session: Session, poll: Poll) -> Sequence[Round]:
    """Every round of a poll, discarded ones included, the first first."""
    return session.exec(select(Round).where(Round.poll_pk == poll.id).order_by(col(Round.number))).all()


def current(session: Session, poll: Poll) -> Round | None:
    """The round that the room is in, or None before the first and after a discarded one.

    After a second vote that nobody took part in the room is in the first again.
    """
    latest = next(reversed(every(session, poll)), None)
    return None if latest is None or latest.discarded_at else latest


def box_name(poll: Poll, round_: Round) -> str:
    """What the box of a round is called."""
    return f"poll-{poll.poll_id}-r{round_.number}"


def box_of(session: Session, poll: Poll, round_: Round) -> Box | None:
    """The box of a round; None once it is counted or discarded."""
    return sealing.find(session, poll.event_id, box_name(poll, round_))


def counted(session: Session, round_: Round) -> Counted:
    """What is kept of a counted round."""
    rows = session.exec(select(Tally).where(Tally.round_pk == round_.id))
    votes: Mapping[tuple[str, int], int] = {(row.option_id, row.rank): row.votes for row in rows}
    return Counted(votes, round_.base, round_.exact or 0, round_.turned or 0)


def local_place(session: Session, event_id: int) -> str:
    """The place that "no local figure" is said of: where the event's other local figures are, or the event itself."""
    named = select(Poll.local_statistic).where(Poll.event_id == event_id, Poll.local_statistic != "")
    for statistic_id in session.exec(named):
        figure = evidence.statistic(session, event_id, statistic_id)
        if figure and figure.geography_name:
            return figure.geography_name
    return events.event(session, event_id).place


def too_few(session: Session, event_id: int, voters: int) -> bool:
    """Whether so few have voted that counting would tell who chose what."""
    return voters < max(1, events.event(session, event_id).min_votes)


def begin(session: Session, poll: Poll, epoch: int = 1) -> None:
    """Opens a new round with a box of its own, whose keys are numbered from `epoch` on."""
    begun = Round(event_id=poll.event_id, poll_pk=poll.id or 0, number=len(every(session, poll)) + 1)
    session.add(begun)
    session.flush()
    name = box_name(poll, begun)
    sealing.open_box(session, poll.event_id, name, _reading(session, poll), _accepting(begun), epoch=epoch)
    begun.opened_at = now()


def count(session: Session, poll: Poll, round_: Round) -> None:
    """Adds the votes up and destroys their key. Raises `Conflict` if there are too few."""
    box = box_of(session, poll, round_)
    if box is None or too_few(session, poll.event_id, box.voters):
        raise Conflict(_("There are too few votes to count. Open the vote again, or discard it."))
    found = kind(asked(session, poll)).count(sealing.count(session, box))
    for (option_id, rank), votes in sorted(found.votes.items()):
        session.add(Tally(round_pk=round_.id or 0, option_id=option_id, rank=rank, votes=votes))
    round_.counted_at = now()
    round_.base, round_.exact, round_.turned = events.base(session, poll.event_id), found.exact, found.turned
    events.note_change(session, poll.event_id)


def drop(session: Session, poll: Poll, round_: Round) -> None:
    """A round in which nobody voted leaves no trace; one with votes stays as discarded, without its numbers."""
    box = box_of(session, poll, round_)
    voted = bool(box and (box.voters or box.lost))
    if box:
        sealing.discard(session, box)
    if not voted:
        session.delete(round_)
        session.flush()
        return
    round_.closed_at = round_.closed_at or now()
    round_.discarded_at = now()
    events.note_change(session, poll.event_id)


def take_up(session: Session) -> None:
    """After a start: opens every box that was open."""
    for round_ in session.exec(select(Round).where(col(Round.counted_at).is_(None))):
        poll = session.get(Poll, round_.poll_pk)
        box = poll and box_of(session, poll, round_)
        if poll and box:
            sealing.restore(session, box, _reading(session, poll), _accepting(round_))


def _figure(session: Session, poll: Poll, statistic_id: str) -> Statistic | None:
    return evidence.statistic(session, poll.event_id, statistic_id) if statistic_id else None


def _reading(session: Session, poll: Poll) -> Reading:
    """How the ballots of a poll are read, from copies: it outlives the session."""
    copies = [Option(**option.model_dump()) for option in options(session, poll)]
    return kind(Asked(Poll(**poll.model_dump()), copies)).read


def _accepting(round_: Round) -> Callable[[Connection], bool]:
    round_id = round_.id
    return lambda connection: connection.exec_driver_sql(ACCEPTING, (round_id,)).scalar() is not None
