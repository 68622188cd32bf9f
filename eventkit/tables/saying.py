"""What the console says of a step of tables: who has a seat, and what the organisers must still see to."""

from collections.abc import Iterator

from sqlmodel import Session

from eventkit.events import rules as events
from eventkit.events.step import State, Step
from eventkit.tables import counts
from eventkit.tables.counts import Counts
from eventkit.web.language import gettext as _
from eventkit.web.language import ngettext


def title(_session: Session, step: Step) -> str:
    """The programme's own words, or the usual ones with the round where there are several."""
    if step.title or step.of == 1:
        return step.title or _("Tables")
    return _("Tables, round {round}").format(round=step.number)


def state(session: Session, step: Step) -> State:
    """Who has a seat in the round."""
    event = events.event(session, step.event_id)
    found = counts.of(session, step.event_id, step.number)
    return State(
        chip=_("On now") if event.started_at else _("Ready"),
        heading=title(session, step),
        sentence=" ".join([_seated(found, step.number), *warnings(found)]),
        counts=(
            (str(found.seated), _("seated")),
            (str(found.here), _("here")),
            (str(events.joined(session, step.event_id)), _("joined")),
        ),
    )


def leaving(_session: Session, _step: Step) -> str:
    """Nothing would be lost."""
    return ""


def repeating(_session: Session, _step: Step) -> str:
    """There is nothing to begin anew."""
    return ""


def warnings(found: Counts) -> Iterator[str]:
    """What the organisers must see to at the door or on the desk."""
    if found.seated and found.unseated:
        yield ngettext(
            "{number} person who is here has no seat.", "{number} people who are here have no seat.", found.unseated
        ).format(number=found.unseated)
    if found.without_host:
        names = ", ".join(found.without_host)
        yield ngettext("No host sits at {tables}.", "No hosts sit at {tables}.", len(found.without_host)).format(
            tables=names
        )


def _seated(found: Counts, number: int) -> str:
    if not found.seated:
        return _("Nobody has a seat in round {round} yet. Organisers seat people on the desk.").format(round=number)
    tables = ngettext("{number} table", "{number} tables", len(found.tables)).format(number=len(found.tables))
    return ngettext(
        "Round {round}: {number} person has a seat at {tables}.",
        "Round {round}: {number} people have a seat at {tables}.",
        found.seated,
    ).format(round=number, number=found.seated, tables=tables)
