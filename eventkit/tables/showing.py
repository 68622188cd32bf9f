"""What of the seats is on the screen: the tables of a step's rounds with the codes, or the names, of who sits there."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from eventkit.events.models import Person
from eventkit.events.step import Step
from eventkit.tables import counts, rules, turning
from eventkit.tables.leaves import MOST_PAGES, Leaf, Tables, leaves
from eventkit.tables.lookup import plain
from eventkit.tables.models import Seat, Seating


@dataclass(frozen=True)
class Showing:
    """The page that is on, if lists are shown; `page` of `pages` counts from 1, 0 pages where there is no list.

    `seated`: whether anybody has a seat in the step's rounds. `named`: lists hold names, not codes.
    """

    leaf: Leaf | None
    page: int
    pages: int
    rounds: Sequence[int]
    seated: bool
    named: bool
    turning: bool


def of(session: Session, step: Step) -> Showing:
    """What the screen shows of a step."""
    named = names_shown(session, step.event_id)
    numbers = rules.rounds(session, step)
    every = [_leaves(session, step.event_id, number, named=named) for number in numbers]
    pages = [leaf for found in every for leaf in found]
    # Rather the round that begins, and none of the later ones, than pages for which nobody waits; rather none at all.
    chosen = next((choice for choice in (pages, list(every[0])) if len(choice) <= MOST_PAGES), [])
    stands = turning.of(session, step.event_id)
    at = stands.page % len(chosen) if chosen else 0
    return Showing(
        leaf=chosen[at] if chosen else None,
        page=at + 1,
        pages=len(chosen),
        rounds=list(numbers),
        seated=bool(pages),
        named=named,
        turning=stands.due > 0,
    )


def names_shown(session: Session, event_id: int) -> bool:
    """Whether the organisers chose that the screen names people."""
    seating = session.get(Seating, event_id)
    return bool(seating and seating.names_shown)


def _leaves(session: Session, event_id: int, number: int, *, named: bool) -> Sequence[Leaf]:
    return leaves(number, _labels(session, event_id, number, named=named), short=not named)


def _labels(session: Session, event_id: int, number: int, *, named: bool) -> Tables:
    """What people are called on the screen, in the order in which they look for it, at each table."""
    label = Person.name if named else Person.badge
    found = session.exec(
        select(Seat.table, label)
        .join(Person, col(Seat.person_pk) == col(Person.id))
        .where(Seat.event_id == event_id, Seat.round == number)
    ).all()
    names = counts.table_names(session, event_id)
    labels: dict[str, list[str]] = {table: [] for table in names}
    for table, text in found:
        labels.setdefault(table, []).append(text)
    return [
        (names.get(table, table), sorted(filter(None, texts), key=lambda text: (plain(text), text)))
        for table, texts in labels.items()
    ]
