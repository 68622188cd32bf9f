"""The programme: which step is on, and the way forward, back and across, one press at a time.

Every command says which version of the stage it saw, so that two presses at once never skip a step.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from eventkit.errors import Conflict, NotFound
from eventkit.events import rules as events
from eventkit.events.step import Step
from eventkit.evidence import rules as evidence
from eventkit.stage.models import ProgrammeStep, Stage
from eventkit.stage.plain import CLOSE, activity_of
from eventkit.stage.plain import end as end_event
from eventkit.web.language import gettext as _

JOIN_CODE, BLANK, CARD = "join-code", "blank", "card/"


@dataclass(frozen=True)
class Question:
    """Something that must be asked before a command is carried out; "" is carried out."""

    sentence: str = ""


def stage_of(session: Session, event_id: int) -> Stage:
    """What is on at an event."""
    found = session.get(Stage, event_id)
    if found is None:
        raise NotFound(_("There is no such event here."))
    return found


def steps(session: Session, event_id: int) -> Sequence[Step]:
    """The steps of the day in order."""
    rows = session.exec(
        select(ProgrammeStep).where(ProgrammeStep.event_id == event_id).order_by(col(ProgrammeStep.position))
    ).all()
    words = [row.activity for row in rows]
    return [
        Step(
            id=row.id or 0,
            event_id=event_id,
            position=row.position,
            word=row.activity,
            refs=tuple(row.refs.split()),
            title=row.title,
            time=row.time,
            minutes=row.minutes,
            number=words[: index + 1].count(row.activity),
            of=words.count(row.activity),
        )
        for index, row in enumerate(rows)
    ]


def current(session: Session, event_id: int) -> Step:
    """The step that is on."""
    return _step(session, event_id, stage_of(session, event_id).step_id)


def following(session: Session, step: Step) -> Step | None:
    """The step after this one, or None after the last."""
    return _neighbour(session, step, 1)


def forward(session: Session, event_id: int, version: int) -> None:
    """One phase on, or, when the step has shown all, to the next step."""
    step = _seen(session, event_id, version)
    _moved(session, event_id)
    if activity_of(step.word).rules.forward(session, step):
        return
    target = following(session, step)
    if target is None:
        raise Conflict(_("This is the end of the programme."))
    _go(session, step, target)


def back(session: Session, event_id: int, version: int, confirmed: bool) -> Question:
    """One phase back, or to the step before. Asks first if leaving would settle an open vote."""
    step = _seen(session, event_id, version)
    if activity_of(step.word).rules.back(session, step):
        _moved(session, event_id)
        return Question()
    target = _neighbour(session, step, -1)
    if target is None:
        raise Conflict(_("This is the beginning of the programme."))
    return _leave(session, step, target, confirmed)


def jump(session: Session, event_id: int, version: int, step_id: int, confirmed: bool) -> Question:
    """To any step. Asks first if leaving would settle an open vote."""
    step = _seen(session, event_id, version)
    target = _step(session, event_id, step_id)
    if target.id == step.id:
        return Question()
    return _leave(session, step, target, confirmed)


def again(session: Session, event_id: int, version: int, confirmed: bool) -> Question:
    """Begins the step anew, after a question that says what would be lost. Raises `Conflict` where it cannot be."""
    step = _seen(session, event_id, version)
    sentence = activity_of(step.word).saying.repeating(session, step)
    if not sentence:
        raise Conflict(_("There is nothing here that can be done again."))
    if not confirmed:
        return Question(sentence)
    _moved(session, event_id)
    activity_of(step.word).rules.again(session, step)
    return Question()


def toggle_join_code(session: Session, event_id: int) -> None:
    """Shows the join code large on the screen, or puts it away."""
    _toggle(session, event_id, JOIN_CODE)


def toggle_blank(session: Session, event_id: int) -> None:
    """Shows nothing on the screen, or again what was there. Phones are not touched."""
    _toggle(session, event_id, BLANK)


def toggle_card(session: Session, event_id: int, statistic_id: str) -> None:
    """Lays the source card of a figure that the room was shown over the screen, or puts it away. Raises `NotFound`."""
    evidence.shown(session, event_id, statistic_id)
    _toggle(session, event_id, CARD + statistic_id)


def card_on_screen(stage: Stage) -> str:
    """The statistic_id of the source card that lies over the screen, "" if none does."""
    return stage.overlay.removeprefix(CARD) if stage.overlay.startswith(CARD) else ""


def end(session: Session, event_id: int) -> None:
    """Ends the event from the desk: the room goes to the close, and whatever is open is settled."""
    step = current(session, event_id)
    activity_of(step.word).rules.leave(session, step)
    closing = _closing(session, event_id)
    if closing != step.id:
        _moved(session, event_id)
        session.get_one(ProgrammeStep, step.id).shown = True
        stage_of(session, event_id).step_id = closing
    end_event(session, event_id)


def _closing(session: Session, event_id: int) -> int:
    """The close; a programme without one gets it now, or the room would stay at a vote after the end."""
    day = steps(session, event_id)
    found = [step.id for step in day if step.word == CLOSE]
    if found:
        return found[-1]
    added = ProgrammeStep(event_id=event_id, position=day[-1].position + 1, activity=CLOSE)
    session.add(added)
    session.flush()
    return added.id or 0


def _seen(session: Session, event_id: int, version: int) -> Step:
    """The step that the presser saw. The losing one of two presses is told, and nothing is skipped."""
    stage = stage_of(session, event_id)
    if stage.version != version:
        raise Conflict(_("The room had already moved on when this was pressed. This is where it is now."))
    return _step(session, event_id, stage.step_id)


def _toggle(session: Session, event_id: int, overlay: str) -> None:
    stage = stage_of(session, event_id)
    stage.overlay = "" if stage.overlay == overlay else overlay


def _moved(session: Session, event_id: int) -> None:
    stage = stage_of(session, event_id)
    stage.version += 1
    stage.overlay = ""


def _leave(session: Session, step: Step, target: Step, confirmed: bool) -> Question:
    sentence = activity_of(step.word).saying.leaving(session, step)
    if sentence and not confirmed:
        return Question(sentence)
    _moved(session, step.event_id)
    _go(session, step, target)
    return Question()


def _go(session: Session, step: Step, target: Step) -> None:
    activity_of(step.word).rules.leave(session, step)
    session.get_one(ProgrammeStep, step.id).shown = True
    stage_of(session, step.event_id).step_id = target.id
    events.start(session, step.event_id)
    activity_of(target.word).rules.enter(session, target)


def _neighbour(session: Session, step: Step, way: int) -> Step | None:
    day = steps(session, step.event_id)
    index = [other.id for other in day].index(step.id) + way
    return day[index] if 0 <= index < len(day) else None


def _step(session: Session, event_id: int, step_id: int) -> Step:
    found = [step for step in steps(session, event_id) if step.id == step_id]
    if not found:
        raise NotFound(_("There is no such step in the programme."))
    return found[0]
