"""The database as the command line uses it, and the events that are in it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, col, select

from eventkit.activities import ACTIVITIES
from eventkit.database import Database, now
from eventkit.errors import BadInput, Conflict, NotFound, Unavailable
from eventkit.events import retention
from eventkit.events import rules as events
from eventkit.events.models import Event
from eventkit.migrations import run as migrations
from eventkit.plan import whole
from eventkit.plan.applying import apply
from eventkit.plan.changes import Change, differences
from eventkit.sheet import Plan, Problem, Row, Value
from eventkit.web.dates import day
from eventkit.web.language import gettext as _
from eventkit.web.language import ngettext

UNTITLED = "untitled"


@dataclass(frozen=True)
class Stored:
    """An event that is in the database. `created`: it is new there. `notes` are lines for whoever starts the server."""

    id: int
    event_id: str
    code: str
    title: str
    created: bool = False
    notes: tuple[str, ...] = ()


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


def admit(session: Session, plan: Plan, *, update: bool = False) -> Stored:
    """Takes a checked plan up: as a new event, or as the event that it is the plan of.

    A plan that differs from the stored one is refused with the differences, or, to `update`, applied. The plan of the
    last start is taken for the stored one, so that the same command starts again what was changed on the desk since.
    Raises `Conflict`, and `PlanRefused` where an update touches what the room has seen or answered.
    """
    event_id = plan.rows("event")[0].text("event_id")
    event = session.exec(select(Event).where(Event.event_id == event_id)).one_or_none()
    digest = whole.digest(plan)
    if event is None:
        event = whole.create(session, plan, ACTIVITIES, events.free_code(session))
        if event.delete_after and retention.is_over(event, now()):
            raise Conflict(_already_over(event.event_id, event.delete_after))
        event.file_digest = digest
        return _stored(event, created=True)
    notes: list[str] = []
    if update:
        notes = apply(session, event.id or 0, plan, ACTIVITIES)
    elif digest not in (held := whole.digest_of(session, event, ACTIVITIES), event.file_digest):
        raise Conflict(_differs(event_id, differences(whole.stored(session, event, ACTIVITIES), plan)))
    elif digest != held:
        notes = [_("The plan was changed on the desk since, and goes on as it is there.")]
    event.file_digest = digest
    return _stored(event, notes=notes)


def all_events(session: Session) -> list[Stored]:
    """Every stored event; where there is none, a new one without a title."""
    found = session.exec(select(Event).order_by(col(Event.id))).all()
    return [_stored(event) for event in found] or [admit(session, _untitled())]


def _differs(event_id: str, changes: Sequence[Change]) -> str:
    first = _("“{event}” is stored here already, and this plan differs from the stored one:")
    last = _(
        "Nothing was changed. Add --update to apply this, start without a plan to go on with the stored event, or give "
        "this plan an event_id of its own."
    )
    return "\n".join([first.format(event=event_id), *(f"  {change}" for change in changes), last])


def _already_over(event_id: str, delete_after: date) -> str:
    return _(
        "“{event}” was to be kept until {date}, which has passed: it would be deleted at once. Give it a later "
        "delete_after, or leave that empty. Nothing was started."
    ).format(event=event_id, date=day(delete_after))


def _untitled() -> Plan:
    cells: dict[str, Value] = {"event_id": UNTITLED, "title": _("Untitled event"), "date": now().date()}
    return Plan({"event": (Row("event", 0, cells),)})


def known_versions() -> set[str]:
    """The versions of the tables that this program can read, or bring up to its own."""
    return {script.revision for script in _scripts().walk_revisions()}


def _stored(event: Event, *, created: bool = False, notes: Sequence[str] = ()) -> Stored:
    return Stored(event.id or 0, event.event_id, event.code, event.title, created, tuple(notes))


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
    if version is not None and version not in known_versions():
        raise Unavailable(_("{path} was written by a newer version of eventkit. Use that version.").format(path=path))
    return version


def _newest() -> str | None:
    return _scripts().get_current_head()


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(Path(migrations.__file__).parent))
