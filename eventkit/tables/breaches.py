"""The hard demands that a round's seats do not keep: counted as `scoring` counts `broken`, and said in words. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from eventkit.tables.room import Kind, Room, Rule
from eventkit.tables.scoring import kept
from eventkit.web.language import gettext as _
from eventkit.web.language import ngettext


class Demand(StrEnum):
    """What is not kept: a rule of the plan, or what every table and every person needs."""

    RULE = "rule"
    HOST = "host"
    MOST = "most"
    FEWEST = "fewest"
    SEAT = "seat"


@dataclass(frozen=True)
class Breach:
    """One demand that is not kept, `count` times: by `rule`, at `table`, or for the person `person_id`.

    `limit`: how many chairs or people the table demands, or how many hosts it has.
    """

    demand: Demand
    count: int = 1
    rule: Rule | None = None
    table: str = ""
    person_id: str = ""
    limit: int = 0


@dataclass(frozen=True)
class Names:
    """What people and tables are called, by person_id and by table; who is not in it is called by the id."""

    people: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, str] = field(default_factory=dict)

    def person(self, person_id: str) -> str:
        """What somebody is called."""
        return self.people.get(person_id) or person_id

    def table(self, table: str) -> str:
        """What a table is called."""
        return self.tables.get(table) or table


class Demands:
    """What one round demands. `places`: person_id → table of everybody who sits at a table of the round."""

    def __init__(self, room: Room, number: int) -> None:
        self.tables = {table.table: table for table in room.tables_in(number)}
        self.people = [person.person_id for person in room.people_in(number)]
        self.rules = room.rules_in(number)
        self.hosts = {rule.person_id for rule in self.rules if rule.kind is Kind.HOST}
        self._accessible = {name for name, table in self.tables.items() if table.accessible}
        self._about: dict[str, list[int]] = {}
        for place, rule in enumerate(self.rules):
            for person_id in {rule.person_id, rule.other_id} - {""}:
                self._about.setdefault(person_id, []).append(place)

    def about(self, person_id: str) -> Sequence[Rule]:
        """The rules that name a person."""
        return [self.rules[place] for place in self._about.get(person_id, ())]

    def every(self, places: Mapping[str, str]) -> list[Breach]:
        """All that the round does not keep; the sum of `count` is `broken` of `scoring.Measures`."""
        sitting: dict[str, list[str]] = {table: [] for table in self.tables}
        for person_id, table in places.items():
            sitting[table].append(person_id)
        return [*self.of_people(self.people, places), *self.of_tables(sitting)]

    def of_people(self, people: Collection[str], places: Mapping[str, str]) -> Iterator[Breach]:
        """Rules that name any of these people, each once, and those of them who have no seat."""
        for place in dict.fromkeys(place for person_id in people for place in self._about.get(person_id, ())):
            if not kept(self.rules[place], places, self._accessible):
                yield Breach(Demand.RULE, rule=self.rules[place])
        for person_id in people:
            if person_id not in places:
                yield Breach(Demand.SEAT, person_id=person_id)

    def of_tables(self, sitting: Mapping[str, Collection[str]]) -> Iterator[Breach]:
        """What these tables lack, or have too much of. `sitting`: table → its people."""
        for name, people in sitting.items():
            table, size = self.tables[name], len(people)
            if size > table.max_seats:
                yield Breach(Demand.MOST, size - table.max_seats, table=name, limit=table.max_seats)
            if size < table.min_seats:
                yield Breach(Demand.FEWEST, table.min_seats - size, table=name, limit=table.min_seats)
            if self.hosts and (hosts := sum(person_id in self.hosts for person_id in people)) != 1:
                yield Breach(Demand.HOST, table=name, limit=hosts)


def demanded(rule: Rule, names: Names) -> str:
    """What a rule demands, as a sentence without a full stop; in which round is not said."""
    sentences = {
        Kind.FIXED: _("{person} sits at {table}"),
        Kind.BANNED: _("{person} does not sit at {table}"),
        Kind.TOGETHER: _("{person} and {other} sit at one table"),
        Kind.APART: _("{person} and {other} sit at different tables"),
        Kind.ACCESSIBLE: _("{person} needs an accessible table"),
        Kind.HOST: _("{person} hosts {table}") if rule.table else _("{person} hosts a table"),
    }
    return sentences[rule.kind].format(
        person=names.person(rule.person_id), other=names.person(rule.other_id), table=names.table(rule.table)
    )


def told(breach: Breach, names: Names) -> str:
    """What is not kept, as a sentence without a full stop."""
    if breach.rule:
        return demanded(breach.rule, names)
    table, limit = names.table(breach.table), breach.limit
    match breach.demand:
        case Demand.MOST:
            return ngettext("{table} has {limit} chair", "{table} has {limit} chairs", limit).format(
                table=table, limit=limit
            )
        case Demand.FEWEST:
            sentence = ngettext("{table} needs {limit} person at least", "{table} needs {limit} people at least", limit)
            return sentence.format(table=table, limit=limit)
        case Demand.SEAT:
            return _("{person} needs a seat").format(person=names.person(breach.person_id))
    return (_("{table} has {n} hosts") if limit else _("{table} needs a host")).format(table=table, n=limit)
