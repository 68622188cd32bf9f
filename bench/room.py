"""The event that the benchmarks run: one poll with three answers, and as many passes as asked for."""

from datetime import date

from sqlmodel import Session

from eventkit.database import now
from eventkit.events import rules as events
from eventkit.events.models import Event, Pass, Role
from eventkit.events.tokens import hash_token, new_token
from eventkit.stage.models import ProgrammeStep, Stage
from eventkit.voting.models import Format, Option, Poll
from eventkit.wall.models import Wall

CODE = "KKKKKKK"
WALL = f"/e/{CODE}/walls/w1"
BALLOT = f"/e/{CODE}/polls/p1/rounds/1/ballot"
QUESTION = "In Great Britain in 2011/12, what share of benefit spending was claimed fraudulently?"


def make(session: Session, people: int) -> tuple[str, list[str]]:
    """The token of a facilitator's link, and of every pass."""
    event = Event(event_id="bench", code=CODE, title="A day that is measured", date=date(2016, 5, 18), min_votes=1)
    session.add(event)
    session.flush()
    assert event.id is not None
    poll = Poll(event_id=event.id, position=1, poll_id="p1", format=Format.CHOICE, question=QUESTION)
    session.add(poll)
    session.flush()
    for option_id, text in zip("ABC", ("0.7 %", "7 %", "27 %"), strict=True):
        session.add(Option(poll_pk=poll.id or 0, option_id=option_id, text=text))
    steps = [
        ProgrammeStep(event_id=event.id, position=1, activity="poll", refs="p1"),
        ProgrammeStep(event_id=event.id, position=2, activity="close"),
    ]
    session.add_all(steps)
    session.flush()
    session.add(Stage(event_id=event.id, step_id=steps[0].id or 0))
    tokens = [new_token() for _ in range(people)]
    session.add_all(Pass(token_hash=hash_token(token), event_id=event.id) for token in tokens)
    return events.make_link(session, event.id, Role.FACILITATOR), tokens


def open_wall(session: Session) -> None:
    """A step of one wall instead of the poll's, with the wall open for notes."""
    session.add(Wall(event_id=1, position=1, wall_id="w1", question="What would you like to know?", opened_at=now()))
    step = session.get_one(ProgrammeStep, session.get_one(Stage, 1).step_id)
    step.activity, step.refs = "wall", "w1"
