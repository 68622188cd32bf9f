"""The pages of the door: the list, the form, the menu of repairs, and the list of who moves."""

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import TypeVar

import pytest
from sqlmodel import Session

from eventkit.events.models import Role
from eventkit.tables import door, job, moves, repairs, seated
from eventkit.tables.job import Job
from eventkit.tables.models import KnownVignette, TableInRound
from eventkit.tables.room import Seats
from eventkit.tables.scoring import score
from eventkit.tables.wire import Work
from tests.fife import CODES, FIFE
from tests.room import Room, room_in
from tests.tables import at_door

DOOR = f"/s/{CODES[FIFE]}/desk/door"
MOVED = (
    r'<b dir="auto">([^<]*)</b> <span dir="auto">(\w+)</span>.*?<span dir="auto">(\w+)</span></li>',
    r'<th scope="row" dir="auto">([^<]*)</th><td dir="auto">(\w+)</td><td dir="auto"><b>(\w+)</b></td><td>([^<]*)</td>',
)
T = TypeVar("T")
FRAGMENT = {"origin": "http://room.test:8000", "hx-request": "true"}


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with room_in(tmp_path) as made:
        made.write(FIFE, at_door.seated)
        yield made


@pytest.fixture
def desk(room: Room) -> str:
    return room.role(Role.ORGANISER)


def listed(room: Room, desk: str, query: str = "") -> list[str]:
    page = room.get(f"{DOOR}?{query}", cookies=desk)
    assert page.status_code == 200
    return re.findall(r'<li id="person-(\w+)"', page.text)


def states(room: Room, desk: str) -> Mapping[str, str]:
    return dict(re.findall(r'<li id="person-(\w+)" data-state="(\w+)"', room.get(DOOR, cookies=desk).text))


def numbers(text: str) -> list[str]:
    return re.findall(r'data-show="\w*"[^>]*><b>(\d+)</b>', text)


def ask(room: Room, question: Callable[..., T], *args: object) -> T:
    with room.database.reading() as session:
        return question(session, *args)


def test_list_is_searched_by_any_part_of_name_organisation_and_badge(room: Room, desk: str) -> None:
    room.write(FIFE, lambda session: setattr(at_door.person(session, "hal"), "name", "Élodie Łaska"))
    room.write(FIFE, door.arrive, FIFE, "cal")
    badge = ask(room, at_door.of, "cal")["badge"]
    assert listed(room, desk) == ["anna", "ben", "cal", "dee", "hal", "eve", "fin", "gus"]
    assert listed(room, desk, "q=housing+nowak") == ["anna"]
    assert listed(room, desk, "q=elodie+l") == ["hal"]
    assert listed(room, desk, f"q={badge.lower()}") == ["cal"]
    assert listed(room, desk, "show=here") == ["cal"]
    assert listed(room, desk, "q=zz") == []


def test_tap_is_a_press_on_one_person_and_can_be_undone(room: Room, desk: str) -> None:
    for form, state in (({"here": "anna"}, "here"), ({"away": "anna"}, "absent"), ({"expected": "anna"}, "expected")):
        answer = room.post(DOOR, form, cookies=desk)
        assert (answer.status_code, answer.headers["location"]) == (303, f"{DOOR}?#person-anna")
        assert states(room, desk) == dict.fromkeys(at_door.PEOPLE, "expected") | {"anna": state}


def test_tap_without_leaving_the_page_answers_with_the_line_and_the_numbers(room: Room, desk: str) -> None:
    answer = room.post(DOOR, {"here": "anna"}, cookies=desk, headers=FRAGMENT)
    assert re.findall(r'<li id="person-(\w+)" data-state="(\w+)"', answer.text) == [("anna", "here")]
    assert numbers(answer.text) == ["8", "7", "1", "0"]
    assert '<p id="said">Anna Nowak is here: Leven, Leven.</p>' in answer.text
    refused = room.post(DOOR, {"here": "zoe"}, cookies=desk, headers=FRAGMENT)
    assert refused.status_code == 404
    assert "This person is not on the list any more." in refused.text


