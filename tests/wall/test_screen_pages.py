"""The screen's pages of walls as they are rendered, and the presses that turn them."""

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session

from eventkit.codebook import rules as codebook
from eventkit.codebook.models import Kind, Theme
from eventkit.events.models import Role
from eventkit.stage import programme
from eventkit.stage.models import ProgrammeStep
from eventkit.wall import moderation, notes, placing, rules, screen, turning, walls
from eventkit.wall.models import Status, Wall
from tests.fife import CODES, FIFE, STRANGER
from tests.room import Room, room_in
from tests.wall.walled import QUESTIONS

CODE = CODES[FIFE]
SCREEN, CONSOLE = f"/s/{CODE}/screen/frame", f"/s/{CODE}/console"
STEP = 3


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """The room at the walls' step: w1 takes short notes, w2 is hidden until it is revealed."""
    with room_in(tmp_path) as made:
        made.write(FIFE, prepare)
        yield made


def prepare(session: Session) -> None:
    for position, (wall_id, question) in enumerate(QUESTIONS.items(), start=1):
        wall = Wall(event_id=FIFE, position=position, wall_id=wall_id, question=question, hidden=wall_id == "w2")
        wall.max_length = 2_000
        session.add(wall)
    session.add(Theme(event_id=FIFE, position=1, theme_id="who", label="Who", colour="#3D4552"))
    step = session.get_one(ProgrammeStep, STEP)
    step.activity, step.refs, step.title = "wall", "", "Two questions"
    programme.stage_of(session, FIFE).step_id = STEP


def html(room: Room, path: str = SCREEN, cookies: str = "") -> str:
    return str(room.get(path, cookies=cookies).json()["html"])


def press(room: Room, action: str, **form: str) -> int:
    return room.post(f"{CONSOLE}/{action}", form, cookies=room.role(Role.FACILITATOR)).status_code


def step_on(session: Session) -> None:
    rules.forward(session, programme.current(session, FIFE))


def post(room: Room, wall_id: str, *texts: str) -> list[str]:
    """Notes that stand in the order of the list."""

    def put(session: Session, text: str, note_id: str) -> str:
        notes.post(session, FIFE, wall_id, note_id, f"author of {note_id}", text)
        placing.place(session, FIFE)
        return note_id

    taken = len(room.write(FIFE, lambda session: walls.notes(session, walls.wall_of(session, FIFE, wall_id))))
    ids = [f"{wall_id[1:]}{number + taken:015x}" for number in range(len(texts))]
    return [room.write(FIFE, put, text, note_id) for text, note_id in zip(texts, ids, strict=True)]


def cells(page: str) -> list[str]:
    """What stands in the cells, in words; "" for an empty one."""
    found = re.findall(r'<li(?: class="empty")? data-key="[^"]+"[^>]*>(.*?)</li>', page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in found]


def test_before_it_opens_the_screen_has_the_questions_and_no_cells(room: Room) -> None:
    page = html(room)
    assert all(question in page for question in QUESTIONS.values())
    assert cells(page) == []
    assert "Soon you can answer on your phone" in page


def test_several_walls_have_three_cells_each_and_a_hidden_one_has_its_number_alone(room: Room) -> None:
    room.write(FIFE, step_on)
    post(room, "w1", "Tea", "Toast")
    post(room, "w2", "A secret", "Another")
    page = html(room)
    assert cells(page) == ["New Tea", "New Toast", ""]
    assert "2 notes, shown soon" in page
    assert "secret" not in page
    assert press(room, "walls/w2/reveal") == 303
    assert cells(html(room)) == ["New Tea", "New Toast", "", "New A secret", "New Another", ""]
    assert press(room, "walls/w2/conceal") == 303
    assert "secret" not in html(room)


def test_one_wall_has_twelve_cells_and_a_note_keeps_its_own(room: Room) -> None:
    room.write(FIFE, step_on)
    ids = post(room, "w1", *(f"Note {letter}" for letter in "abcdefghijklm"))
    press(room, "walls/show", wall="w1")
    assert "page 1 of 2" in html(room)
    assert cells(html(room))[:2] == ["1 New Note a", "2 New Note b"]
    room.write(FIFE, lambda session: moderation.hide(session, FIFE, ids[1]))
    assert cells(html(room))[:3] == ["1 New Note a", "", "3 New Note c"]
    press(room, "walls/page-on")
    assert cells(html(room)) == ["13 Note m", *[""] * 11]
    press(room, "walls/page-back")
    assert cells(html(room))[:3] == ["1 Note a", "", "3 Note c"]


def test_long_note_is_cut_in_its_cell_and_whole_in_the_spotlight(room: Room) -> None:
    room.write(FIFE, step_on)
    long = " ".join(["word"] * 399)
    note_id = post(room, "w1", long)[0]
    press(room, "walls/show", wall="w1")
    assert cells(html(room))[0].endswith("word…")
    assert long not in html(room)
    room.write(FIFE, lambda session: moderation.spotlight(session, FIFE, note_id))
    assert f'class="size-5" id="spotlight"><p dir="auto">{long}</p>' in html(room)
    assert press(room, "walls/spotlight-off") == 303
    assert long not in html(room)


def test_what_people_wrote_is_never_markup(room: Room) -> None:
    room.write(FIFE, step_on)
    note_id = post(room, "w1", "<img src=x onerror=alert(1)>")[0]
    room.write(FIFE, lambda session: moderation.spotlight(session, FIFE, note_id))
    for page in (html(room), html(room, f"{CONSOLE}/frame", room.role(Role.FACILITATOR))):
        assert "&lt;img" in page
        assert "<img" not in page


