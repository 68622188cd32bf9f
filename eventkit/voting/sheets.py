"""The polls, their counts, and the room's answer against the figure, for the results workbook.

Only rounds that were counted or discarded have rows: an open vote has no tally. A discarded round's cells are [c].
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from eventkit.events.models import Event
from eventkit.sheet import Sheet, Value
from eventkit.voting import columns, rounds, rules
from eventkit.voting.asked import Asked, Cells, Told
from eventkit.voting.models import NOT_SURE, Poll, Round
from eventkit.voting.results import told_of
from eventkit.web.language import gettext as _

CONFIDENTIAL, NOT_APPLICABLE = "[c]", "[z]"


@dataclass(frozen=True)
class Put:
    """A question that was put to the room, with its settled rounds and what each of them says."""

    asked: Asked
    settled: Sequence[tuple[Round, Told]]

    @property
    def poll_id(self) -> str:
        """The question's id in the plan."""
        return self.asked.poll.poll_id


def sheets(session: Session, event: Event) -> Iterable[Sheet]:
    """`polls`, `tallies` and `perception_gap`, and what `method` says of the votes."""
    event_id = event.id or 0
    put = [_put(session, rounds.poll_of(session, event_id, poll_id)) for poll_id in rules.ids(session, event_id)]
    description = _("One row for each question that was put to the room.")
    yield Sheet("polls", _("Questions"), description, columns.polls(), [_poll(one) for one in put])
    description = _("One row for each answer of each round that was counted.")
    tallies = [row for one in put for settled in one.settled for row in _tallies(one, *settled)]
    yield Sheet("tallies", _("How the room voted"), description, columns.tallies(), tallies)
    description = _("One row for each round: the room's answer beside the published figure.")
    gaps = [_gap(event, one.asked, *settled) for one in put for settled in one.settled]
    yield Sheet("perception_gap", _("Perception and evidence"), description, columns.perception_gap(), gaps)
    yield Sheet("method", "", "", (), [{"topic": topic, "note": note} for topic, note in _notes(event, put)])


def _put(session: Session, poll: Poll) -> Put:
    settled = [each for each in rounds.every(session, poll) if each.counted_at or each.discarded_at]
    return Put(rounds.asked(session, poll), [(each, told_of(session, poll, each)) for each in settled])


def _poll(put: Put) -> Cells:
    poll = put.asked.poll
    return {
        "poll_id": poll.poll_id,
        "format": poll.format.value,
        "question": poll.question,
        "unit": poll.unit,
        "national_statistic": poll.national_statistic or NOT_APPLICABLE,
        "local_statistic": poll.local_statistic or NOT_APPLICABLE,
        "rounds": len(put.settled),
    }


def _tallies(put: Put, current: Round, told: Told) -> Iterator[Cells]:
    answers = list(told.tallies())
    if put.asked.poll.allow_not_sure:
        answers.append({"option_id": NOT_SURE, "option_text": _("Not sure"), "votes": told.seen.not_sure})
    for answer in answers:
        cells = {name: answer.get(name) for name in ("value", "rank", "votes", "share", "is_correct")}
        if current.discarded_at:
            cells |= {"votes": CONFIDENTIAL, "share": CONFIDENTIAL if "share" in answer else None}
        yield {"poll_id": put.poll_id, "round": current.number, **answer, **_filled(cells)}


def _gap(event: Event, asked: Asked, current: Round, told: Told) -> Cells:
    figure = asked.figure
    numbers: dict[str, Value] = {
        "n_base": current.base,
        "n_votes": told.seen.n_votes,
        "n_paper": 0,
        "n_not_sure": told.seen.not_sure,
        "sentence": told.gap(),
        **told.numbers(),
    }
    if current.discarded_at:
        numbers |= dict.fromkeys((name for name in numbers if name != "chance"), CONFIDENTIAL)
    found = dict.fromkeys((column.name for column in columns.perception_gap()), NOT_APPLICABLE) | _filled(numbers)
    return found | {
        "poll_id": asked.poll.poll_id,
        "round": current.number,
        "base": event.base,
        "national_value": asked.national.value if asked.national else NOT_APPLICABLE,
        "local_value": asked.local.value if asked.local else NOT_APPLICABLE,
        "unit": figure.unit if figure else asked.poll.unit,
    }


def _filled(cells: Cells) -> dict[str, Value]:
    return {name: NOT_APPLICABLE if value is None else value for name, value in cells.items()}


def _notes(event: Event, put: Sequence[Put]) -> Iterator[tuple[str, str]]:
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
    yield from _fewest(event, put)
    yield from _measures(event)


def _fewest(event: Event, put: Sequence[Put]) -> Iterator[tuple[str, str]]:
    yield (
        _("Fewest votes"),
        _(
            "A vote with fewer than {number} answers was not counted. It was discarded unread, and its cells hold [c]."
        ).format(number=max(1, event.min_votes)),
    )
    for discarded in _discarded(put):
        yield _("Fewest votes"), discarded


def _discarded(put: Sequence[Put]) -> Iterator[str]:
    for one in put:
        for current, _told in one.settled:
            if current.discarded_at:
                words = _("Poll {poll_id}, round {number}: discarded unread.")
                yield words.format(poll_id=one.poll_id, number=current.number)


def _measures(event: Event) -> Iterator[tuple[str, str]]:
    phones = _(
        "n_base is how many phones had joined when the vote was counted; somebody who joined twice counts twice."
    )
    people = _("n_base is how many people were checked in at the door when the vote was counted.")
    yield _("Base"), people if event.base == "checked_in" else phones
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
