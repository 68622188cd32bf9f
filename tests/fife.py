"""A small standing cast: the Fife event with two polls, and a stranger's event beside it in the same database.

The choice poll's answers have texts and ids of different length, so that a length can give one away.
"""

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlmodel import Session

from eventkit.database import Database
from eventkit.events import rules as events
from eventkit.events.models import Event, Role
from eventkit.evidence.models import Statistic
from eventkit.migrations.run import upgrade
from eventkit.stage.models import ProgrammeStep, Stage
from eventkit.voting.models import Format, Option, Poll

FIFE, STRANGER = 1, 2
CODES = {FIFE: "K7M4PDX", STRANGER: "GHJ4KMN"}
CHOICES = {
    "A": "None",
    "B": "About a third of them",
    "C": "Half",
    "D": "More than four in every five of them, it seems",
}


def opened(path: Path) -> Database:
    """A database at this path, open, with its tables."""
    return _copied(_with_tables(), path)


def with_cast(path: Path, *, min_votes: int = 1) -> Database:
    """An open database that holds both events."""
    return _copied(_with_events(min_votes), path)


def cookie(session: Session, event_id: int, role: Role) -> str:
    """The cookie of somebody who has used a fresh link for this role."""
    return events.use_link(session, event_id, role, events.make_link(session, event_id, role))


def _copied(file: bytes, path: Path) -> Database:
    """Thousands of tests begin with the same file, so that it is made once; a file that is there already goes on."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file)
    database = Database(path)
    database.open()
    return database


@cache
def _with_tables() -> bytes:
    with TemporaryDirectory() as folder:
        database = Database(Path(folder) / "eventkit.sqlite3")
        database.open()
        with database.writing.begin() as connection:
            upgrade(connection)
        database.close()
        return database.path.read_bytes()


@cache
def _with_events(min_votes: int) -> bytes:
    with TemporaryDirectory() as folder:
        database = opened(Path(folder) / "eventkit.sqlite3")
        with Session(database.writing) as session:
            for event_id in (FIFE, STRANGER):
                _event(session, event_id, min_votes)
            session.commit()
        database.close()
        return database.path.read_bytes()


def _event(session: Session, event_id: int, min_votes: int) -> None:
    names = {FIFE: "fife-2016", STRANGER: "stranger-2026"}
    session.add(
        Event(
            id=event_id,
            event_id=names[event_id],
            code=CODES[event_id],
            title="Working together with data",
            date=date(2016, 5, 18),
            place="Fife",
            min_votes=min_votes,
        )
    )
    session.flush()
    session.add(_figure(event_id))
    _poll(session, event_id, 1, Format.CHOICE, CHOICES)
    _poll(session, event_id, 2, Format.MYTH, {"A": "True", "B": "False"})
    steps = [("welcome", ""), ("poll", "p1"), ("poll", "p2"), ("close", "")]
    rows = [
        ProgrammeStep(event_id=event_id, position=position, activity=word, refs=refs)
        for position, (word, refs) in enumerate(steps, start=1)
    ]
    session.add_all(rows)
    session.flush()
    session.add(Stage(event_id=event_id, step_id=rows[0].id))


def _poll(session: Session, event_id: int, position: int, kind: Format, texts: dict[str, str]) -> None:
    poll = Poll(
        event_id=event_id,
        position=position,
        poll_id=f"p{position}",
        format=kind,
        question="How many of those sanctioned in Fife found a job?",
        national_statistic="jobs",
        allow_not_sure=kind is Format.CHOICE,
        myth_text="Everybody finds a job." if kind is Format.MYTH else "",
    )
    session.add(poll)
    session.flush()
    session.add_all(
        Option(poll_pk=poll.id, option_id=option_id, text=text, correct=option_id == "B")
        for option_id, text in texts.items()
    )


def _figure(event_id: int) -> Statistic:
    return Statistic(
        event_id=event_id,
        statistic_id="jobs",
        measure="Found a job",
        value=Decimal(33),
        unit="%",
        geography_name="Scotland",
        period_label="2015",
        publisher="An office of this test",
        dataset="A table of this test",
    )