def test_themes_page_has_numbers_the_newest_notes_and_how_many_have_no_theme(room: Room) -> None:
    room.write(FIFE, step_on)
    ids = post(room, "w1", "Oldest", "Second", "Third", "Newest", "No theme")
    move = (FIFE, Kind.WALL_NOTE, ids[:4], "who", "batch")
    room.write(FIFE, codebook.move, *move)
    assert press(room, "walls/themes", on="yes") == 303
    page = html(room)
    assert re.findall(r'<li dir="auto">(.*?)</li>', page) == ["Newest", "Third", "Second"]
    assert re.search(r"<b>4<span", page)
    assert "5 notes, 1 of them under no theme" in page
    press(room, "walls/themes")
    assert "New Oldest" in cells(html(room))


def test_dots_are_shown_only_once_they_are_counted(room: Room) -> None:
    room.write(FIFE, step_on)
    ids = post(room, "w1", "Tea", "Toast")
    press(room, "walls/show", wall="w1")

    def dots(session: Session, number: int | None, *, counted: bool) -> None:
        wall = walls.wall_of(session, FIFE, "w1")
        for note in walls.notes(session, wall, Status.SHOWN):
            note.dots = number if note.note_id == ids[0] else 0
        wall.dots_counted_at = wall.opened_at if counted else None

    room.write(FIFE, lambda session: dots(session, 3, counted=False))
    assert cells(html(room))[:2] == ["1 New Tea", "2 New Toast"]
    room.write(FIFE, lambda session: dots(session, 3, counted=True))
    assert cells(html(room))[:2] == ["1 Tea 3 dots", "2 Toast 0 dots"]
    assert re.findall(r'class="bar" width="([0-9.]+)%"', html(room)) == ["100.0", "0.0"]


def test_console_has_every_wall_and_what_waits(room: Room) -> None:
    room.write(FIFE, step_on)
    room.write(FIFE, lambda session: setattr(walls.wall_of(session, FIFE, "w1"), "approve_first", True))
    post(room, "w1", "Tea")
    page = html(room, f"{CONSOLE}/frame", room.role(Role.FACILITATOR))
    assert "1 to approve" in page
    assert f'href="/s/{CODE}/console/walls/w1"' in page
    assert 'id="page-on"' in page
    assert "0 notes, open, hidden" in " ".join(page.split())


def test_walls_open_and_close_singly(room: Room) -> None:
    assert press(room, "walls/w1/open") == 303
    assert "not open yet" in html(room)
    assert press(room, "walls/w1/close") == 303
    assert press(room, "walls/w2/close") == 409
    assert press(room, "walls/w9/open") == 404


def test_page_turns_only_on_a_step_of_walls(room: Room) -> None:
    assert press(room, "walls/page-on") == 303
    room.write(FIFE, lambda session: setattr(programme.stage_of(session, FIFE), "step_id", 1))
    assert press(room, "walls/page-on") == 409


def test_pages_turn_by_themselves_where_walls_are_on_and_nobody_looks_at_one_note(room: Room) -> None:
    room.write(FIFE, step_on)
    ids = post(room, "w1", *(f"Note {letter}" for letter in "abcd"))
    due = room.database.info["turning"]
    assert press(room, "walls/turning", on="yes") == 303
    assert list(due) == [FIFE]
    pages = []
    for spotlight in ("", "", ids[0]):
        room.write(FIFE, lambda session, lit=spotlight: screen.light(session, FIFE, lit))
        room.write(FIFE, turning.turn_due, FIFE)
        pages.append(room.write(FIFE, lambda session: screen.screen_of(session, FIFE).page))
    assert pages == [1, 0, 0]
    room.write(FIFE, lambda session: setattr(programme.stage_of(session, FIFE), "step_id", 1))
    room.write(FIFE, turning.turn_due, FIFE)
    assert press(room, "walls/turning") == 303
    assert due == {}


def test_turning_goes_on_after_a_start_and_in_its_own_time(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    room.write(FIFE, step_on)
    post(room, "w1", *(f"Note {letter}" for letter in "abcd"))
    press(room, "walls/turning", on="yes")
    first = room.database.info["turning"][FIFE]
    monkeypatch.setattr(turning, "monotonic", lambda: first - 1)
    press(room, "walls/page-on")
    assert room.database.info["turning"][FIFE] == first - 1 + turning.PAGE_SECONDS
    assert room.write(FIFE, turning._turning) == [FIFE]


def test_next_screen_shows_no_new_phase_before_its_time(room: Room) -> None:
    cookies = room.role(Role.FACILITATOR)
    assert "Write yours on your phone" in room.get(f"{CONSOLE}/next", cookies=cookies).text
    room.write(FIFE, step_on)
    post(room, "w2", "A secret")
    ahead = room.get(f"{CONSOLE}/next", cookies=cookies).text
    assert "Writing has closed" in ahead
    assert "secret" not in ahead


def test_pages_go_on_turning_although_a_press_changes_what_is_due(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    due: dict[int, float] = room.database.info["turning"]
    due[FIFE] = 0.0

    def moment() -> float:
        """As the writer's thread does, in the middle of a look."""
        if due.pop(STRANGER, None) is None:
            due[STRANGER] = 0.0
        return 1.0

    async def look() -> bool:
        task = asyncio.create_task(turning.keep_turning(room.database))
        await asyncio.wait([task], timeout=0.3)
        alive = not task.done()
        task.cancel()
        await asyncio.wait([task])
        return alive

    monkeypatch.setattr(turning, "monotonic", moment)
    monkeypatch.setattr(turning, "LOOK_SECONDS", 0.01)
    assert room._runner.run(look())
