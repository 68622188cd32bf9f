"""What the page of people shows: a round's tables, and of one person every other table with what a seat there costs."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, select

from eventkit.events import rules as events
from eventkit.events.models import Event, Person
from eventkit.tables import called, handwork, moves, stored
from eventkit.tables.breaches import Names, told
from eventkit.tables.costs import Cost, binding, costs
from eventkit.tables.room import Kind, Room
from eventkit.tables.room import Person as Seated
from eventkit.tables.scoring import Measures, score
from eventkit.tables.sitting import Sitting
from eventkit.web.language import gettext as _
from eventkit.web.language import ngettext


@dataclass(frozen=True)
class Column:
    """A table and its people; `table` "" holds those who have no seat in the round."""

    table: str
    chairs: int
    people: Sequence[Seated]


@dataclass(frozen=True)
class Effect:
    """A measure of the whole day as it is, and as it would be."""

    words: str
    before: int
    after: int


@dataclass(frozen=True)
class Way:
    """Another table, and what a seat there costs. `breaks`: what it breaks, in words; `effects`: what changes."""

    table: str
    sitting: int
    chairs: int
    other: str
    sentence: str
    breaks: Sequence[str]
    effects: Sequence[Effect]


@dataclass(frozen=True)
class PersonLine:
    """One person, what binds them, and every other table."""

    person: Seated
    table: str
    binds: Sequence[str]
    ways: Sequence[Way]


@dataclass(frozen=True)
class Tables:
    """A round as the page shows it. `undo`: what the last change was, and its batch, 0 if it cannot be undone here."""

    event: Event
    number: int
    rounds: int
    over: frozenset[int]
    names: Names
    columns: Sequence[Column]
    pinned: frozenset[str]
    hosts: frozenset[str]
    quality: Sequence[Effect]
    broken: Sequence[str]
    batch: int
    last: str
    moved: bool
    line: PersonLine | None


def tables(session: Session, event_id: int, number: int, person_id: str) -> Tables:
    """The tables of a round, with the line of one person, who may be nobody."""
    room, seats = stored.room_of(session, event_id), stored.seats_of(session, event_id)
    number = min(max(number, 1), room.rounds)
    names, over = called.names(session, event_id), stored.over(session, event_id)
    pinned = frozenset(who for at, who in stored.pinned(session, event_id) if at == number)
    sitting, total = Sitting(room, seats, number, person_id), score(room, seats).total
    batch, last = last_change(session, event_id, names, over)
    return Tables(
        event=events.event(session, event_id),
        number=number,
        rounds=room.rounds,
        over=over,
        names=names,
        columns=_columns(sitting),
        pinned=pinned,
        hosts=frozenset(rule.person_id for rule in room.rules_in(number) if rule.kind is Kind.HOST),
        quality=_effects(total, total, room),
        broken=[told(one, names) for one in sitting.demands.every(sitting.places)],
        batch=batch,
        last=last,
        moved=handwork.moved(session, event_id),
        line=_line(sitting, total, person_id, names, pinned, over),
    )


def last_change(session: Session, event_id: int, names: Names, over: frozenset[int]) -> tuple[int, str]:
    """The batch of the last change, if it can be taken back here, and what it was, in words."""
    found = moves.last(session, event_id)
    if not found or found[0].reason not in handwork.UNDONE_HERE or any(one.round in over for one in found):
        return 0, ""
    ids = dict(session.exec(select(Person.id, Person.person_id).where(Person.event_id == event_id)).all())
    first = found[0]
    if len(found) > 2 or found[0].reason != handwork.BY_HAND:
        people = len({one.person_pk for one in found})
        said = ngettext("a repair that moved {n} person", "a repair that moved {n} people", people)
        return first.batch, said.format(n=people)
    who = [names.person(ids[one.person_pk]) for one in found]
    if len(found) == 2:
        said = _("{person} and {other} changed places in round {n}")
        return first.batch, said.format(person=who[0], other=who[1], n=first.round)
    if not first.before:
        said = _("{person} was seated at {after} in round {n}")
    else:
        said = _("{person} moved from {before} to {after} in round {n}")
    before, after = names.table(first.before), names.table(first.after)
    return first.batch, said.format(person=who[0], before=before, after=after, n=first.round)


def _columns(sitting: Sitting) -> Sequence[Column]:
    without = [person for who, person in sitting.people.items() if who not in sitting.places]
    every = [
        Column(table, sitting.tables[table].max_seats, [sitting.people[who] for who in people])
        for table, people in sitting.at.items()
    ]
    return [Column("", 0, without), *every] if without else every


def _line(
    sitting: Sitting, total: Measures, person_id: str, names: Names, pinned: frozenset[str], over: frozenset[int]
) -> PersonLine | None:
    if person_id not in sitting.people:
        return None
    found = [] if sitting.number in over else costs(sitting, person_id, names, pinned)
    return PersonLine(
        person=sitting.people[person_id],
        table=sitting.places.get(person_id, ""),
        binds=binding(sitting, person_id, names),
        ways=[_way(sitting, one, total, names) for one in found],
    )


def _way(sitting: Sitting, cost: Cost, total: Measures, names: Names) -> Way:
    effects = [one for one in _effects(total, cost.change, sitting.room, moved=True) if one.before != one.after]
    return Way(
        table=cost.table,
        sitting=len(sitting.at[cost.table]),
        chairs=sitting.tables[cost.table].max_seats,
        other=cost.other,
        sentence=cost.sentence[:1].upper() + cost.sentence[1:],
        breaks=[told(one, names) for one in cost.breaks],
        effects=effects,
    )


def _effects(total: Measures, change: Measures, room: Room, *, moved: bool = False) -> Sequence[Effect]:
    """The measures that organisers read, as they are and after a change."""
    named = [
        (_("Rules broken"), total.broken, change.broken),
        *([(_("Stories that somebody knows"), total.clashes, change.clashes)] if _knowing(room) else []),
        (_("Off the fair spread"), sum(total.balance.values()), sum(change.balance.values())),
        *([(_("Repeat meetings"), total.overlap, change.overlap)] if room.rounds > 1 else []),
        *([(_("Pairs who meet three times"), total.thirds, change.thirds)] if room.rounds > 2 else []),
    ]
    return [Effect(words, now, now + more if moved else now) for words, now, more in named]


def _knowing(room: Room) -> bool:
    return any(person.knows for person in room.people) and any(table.vignettes for table in room.tables)
