"""The desk's plan over HTTP: one row at a time, nothing typed is lost, and what the room has seen stays."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from eventkit.demo.room import FIFE as PLAN
from eventkit.events import rules as events
from eventkit.plan import whole
from eventkit.stage import programme
from tests.fife import FIFE
from tests.plan.desk import MYTH, PROGRAMME, Desk, fields, hidden, planned_room, stored, texts
from tests.plan.writing import DAY
from tests.room import Room

FIGURE = {
    "statistic_id": "tea", "measure": "Tea was had", "value": "60", "unit": "%", "geography_name": "Fife",
    "period_label": "2015", "publisher": "An office", "dataset": "A table",
}  # fmt: skip


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with planned_room(tmp_path) as made:
        yield made


@pytest.fixture
def desk(room: Room) -> Desk:
    return Desk(room)


def open_the_vote(room: Room) -> None:
    for version in range(2):
        room.write(FIFE, programme.forward, FIFE, version)


def test_row_is_added_and_changed(room: Room, desk: Desk) -> None:
    assert desk.post("/plan/statistics/new", FIGURE).status_code == 303
    assert desk.save("/plan/statistics/rows/tea", {"value": "61.50"}).status_code == 303
    assert texts(room, "statistics", "statistic_id", "value")[-1] == ("tea", "61.50")


def test_form_as_it_stands_changes_nothing(room: Room, desk: Desk) -> None:
    before = whole.digest(stored(room))
    for way in ("polls/rows/p1", "polls/rows/p2", "statistics/rows/s1", "event/rows/day"):
        assert desk.save(f"/plan/{way}", {}).status_code == 303
    assert whole.digest(stored(room)) == before


def test_mistakes_stand_beside_their_fields_and_nothing_typed_is_lost(room: Room, desk: Desk) -> None:
    before = room.dump()
    page = desk.post("/plan/statistics/new", {**FIGURE, "value": "many", "notes": "kept", "measure": ""})
    assert page.status_code == 400
    assert '<a href="#value">Value</a>: “many” is not a number.' in page.text
    assert 'aria-describedby="hint-measure error-measure" aria-invalid="true"' in page.text
    assert fields(page.text)["value"] == "many"
    assert fields(page.text)["notes"] == "kept"
    page = desk.post("/plan/statistics/new", {**FIGURE, "url": "ftp://x"})
    assert '<a href="#url">Web address</a>: An address starts with https:// or http://.' in page.text
    assert room.dump() == before


def test_poll_is_asked_for_its_figure_first_and_joins_the_programme(room: Room, desk: Desk) -> None:
    assert "Which published figure is it about?" in desk.get("/plan/polls/new").text
    form = fields(desk.get("/plan/polls/new?national_statistic=s1&format=myth").text)
    assert (form["options-0-text"], form["options-1-text"], form["poll_id"]) == ("True", "False", "p3")
    given = {"question": "True or false?", "options-0-correct": "yes", "add-step": "yes"}
    assert desk.post("/plan/polls/new", {**form, **given}).status_code == 303
    assert texts(room, "options", "poll_id", "option_id", "text")[-2:] == [("p3", "A", "True"), ("p3", "B", "False")]
    with room.database.reading() as session:
        assert [step.refs for step in programme.steps(session, FIFE)] == [(), ("p1",), ("p2",), ("p3",), ()]


def test_id_that_another_row_has_is_refused(desk: Desk) -> None:
    page = desk.post("/plan/statistics/new", {**FIGURE, "statistic_id": "s1"})
    assert page.status_code == 400
    assert "“s1” is used in row 2 already." in page.text


def test_options_are_lettered_as_they_stand_and_empty_ones_are_not_kept(room: Room, desk: Desk) -> None:
    gone = {f"options-1-{column}": "" for column in ("text", "value", "correct")}
    assert desk.save("/plan/polls/rows/p1", gone).status_code == 303
    own = [row for row in texts(room, "options", "poll_id", "option_id", "text") if row[0] == "p1"]
    assert own == [("p1", "A", "84 %"), ("p1", "B", "Half")]


def test_removed_poll_takes_its_options_and_its_step_with_it_after_a_question(room: Room, desk: Desk) -> None:
    desk.post("/plan/programme/rows/1/move", {"way": "down", "seen": seen(desk, "programme")})
    asked = desk.post("/plan/polls/rows/p2/remove", {})
    assert "Its options go with it" in asked.text
    assert len(texts(room, "polls", "poll_id")) == 2
    assert desk.post("/plan/polls/rows/p2/remove", {"seen": hidden(asked.text, "seen")}).status_code == 303
    assert texts(room, "polls", "poll_id") == [("p1",)]
    assert {poll_id for (poll_id,) in texts(room, "options", "poll_id")} == {"p1"}
    assert texts(room, "programme", "activity", "ref") == [("poll", "p1"), ("welcome", ""), ("close", "")]


def test_form_that_is_out_of_date_keeps_what_was_typed_and_changes_nothing(room: Room, desk: Desk) -> None:
    older = fields(desk.get("/plan/polls/rows/p2").text)
    assert desk.save("/plan/polls/rows/p2", {"help": "From one organiser."}).status_code == 303
    page = desk.post("/plan/polls/rows/p2", {**older, "help": "From another."})
    assert page.status_code == 409
    assert fields(page.text)["help"] == "From another."
    assert ("p2", "From one organiser.") in texts(room, "polls", "poll_id", "help")
    assert desk.post("/plan/polls/rows/p2", fields(page.text)).status_code == 303
    assert ("p2", "From another.") in texts(room, "polls", "poll_id", "help")


def test_opened_poll_is_fixed_and_a_typo_in_it_is_corrected_and_logged(room: Room, desk: Desk) -> None:
    open_the_vote(room)
    page = desk.get("/plan/polls/rows/p1").text
    assert "The vote on “p1” was opened" in page
    assert "Correct a typo" in page
    assert "question" not in fields(page)
    assert desk.post("/plan/polls/rows/p1", {**fields(page), "question": "Another question?"}).status_code == 303
    assert ("p1", "Another question?") not in texts(room, "polls", "poll_id", "question")
    correcting = fields(desk.get("/plan/polls/rows/p1?correcting=yes").text)
    assert desk.post("/plan/polls/rows/p1", {**correcting, "question": "How many found work?"}).status_code == 303
    assert ("p1", "How many found work?") in texts(room, "polls", "poll_id", "question")
    with room.database.reading() as session:
        logged = [(each.row_id, each.column, each.after) for each in events.corrections(session, FIFE)]
    assert logged == [("p1", "question", "How many found work?")]


def test_steps_move_and_are_skipped_at_any_time(room: Room, desk: Desk) -> None:
    open_the_vote(room)
    assert desk.post("/plan/programme/rows/3/move", {"way": "up", "seen": seen(desk, "programme")}).status_code == 303
    assert texts(room, "programme", "ref") == [("",), ("p2",), ("p1",), ("",)]
    assert desk.post("/plan/programme/rows/2/remove", {"seen": seen(desk, "programme")}).status_code == 303
    with room.database.reading() as session:
        assert programme.current(session, FIFE).refs == ("p1",)


def test_list_that_is_out_of_date_moves_nothing(room: Room, desk: Desk) -> None:
    older = seen(desk, "programme")
    desk.post("/plan/programme/rows/2/move", {"way": "down", "seen": older})
    before = texts(room, "programme", "ref")
    page = desk.post("/plan/programme/rows/2/move", {"way": "down", "seen": older})
    assert page.status_code == 409
    assert "Somebody else has changed the plan since." in page.text
    assert texts(room, "programme", "ref") == before


def test_upload_lists_every_mistake_and_stores_nothing(room: Room, desk: Desk) -> None:
    before = room.dump()
    text = PLAN.read_text("utf-8").replace("date = 2016-05-18", 'date = "soon"', 1).replace('unit = "%"', "", 1)
    page = desk.bring("/plan/upload", "../day.toml", text.encode())
    assert page.status_code == 200
    assert "2 mistakes to fix" in page.text
    assert 'name="token"' not in page.text
    assert room.dump() == before


def test_upload_is_applied_once_and_refusals_are_named(room: Room, desk: Desk) -> None:
    plan = desk.get("/plan.xlsx").content
    assert "No differences" in desk.bring("/plan/upload", "day.xlsx", plan).text
    asked = desk.bring("/plan/upload", "day.toml", PLAN.read_bytes())
    token = hidden(asked.text, "token")
    refused = desk.post("/plan/apply", {"token": "0" * 32})
    assert refused.status_code == 404
    open_the_vote(room)
    page = desk.post("/plan/apply", {"token": token})
    assert page.status_code == 400
    assert "Nothing was changed:" in page.text
    assert "The vote on “p1” was opened" in page.text
    assert len(texts(room, "polls", "poll_id")) == 2


def test_upload_that_was_applied_waits_no_longer(room: Room, desk: Desk) -> None:
    text = DAY + MYTH + PROGRAMME
    asked = desk.bring("/plan/upload", "day.toml", text.replace("How many?", "What share?").encode())
    assert "Apply this 1 change?" in asked.text
    form = {"token": hidden(asked.text, "token")}
    assert "1 change was applied" in desk.post("/plan/apply", form).text
    assert ("p1", "What share?") in texts(room, "polls", "poll_id", "question")
    assert desk.post("/plan/apply", form).status_code == 404


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04no workbook", b"MZ" + bytes(100)])
def test_upload_that_is_no_plan_is_refused_in_a_sentence(desk: Desk, content: bytes) -> None:
    page = desk.bring("/plan/upload", "day.xlsx", content)
    assert page.status_code == 400
    assert 'role="alert"' in page.text


def test_upload_larger_than_a_plan_may_be_is_refused(desk: Desk) -> None:
    assert desk.bring("/plan/upload", "day.xlsx", bytes(6_000_000)).status_code == 413
    assert desk.post("/links", {"role": "x" * 70_000}).status_code == 413


@pytest.mark.parametrize("way", ["/plan/nothing", "/plan/polls/rows/p9", "/plan/event/new", "/plan/nothing/new"])
def test_what_is_not_in_the_plan_is_not_found(desk: Desk, way: str) -> None:
    assert desk.get(way).status_code == 404


def seen(desk: Desk, part: str) -> str:
    return hidden(desk.get(f"/plan/{part}").text, "seen")
