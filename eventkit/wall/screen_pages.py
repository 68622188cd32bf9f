"""What the screen shows of walls: their cells, their themes, or one note that everybody looks at."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session

from eventkit.codebook import rules as codebook
from eventkit.codebook.models import Kind
from eventkit.events import rules as events
from eventkit.events.activity import Page
from eventkit.events.step import Step
from eventkit.wall import dots, fitting, rules, screen, walls
from eventkit.wall.grid import concealed
from eventkit.wall.models import Phase, Status, Wall
from eventkit.wall.phases import phase
from eventkit.web.language import gettext as _
from eventkit.web.language import ngettext


def screen_frame(session: Session, step: Step) -> Page:
    """What the screen shows of a step now."""
    return _frame(session, step, {wall.id: phase(wall) for wall in walls.walls_of(session, step)})


def ahead(session: Session, step: Step) -> Page | None:
    """The screen after the next press; None if that leads to the next step.

    Notes are those of now, and of dots only what was counted before: nobody has seen the others.
    """
    coming = rules.coming(session, step)
    if coming is None:
        return None
    phases = {wall.id: phase(wall) for wall in walls.walls_of(session, step)}
    behind = min((at for at in phases.values() if list(Phase).index(at) < list(Phase).index(coming)), default=coming)
    return _frame(session, step, {number: coming if at is behind else at for number, at in phases.items()})


def _frame(session: Session, step: Step, phases: Mapping[int | None, Phase]) -> Page:
    showing = screen.page_of(session, step)
    at = _together([phases[column.wall.id] for column in showing.columns])
    every = _together(list(phases.values()))
    values: dict[str, Any] = {
        "showing": showing,
        "fitting": fitting,
        "phases": phases,
        "at": at,
        "heading": step.title or _("The walls"),
        "foot": _foot(session, step, showing, at),
        "announce": _announce(showing, every),
    }
    if lit := screen.lit(session, step.event_id):
        asked = session.get_one(Wall, lit.wall_pk).question
        return Page("wall/_screen_spotlight.html", values | {"question": asked})
    if showing.cards is not None:
        return Page("wall/_screen_themes.html", values | {"without": _without_theme(session, step, showing)})
    if showing.place:
        return Page("wall/_screen_wall.html", values | {"most_dots": _most_dots(session, showing.columns[0].wall)})
    return Page("wall/_screen_walls.html", values)


def _together(phases: Sequence[Phase]) -> Phase:
    """What is said of several walls: whatever people can do on any of them, else how far the last of them has come."""
    order = (Phase.OPEN, Phase.DOTS, Phase.READY, Phase.CLOSED, Phase.COUNTED)
    return next((at for at in order if at in phases), Phase.READY)


def _foot(session: Session, step: Step, showing: screen.Showing, at: Phase) -> str:
    """What people can do now, or what has become of it."""
    notes = ngettext("{number} note", "{number} notes", showing.notes).format(number=showing.notes)
    if at is Phase.DOTS:
        voting = [wall for wall in walls.walls_of(session, step) if phase(wall) is Phase.DOTS]
        boxes = [box for wall in voting if (box := dots.box_of(session, wall))]
        sentence = _("{notes}. Give your dots on your phone: {given} of {base} people have.")
        given = max((box.voters for box in boxes), default=0)
        return sentence.format(notes=notes, given=given, base=events.joined(session, step.event_id))
    return {
        Phase.READY: _("Soon you can answer on your phone: one idea a note, no names."),
        Phase.OPEN: _("{notes}. Write yours on your phone: one idea a note, no names."),
        Phase.CLOSED: _("{notes}. Writing has closed."),
        Phase.COUNTED: _("{notes}, with the dots that you gave them."),
    }[at].format(notes=notes)


def _announce(showing: screen.Showing, at: Phase) -> str:
    if showing.spotlight:
        return _("One note for everybody: {text}").format(text=showing.spotlight.text)
    question = showing.columns[0].wall.question if showing.place else ""
    return (
        {
            Phase.READY: _("Notes can be written soon. {question}"),
            Phase.OPEN: _("Notes can be written now. {question}"),
            Phase.CLOSED: _("Writing has closed. {question}"),
            Phase.DOTS: _("Dots can be given now. {question}"),
            Phase.COUNTED: _("The dots are counted. {question}"),
        }[at]
        .format(question=question)
        .strip()
    )


def _without_theme(session: Session, step: Step, showing: screen.Showing) -> int:
    """How many notes on the screen's walls stand under no theme."""
    shown = [
        note.note_id
        for wall in walls.walls_of(session, step)
        if not concealed(wall) and any(wall.id == column.wall.id for column in showing.columns)
        for note in walls.notes(session, wall, Status.SHOWN)
        if note.cell is not None
    ]
    return len(shown) - len(codebook.grouped(session, step.event_id, Kind.WALL_NOTE, shown))


def _most_dots(session: Session, wall: Wall) -> int:
    """The most that any of its notes got, for the length of bars; 0 before the count."""
    if not wall.dots_counted_at:
        return 0
    return max((note.dots or 0 for note in walls.notes(session, wall, Status.SHOWN)), default=0)
