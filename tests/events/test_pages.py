"""Entering a code, joining, and exchanging a role link, over HTTP."""

import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from eventkit.events import rules, wrong_codes
from eventkit.events.models import Role
from eventkit.stage import programme
from tests.fife import CODES, FIFE, STRANGER
from tests.room import Room, room_in

CODE = CODES[FIFE]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with room_in(tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """A room that these tests only look at."""
    with room_in(tmp_path_factory.mktemp("still")) as made:
        yield made


def joined(room: Room, event_id: int = FIFE) -> int:
    with room.database.reading() as session:
        return rules.joined(session, event_id)


def told(room: Room, code: str) -> tuple[int, str]:
    """Status, and the page's text."""
    answer = room.post("/", {"code": code})
    return answer.status_code, unescape(answer.text)


@pytest.mark.parametrize(
    "typed", ["K7M4PDX", "k7m4pdx", "K7M 4PDX", " k7m-4pdx ", "K7M\u00a04PDX", "K7M–4PDX", "K7M.4PDX"]
)
def test_code_is_taken_as_people_type_it(still: Room, typed: str) -> None:
    answer = still.post("/", {"code": typed})
    assert (answer.status_code, answer.headers["location"]) == (307, f"/e/{CODE}/join")
    scanned = still.get(f"/j/{typed.strip()}")
    assert (scanned.status_code, f'action="/e/{CODE}/join"' in scanned.text) == (200, True)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "A code has 7 letters and numbers; this has 0."),
        ("K7M4PD", "A code has 7 letters and numbers; this has 6."),
        ("K7M4PDXX", "A code has 7 letters and numbers; this has 8."),
        ("K7M4PD0", "No code has 0 in it: codes leave out what looks alike."),
        ("OLI4PD5", "No code has 5, I, L, O in it: codes leave out what looks alike."),
        ("K7M4PDЖ", "No code has Ж in it: codes leave out what looks alike."),
        ("AAAAAAA", "No event is open under this code. Check it against the screen or the card at your table."),
    ],
)
def test_wrong_code_is_told_what_is_wrong(still: Room, typed: str, sentence: str) -> None:
    status, page = told(still, typed)
    assert (status, sentence in page) == (404, True)


def test_hostile_code_is_shown_as_text(still: Room) -> None:
    answer = still.post("/", {"code": '"><script>alert(1)</script>'})
    assert answer.status_code == 404
    assert "<script>alert" not in answer.text


def test_joining_gives_one_pass_for_each_browser(room: Room) -> None:
    answer = room.post(f"/e/{CODE}/join")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/e/{CODE}")
    cookie = answer.headers["set-cookie"]
    for part in (f"Path=/e/{CODE}", "HttpOnly", "SameSite=lax", "Max-Age=2592000"):
        assert part in cookie
    assert "Secure" not in cookie  # plain http, as on a venue's network
    again = room.post(f"/e/{CODE}/join", cookies=f"pass={answer.cookies['pass']}")
    assert (again.status_code, "set-cookie" in again.headers) == (303, False)
    assert joined(room) == 1
    room.pass_of()
    assert (joined(room), joined(room, STRANGER)) == (2, 0)


def test_pass_of_another_event_joins_anew(room: Room) -> None:
    cookie = room.pass_of(STRANGER)
    answer = room.post(f"/e/{CODE}/join", cookies=cookie)
    assert ("set-cookie" in answer.headers, joined(room)) == (True, 1)


def test_token_is_stored_nowhere(room: Room) -> None:
    token = room.pass_of().split("=")[1]
    assert not any(token in line for line in room.dump())


def test_pass_outlives_a_restart(tmp_path: Path) -> None:
    with room_in(tmp_path) as room:
        cookie = room.pass_of()
        room.app.state.admissions.passes.clear()
        assert room.get(f"/e/{CODE}", cookies=cookie).status_code == 303
        with room.database.reading() as session:
            room.app.state.admissions.load(session)
        assert room.get(f"/e/{CODE}", cookies=cookie).status_code == 200


