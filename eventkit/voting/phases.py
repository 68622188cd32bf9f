"""Which phases a poll goes through, and where a round stands; pure, from dates alone."""

from eventkit.voting.models import Format, Phase, Poll, Round

REVEALED = {
    Phase.PERCEPTION: "perception_at",
    Phase.NATIONAL: "national_at",
    Phase.LOCAL: "local_at",
    Phase.GAP: "gap_at",
    Phase.EXPLANATION: "explanation_at",
}


def phase(current: Round | None) -> Phase:
    """Where a round stands; without one the poll is a draft."""
    if current is None:
        return Phase.DRAFT
    if current.counted_at:
        shown = [reveal for reveal, date in REVEALED.items() if getattr(current, date)]
        return shown[-1] if shown else Phase.COUNTED
    if current.closed_at:
        return Phase.CLOSED
    return Phase.OPEN if current.opened_at else Phase.DRAFT


def reveals(poll: Poll) -> tuple[Phase, ...]:
    """What a poll shows after its count, in order.

    Without a national figure, or without words of explanation, those steps are left out; the local one always comes,
    if only to say that no local figure is published. A ranking shows the figures of its items at once.
    """
    left_out = set()
    if poll.format is Format.RANKING:
        left_out.add(Phase.LOCAL)
    elif not poll.national_statistic:
        left_out.add(Phase.NATIONAL)
    if not (poll.explanation or poll.so_what):
        left_out.add(Phase.EXPLANATION)
    return tuple(reveal for reveal in REVEALED if reveal not in left_out)


def after(poll: Poll, at: Phase) -> Phase | None:
    """The reveal that follows a phase after the count, or None if all is shown."""
    order = (Phase.COUNTED, *reveals(poll))
    following = order[order.index(at) + 1 :]
    return following[0] if following else None
