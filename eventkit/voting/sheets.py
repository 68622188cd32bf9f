"""The polls, their counts, and the room's answer against the figure, for the results workbook.

Only rounds that were counted or discarded have rows: an open vote has no tally. A discarded round's cells are [c].
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel import Session

from eventkit.events.models import Event
from eventkit.evidence import rules as evidence
from eventkit.evidence.models import Statistic
from eventkit.sheet import Sheet, Value
from eventkit.voting import columns, rules
from eventkit.voting.models import NOT_SURE, Format, Option, Poll, Round
from eventkit.voting.perception import Perception, perceive
from eventkit.voting.sentences import gap
from eventkit.web.language import gettext as _

CONFIDENTIAL, NOT_APPLICABLE = "[c]", "[z]"

Cells = Mapping[str, Value]


@dataclass(frozen=True)
class Asked:
    """A poll with everything that its rows are made of."""

    poll: Poll
    options: Sequence[Option]
    rounds: Sequence[Round]
    national: Statistic | None
    local: Statistic | None
    perceptions: Mapping[int, Perception]


def sheets(session: Session, event: Event) -> Iterable[Sheet]:
    """`polls`, `tallies` and `perception_gap`, and what `method` says of the votes."""
    event_id = event.id or 0
    asked = [_asked(session, rules.poll_of(session, event_id, poll_id)) for poll_id in rules.ids(session, event_id)]
    description = _("One row for each question that was put to the room.")
    yield Sheet("polls", _("Questions"), description, columns.polls(), [_poll(one) for one in asked])
    description = _("One row for each option of each round that was counted.")
    tallies = [row for one in asked for current in one.rounds for row in _tallies(one, current)]
    yield Sheet("tallies", _("How the room voted"), description, columns.tallies(), tallies)
    description = _("One row for each round: the room's answer beside the published figure.")
    gaps = [_gap(event, one, current) for one in asked for current in one.rounds]
    yield Sheet("perception_gap", _("Perception and evidence"), description, columns.perception_gap(), gaps)
    yield Sheet("method", "", "", (), [{"topic": topic, "note": note} for topic, note in _notes(event, asked)])


def _asked(session: Session, poll: Poll) -> Asked:
    options = rules.options(session, poll)
    settled = [current for current in rules.rounds(session, poll) if current.counted_at or current.discarded_at]
    perceptions = {}
    for current in settled:
        votes = rules.tallies(session, current)
        perceptions[current.number] = perceive(options, votes, current.base, votes.get(NOT_SURE, 0))
    national = evidence.statistic(session, poll.event_id, poll.national_statistic)
    local = evidence.statistic(session, poll.event_id, poll.local_statistic)
    return Asked(poll, options, settled, national, local, perceptions)


def _poll(asked: Asked) -> Cells:
    poll = asked.poll
    return {
        "poll_id": poll.poll_id,
        "format": poll.format.value,
        "question": poll.question,
        "unit": poll.unit,
        "national_statistic": poll.national_statistic or NOT_APPLICABLE,
        "local_statistic": poll.local_statistic or NOT_APPLICABLE,
        "rounds": len(asked.rounds),
    }


def _tallies(asked: Asked, current: Round) -> Iterator[Cells]:
    seen = asked.perceptions[current.number]
    for answer in seen.answers:
        yield {
            "poll_id": asked.poll.poll_id,
            "round": current.number,
            "option_id": answer.option_id,
            "option_text": answer.text,
            "value": NOT_APPLICABLE if answer.value is None else answer.value,
            "rank": NOT_APPLICABLE,
            "votes": _unless_discarded(current, answer.votes),
            "share": _unless_discarded(current, answer.votes / seen.n_votes if seen.n_votes else NOT_APPLICABLE),
            "is_correct": answer.correct,
        }
    if asked.poll.allow_not_sure:
        yield dict.fromkeys(("value", "rank", "share", "is_correct"), NOT_APPLICABLE) | {
            "poll_id": asked.poll.poll_id,
            "round": current.number,
            "option_id": NOT_SURE,
            "option_text": _("Not sure"),
            "votes": _unless_discarded(current, seen.not_sure),
        }


def _gap(event: Event, asked: Asked, current: Round) -> Cells:
    seen = asked.perceptions[current.number]
    figure = asked.national or asked.local
    numbers: dict[str, Value] = {
        "base": event.base,
        "n_base": current.base,
        "n_votes": seen.n_votes,
        "n_paper": 0,
        "n_not_sure": seen.not_sure,
        "share_correct": _or_not(seen.share_correct),
        "gap_national": _or_not(_distance(asked.poll, seen, asked.national)),
        "gap_local": _or_not(_distance(asked.poll, seen, asked.local)),
        "direction": _direction(asked.poll, seen, figure),
        "sentence": gap(asked.poll, seen, asked.national, asked.local),
    }
    if current.discarded_at:
        numbers |= dict.fromkeys((name for name in numbers if name != "base"), CONFIDENTIAL)
    return numbers | {
        "poll_id": asked.poll.poll_id,
        "round": current.number,
        "chance": seen.chance,
        "national_value": asked.national.value if asked.national else NOT_APPLICABLE,
        "local_value": asked.local.value if asked.local else NOT_APPLICABLE,
        "unit": figure.unit if figure else asked.poll.unit,
        **dict.fromkeys(("share_exact", "median", "lower_quartile", "upper_quartile"), NOT_APPLICABLE),
    }


def _distance(poll: Poll, seen: Perception, figure: Statistic | None) -> Decimal | None:
    """The most common answer minus the figure; None where there is no one such answer with a value."""
    if poll.format is not Format.CHOICE or figure is None or len(seen.largest) != 1:
        return None
    value = seen.largest[0].value
    return None if value is None else value - figure.value


def _direction(poll: Poll, seen: Perception, figure: Statistic | None) -> str:
    distance = _distance(poll, seen, figure)
    if distance is None:
        return NOT_APPLICABLE
    if seen.largest[0].correct or not distance:
        return "close"
    return "over" if distance > 0 else "under"


def _notes(event: Event, asked: Sequence[Asked]) -> Iterator[tuple[str, str]]:
    yield (
        _("Voting"),
        _(
            "People voted on their own phones without a name, and could change their answer until voting closed. "
            "Nobody saw how many had chosen what before the count."
        ),
    )
    yield (
        _("Sealing"),
        _(
            "Each answer was stored encrypted, with the random number of the browser that it came from. Counting added "
            "the answers up, destroyed their key and deleted them; only the counts remain. "
            "No name, address or time of a vote was ever stored."
        ),
    )
    yield (
        _("Organisers' votes"),
        (
            _("The organising team could vote too; their answers are among the others.")
            if event.organisers_vote
            else _("The organising team was asked not to vote. Nothing enforced it.")
        ),
    )
    yield from _fewest(event, asked)
    yield from _measures()


def _fewest(event: Event, asked: Sequence[Asked]) -> Iterator[tuple[str, str]]:
    yield (
        _("Fewest votes"),
        _(
            "A vote with fewer than {number} answers was not counted. It was discarded unread, and its cells hold [c]."
        ).format(number=max(1, event.min_votes)),
    )
    for discarded in _discarded(asked):
        yield _("Fewest votes"), discarded


def _discarded(asked: Sequence[Asked]) -> Iterator[str]:
    for one in asked:
        for current in one.rounds:
            if current.discarded_at:
                words = _("Poll {poll_id}, round {number}: discarded unread.")
                yield words.format(poll_id=one.poll.poll_id, number=current.number)


def _measures() -> Iterator[tuple[str, str]]:
    yield (
        _("Base"),
        _("n_base is how many phones had joined when the vote was counted; somebody who joined twice counts twice."),
    )
    yield _("Not sure"), _("Those who were not sure are counted beside the answers and left out of every share.")
    yield _("Chance"), _("chance is the share that random picks would give the published answer: 1 over the options.")
    yield (
        _("Gap"),
        _(
            "For a choice whose options have values, a gap is the room's most common answer minus the figure, in the "
            "figure's own unit. It is [z] after a tie, and where options have no value."
        ),
    )
    yield (
        _("Whom it speaks for"),
        _("The counts describe those who voted. They are no sample of a place or a profession."),
    )


def _or_not(value: Value) -> Value:
    return NOT_APPLICABLE if value is None else value


def _unless_discarded(current: Round, value: Value) -> Value:
    return CONFIDENTIAL if current.discarded_at else value
