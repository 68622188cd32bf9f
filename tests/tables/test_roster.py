"""The roster file: a workbook from which anybody can count the quality of the seating again."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from eventkit.cli import main
from eventkit.events import rules as events
from eventkit.events.models import Role
from eventkit.export.roster import roster_of
from eventkit.tables import stored
from eventkit.tables.bounds import bounds
from eventkit.tables.room import Kind, Person, Room, Rule, Seats, Table
from eventkit.tables.scoring import Report, score
from tests import room as rooms
from tests.fife import CODES, FIFE, STRANGER
from tests.hall import Hall
from tests.tables import on_paper

SHEETS = ["cover", "people", "tables", "seating_rules", "known", "seating", "report"]
NO_ATTRIBUTES = {"person_id", "name", "rounds", "arrives_at", "needs", "attendance", "badge"}
Row = Mapping[str, Any]


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    made = Hall(tmp_path)
    made.do(on_paper.seated)
    yield made
    made.close()


def book(hall: Hall, event_id: int = FIFE) -> dict[str, list[Row]]:
    """The roster file of an event, read as anybody reads a workbook."""
    content = hall.ask(lambda session: roster_of(session, events.event(session, event_id)))
    return read(content)


def read(content: bytes) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for page in load_workbook(BytesIO(content)):
        headings, *rows = page.iter_rows(min_row=5, values_only=True)
        cells: list[Row] = [dict(zip(map(str, headings), row, strict=True)) for row in rows]
        found[page.title] = [row for row in cells if "[z]" not in row.values()]
    return found


def room_in(sheets: Mapping[str, list[Row]]) -> tuple[Room, Seats]:
    """The room and the seats that a roster file speaks of, from nothing but its cells."""
    knows: dict[str, set[str]] = {}
    for row in sheets["known"]:
        knows.setdefault(row["person_id"], set()).add(row["vignette"])
    people = [
        Person(
            row["person_id"],
            {name.removesuffix(" (attribute)"): row[name] for name in row if name not in NO_ATTRIBUTES and row[name]},
            frozenset(map(int, (row["rounds"] or "").split(";"))) if row["rounds"] else frozenset(),
            frozenset(knows.get(row["person_id"], ())),
        )
        for row in sheets["people"]
        if row["attendance"] != "absent"
    ]
    tables = [
        Table(
            row["table"],
            row["min_seats"] or 0,
            row["max_seats"],
            row["accessible"] == "yes",
            frozenset((row["vignettes"] or "").split(";")) - {""},
            row["round"],
        )
        for row in sheets["tables"]
    ]
    rules = [
        Rule(Kind(row["kind"]), row["person_id"], row["other_id"] or "", row["table"] or "", row["round"])
        for row in sheets["seating_rules"]
    ]
    seats: dict[int, dict[str, str]] = {}
    for row in sheets["seating"]:
        seats.setdefault(row["round"], {})[row["person_id"]] = row["table"]
    rounds = next(row["value"] for row in sheets["cover"] if row["field"] == "rounds")
    return Room(people, tables, rounds, rules), seats


def stored_score(hall: Hall) -> tuple[Report, Report]:
    room = hall.ask(stored.room_of, FIFE)
    return score(room, hall.ask(stored.seats_of, FIFE)), bounds(room)


def test_plan_scores_the_same_from_the_file(hall: Hall) -> None:
    sheets = book(hall)
    room, seats = room_in(sheets)
    expected, least = stored_score(hall)
    assert (score(room, seats), bounds(room)) == (expected, least)
    total = expected.total
    assert (total.clashes > 0, total.overlap > 0, sum(total.balance.values()) > 0) == (True, True, True)
    assert {row["kind"] for row in sheets["seating_rules"]} == {"host", "accessible", "apart", "banned"}


def test_report_holds_every_measure_beside_its_bound(hall: Hall) -> None:
    expected, least = stored_score(hall)
    rows = {(row["round"], row["measure"], row["attribute"]): row for row in book(hall)["report"]}
    for number, found, bound in ((None, expected.total, least.total), (1, expected.rounds[1], least.rounds[1])):
        overlap, balance = rows[number, "overlap", None], rows[number, "balance", "organisation"]
        assert (overlap["value"], overlap["bound"]) == (found.overlap, bound.overlap)
        assert balance["value"] == found.balance["organisation"]
    assert {key[1] for key in rows} == {"broken", "clashes", "repeats", "overlap", "thirds", "balance", "pairs"}


def test_people_have_needs_attendance_and_badge_and_keep_an_attribute_of_that_name(hall: Hall) -> None:
    sheets = book(hall)
    assert list(sheets) == SHEETS
    people = {row["person_id"]: row for row in sheets["people"]}
    assert len(people) == 12
    assert (people["lea"]["needs"], people["eve"]["attendance"], people["kim"]["attendance"]) == (
        "Step-free",
        "here",
        "absent",
    )
    assert (people["fay"]["badge (attribute)"], len(people["fay"]["badge"])) == ("007", 4)
    assert (people["bob"]["name"], people["ana"]["name"]) == ("=Bob “B” <b>Smith</b>", "Árpád Ó Néill")
    assert on_paper.ABSENT not in {row["person_id"] for row in sheets["seating"]}


def test_cover_says_what_the_file_holds_and_how_it_came_about(hall: Hall) -> None:
    cover = {row["field"]: row["value"] for row in book(hall)["cover"]}
    assert "Keep it apart from results" in cover["private"]
    assert (cover["seed"], cover["eventkit"], cover["digest"], cover["order_of_attributes"]) == (
        7,
        "0.3.0",
        on_paper.DIGEST,
        "role",
    )


def test_same_seats_give_the_same_bytes(hall: Hall) -> None:
    one, other = (hall.ask(lambda session: roster_of(session, events.event(session, FIFE))) for _time in range(2))
    assert one == other


def test_event_without_people_has_empty_sheets(hall: Hall) -> None:
    sheets = book(hall, STRANGER)
    assert {name: rows for name, rows in sheets.items() if name != "cover"} == {name: [] for name in SHEETS[1:]}


def test_command_writes_the_roster_instead_of_results(hall: Hall, tmp_path: Path) -> None:
    out = tmp_path / "roster.xlsx"
    command = ["export", "fife-2016", "--out", str(out), "--data", str(tmp_path / "data"), "--roster"]
    assert CliRunner().invoke(main, command).output == f"Wrote {out}.\n"
    assert read(out.read_bytes()) == book(hall)
    assert CliRunner().invoke(main, command[:-1]).exit_code == 0
    assert "people" not in load_workbook(out).sheetnames


def test_desk_offers_the_roster_with_a_warning(tmp_path: Path) -> None:
    with rooms.room_in(tmp_path) as room:
        room.write(FIFE, on_paper.seated)
        desk, organiser = f"/s/{CODES[FIFE]}/desk", room.role(Role.ORGANISER)
        answer = room.get(f"{desk}/roster.xlsx", cookies=organiser)
        assert answer.headers["content-disposition"] == 'attachment; filename="fife-2016_roster.xlsx"'
        assert list(read(answer.content)) == SHEETS
        page = room.get(f"{desk}/downloads", cookies=organiser).text
        assert f'href="{desk}/roster.xlsx"' in page
        assert "it holds names, needs and seats. Keep it apart from results and notes." in page
