"""The process that seats: it works at low priority, so that the room's votes come first.

Started by `job`, as `python -m eventkit.tables.worker LANGUAGE KIND`. Its input is the work; it answers in lines of
JSON: progress, and at last what it found or the sentence that it refused the work with.
"""

import contextlib
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from eventkit.errors import BadInput, EventkitError
from eventkit.tables import repair, seating, wire
from eventkit.tables.optimiser import conflicts
from eventkit.tables.repair import Offer
from eventkit.tables.room import Kind, Room, Rule, Seats
from eventkit.tables.seating import Progress
from eventkit.tables.wire import Work
from eventkit.web.language import speaking

NICENESS = 10
TELL_SECONDS = 0.2

Tell = Callable[[Progress], None]


def main(language: str, kind: str) -> None:
    """Does the work that comes in, and prints what comes of it."""
    with contextlib.suppress(AttributeError, OSError):  # Windows has no such priority
        os.nice(NICENESS)
    work: Work = wire.load(sys.stdin.buffer.read())
    with speaking(language):
        try:
            _say("found", _WORK[kind](work))
        except EventkitError as refusal:
            _say("refused", refusal.sentence)


def seated(work: Work) -> Seats:
    """A seating of the whole room, or, once a round is over, the best one of the rounds that are left.

    Pinned people stay. Raises `BadInput` if the rules, or they and the pins, contradict each other.
    """
    if not work.over:
        pinned = replace(work, room=_pinned(work))
        try:
            return seating.seat(pinned.room, work.seed, _telling())
        except BadInput as refusal:
            raise BadInput("\n".join(contradictions(pinned)) or refusal.sentence) from None
    found = repair.menu(work.room, work.held, work.over, work.pinned, work.seed)
    return found[repair.marked(found)[-1]].seats


def offers(work: Work) -> Sequence[Offer]:
    """The ways to repair the seating, the fewest moves first."""
    return repair.menu(work.room, work.held, work.over, work.pinned, work.seed)


def contradictions(work: Work) -> Sequence[str]:
    """Rules that contradict each other, in sentences with people's names; none if all can be kept."""
    return conflicts.contradictions(_named(work))


_WORK: Mapping[str, Callable[[Work], object]] = {"seat": seated, "repair": offers, "check": contradictions}


def _pinned(work: Work) -> Room:
    """The room with a rule for each pinned person."""
    pins = [
        Rule(Kind.FIXED, person_id, table=work.held[number][person_id], round=number)
        for number, person_id in sorted(work.pinned)
        if person_id in work.held.get(number, {})
    ]
    return replace(work.room, rules=[*work.room.rules, *pins])


def _named(work: Work) -> Room:
    """The room with names for ids, so that whoever reads of a rule sees whom it is about."""
    person, table = work.names.person, work.names.table
    return replace(
        work.room,
        people=[replace(one, person_id=person(one.person_id)) for one in work.room.people],
        tables=[replace(one, table=table(one.table)) for one in work.room.tables],
        rules=[
            replace(
                rule,
                person_id=person(rule.person_id),
                other_id=rule.other_id and person(rule.other_id),
                table=rule.table and table(rule.table),
            )
            for rule in work.room.rules
        ],
    )


def _telling() -> Tell:
    """Tells progress now and then: the optimiser has some far more often than anybody reads it."""
    last = 0.0

    def tell(progress: Progress) -> None:
        nonlocal last
        if time.monotonic() - last >= TELL_SECONDS:
            last = time.monotonic()
            _say("progress", progress)

    return tell


def _say(word: str, value: object) -> None:
    sys.stdout.write(wire.line(word, value))
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
