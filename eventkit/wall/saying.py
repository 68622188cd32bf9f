"""What the console says of walls: where they stand, what the next press does, and what leaving would do."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session

from eventkit.events import rules as events
from eventkit.events.step import Offer, State, Step
from eventkit.wall import dots, grid, rules, walls
from eventkit.wall.models import Phase, Status, Wall
from eventkit.wall.phases import phase
from eventkit.web.language import gettext as _
from eventkit.web.language import ngettext


def title(session: Session, step: Step) -> str:
    """The step's name in the programme."""
    return step.title or _heading(walls.walls_of(session, step))


def state(session: Session, step: Step) -> State:
    """Where the walls stand, and what the next press does."""
    chosen = walls.walls_of(session, step)
    coming = rules.coming(session, step)
    written = sum(grid.count(session, wall) for wall in chosen)
    counts = [(str(written), _("notes")), (str(events.joined(session, step.event_id)), _("joined"))]
    if any(phase(wall) is Phase.DOTS for wall in chosen):
        counts.insert(1, (str(_dotted(session, chosen)), _("dot votes")))
    return State(
        chip=_chip(chosen),
        heading=title(session, step),
        sentence=" ".join(_sentences(session, chosen)),
        next=_next(session, chosen, coming),
        detail=_details().get(coming, "") if coming else "",
        final=coming is Phase.COUNTED,
        blocked=_blocked(session, chosen, coming),
        back=_back(chosen, rules.before(session, step)),
        open=any(phase(wall) is Phase.OPEN for wall in chosen),
        offers=tuple(_singly(chosen)),
        counts=tuple(counts),
        again=_("Begin the dot vote anew") if _dotted(session, chosen) else "",
    )


def leaving(session: Session, step: Step) -> str:
    """What leaving would do to walls that are open and to dots that are not counted; "" if there are none."""
    every = walls.every(session, step.event_id)
    return " ".join(filter(None, (_closing(every), _settling(session, every))))


def repeating(session: Session, step: Step) -> str:
    """What a new dot vote does to the dots that were given; "" if none were."""
    given = _dotted(session, walls.walls_of(session, step))
    if not given:
        return ""
    return ngettext(
        "Begin the dot vote anew? {number} vote is not counted, and is discarded unread.",
        "Begin the dot vote anew? {number} votes are not counted, and are discarded unread.",
        given,
    ).format(number=given)


def _closing(every: Sequence[Wall]) -> str:
    opened = sum(phase(wall) is Phase.OPEN for wall in every)
    if not opened:
        return ""
    return ngettext(
        "Close the wall and leave? Authors can no longer change their notes, and hidden notes lose their words.",
        "Close the walls and leave? Authors can no longer change their notes, and hidden notes lose their words.",
        opened,
    )


def _settling(session: Session, every: Sequence[Wall]) -> str:
    lost = _dotted(session, [wall for wall in every if phase(wall) is Phase.DOTS and dots.too_few(session, wall)])
    given = _dotted(session, every)
    if lost:
        return ngettext(
            "{number} dot vote is too few to count. Leave, and discard it unread?",
            "{number} dot votes are too few to count. Leave, and discard them unread?",
            lost,
        ).format(number=lost)
    if not given:
        return ""
    return ngettext(
        "Close the dot vote, count {number} vote and leave? Nobody can vote or change after this.",
        "Close the dot vote, count {number} votes and leave? Nobody can vote or change after this.",
        given,
    ).format(number=given)


def _heading(chosen: Sequence[Wall]) -> str:
    return chosen[0].question if len(chosen) == 1 else _("Walls")


def _chip(chosen: Sequence[Wall]) -> str:
    """The phase in which anything is going on, else the one that the walls furthest behind are in."""
    found = {phase(wall) for wall in chosen}
    order = (Phase.OPEN, Phase.DOTS, Phase.READY, Phase.CLOSED, Phase.COUNTED)
    return {
        Phase.READY: _("Ready"),
        Phase.OPEN: _("Open"),
        Phase.CLOSED: _("Closed"),
        Phase.DOTS: _("Dot vote"),
        Phase.COUNTED: _("Counted"),
    }[next((at for at in order if at in found), Phase.READY)]


