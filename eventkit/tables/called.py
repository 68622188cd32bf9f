"""What people and tables are called on the desk, by their ids."""

from collections import Counter
from collections.abc import Mapping

from sqlmodel import Session, col, select

from eventkit.events.models import Person
from eventkit.tables.breaches import Names
from eventkit.tables.models import TableInRound
from eventkit.web.language import gettext as _


def names(session: Session, event_id: int) -> Names:
    """What everybody and everything is called."""
    return Names(_people(session, event_id), _tables(session, event_id))


def _people(session: Session, event_id: int) -> Mapping[str, str]:
    """Names by person_id; those who share one are told apart by their organisation, or else by the id."""
    found = session.exec(
        select(Person.person_id, Person.name, Person.organisation)
        .where(Person.event_id == event_id)
        .order_by(col(Person.position))
    ).all()
    shared = Counter(name for _id, name, _organisation in found)
    twins = Counter((name, organisation) for _id, name, organisation in found)
    return {
        person_id: name
        if shared[name] == 1
        else _("{name} ({which})").format(
            name=name, which=organisation if organisation and twins[name, organisation] == 1 else person_id
        )
        for person_id, name, organisation in found
    }


def _tables(session: Session, event_id: int) -> Mapping[str, str]:
    """Names by table; the short name of the plan where it gives no other."""
    found = session.exec(
        select(TableInRound.table, TableInRound.name)
        .where(TableInRound.event_id == event_id)
        .order_by(col(TableInRound.position))
    ).all()
    return {table: name or table for table, name in found} | {table: name for table, name in found if name}
