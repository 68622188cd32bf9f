"""What crosses between the server and the process that seats: work one way, progress and seats the other."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from eventkit.incoming import wire
from eventkit.tables.breaches import Names
from eventkit.tables.room import Kind, Person, Room, Rule, Seats, Table
from eventkit.tables.scoring import Measures, Report


@dataclass(frozen=True)
class Work:
    """A room to seat, or to repair where people sit in it.

    `held`: who sits where now. What lies in the rounds that are `over` stays, and so do the `pinned` people.
    `names` are for sentences alone.
    """

    room: Room
    seed: int = 0
    held: Seats = field(default_factory=dict)
    over: frozenset[int] = frozenset()
    pinned: frozenset[tuple[int, str]] = frozenset()
    names: Names = field(default_factory=Names)


def dump(value: object) -> str:
    """The value as one line of JSON; equal rooms have the same text."""
    return wire.dump(value)


def load(text: str | bytes) -> Any:
    """The value that was dumped; lists come back as tuples, all else as it was."""
    return wire.load(text, _types())


def digest(room: Room) -> str:
    """What stands for a room in the seating's footer: the SHA-256 of its text, in hexadecimal digits."""
    return hashlib.sha256(dump(room).encode()).hexdigest()


def line(word: str, value: object) -> str:
    """One line of what the worker says."""
    return dump({word: value}) + "\n"


def said(text: bytes) -> tuple[str, Any]:
    """A line that the worker said: its word and its value."""
    spoken: Mapping[str, Any] = load(text)
    return next(iter(spoken.items()))


def _types() -> Sequence[type]:
    """What may cross. The search is imported when an answer comes: a server that seats nobody needs none of it."""
    from eventkit.tables.repair import Offer  # noqa: PLC0415
    from eventkit.tables.seating import Progress  # noqa: PLC0415

    return (Work, Room, Person, Table, Rule, Kind, Progress, Offer, Report, Measures, Names)
