"""The room's answer beside the evidence: at a step of the reveal, and, after the event, question by question."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from eventkit.errors import NotFound
from eventkit.events import rules as events
from eventkit.evidence import rules as evidence
from eventkit.voting import rules
from eventkit.voting.models import NOT_SURE, Phase, Poll, Round
from eventkit.voting.perception import perceive
from eventkit.voting.phases import phase
from eventkit.voting.reveal import Reveal, reveal
from eventkit.web.language import gettext as _

ORDER = tuple(Phase)


@dataclass(frozen=True)
class Result:
    """A question, everything of it that the room was shown, and `gap`, the last sentence before the explanation."""

    poll: Poll
    reveal: Reveal
    gap: str


def results(session: Session, event_id: int) -> Sequence[Result]:
    """What was revealed, in the plan's order, as far as it was. Raises `NotFound` before the event has finished.

    A round that was discarded, or counted and never shown, is not in it.
    """
    if events.event(session, event_id).ended_at is None:
        raise NotFound(_("The results will be here when the event has finished."))
    polls = [rules.poll_of(session, event_id, poll_id) for poll_id in rules.ids(session, event_id)]
    return [result for poll in polls if (result := _result(session, poll)) is not None]


def reveal_of(session: Session, poll: Poll, current: Round, at: Phase) -> Reveal:
    """What a counted round shows at a phase."""
    votes = rules.tallies(session, current)
    return reveal(
        poll,
        perceive(rules.options(session, poll), votes, current.base, votes.get(NOT_SURE, 0)),
        evidence.statistic(session, poll.event_id, poll.national_statistic),
        evidence.statistic(session, poll.event_id, poll.local_statistic),
        at,
        events.event(session, poll.event_id).organisers_vote,
        rules.local_place(session, poll.event_id),
    )


def _result(session: Session, poll: Poll) -> Result | None:
    for current in reversed(rules.rounds(session, poll)):
        at = phase(current)
        if ORDER.index(at) >= ORDER.index(Phase.PERCEPTION):
            before = min(at, Phase.GAP, key=ORDER.index)
            sentence = reveal_of(session, poll, current, before).sentence
            return Result(poll, reveal_of(session, poll, current, at), sentence)
    return None