def test_browser_without_a_pass_is_led_to_joining(still: Room) -> None:
    answer = still.get(f"/e/{CODE}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/j/{CODE}")


def test_looking_changes_nothing(room: Room) -> None:
    """Previews of a link follow it."""
    token = room.write(FIFE, rules.make_link, FIFE, Role.ORGANISER)
    before = room.dump()
    for path in ("/", f"/j/{CODE}", f"/e/{CODE}", f"/s/{CODE}/desk/enter/{token}", f"/s/{CODE}/screen"):
        assert room.get(path).status_code in {200, 303}
    assert room.dump() == before


def test_nobody_joins_after_the_end(room: Room) -> None:
    kept = room.pass_of()
    room.write(FIFE, programme.end, FIFE)
    answer = room.post(f"/e/{CODE}/join")
    assert (answer.status_code, "set-cookie" in answer.headers) == (410, False)
    assert "This event has finished." in unescape(answer.text)
    assert room.post(f"/e/{CODE}/join", cookies=kept).status_code == 303
    assert room.get(f"/e/{CODE}", cookies=kept).status_code == 200
    assert joined(room) == 1


def test_role_link_is_exchanged_once_for_a_cookie(room: Room) -> None:
    token = room.write(FIFE, rules.make_link, FIFE, Role.FACILITATOR)
    path = f"/s/{CODE}/console/enter/{token}"
    answer = room.post(path)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/s/{CODE}/console")
    assert f"Path=/s/{CODE}/console" in answer.headers["set-cookie"]
    assert answer.cookies["facilitator"] != token
    assert room.get(f"/s/{CODE}/console", cookies=f"facilitator={answer.cookies['facilitator']}").status_code == 200
    again = room.post(path)
    assert (again.status_code, "set-cookie" in again.headers) == (410, False)
    assert "was used already" in unescape(again.text)


def test_own_link_opened_again_leads_on(room: Room) -> None:
    token = room.write(FIFE, rules.make_link, FIFE, Role.ORGANISER)
    path = f"/s/{CODE}/desk/enter/{token}"
    cookie = f"organiser={room.post(path).cookies['organiser']}"
    assert room.post(path, cookies=cookie).status_code == 303


@pytest.mark.parametrize(("view", "event_id"), [("desk", FIFE), ("console", STRANGER), ("nothing", FIFE)])
def test_role_link_opens_only_its_own_view_and_event(room: Room, view: str, event_id: int) -> None:
    token = room.write(FIFE, rules.make_link, FIFE, Role.FACILITATOR)
    assert room.post(f"/s/{CODES[event_id]}/{view}/enter/{token}").status_code == 404
    assert room.post(f"/s/{CODE}/console/enter/{token}").status_code == 303


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/"),
        ("GET", "/j/AAAAAAA"),
        ("POST", "/e/AAAAAAA/join"),
        ("GET", "/e/AAAAAAA"),
        ("GET", "/s/AAAAAAA/screen"),
    ],
)
def test_many_wrong_codes_are_slowed_wherever_they_stand(
    room: Room, monkeypatch: pytest.MonkeyPatch, method: str, path: str
) -> None:
    monkeypatch.setattr(wrong_codes, "PER_SECOND", 5)
    form = {"code": "AAAAAAA"} if path == "/" else None
    began = time.monotonic()
    for _ in range(5):
        assert room.ask(method, path, form).status_code == 404
    assert time.monotonic() - began < 0.5  # people who mistype do not wait
    for _ in range(3):
        assert room.ask(method, path, form).status_code == 404
    assert time.monotonic() - began > 0.3
    began = time.monotonic()
    for _ in range(20):
        room.pass_of()
    assert time.monotonic() - began < 1  # right codes never wait


def test_event_is_known_by_its_name_and_its_code(still: Room) -> None:
    with still.database.reading() as session:
        assert [rules.by_name(session, name).id for name in ("fife-2016", "K7M4PDX", "k7m4pdx")] == [FIFE] * 3
