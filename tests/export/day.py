"""A day with a counted, a discarded and an open vote, in SQLite; rows are added one by one."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy.pool import StaticPool
from sqlmodel import Session, SQLModel, create_engine

from eventkit.events.models import Event, Pass
from eventkit.evidence.models import Statistic
from eventkit.voting.models import Format, Option, Poll, Round, Tally

MOMENT = datetime(2016, 5, 18, 14, 30, tzinfo=UTC)


@dataclass
class Day:
    """An event, and rows added to it one by one."""

    session: Session
    event: Event

    def statistic(self, statistic_id: str, value: str, **given: object) -> Statistic:
        texts = {"measure": "doubts", "unit": "%", "geography_name": "Fife", "period_label": "2015/16"} | given
        row = Statistic(event_id=self.event.id, statistic_id=statistic_id, value=Decimal(value), **texts)
        self.session.add(row)
        self.session.flush()
        return row

    def poll(self, poll_id: str, options: Sequence[tuple[str, str | None, bool]], **given: object) -> Poll:
        position = len(self.session.new) + int(poll_id[1:])
        fields = {"format": Format.CHOICE, "question": f"Question {poll_id}?", "position": position} | given
        poll = Poll(event_id=self.event.id, poll_id=poll_id, **fields)
        self.session.add(poll)
        self.session.flush()
        for letter, (text, value, correct) in zip("ABCDE", options, strict=False):
            claim = None if value is None else Decimal(value)
            self.session.add(Option(poll_pk=poll.id, option_id=letter, text=text, value=claim, correct=correct))
        self.session.flush()
        return poll

    def round(self, poll: Poll, votes: dict[str, int], **given: object) -> Round:
        row = Round(event_id=self.event.id, poll_pk=poll.id, number=1, base=42, opened_at=MOMENT, **given)
        self.session.add(row)
        self.session.flush()
        self.session.add_all(Tally(round_pk=row.id, option_id=option, votes=n) for option, n in votes.items())
        self.session.flush()
        return row


@contextmanager
def database() -> Iterator[Session]:
    """A session of an empty database with every table."""
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    SQLModel.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


def day(session: Session, **given: object) -> Day:
    """An event without anything in it."""
    fields = {"event_id": "fife", "code": "K7M4PDX", "title": "A fairer Fife", "date": date(2016, 5, 18)} | given
    event = Event(**fields)
    session.add(event)
    session.flush()
    return Day(session, event)


def fife(session: Session) -> Day:
    """Poll p1 counted, p2 (a myth) discarded, p3 open, p4 never put to the room."""
    fife = day(session, changed_at=MOMENT, delete_after=date(2017, 5, 18))
    fife.statistic("s1", "0.7", evidence_grade="C", geography_name="Great Britain")
    fife.statistic("s2", "80", evidence_grade="B", period_start=date(2015, 4, 1))
    claims = [("0.7 %", "0.7", True), ("7 %", "7", False), ("27 %", "27", False)]
    p1 = fife.poll("p1", claims, national_statistic="s1", allow_not_sure=True, unit="%")
    fife.round(p1, {"A": 12, "B": 10, "C": 18, "not_sure": 2}, closed_at=MOMENT, counted_at=MOMENT)
    answers = [("True", None, False), ("False", None, True)]
    p2 = fife.poll("p2", answers, format=Format.MYTH, local_statistic="s2")
    fife.round(p2, {}, closed_at=MOMENT, discarded_at=MOMENT)
    p3 = fife.poll("p3", claims, local_statistic="s2")
    fife.round(p3, {})
    fife.poll("p4", claims, local_statistic="s2")
    fife.session.add(Pass(token_hash="0" * 64, event_id=fife.event.id or 0))
    fife.session.flush()
    return fife
