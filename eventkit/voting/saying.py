"""What the console says of a poll: where it stands, what the next press does, and what leaving would cost."""

from collections.abc import Iterator

from sqlmodel import Session

from eventkit.events import rules as events
from eventkit.events.step import Offer, State, Step
from eventkit.evidence import rules as evidence
from eventkit.sealing.models import Box
from eventkit.voting import rounds, rules
from eventkit.voting.models import Format, Phase, Poll, Round
from eventkit.voting.phases import after, phase
from eventkit.web.language import gettext as _
from eventkit.web.language import ngettext

ORDER = tuple(Phase)


def title(session: Session, step: Step) -> str:
    """The step's name in the programme."""
    return step.title or rounds.poll_of(session, step.event_id, step.refs[0]).question


def state(session: Session, step: Step) -> State:
    """Where the poll stands, and what the next press does."""
    poll = rounds.poll_of(session, step.event_id, step.refs[0])
    current = rounds.current(session, poll)
    at = phase(current)
    if current is None or at is Phase.DRAFT:
        return _draft(session, poll, current)
    if at is Phase.OPEN:
        return _open(session, poll, current)
    if at is Phase.CLOSED:
        return _closed(session, poll, current)
    return _shown(session, poll, at)


def leaving(session: Session, step: Step) -> str:
    """What leaving would do to votes that are not counted; "" if there are none."""
    poll = rounds.poll_of(session, step.event_id, step.refs[0])
    current = rounds.current(session, poll)
    box = rounds.box_of(session, poll, current) if current and not current.counted_at else None
    if box is None or not (box.voters or box.lost):
        return ""
    if box.lost > box.voters and rounds.too_few(session, poll.event_id, box.voters):
        return _("Phones are sending their answers again: {back}. Leave, and discard the vote unread?").format(
            back=_recovered(box)
        )
    if rounds.too_few(session, poll.event_id, box.voters):
        return ngettext(
            "{number} person has voted, too few to count. Leave, and discard the vote unread?",
            "{number} people have voted, too few to count. Leave, and discard their votes unread?",
            box.voters,
        ).format(number=box.voters)
    return ngettext(
        "Close the vote, count {number} vote and leave? Nobody can vote or change after this.",
        "Close the vote, count {number} votes and leave? Nobody can vote or change after this.",
        box.voters,
    ).format(number=box.voters)


def repeating(session: Session, step: Step) -> str:
    """What a new vote does to the one before it; "" before the first."""
    poll = rounds.poll_of(session, step.event_id, step.refs[0])
    current = rounds.current(session, poll)
    if current is None:
        return ""
    if current.counted_at:
        return _("Vote again on this question? The vote that was counted stays in the results.")
    box = rounds.box_of(session, poll, current)
    if box is None or not (box.voters or box.lost):
        return _("Begin this vote anew? Nobody has voted yet.")
    return ngettext(
        "Begin this vote anew? {number} vote is not counted, and is discarded unread.",
        "Begin this vote anew? {number} votes are not counted, and are discarded unread.",
        max(box.voters, box.lost),
    ).format(number=max(box.voters, box.lost))


def _draft(session: Session, poll: Poll, current: Round | None) -> State:
    kept = _voted(session, poll, current)
    sentence = _("The question is on the screen. Nobody can vote yet.")
    if kept:
        sentence = ngettext(
            "{number} vote is kept, sealed.", "{number} votes are kept, sealed.", kept
        ).format(number=kept)  # fmt: skip
    return State(
        chip=_("Ready"),
        heading=poll.question,
        sentence=sentence,
        next=_("Open the vote again") if kept else _("Open the vote"),
        counts=_counts(session, poll, kept),
    )


def _open(session: Session, poll: Poll, current: Round) -> State:
    voted, base = _voted(session, poll, current), events.base(session, poll.event_id)
    box = rounds.box_of(session, poll, current)
    sentence = _("People are voting. The screen shows the question and how many have voted, never which way.")
    if box and box.lost:
        sentence = _("The key of this vote was lost with the power. Phones send their answers again: {back}.").format(
            back=_recovered(box)
        )
    return State(
        chip=_("Open {voted}/{base}").format(voted=voted, base=base),
        heading=poll.question,
        sentence=sentence,
        next=_("Close the vote"),
        detail=_("you can open it again, and every vote is kept"),
        back=_("Back to Ready"),
        again=_("Begin this vote anew"),
        open=True,
        counts=_counts(session, poll, voted),
    )


