"""How many people have a seat in a round, who is here without one, and which tables have no host."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from eventkit.events.models import Attendance, Person
from eventkit.tables import stored
from eventkit.tables.models import SeatingRule, TableInRound
from eventkit.tables.room import Kind


@dataclass(frozen=True)
class Counts:
    """A round in numbers: `tables` are those at which somebody sits, by what they are called, in the plan's order.

    `here` and `unseated` are people who have arrived; `without_host` is empty where the plan names no hosts.
    """

    tables: Sequence[tuple[str, int]]
    here: int
    unseated: int
    without_host: Sequence[str]

    @property
    def seated(self) -> int:
        """How many people have a seat."""
        return sum(people for _table, people in self.tables)


def of(session: Session, event_id: int, number: int) -> Counts:
    """The numbers of a round."""
    names = table_names(session, event_id)
    seats = stored.seats_of(session, event_id).get(number, {})
    at = Counter(seats.values())
    arrived = session.exec(
        select(Person.person_id, Person.rounds).where(Person.event_id == event_id, Person.attendance == Attendance.HERE)
    ).all()
    hosts = _hosts(session, event_id, number)
    hosted = {seats[host] for host in hosts if host in seats}
    known = [*names, *(table for table in at if table not in names)]
    return Counts(
        tables=[(names.get(table, table), at[table]) for table in known if at[table]],
        here=len(arrived),
        unseated=sum(1 for who, rounds in arrived if who not in seats and _there(rounds, number)),
        without_host=[names.get(table, table) for table in known if at[table] and table not in hosted] if hosts else [],
    )


def table_names(session: Session, event_id: int) -> Mapping[str, str]:
    """What people read of each table, in the plan's order: its name, or its short name if it has no other."""
    mine = select(TableInRound).where(TableInRound.event_id == event_id).order_by(col(TableInRound.position))
    names: dict[str, str] = {}
    for table in session.exec(mine):
        if table.name or table.table not in names:
            names[table.table] = table.name or table.table
    return names


def _there(rounds: str, number: int) -> bool:
    """Whether a person's rounds, "" for all of them, have this one among them."""
    return not rounds or str(number) in re.split(r"[\s,;]+", rounds)


def _hosts(session: Session, event_id: int, number: int) -> frozenset[str]:
    rules = session.exec(
        select(SeatingRule).where(SeatingRule.event_id == event_id, SeatingRule.kind == Kind.HOST)
    ).all()
    return frozenset(rule.person_id for rule in rules if rule.round in (None, number))