def _sentences(session: Session, chosen: Sequence[Wall]) -> Iterator[str]:
    if not chosen:
        yield _("The plan has no walls.")
    elif all(phase(wall) is Phase.READY for wall in chosen):
        yield _("The questions are on the screen. Nobody can write yet.")
    for number, wall in enumerate(chosen, start=1):
        written, waiting = grid.count(session, wall), walls.count(session, wall, Status.WAITING)
        if phase(wall) is Phase.READY:
            continue
        text = ngettext("{number} note", "{number} notes", written).format(number=written)
        if waiting:
            text = _("{notes}, {waiting} to approve").format(notes=text, waiting=waiting)
        yield _("Wall {place}: {notes}.").format(place=number, notes=text) if len(chosen) > 1 else f"{text}."


def _next(session: Session, chosen: Sequence[Wall], coming: Phase | None) -> str:
    """The button's words; "" when only the next step is left."""
    several = sum(phase(wall) is _before(coming) for wall in chosen) if coming else 0
    given = _dotted(session, chosen)
    return {
        None: "",
        Phase.OPEN: ngettext("Open the wall", "Open the walls", several),
        Phase.CLOSED: ngettext("Close the wall", "Close the walls", several),
        Phase.DOTS: _("Open the dot vote"),
        Phase.COUNTED: ngettext("Count {number} vote", "Count {number} votes", given).format(number=given),
    }[coming]


def _details() -> dict[Phase, str]:
    return {
        Phase.OPEN: _("from now on people can write notes"),
        Phase.CLOSED: _("authors can no longer change their notes, and hidden notes lose their words"),
        Phase.DOTS: _("people choose the notes that matter most to them"),
        Phase.COUNTED: _("nobody can vote or change after this"),
    }


def _blocked(session: Session, chosen: Sequence[Wall], coming: Phase | None) -> str:
    voting = [wall for wall in chosen if phase(wall) is Phase.DOTS] if coming is Phase.COUNTED else []
    if not any(dots.too_few(session, wall) for wall in voting):
        return ""
    needed = max(1, events.event(session, voting[0].event_id).min_votes)
    return _("At least {needed} votes on each wall are needed before any may be counted.").format(needed=needed)


def _back(chosen: Sequence[Wall], at: Phase | None) -> str:
    if at is Phase.CLOSED:
        closed = sum(phase(wall) is at for wall in chosen)
        return ngettext("Open the wall for new notes", "Open the walls for new notes", closed)
    return {Phase.OPEN: _("Back to Ready"), Phase.DOTS: _("Close the dot vote")}.get(at or Phase.READY, "")


def _singly(chosen: Sequence[Wall]) -> Iterator[Offer]:
    """Where there are several walls: each by itself."""
    for number, wall in enumerate(chosen, start=1):
        if len(chosen) == 1 or phase(wall) in (Phase.DOTS, Phase.COUNTED):
            continue
        if phase(wall) is Phase.OPEN:
            close = _("Close wall {place}").format(place=number)
            yield Offer(
                close,
                f"walls/{wall.wall_id}/close",
                _("Authors can no longer change their notes, and hidden notes lose their words."),
            )
        elif phase(wall) is Phase.READY:
            yield Offer(_("Open wall {place}").format(place=number), f"walls/{wall.wall_id}/open")
        else:
            again = _("Open wall {place} for new notes").format(place=number)
            yield Offer(again, f"walls/{wall.wall_id}/open")


def _before(coming: Phase | None) -> Phase | None:
    order = tuple(Phase)
    return order[order.index(coming) - 1] if coming else None


def _dotted(session: Session, chosen: Sequence[Wall]) -> int:
    """How many have given dots that are not counted, or had before their key was lost."""
    boxes = [box for wall in chosen if (box := dots.box_of(session, wall))]
    return sum(max(box.voters, box.lost) for box in boxes)
