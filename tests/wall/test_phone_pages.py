"""Phones at a wall, over HTTP: what they may do, what they are told, and what they never see."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from httpx2 import Response
from sqlmodel import Session

from eventkit.events import rules as events
from eventkit.events.models import Role
from eventkit.wall import closing, flood, moderation, placing, rules, walls
from eventkit.wall.models import Note, Status, Wall
from tests.fife import CODES, FIFE
from tests.room import ORIGIN, Room, room_in
from tests.wall.walled import QUESTIONS, STEP

CODE = CODES[FIFE]
BASE = f"/e/{CODE}/walls/w1"
SCRIPT = {**ORIGIN, "hx-request": "true"}
HOSTILE = {
    "emoji": "🎉👩‍👩‍👧‍👦" * 3,
    "right to left": "بيانات الإحالة حسب الحي",
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)> {{ 7*7 }}",
    "link": "https://example.test/a?b=c&d=e",
    "one long word": "x" * 280,
}


class Phone:
    """A browser that has joined; it keeps the cookie that a wall gives it."""

    def __init__(self, room: Room) -> None:
        self.room, self.cookies, self.sent = room, room.pass_of(), 0

    def post(self, way: str = "/notes", *, script: bool = True, **form: str) -> Response:
        headers = SCRIPT if script else ORIGIN
        answer = self.room.post(BASE + way, form, cookies=self.cookies, headers=headers)
        if "notes" in answer.cookies:
            self.cookies += f"; notes={answer.cookies['notes']}"
        return answer

    def write(self, text: str, number: str = "", **given: Any) -> Response:
        self.sent += 1
        return self.post(note=number or f"{self.sent:016x}", text=text, **given)

    def get(self, way: str = "") -> Response:
        return self.room.get(BASE + way, cookies=self.cookies)

    def frame(self) -> str:
        return str(self.get("/frame").json()["html"])


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with room_in(tmp_path) as made:
        hang(made)
        yield made


def hang(room: Room, **given: Any) -> None:
    """Two open walls."""

    def verb(session: Session) -> None:
        for position, (wall_id, question) in enumerate(QUESTIONS.items(), start=1):
            session.add(Wall(event_id=FIFE, position=position, wall_id=wall_id, question=question, **given))
        session.flush()
        rules.forward(session, STEP)

    room.write(FIFE, verb)


def stored(room: Room, wall_id: str = "w1") -> list[Note]:
    with room.database.reading() as session:
        return list(walls.notes(session, walls.wall_of(session, FIFE, wall_id)))


def texts(room: Room) -> list[str]:
    return sorted(note.text for note in stored(room))


def own(html: str) -> list[str]:
    """The notes that a phone is shown as its own."""
    return sorted(
        unescape(text) for text in re.findall(r'<li data-key="note-.*?\n  <p class="words".*?>(.*?)</p>', html)
    )


def told(answer: Response) -> tuple[int, str]:
    found = re.search(r'<p class="problem[^>]*role="alert">([^<]+)</p>', answer.text)
    return answer.status_code, unescape(found[1]) if found else ""


def set_wall(room: Room, **given: Any) -> None:
    def verb(session: Session) -> None:
        wall = walls.wall_of(session, FIFE, "w1")
        for name, value in given.items():
            setattr(wall, name, value)

    room.write(FIFE, verb)


def close(room: Room) -> None:
    room.write(FIFE, lambda session: closing.close(session, walls.wall_of(session, FIFE, "w1")))


def test_browser_without_a_pass_joins_and_lands_on_the_wall(room: Room) -> None:
    led = room.get(BASE)
    assert (led.status_code, led.headers["location"]) == (303, f"/j/{CODE}?to=walls/w1")
    joining = room.get(led.headers["location"])
    assert '<input type="hidden" name="to" value="walls/w1">' in joining.text
    joined = room.post(f"/e/{CODE}/join", {"to": "walls/w1"})
    assert (joined.status_code, joined.headers["location"]) == (303, BASE)
    assert room.get(BASE, cookies=f"pass={joined.cookies['pass']}").status_code == 200


@pytest.mark.parametrize("to", ["//evil.test", "https://evil.test", "../../s", "walls/w1/notes", "walls/w1\n"])
def test_joining_leads_nowhere_else(room: Room, to: str) -> None:
    assert room.post(f"/e/{CODE}/join", {"to": to}).headers["location"] == f"/e/{CODE}"


def test_unknown_wall_is_not_found(room: Room) -> None:
    phone = Phone(room)
    for way in ("", "/frame", "/mine", "/read"):
        assert room.get(f"/e/{CODE}/walls/w9{way}", cookies=phone.cookies).status_code == 404


def test_note_is_posted_listed_changed_and_deleted(room: Room) -> None:
    phone = Phone(room)
    assert own(phone.write("Rents by ward").text) == ["Rents by ward"]
    assert own(phone.write("Who holds what").text) == ["Rents by ward", "Who holds what"]
    assert own(phone.get().text) == ["Rents by ward", "Who holds what"]
    assert own(phone.post(f"/notes/{1:016x}", text="Rents by street").text) == ["Rents by street", "Who holds what"]
    assert own(phone.post(f"/notes/{2:016x}/delete").text) == ["Rents by street"]
    assert texts(room) == ["Rents by street"]


def test_handle_is_given_once_for_the_walls_alone(room: Room) -> None:
    phone = Phone(room)
    assert phone.write("").status_code == 400
    given = phone.write("Rents").headers["set-cookie"]
    assert re.fullmatch(rf"notes=[0-9a-f]{{32}}; HttpOnly; Max-Age=2592000; Path=/e/{CODE}/walls; SameSite=lax", given)
    assert "set-cookie" not in phone.write("Fuel").headers
    assert given[6:38] not in "\n".join(room.dump())


def test_without_script_the_wall_comes_again(room: Room) -> None:
    phone = Phone(room)
    for way, form in (
        ("/notes", {"note": f"{1:016x}", "text": "Rents"}),
        (f"/notes/{1:016x}", {"text": "Fuel"}),
        (f"/notes/{1:016x}/delete", {}),
    ):
        answer = phone.post(way, script=False, **form)
        assert (answer.status_code, answer.headers["location"]) == (303, BASE)
    assert texts(room) == []


def test_double_tap_is_one_note(room: Room) -> None:
    phone = Phone(room)
    phone.write("A first one")
    form = {"note": "a" * 16, "text": "Rents"}
    assert room.at_once(BASE + "/notes", [form] * 4, phone.cookies) == [303] * 4
    assert texts(room) == ["A first one", "Rents"]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_anything_is_text(room: Room, text: str) -> None:
    phone = Phone(room)
    answer = phone.write(text)
    assert (answer.status_code, own(answer.text)) == (200, [text])
    assert "<script>alert" not in answer.text
    assert "onerror=alert(1)>" not in answer.text


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (" \n\t\u200b ", "There is nothing on this note yet. Write one idea, then put it on the wall."),
        ("y" * 10_000, "That is 10000 characters; 280 fit. Shorten it, or write two notes: one idea on each."),
    ],
)
def test_refused_text_is_kept_in_the_field(room: Room, text: str, sentence: str, script: bool) -> None:
    answer = Phone(room).write(text, script=script)
    assert told(answer) == (400, sentence)
    assert text.strip("\n\t \u200b") in answer.text
    assert texts(room) == []


def test_ten_thousand_emoji_are_refused_in_the_same_words(room: Room) -> None:
    assert told(Phone(room).write("😀" * 10_000))[1].startswith("That is 10000 characters; 280 fit.")


@pytest.mark.parametrize("script", [True, False])
def test_wall_that_has_closed_takes_nothing_and_keeps_the_words(room: Room, script: bool) -> None:
    phone = Phone(room)
    phone.write("Before")
    close(room)
    answer = phone.write("Too late", script=script)
    assert told(answer) == (409, "This wall has closed. Your note was not put on it.")
    assert script or ">Too late</textarea>" in answer.text
    changed = phone.post(f"/notes/{1:016x}", text="Another", script=script)
    assert told(changed) == (409, "This wall has closed, so its notes stay as they are.")
    assert texts(room) == ["Before"]


def test_edit_that_is_refused_keeps_its_words_beside_its_note(room: Room) -> None:
    phone = Phone(room)
    phone.write("Rents")
    answer = phone.post(f"/notes/{1:016x}", text="z" * 300)
    assert told(answer)[0] == 400
    assert '<details name="change-w1" open>' in answer.text
    assert f">{'z' * 300}</textarea>" in answer.text
    assert texts(room) == ["Rents"]


def test_note_of_another_phone_can_be_neither_changed_nor_deleted(room: Room) -> None:
    Phone(room).write("Mine")
    other = Phone(room)
    other.write("Theirs", "b" * 16)
    for way, form in ((f"/notes/{1:016x}", {"text": "Not mine"}), (f"/notes/{1:016x}/delete", {})):
        assert told(other.post(way, **form)) == (404, "This note is not yours to change, or is not there any more.")
    assert texts(room) == ["Mine", "Theirs"]


def test_flooding_is_held_kept_and_told_when_to_go_on(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flood, "SECONDS_EACH", 3600.0)  # however slowly the machine writes ten notes
    phone = Phone(room)
    assert [phone.write(f"Note {number}").status_code for number in range(10)] == [200] * 10
    held = phone.write("One too many")
    assert held.status_code == 429
    assert 0 < int(held.headers["retry-after"]) <= 3600
    assert ">One too many</textarea>" in held.text
    assert Phone(room).write("From another phone", "c" * 16).status_code == 200
    assert len(texts(room)) == 11


def test_frame_holds_no_note_but_the_one_in_the_spotlight(room: Room) -> None:
    phone = Phone(room)
    phone.write("Rents by ward")
    assert "No note is on this wall yet." in phone.frame()
    room.write(FIFE, placing.place, FIFE)
    frame = phone.frame()
    assert "1 note is on this wall." in frame
    assert "Rents by ward" not in frame
    assert 'data-mine="wall-w1" data-src="' in frame
    room.write(FIFE, moderation.spotlight, FIFE, stored(room)[0].note_id)
    assert '<blockquote dir="auto">Rents by ward</blockquote>' in phone.frame()
    other = room.get(f"/e/{CODE}/walls/w2/frame", cookies=phone.cookies).json()["html"]
    assert "Rents by ward" not in other


def test_frame_says_where_the_room_is_and_leads_to_the_next_wall(room: Room) -> None:
    frame = Phone(room).frame()
    assert f'<a href="/e/{CODE}">On now: <bdi>Welcome</bdi>' in frame
    assert f'<a href="/e/{CODE}/walls/w2">Next wall: <bdi>Who was missing?</bdi></a>' in frame


def test_stage_lists_the_walls_that_are_open(room: Room) -> None:
    phone = Phone(room)
    stage = room.get(f"/e/{CODE}", cookies=phone.cookies).text
    assert re.findall(rf'href="/e/{CODE}/walls/(w\d)"', stage) == ["w1", "w2"]
    close(room)
    assert re.findall(rf'href="/e/{CODE}/walls/(w\d)"', room.get(f"/e/{CODE}", cookies=phone.cookies).text) == ["w2"]


def test_closed_wall_has_forgotten_whose_notes_were_whose(room: Room) -> None:
    phone = Phone(room)
    phone.write("Rents")
    close(room)
    page = phone.get().text
    assert 'data-mine="wall-w1-closed"' in page
    assert "Nobody can tell any more who wrote which note." in page
    assert own(page) == []


def test_note_that_waits_for_approval_says_so_and_is_not_counted(room: Room) -> None:
    set_wall(room, approve_first=True)
    phone = Phone(room)
    assert "Waits for the organisers to show it." in phone.write("Rents").text
    room.write(FIFE, placing.place, FIFE)
    assert "No note is on this wall yet." in phone.frame()


def test_wall_is_read_only_where_the_plan_allows_it_fifty_at_a_time(room: Room) -> None:
    phone = Phone(room)
    assert phone.get("/read").status_code == 404

    def fill(session: Session) -> None:
        wall = walls.wall_of(session, FIFE, "w1")
        wall.readable_on_phones = True
        for cell in range(60):
            status = Status.HIDDEN if cell == 3 else Status.SHOWN
            session.add(Note(note_id=f"{cell:016x}", wall_pk=wall.id, text=f"Idea {cell}.", status=status, cell=cell))

    room.write(FIFE, fill)
    pages = [re.findall(r"Idea (\d+)\.", phone.get(f"/read?page={number}").text) for number in (1, 2, 3)]
    assert pages == [[str(cell) for cell in range(50) if cell != 3], [str(cell) for cell in range(50, 60)], []]
    assert phone.get("/read?page=0").status_code == 400
    set_wall(room, hidden=True)
    assert phone.get("/read").status_code == 404


def test_dots_are_given_changed_and_refused_over_the_budget(room: Room) -> None:
    set_wall(room, dots=3)
    phone = Phone(room)
    phone.write("Rents")
    phone.write("Fuel")
    close(room)
    first, second = (note.note_id for note in stored(room))
    room.write(FIFE, lambda session: rules.forward(session, STEP))  # the other wall closes
    room.write(FIFE, lambda session: rules.forward(session, STEP))
    ballot = phone.get()
    seq = "1"
    assert ballot.text.count("<select ") == 2
    epoch = re.search(r'name="epoch" value="(\d+)"', ballot.text)
    assert epoch
    form = {"epoch": epoch[1], "seq": seq, f"dots-{first}": "2", f"dots-{second}": "1"}
    recorded = phone.post("/dots", **form)
    assert recorded.status_code == 200
    assert f'data-state="recorded" data-recorded="{"".join(sorted([first, first, second]))}"' in recorded.text
    over = phone.post("/dots", **{**form, "seq": "2", f"dots-{second}": "2"})
    assert over.status_code == 422
    assert "You have 3 dots to give, and this is 4." in over.text
    plain = phone.post("/dots", script=False, **{**form, "seq": "2", f"dots-{first}": "0"})
    assert (plain.status_code, plain.headers["location"]) == (303, BASE)
    assert f'data-recorded="{second}"' in phone.get("/mine").text
    assert phone.post("/dots", **{**form, "epoch": "1"}).status_code == 409
    for odd in ("²", "٣", "-1", "9999999"):
        assert phone.post("/dots", **{**form, "seq": "3", f"dots-{first}": odd}).status_code == 422


def test_paper_notes_are_entered_one_after_another_and_taken_back(room: Room) -> None:
    desk, cookies = f"/s/{CODE}/desk/walls/w1", room.role(Role.ORGANISER)
    first = {"note": "1" * 16, "text": "On paper", "last": ""}
    for _reload in range(2):
        assert "1 entered" in room.post(desk, first, cookies=cookies).text
    close(room)
    late = {"note": "2" * 16, "text": "Found under a chair", "last": ""}
    page = room.post(desk, late, cookies=cookies).text
    assert "2 entered" in page
    assert f'name="last" value="{"2" * 16}"' in page
    assert [(note.text, note.paper, note.author) for note in sorted(stored(room), key=lambda note: note.text)] == [
        ("Found under a chair", True, None),
        ("On paper", True, None),
    ]
    undone = room.post(desk + "/undo", {"note": "2" * 16, "last": "2" * 16}, cookies=cookies)
    assert 'value="Found under a chair"' in undone.text
    assert texts(room) == ["On paper"]
    assert "Found under" not in "\n".join(room.dump())


def test_paper_notes_are_refused_once_the_event_has_finished(room: Room) -> None:
    cookies = room.role(Role.ORGANISER)
    room.write(FIFE, events.end, FIFE)
    answer = room.post(f"/s/{CODE}/desk/walls/w1", {"note": "1" * 16, "text": "Late"}, cookies=cookies)
    assert told(answer) == (410, "The event has finished, so no more notes can be added. This one was not stored.")
    assert 'value="Late"' in answer.text


def test_note_of_a_phone_cannot_be_taken_back_at_the_desk(room: Room) -> None:
    Phone(room).write("From a phone")
    answer = room.post(f"/s/{CODE}/desk/walls/w1/undo", {"note": f"{1:016x}"}, cookies=room.role(Role.ORGANISER))
    assert answer.status_code == 404
    assert texts(room) == ["From a phone"]


def test_poster_leads_to_its_wall(room: Room) -> None:
    page = room.get(f"/s/{CODE}/desk/walls/w2/poster", cookies=room.role(Role.ORGANISER)).text
    assert "Who was missing?" in page
    assert f"/e/{CODE}/walls/w2</p>" in page
    assert "One idea on each note. No names." in page


def test_first_note_whose_answer_was_lost_is_one_note_and_its_own(room: Room) -> None:
    cookies, form = room.pass_of(), {"note": "a" * 16, "text": "Buses"}
    answers = [room.post(f"{BASE}/notes", form, cookies=cookies, headers=SCRIPT) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert (texts(room), f"/notes/{'a' * 16}" in answers[1].text) == (["Buses"], True)
    handles = {answer.cookies["notes"] for answer in answers}
    assert (len(handles), handles.isdisjoint({cookies.removeprefix("pass=")})) == (1, True)
    assert room.post(f"{BASE}/notes", form, cookies=room.pass_of(), headers=SCRIPT).status_code == 409


def test_phone_that_groups_is_held_and_can_still_write(tmp_path: Path) -> None:
    with room_in(tmp_path) as room:
        hang(room, attendees_group=True)
        phone = Phone(room)
        phone.write("Buses")
        room.write(FIFE, placing.place, FIFE)
        note = stored(room)[0].note_id
        many = "&".join(f"note={number:016x}" for number in range(51)).encode()
        form = {**ORIGIN, "content-type": "application/x-www-form-urlencoded"}
        assert room.ask("POST", f"{BASE}/group", content=many, cookies=phone.cookies, headers=form).status_code == 400
        moved = [phone.post("/group", script=False, note=note, label="Buses").status_code for _time in range(10)]
        assert (moved, phone.write("Trams").status_code) == ([303] * 9 + [429], 200)
