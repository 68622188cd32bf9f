"""The menu of repairs: what each offer makes better, who would move, and taking one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from sqlmodel import Session

from eventkit.errors import Conflict
from eventkit.events import rules as events
from eventkit.tables import changes, moves, seated
from eventkit.tables.changes import SeatChange
from eventkit.tables.job import Job
from eventkit.tables.room import Room
from eventkit.tables.scoring import Measures, score
from eventkit.tables.wire import Work
from eventkit.tables.words import title
from eventkit.web.language import gettext as _

if TYPE_CHECKING:
    from eventkit.tables.repair import Offer


@dataclass(frozen=True)
class Choice:
    """An offer in words. `marks` say which it is of nobody, knee and best; `better` is empty if nothing changes."""

    number: int
    marks: Sequence[str]
    moves: int
    better: Sequence[str]
    movers: Sequence[SeatChange]


def choices(session: Session, event_id: int, work: Work, offers: Sequence["Offer"]) -> Sequence[Choice]:
    """The menu in words, fewest moves first, each beside the seats as they are."""
    now = score(work.room, work.held).total
    words = list(zip(_marked(offers), _marks(), strict=True)) if offers else []
    return [
        Choice(
            number,
            [word for at, word in words if at == number],
            offer.moves,
            list(_better(work.room, now, offer.report.total)),
            changes.between(session, event_id, work.held, offer.seats),
        )
        for number, offer in enumerate(offers)
    ]


def offers_of(on: Job | None) -> Sequence["Offer"]:
    """What a repair has found; none while it is on its way."""
    return cast("Sequence[Offer]", on.result) if on and on.kind == "repair" and on.result else ()


def amiss(work: Work) -> Sequence[str]:
    """What is not as good as it could be in the seats as they are, if nobody moves."""
    now = score(work.room, work.held).total
    sentences = (
        _("Seats missing and rules broken: {now}"),
        _("People at a case story that they know: {now}"),
        _("{name}: {now} off the fair spread"),
        _("Repeat meetings: {now}"),
        _("Pairs who sit together three times: {now}"),
    )
    told = zip(_named(work.room, sentences), _values(work.room, now), strict=True)
    return [sentence.format(name=name, now=value) for (sentence, name), value in told if value]


def take(session: Session, event_id: int, work: Work, offer: "Offer") -> int:
    """Seats people as the offer has it; the batch, 0 if nobody moves.

    Raises `Conflict` if somebody came, went or was moved since the work was begun: the offer would not fit any more.
    """
    if seated.work(session, event_id, work.seed) != work:
        raise Conflict(_("Somebody came, went or was moved since these offers were made. Look for repairs again."))
    places = {
        (number, who): table
        for number, table_of in offer.seats.items()
        if number not in work.over
        for who, table in table_of.items()
    }
    batch = moves.move(session, event_id, places, changes.REPAIRED)
    events.note_change(session, event_id)
    return batch


def _marked(offers: Sequence["Offer"]) -> tuple[int, int, int]:
    from eventkit.tables import repair  # noqa: PLC0415 -- a server that repairs nothing needs none of the search

    return repair.marked(offers)


def _marks() -> tuple[str, str, str]:
    return _("Fewest people move"), _("Most for the fewest moves"), _("Best mixed")


def _better(room: Room, now: Measures, then: Measures) -> Iterator[str]:
    """Each measure that changes, as it would be beside how it is."""
    sentences = (
        _("Seats missing and rules broken: {then} instead of {now}"),
        _("People at a case story that they know: {then} instead of {now}"),
        _("{name}: {then} off the fair spread instead of {now}"),
        _("Repeat meetings: {then} instead of {now}"),
        _("Pairs who sit together three times: {then} instead of {now}"),
    )
    told = zip(_named(room, sentences), _values(room, now), _values(room, then), strict=True)
    for (sentence, name), before, after in told:
        if before != after:
            yield sentence.format(name=name, then=after, now=before)


def _named(room: Room, sentences: tuple[str, str, str, str, str]) -> Sequence[tuple[str, str]]:
    """A sentence for each value of `_values`, the third one for every attribute, with its name."""
    broken, clashes, fair, repeats, thirds = sentences
    return [
        (broken, ""),
        (clashes, ""),
        *((fair, title(name)) for name in room.attributes),
        (repeats, ""),
        (thirds, ""),
    ]


def _values(room: Room, found: Measures) -> Sequence[int]:
    return [
        found.broken, found.clashes, *(found.balance[name] for name in room.attributes), found.overlap, found.thirds
    ]  # fmt: skip
