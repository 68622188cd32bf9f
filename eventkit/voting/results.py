"""The room's answer beside the evidence: at a step of the reveal, and, after the event, question by question."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from eventkit.errors import NotFound
from eventkit.events import rules as events
from eventkit.voting import rounds, rules
from eventkit.voting.asked import Told
from eventkit.voting.kinds import kind
from eventkit.voting.models import Phase, Poll, Round
from eventkit.voting.phases import phase
from eventkit.voting.reveal import Reveal, reveal
from eventkit.web.language import gettext as _

ORDER = tuple(Phase)


@dataclass(frozen=True)
class Result:
    """A question, which vote on it, what the room was shown, and `gap`, the last sentence before the explanation."""

    poll: Poll
    number: int
    reveal: Reveal
    gap: str


def results(session: Session, event_id: int) -> Sequence[Result]:
    """What was revealed, in the plan's order, as far as it was. Raises `NotFound` before the event has finished.

    A round that was discarded, or counted and never shown, is not in it.
    """
    if events.event(session, event_id).ended_at is None:
        raise NotFound(_("The results will be here when the event has finished."))
    polls = [rounds.poll_of(session, event_id, poll_id) for poll_id in rules.ids(session, event_id)]
    return [result for poll in polls if (result := _result(session, poll)) is not None]


def told_of(session: Session, poll: Poll, current: Round) -> Told:
    """What a counted round says, beside the counted round before it."""
    counted = [each for each in rounds.every(session, poll) if each.counted_at and each.number <= current.number]
    before = rounds.counted(session, counted[-2]) if len(counted) > 1 else None
    return kind(rounds.asked(session, poll)).told(rounds.counted(session, current), before)


def reveal_of(session: Session, poll: Poll, current: Round, at: Phase) -> Reveal:
    """What a counted round shows at a phase."""
    earlier = [each for each in rounds.every(session, poll) if each.number < current.number]
    known = any(ORDER.index(phase(each)) >= ORDER.index(Phase.NATIONAL) for each in earlier)
    return reveal(rounds.asked(session, poll), told_of(session, poll, current), at, known=known)


def _result(session: Session, poll: Poll) -> Result | None:
    for current in reversed(rounds.every(session, poll)):
        at = phase(current)
        if ORDER.index(at) >= ORDER.index(Phase.PERCEPTION):
            before = min(at, Phase.GAP, key=ORDER.index)
            sentence = reveal_of(session, poll, current, before).sentence
            return Result(poll, current.number, reveal_of(session, poll, current, at), sentence)
    return None