def _closed(session: Session, poll: Poll, current: Round) -> State:
    voted, base = _voted(session, poll, current), events.base(session, poll.event_id)
    few = rounds.too_few(session, poll.event_id, voted)
    blocked = ""
    if few:
        needed = max(1, events.event(session, poll.event_id).min_votes)
        blocked = _("At least {needed} votes are needed before any may be counted.").format(needed=needed)
    count = ngettext("Count {number} vote", "Count {number} votes", voted).format(number=voted)
    discard = ngettext("Discard {number} vote", "Discard {number} votes", voted).format(number=voted)
    return State(
        chip=_("Closed {voted}/{base}").format(voted=voted, base=base),
        heading=poll.question,
        sentence=_("Voting has closed. The votes are sealed until you count them."),
        next=count,
        detail=_("nobody can vote or change after this"),
        final=True,
        blocked=blocked,
        back=_("Open the vote again"),
        again=_("Begin this vote anew"),
        offers=(Offer(discard, f"polls/{poll.poll_id}/discard", _("unread; nobody will ever see them")),)
        if few
        else (),
        counts=_counts(session, poll, voted),
    )


def _shown(session: Session, poll: Poll, at: Phase) -> State:
    following = after(poll, at)
    return State(
        chip=_chips()[at],
        heading=poll.question,
        sentence=_("The votes are counted and their key is destroyed. What is shown can be hidden again."),
        next=_next(session, poll, following),
        blocked=rules.blocked(session, poll, following),
        back=_("Hide it again") if at is not Phase.COUNTED else "",
        again=_("Vote again"),
        offers=tuple(_cards(session, poll, at)),
    )


def _cards(session: Session, poll: Poll, at: Phase) -> Iterator[Offer]:
    """The source card of each figure that is on show."""
    reached = ORDER[: ORDER.index(at) + 1]
    for statistic_id in (named for each in reached for named in rules.figures(session, poll, each)):
        figure = evidence.statistic(session, poll.event_id, statistic_id)
        if figure:
            about = figure.measure if poll.format is Format.RANKING else figure.geography_name
            yield Offer(_("Source card ({about})").format(about=about), f"card/{figure.statistic_id}")


def _next(session: Session, poll: Poll, following: Phase | None) -> str:
    national = evidence.statistic(session, poll.event_id, poll.national_statistic)
    local = evidence.statistic(session, poll.event_id, poll.local_statistic)
    show = _("Show the figure for {place}")
    published = show.format(place=national.geography_name) if national else ""
    return {
        None: "",
        Phase.PERCEPTION: _("Show the room’s answer"),
        Phase.NATIONAL: _("Show the published order") if poll.format is Format.RANKING else published,
        Phase.LOCAL: show.format(place=local.geography_name) if local else _("Say that no local figure is published"),
        Phase.GAP: _("Show the gap in one sentence"),
        Phase.EXPLANATION: _("Show why people think so"),
    }[following]


def _chips() -> dict[Phase, str]:
    return {
        Phase.COUNTED: _("Counted"),
        Phase.PERCEPTION: _("Room’s answer"),
        Phase.NATIONAL: _("National figure"),
        Phase.LOCAL: _("Local figure"),
        Phase.GAP: _("The gap"),
        Phase.EXPLANATION: _("Why, and so what"),
    }


def _recovered(box: Box) -> str:
    return _("{voted} of {lost} recovered").format(voted=box.voters, lost=box.lost)


def _voted(session: Session, poll: Poll, current: Round | None) -> int:
    box = rounds.box_of(session, poll, current) if current else None
    return box.voters if box else 0


def _counts(session: Session, poll: Poll, voted: int) -> tuple[tuple[str, str], ...]:
    return ((str(voted), _("voted")), *events.counts(session, poll.event_id))
