"""The seating files, read and judged together: CSV with the columns that the contracts give.

The plan's own checks say what is wrong in people, tables and rules. Here is only what a plan may leave for later,
and what it has elsewhere.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from eventkit.errors import BadInput
from eventkit.events import people as roster
from eventkit.events import references
from eventkit.events.people import MOST_ROUNDS, PEOPLE
from eventkit.sheet import Column, Part, Plan, Problem, Row, Type
from eventkit.tables import filed
from eventkit.tables import plan as tables_plan
from eventkit.tables.csv_rows import Found, read_rows, referring
from eventkit.tables.filed import Rows
from eventkit.tables.plan import SEATING_RULES, TABLES
from eventkit.tables.room import Room, Seats
from eventkit.web.language import gettext as _
from eventkit.web.language import ngettext

SHOWN = 20
"""So many problems are named at once."""

_PERSON = Column("person_id", _("The person that it is about."), required=True)
_VIGNETTE = Column("vignette", _("The story that must not reach the person."), required=True)
_ROUND = Column("round", _("The round that it is for."), Type.INTEGER, required=True)
_TABLE = Column("table", _("The table."), required=True)
_PARTS: Mapping[str, Part] = {
    # Nobody's name is needed to seat them.
    "people": replace(
        PEOPLE, columns=tuple(replace(each, required=each.name == "person_id") for each in PEOPLE.columns)
    ),
    "tables": TABLES,
    "constraints": SEATING_RULES,
    "knows": Part("knows", _("Who knows which story too well."), (_PERSON, _VIGNETTE)),
    "before": Part("before", _("Who sits where."), (_PERSON, _ROUND, _TABLE), key=("round", "person_id")),
}
_SHEETS = {"people": "people", "tables": "tables", "constraints": "seating_rules"}


@dataclass(frozen=True)
class Files:
    """Where the seating files are."""

    people: Path
    tables: Path
    constraints: Path | None = None
    knows: Path | None = None
    before: Path | None = None

    def given(self) -> dict[str, Path]:
        """Those that there are, by their word."""
        return {word: path for word in _PARTS if (path := getattr(self, word))}


@dataclass(frozen=True)
class Given:
    """What the files say. `before`: who sits where now, without those who are gone; None if there is no such file.

    `digests`: SHA-256 of each file by its word. `notes`: what may be amiss, a sentence each.
    """

    room: Room
    before: Seats | None
    digests: Mapping[str, str]
    notes: Sequence[str]


def read(files: Files, rounds: int | None = None) -> Given:
    """Reads all files; without `rounds` there are as many as any of them names, at least one.

    Raises `BadInput` with a line for each problem, in the order of files and rows.
    """
    names = {word: path.name for word, path in files.given().items()}
    found = _referring({word: read_rows(path, _PARTS[word]) for word, path in files.given().items()}, names)
    problems = _problems(found, names)
    _refuse([problem for problem in problems if problem.blocks])
    rows = {word: one.rows for word, one in found.items()}
    room = filed.room_of(rows, rounds or filed.last_round(rows))
    _refuse(list(_chairs(room, names["tables"])))
    return Given(
        room,
        before=filed.seats_of(room, rows["before"]) if "before" in rows else None,
        digests={word: one.digest for word, one in found.items()},
        notes=[*map(str, problems), *_unheeded(room, rows, names)],
    )


def _referring(found: Mapping[str, Found], names: Mapping[str, str]) -> dict[str, Found]:
    """Rules and knowledge with what they name of people and tables looked up, in files that have any."""
    by, at = ((_ids(found, word), names[word]) for word in ("people", "tables"))
    columns = {"constraints": {"person_id": by, "other_id": by, "table": at}, "knows": {"person_id": by}}
    return {
        word: referring(one, {name: known for name, known in columns.get(word, {}).items() if known[0]})
        for word, one in found.items()
    }


def _ids(found: Mapping[str, Found], word: str) -> frozenset[str]:
    """The person_ids, or the names of the tables."""
    column = "person_id" if word == "people" else "table"
    return frozenset(row.text(column) for row in found[word].rows if row.text(column))


def _problems(found: Mapping[str, Found], names: Mapping[str, str]) -> list[Problem]:
    """Everything wrong in any file, one problem for one cell."""
    problems = [problem for one in found.values() for problem in one.problems]
    known = {(problem.sheet, problem.row, problem.column) for problem in problems}
    sheets = {sheet: names.get(word, "") for word, sheet in _SHEETS.items()}
    for problem in _judged(found, names):
        placed = replace(problem, sheet=sheets.get(problem.sheet, problem.sheet))
        if (placed.sheet, placed.row, placed.column) not in known:
            problems.append(placed)
    order = list(names.values())
    return sorted(problems, key=lambda problem: (order.index(problem.sheet), problem.row or 0))


def _judged(found: Mapping[str, Found], names: Mapping[str, str]) -> Iterator[Problem]:
    rows = {word: one.rows for word, one in found.items()}
    for word in ("people", "tables"):
        if not rows[word] and not found[word].problems:
            yield Problem(names[word], None, "", _("There is nothing below the headings. Write a row for each."))
    for row in rows.get("before", ()):
        yield from references.outside(row, "round", 1, MOST_ROUNDS)
    yield from roster.check(_plan(rows))
    if _ids(found, "people") and _ids(found, "tables"):
        yield from tables_plan.check(_plan(rows))


def _plan(rows: Rows) -> Plan:
    """The files as sheets of a plan. Stories have no file of their own: those that there are lie at a table."""
    stories = {story for row in rows["tables"] for story in row.words("vignettes")}
    vignettes = tuple(Row("vignettes", 0, {"vignette_id": story}) for story in stories)
    sheets = {sheet: tuple(rows[word]) for word, sheet in _SHEETS.items() if word in rows}
    return Plan({**sheets, "vignettes": vignettes})


def _chairs(room: Room, file: str) -> Iterator[Problem]:
    """Rounds with too few chairs, or with too few people for the fewest that tables take."""
    for number in range(1, room.rounds + 1):
        here = len(room.people_in(number))
        most = sum(table.max_seats for table in room.tables_in(number))
        fewest = sum(table.min_seats for table in room.tables_in(number))
        if here > most:
            sentence = ngettext(
                "Round {round} has {here} people and {seats} seats: {n} person too many.",
                "Round {round} has {here} people and {seats} seats: {n} people too many.",
                here - most,
            )
            yield Problem(file, None, "", sentence.format(round=number, here=here, seats=most, n=here - most))
        elif here < fewest:
            sentence = ngettext(
                "Round {round} has {here} people, and its tables take {seats} or more: {n} person too few.",
                "Round {round} has {here} people, and its tables take {seats} or more: {n} people too few.",
                fewest - here,
            )
            yield Problem(file, None, "", sentence.format(round=number, here=here, seats=fewest, n=fewest - here))


def _unheeded(room: Room, rows: Rows, names: Mapping[str, str]) -> Iterator[str]:
    """What the files say and nothing comes of."""
    last = filed.last_round(rows)
    if last > room.rounds:
        sentence = _("The files name round {last}; only {rounds} are seated.")
        yield sentence.format(last=last, rounds=room.rounds)
    stories = {story for table in room.tables for story in table.vignettes}
    unknown = {story for person in room.people for story in person.knows} - stories
    if unknown:
        sentence = _("{file}: No table has these stories: {stories}.")
        yield sentence.format(file=names["knows"], stories=", ".join(sorted(unknown)))
    people = {person.person_id for person in room.people}
    gone = {row.text("person_id") for row in rows.get("before", ())} - people
    if gone:
        sentence = ngettext(
            "{file}: {n} person is not there any more.", "{file}: {n} people are not there any more.", len(gone)
        )
        yield sentence.format(file=names["before"], n=len(gone))
    tables = {row.text("table") for row in rows.get("before", ())} - {table.table for table in room.tables}
    if tables:
        sentence = _("{file}: These tables are not there any more: {tables}.")
        yield sentence.format(file=names["before"], tables=", ".join(sorted(tables)))


def _refuse(problems: Sequence[Problem]) -> None:
    lines = [str(problem) for problem in problems[:SHOWN]]
    if (more := len(problems) - SHOWN) > 0:
        lines.append(ngettext("And {n} more.", "And {n} more.", more).format(n=more))
    if lines:
        raise BadInput("\n".join(lines))
