"""A room and its seats as the files that `eventkit tables` reads and writes. No names: people are their person_id."""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence

from eventkit.tables.room import Room, Seats

PEOPLE, TABLES, CONSTRAINTS, KNOWS, SEATING = (
    f"{name}.csv" for name in ("people", "tables", "constraints", "knows", "seating")
)
_UNDATED = (1980, 1, 1, 0, 0, 0)  # the first date that a zip can hold: the same seats give the same bytes
Line = Sequence[str | int]


def files(room: Room, seats: Seats) -> Mapping[str, str]:
    """The text of each of the five files by its name."""
    rules = ((rule.kind.value, rule.round or "", rule.person_id, rule.other_id, rule.table) for rule in room.rules)
    knows = ((who.person_id, vignette) for who in room.people for vignette in sorted(who.knows))
    sitting = ((who, number, table) for number, here in sorted(seats.items()) for who, table in here.items())
    return {
        PEOPLE: _text(["person_id", *room.attributes, "rounds"], _people(room)),
        TABLES: _text(["round", "table", "min_seats", "max_seats", "accessible", "vignettes"], _tables(room)),
        CONSTRAINTS: _text(["kind", "round", "person_id", "other_id", "table"], rules),
        KNOWS: _text(["person_id", "vignette"], knows),
        SEATING: _text(["person_id", "round", "table"], sitting),
    }


def zipped(texts: Mapping[str, str]) -> bytes:
    """The files in one zip, without the time at which it was made."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in texts.items():
            about = zipfile.ZipInfo(name, _UNDATED)
            about.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(about, text)
    return target.getvalue()


def _people(room: Room) -> Iterable[Line]:
    for who in room.people:
        rounds = ";".join(map(str, sorted(who.rounds)))
        yield [who.person_id, *(who.attributes.get(name, "") for name in room.attributes), rounds]


def _tables(room: Room) -> Iterable[Line]:
    for at in room.tables:
        vignettes = ";".join(sorted(at.vignettes))
        yield [at.round or "", at.table, at.min_seats, at.max_seats, int(at.accessible), vignettes]


def _text(headings: Sequence[str], rows: Iterable[Line]) -> str:
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow(headings)
    writer.writerows(rows)
    return target.getvalue()