def test_two_at_the_door_press_at_once(room: Room, desk: str) -> None:
    forms = [{"here": "anna"}, {"here": "anna"}, {"here": "ben"}, {"away": "cal"}, {"away": "cal"}]
    assert room.at_once(DOOR, forms, desk) == [303] * 5
    assert numbers(room.get(DOOR, cookies=desk).text) == ["8", "5", "2", "1"]


def test_page_that_has_everything_is_told_so(room: Room, desk: str) -> None:
    digest = re.search(r'data-digest="(\w+)"', room.get(DOOR, cookies=desk).text)
    assert digest
    assert room.get(f"{DOOR}?since={digest[1]}", cookies=desk).status_code == 304
    room.write(FIFE, door.arrive, FIFE, "anna")
    assert room.get(f"{DOOR}?since={digest[1]}", cookies=desk).status_code == 200


def test_newcomer_is_added_with_own_columns_and_shown(room: Room, desk: str) -> None:
    form = {"person_id": "new1", "name": "Zed Orr", "organisation": "Housing", "own-0": "council", "needs": "a ramp"}
    answer = room.post(f"{DOOR}/new", form, cookies=desk)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{DOOR}#person-new1")
    page = room.get(DOOR, cookies=desk).text
    line = page.partition('<li id="person-new1"')[2].partition("</li>")[0]
    assert [word in line for word in ("Zed Orr", "Housing", "a ramp", "Here")] == [True] * 4
    assert ask(room, door.attributes, FIFE) == {"sector": ["council", "health"]}


def test_refused_form_keeps_what_was_typed_and_asks_about_a_twin(room: Room, desk: str) -> None:
    answer = room.post(f"{DOOR}/new", {"name": "", "organisation": "Parks <&>"}, cookies=desk)
    assert answer.status_code == 400
    assert "Write the name that stands on the badge." in answer.text
    assert 'value="Parks &lt;&amp;&gt;"' in answer.text
    asked = room.post(f"{DOOR}/new", {"name": "Anna Nowak", "person_id": "new1"}, cookies=desk)
    assert asked.status_code == 409
    assert "Anna Nowak, Housing is on the list already. Is this another person?" in asked.text
    sure = {"name": "Anna Nowak", "person_id": "new1", "another": "yes"}
    assert room.post(f"{DOOR}/new", sure, cookies=desk).status_code == 303
    assert len(listed(room, desk)) == 9


def test_closing_the_doors_asks_and_says_how_many(room: Room, desk: str) -> None:
    room.post(DOOR, {"here": "anna"}, cookies=desk)
    asked = room.post(f"{DOOR}/close", cookies=desk)
    assert asked.status_code == 200
    assert "7 people are still expected. Close the doors, and mark them as not coming?" in asked.text
    assert numbers(asked.text) == ["8", "7", "1", "0"]
    closed = room.post(f"{DOOR}/close", {"confirmed": "yes"}, cookies=desk)
    assert (closed.status_code, closed.headers["location"]) == (303, f"{DOOR}/repair")
    assert numbers(room.get(DOOR, cookies=desk).text) == ["8", "0", "1", "7"]
    again = room.post(f"{DOOR}/close", cookies=desk)
    assert (again.status_code, again.headers["location"]) == (303, f"{DOOR}/repair")


def test_event_without_people_has_a_door(tmp_path: Path) -> None:
    with room_in(tmp_path) as made:
        desk = made.role(Role.ORGANISER)
        assert "The plan names nobody yet." in made.get(DOOR, cookies=desk).text
        assert made.post(f"{DOOR}/new", {"name": "Zed"}, cookies=desk).status_code == 303
        assert listed(made, desk) == ["new1"]
        assert "Nobody has a seat yet." in made.get(f"{DOOR}/repair", cookies=desk).text
        assert made.post(f"{DOOR}/repair", cookies=desk).status_code == 400


