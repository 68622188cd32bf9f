"""The database as the command line uses it, and the events that are in it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, col, select

from eventkit.activities import ACTIVITIES
from eventkit.database import Database, now
from eventkit.errors import BadInput, Conflict, NotFound, Unavailable
from eventkit.events import rules as events
from eventkit.events.models import Event
from eventkit.migrations import run as migrations
from eventkit.plan import whole
from eventkit.sheet import Plan, Problem, Row, Value
from eventkit.web.language import gettext as _
from eventkit.web.language import ngettext

UNTITLED = "untitled"


@dataclass(frozen=True)
class Stored:
    """An event that is in the database; `created` says that it is new there."""

    id: int
    event_id: str
    code: str
    title: str
    created: bool = False


@contextmanager
def open_database(path: Path) -> Iterator[Database]:
    """The database, held by this process and brought to the newest version. Raises `Unavailable`."""
    database = Database(path)
    database.open()
    try:
        with database.writing.begin() as connection:
            _known(connection, path)
            migrations.upgrade(connection)
        yield database
    finally:
        database.close()


@contextmanager
def open_readers(path: Path) -> Iterator[Database]:
    """The database for reading alone, also while a server holds it. Raises `NotFound` or `Unavailable`."""
    if not path.is_file():
        raise NotFound(
            _("No events are stored in {folder}. Name another folder with --data.").format(folder=path.parent)
        )
    database = Database(path)
    try:
        with database.reading() as session:
            if _known(session.connection(), path) != _newest():
                raise Unavailable(
                    _("{path} was written by an earlier version. Start its server once, then try again.").format(
                        path=path
                    )
                )
        yield database
    finally:
        database.close()


def read_plan(path: Path) -> Plan:
    """The plan, if nothing in it must be mended. Raises `BadInput` with every problem."""
    plan, problems = whole.load(path, ACTIVITIES)
    blocking = [problem for problem in problems if problem.blocks]
    if blocking:
        raise BadInput(_all_of(path, blocking))
    return plan


def admit(session: Session, plan: Plan) -> Stored:
    """Takes a checked plan up: as a new event, or as the event that was made of it before. Raises `Conflict`."""
    event_id = plan.rows("event")[0].text("event_id")
    found = session.exec(select(Event).where(Event.event_id == event_id)).one_or_none()
    if found is None:
        return _stored(whole.create(session, plan, ACTIVITIES, events.free_code(session)), created=True)
    if found.plan_digest != whole.digest(plan):
        raise Conflict(
            _(
                "“{event}” is stored here already, and this plan is not the one that it was made of. What differs is "
                "not applied yet, and nothing was changed. Start without a plan to go on with the stored event, or "
                "give this plan an event_id of its own."
            ).format(event=event_id)
        )
    return _stored(found)


def all_events(session: Session) -> list[Stored]:
    """Every stored event; where there is none, a new one without a title."""
    found = session.exec(select(Event).order_by(col(Event.id))).all()
    return [_stored(event) for event in found] or [admit(session, _untitled())]


def _untitled() -> Plan:
    cells: dict[str, Value] = {"event_id": UNTITLED, "title": _("Untitled event"), "date": now().date()}
    return Plan({"event": (Row("event", 0, cells),)})


def _stored(event: Event, *, created: bool = False) -> Stored:
    return Stored(event.id or 0, event.event_id, event.code, event.title, created)


def _all_of(path: Path, problems: Sequence[Problem]) -> str:
    first = ngettext("{name} has {number} problem:", "{name} has {number} problems:", len(problems))
    last = _("Nothing was started. Mend the plan, then try again.")
    return "\n".join([first.format(name=path.name, number=len(problems)), *(f"  {each}" for each in problems), last])


def _known(connection: Connection, path: Path) -> str | None:
    """The version of the tables, None if there are none yet. Raises `Unavailable` if this program cannot read them."""
    try:
        version = MigrationContext.configure(connection).get_current_revision()
    except DatabaseError as error:
        raise Unavailable(_("{path} cannot be read: {reason}.").format(path=path, reason=error.orig)) from None
    known = {script.revision for script in _scripts().walk_revisions()}
    if version is not None and version not in known:
        raise Unavailable(_("{path} was written by a newer version of eventkit. Use that version.").format(path=path))
    return version


def _newest() -> str | None:
    return _scripts().get_current_head()


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(Path(migrations.__file__).parent))
