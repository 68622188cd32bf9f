"""The desk's page of the stories and the try-out, and the console's commands."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session, select

from eventkit.events import hosts
from eventkit.events.models import Role
from eventkit.vignettes import calls, points, rules, stories
from eventkit.vignettes.models import Vignette, VignetteVersion
from tests.fife import CODES, FIFE
from tests.room import Room, room_in
from tests.vignettes.told import STEP, at_step

CODE = CODES[FIFE]
DESK, CONSOLE = f"/s/{CODE}/desk/vignettes", f"/s/{CODE}/console"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with room_in(tmp_path) as made:
        made.write(FIFE, at_step)
        yield made


def text_of(html: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", html).split())


def blame(session: Session) -> None:
    first, second, _third = session.exec(select(Vignette)).all()
    first.story, first.version = "She failed to engage.\nNobody knew.", 2
    second.basis = ""
    session.add(VignetteVersion(vignette_pk=first.id or 0, version=1, title="Anna", story="She came late."))


def test_desk_says_which_story_may_be_told_where_and_what_to_reconsider(room: Room) -> None:
    room.write(FIFE, blame)
    rows = re.findall("<tr>.*?</tr>", room.get(DESK, cookies=room.role(Role.ORGANISER)).text, re.DOTALL)[1:]
    assert [text_of(row) for row in rows] == [
        "Anna and the letter yes: composite Leven, Tiel 3 “failed to engage” 2",
        "Ben on nights not yet: say whether it is composite or consented Leven, Ore 2 – nothing 1",
        "Cara moves yes: composite Ore 2 – nothing 1",
    ]


def test_desk_names_tables_without_a_story_or_a_host(room: Room) -> None:
    def one_comes(session: Session) -> None:
        hosts.use_card(session, FIFE, "t1", hosts.make_card(session, FIFE, "t1"))

    room.write(FIFE, one_comes)
    page = text_of(room.get(DESK, cookies=room.role(Role.ORGANISER)).text)
    assert "No host has come in with a host card yet at: Ore, Tiel." in page
    assert "Without a story" not in page


def test_try_out_is_marked_and_shows_what_tables_see(room: Room) -> None:
    room.write(FIFE, blame)
    cookies, phone = room.role(Role.ORGANISER), room.pass_of()
    page = room.get(f"{DESK}/v1/try-out", cookies=cookies).text
    assert '<p class="try-out-mark">Try-out</p>' in page
    assert re.findall(r'<li dir="auto">([^<]+)</li>', page) == [
        "What happened here?",
        "Who could help?",
        "What about the letter?",
    ]
    assert "“failed to engage”" in page
    assert "Version 1: <bdi>Anna</bdi>" in page
    assert "This story cannot be shown yet." not in page
    assert "This story cannot be shown yet." in room.get(f"{DESK}/v2/try-out", cookies=cookies).text
    assert room.get(f"{DESK}/v9/try-out", cookies=cookies).status_code == 404
    room.write(FIFE, lambda session: setattr(session.exec(select(Vignette)).all()[1], "basis", "composite"))
    room.write(FIFE, rules.forward, STEP)
    article = re.compile("<article.*?</article>", re.DOTALL)
    seen = room.get(f"/e/{CODE}/tables/t1", cookies=phone).text
    assert article.findall(seen) == article.findall(page)


def test_console_counts_points_and_shows_calls_and_hosts(room: Room) -> None:
    cookies = room.role(Role.FACILITATOR)
    room.write(FIFE, rules.forward, STEP)
    for number in range(3):
        words = points.Words("v2", "a", f"Point {number}")
        room.write(FIFE, points.save, FIFE, "t2", "device", f"{number:016x}", words)
    room.write(FIFE, calls.call, FIFE, "t3")
    html = room.get(CONSOLE, cookies=cookies).text
    lines = re.findall(r'<li data-key="table-t\d">.*?</li>', html, re.DOTALL)
    assert [text_of(line) for line in lines] == [
        "Leven Anna and the letter no host yet 0",
        "Ore Ben on nights no host yet 3",
        "Tiel Anna and the letter no host yet 0",
    ]
    assert "Point 0" not in html
    assert re.findall('<li data-key="call-(t.)">', html) == ["t3"]
    assert "Start 40 minutes" in html
    assert room.post(f"{CONSOLE}/vignettes/seen", {"table": "t3", "version": "1"}, cookies=cookies).status_code == 303
    assert "story-calls" not in room.get(CONSOLE, cookies=cookies).text


def test_console_switches_how_prompts_come_and_starts_the_timer_of_a_story(room: Room) -> None:
    cookies = room.role(Role.FACILITATOR)
    room.write(FIFE, rules.forward, STEP)
    for form, expected in (({"one_by_one": "yes"}, True), ({"one_by_one": ""}, False)):
        assert room.post(f"{CONSOLE}/vignettes/prompts", form, cookies=cookies).status_code == 303
        with room.database.reading() as session:
            assert stories.round_of(session, FIFE).one_by_one is expected
    assert room.post(f"{CONSOLE}/timer", {"minutes": "40", "version": "1"}, cookies=cookies).status_code == 303
    phone, screen = room.get(f"/e/{CODE}/tables/t1", cookies=room.pass_of()).text, room.get(f"/s/{CODE}/screen").text
    assert ['id="time-left"' in page for page in (phone, screen)] == [True, True]
    assert "Start 40 minutes" not in room.get(CONSOLE, cookies=cookies).text