def test_names_are_in_no_log(room: Room, desk: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for path, form in ((DOOR, {"here": "anna"}), (f"{DOOR}/new", {"name": "Zed Orr"}), (DOOR, {"away": "zoe"})):
        room.post(path, form, cookies=desk)
    room.get(f"{DOOR}?q=nowak", cookies=desk)
    room.get(f"{DOOR}/changes", cookies=desk)
    own = [record.getMessage() for record in caplog.records if not record.name.startswith("http")]  # the browser's
    said = " ".join(own).casefold()
    assert [word for word in ("nowak", "zed", "anna", "zoe") if word in said] == []


# ---- Repairs


def offer(work: Work, moved: Mapping[tuple[int, str], str]) -> SimpleNamespace:
    """What a menu would hold for these moves."""
    seats: Seats = {
        number: {who: moved.get((number, who), table) for who, table in table_of.items()}
        for number, table_of in work.held.items()
    }
    return SimpleNamespace(seats=seats, moves=len(moved), report=score(work.room, seats, work.held))


@pytest.fixture
def offered(room: Room, monkeypatch: pytest.MonkeyPatch) -> Work:
    """Ben and Cal changed places in round 1; a repair has found: nobody moves, or these two."""
    room.write(FIFE, moves.move, FIFE, {(1, "ben"): "t1", (1, "cal"): "t2"}, "by hand")
    work = ask(room, seated.work, FIFE)
    found = [offer(work, {}), offer(work, {(1, "ben"): "t2", (1, "cal"): "t1"})]
    room.database.info["seating_jobs"][FIFE] = Job("repair", done=True, work=work, result=found)
    monkeypatch.setattr(repairs, "_marked", lambda _offers: (0, 1, 1))
    return work


def test_menu_says_who_would_move_and_what_gets_better(room: Room, desk: str, offered: Work) -> None:
    page = room.get(f"{DOOR}/repair", cookies=desk).text
    assert re.findall(r"<h3>(.*?)</h3>", page) == ["Nobody moves", "2 people move"]
    assert re.findall(r"<span>(Fewest[^<]*|Most[^<]*|Best[^<]*)</span>", page) == [
        "Fewest people move",
        "Most for the fewest moves",
        "Best mixed",
    ]
    assert "Everything stays as it is." in page
    assert "<li>Organisation: 0 off the fair spread instead of 4</li>" in page
    assert re.findall(
        r'<b dir="auto">([^<]*)</b> <span dir="auto">(\w+)</span>.*?<span dir="auto">(\w+)</span></li>', page
    ) == [
        ("Ben Ure", "Leven", "Ore"),
        ("Cal Moss", "Ore", "Leven"),
    ]


def test_offer_is_taken_and_read_out(room: Room, desk: str, offered: Work) -> None:
    answer = room.post(f"{DOOR}/repair/take", {"number": "1"}, cookies=desk)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{DOOR}/changes")
    assert (ask(room, at_door.seats, "ben"), ask(room, at_door.seats, "cal")) == (
        {1: "t2", 2: "t2"},
        {1: "t1", 2: "t2"},
    )
    page = room.get(f"{DOOR}/changes", cookies=desk).text
    why = "The tables are mixed again"
    assert re.findall(MOVED[1], page) == [("Ben Ure", "Leven", "Ore", why), ("Cal Moss", "Ore", "Leven", why)]
    assert "2 changes of table" in page
    assert room.post(f"{DOOR}/repair/take", {"number": "1"}, cookies=desk).status_code == 409


def test_offer_that_fits_no_longer_is_refused_with_a_sentence(room: Room, desk: str, offered: Work) -> None:
    room.write(FIFE, moves.move, FIFE, {(1, "anna"): "t2"}, "moved")
    sentence = "Somebody came, went or was moved since these offers were made. Look for repairs again."
    assert sentence in room.get(f"{DOOR}/repair", cookies=desk).text
    answer = room.post(f"{DOOR}/repair/take", {"number": "1"}, cookies=desk)
    assert (answer.status_code, sentence in answer.text) == (409, True)
    assert ask(room, at_door.seats, "ben") == {1: "t1", 2: "t2"}


def test_repair_on_its_way_can_be_stopped(room: Room, desk: str) -> None:
    room.database.info["seating_jobs"][FIFE] = Job("repair")
    page = room.get(f"{DOOR}/repair", cookies=desk).text
    assert "Looking for repairs" in page
    assert room.post(f"{DOOR}/repair", cookies=desk).status_code == 303
    assert room.post(f"{DOOR}/repair/stop", cookies=desk).status_code == 303
    assert job.of(room.database, FIFE) is None


def test_changes_are_net_and_by_round_and_name(room: Room, desk: str) -> None:
    room.write(FIFE, door.stay_away, FIFE, "anna")
    room.write(FIFE, door.expect, FIFE, "anna")
    room.write(FIFE, door.stay_away, FIFE, "hal")
    room.write(FIFE, door.add, FIFE, door.Newcomer("new1", "Zed Orr"))
    room.write(FIFE, moves.move, FIFE, {(2, "ben"): "t1"}, "by hand")
    page = room.get(f"{DOOR}/changes", cookies=desk).text
    assert re.findall(r'<td>(\d)</td><th scope="row" dir="auto">([^<]*)</th>', page) == [
        ("2", "Ben Ure"),
        ("1", "Zed Orr"),
        ("2", "Zed Orr"),
        ("1", "Hal Innes"),
        ("2", "Hal Innes"),
    ]


# ---- Vignettes dealt anew


def know(session: Session, *, own_rows: bool) -> None:
    """Housing knows v1, which lies at Leven; both of Housing sit at Leven in round 1."""
    session.add(KnownVignette(event_id=FIFE, vignette_id="v1", known_by="Housing"))
    moves.move(session, FIFE, {(1, "ben"): "t1", (1, "gus"): "t2"}, "moved")
    for row in session.exec(at_door.tables()).all():
        row.vignettes = "v1" if row.table == "t1" else "v2"
        if own_rows:
            row.round = 1
            again = row.model_dump(exclude={"id"}) | {"round": 2, "position": row.position + 2, "vignettes": "v3"}
            session.add(TableInRound(**again))


def test_vignettes_are_dealt_anew_where_that_helps(room: Room, desk: str) -> None:
    room.write(FIFE, lambda session: know(session, own_rows=True))
    page = room.get(f"{DOOR}/repair", cookies=desk).text
    assert "somebody would sit at a case story that they know 0 times instead of 2. Nobody moves." in page
    assert room.post(f"{DOOR}/repair/vignettes", {"round": "1"}, cookies=desk).status_code == 303
    dealt = ask(room, lambda session: [(row.round, row.table, row.vignettes) for row in session.exec(at_door.tables())])
    assert dealt == [(1, "t1", "v2"), (1, "t2", "v1"), (2, "t1", "v3"), (2, "t2", "v3")]
    assert "Deal them anew" not in room.get(f"{DOOR}/repair", cookies=desk).text
    assert room.post(f"{DOOR}/repair/vignettes", {"round": "1"}, cookies=desk).status_code == 409


def test_vignettes_that_lie_there_in_every_round_are_not_dealt(room: Room, desk: str) -> None:
    room.write(FIFE, lambda session: know(session, own_rows=False))
    page = room.get(f"{DOOR}/repair", cookies=desk).text
    assert "Its tables have the same vignettes in every round." in page
    assert "Deal them anew" not in page
    assert room.post(f"{DOOR}/repair/vignettes", {"round": "1"}, cookies=desk).status_code == 409


def test_vignettes_of_a_round_that_was_shown_stay(room: Room, desk: str) -> None:
    room.write(FIFE, lambda session: know(session, own_rows=True))
    room.write(FIFE, at_door.show_round, 1)
    assert "Deal them anew" not in room.get(f"{DOOR}/repair", cookies=desk).text
