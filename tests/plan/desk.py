"""An organiser at the desk of an event that was made of a plan, without a browser."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html import unescape
from pathlib import Path

from httpx2 import Response
from sqlmodel import Session

from eventkit.activities import ACTIVITIES
from eventkit.events import rules as events
from eventkit.events.models import Role
from eventkit.plan import whole
from eventkit.sheet import Plan
from tests.fife import CODES, FIFE, opened
from tests.plan.writing import DAY, toml
from tests.plan.writing import opened as read
from tests.room import ORIGIN, Room, room_on

DESK = f"/s/{CODES[FIFE]}/desk"
BOUNDARY = "eventkit-test-boundary"
MYTH = """
[[polls]]
poll_id = "p2"
format = "myth"
question = "True or false?"
local_statistic = "s1"
[[options]]
poll_id = "p1"
option_id = "C"
text = "Half"
value = 50
[[options]]
poll_id = "p2"
option_id = "A"
text = "True"
correct = true
[[options]]
poll_id = "p2"
option_id = "B"
text = "False"
"""
PROGRAMME = """
[[programme]]
order = 1
activity = "welcome"
[[programme]]
order = 2
activity = "poll"
ref = "p1"
[[programme]]
order = 3
activity = "poll"
ref = "p2"
[[programme]]
order = 4
activity = "close"
"""


@contextmanager
def planned_room(tmp_path: Path) -> Iterator[Room]:
    """A room whose event was made of a plan: two polls, each a step of its own."""
    plan, problems = read(toml(tmp_path, DAY + MYTH + PROGRAMME))
    assert [problem for problem in problems if problem.blocks] == []
    database = opened(tmp_path / "data" / "eventkit.sqlite3")
    with Session(database.writing) as session:
        whole.create(session, plan, ACTIVITIES, CODES[FIFE])
        session.commit()
    database.close()
    with room_on(tmp_path) as made:
        yield made


class Desk:
    """The organiser's browser."""

    def __init__(self, room: Room) -> None:
        self._room, self._cookie = room, room.role(Role.ORGANISER)

    def get(self, way: str) -> Response:
        return self._room.get(DESK + way, cookies=self._cookie)

    def post(self, way: str, form: Mapping[str, str]) -> Response:
        return self._room.post(DESK + way, form, cookies=self._cookie)

    def save(self, way: str, changed: Mapping[str, str]) -> Response:
        """The form of a row, opened and sent again with some fields changed."""
        return self.post(way, {**fields(self.get(way).text), **changed})

    def bring(self, way: str, name: str, content: bytes) -> Response:
        """A file through a form."""
        head = f'--{BOUNDARY}\r\ncontent-disposition: form-data; name="plan"; filename="{name}"\r\n\r\n'
        headers = {**ORIGIN, "content-type": f"multipart/form-data; boundary={BOUNDARY}"}
        body = head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
        return self._room.ask("POST", DESK + way, cookies=self._cookie, headers=headers, content=body)


def fields(html: str) -> dict[str, str]:
    """What a browser would send of the page's row form as it stands."""
    form = re.search(r'<form class="fields row-form".*?</form>', html, re.DOTALL)
    assert form
    sent: dict[str, str] = {}
    for tag in re.findall(r"<input [^>]*>", form[0]):
        named, value = re.search(r' name="([^"]*)"', tag), re.search(r' value="([^"]*)"', tag)
        if named and value and ('type="checkbox"' not in tag or " checked" in tag):
            sent[named[1]] = unescape(value[1])
    for name, text in re.findall(r'<textarea [^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', form[0], re.DOTALL):
        sent[name] = unescape(text)
    for name, options in re.findall(r'<select [^>]*name="([^"]*)"[^>]*>(.*?)</select>', form[0], re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        sent[name] = unescape(chosen[1]) if chosen else ""
    return sent


def stored(room: Room) -> Plan:
    with room.database.reading() as session:
        return whole.stored(session, events.event(session, FIFE), ACTIVITIES)


def texts(room: Room, part: str, *columns: str) -> list[tuple[str, ...]]:
    return [tuple(row.text(column) for column in columns) for row in stored(room).rows(part)]


def hidden(html: str, name: str) -> str:
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)">', html)
    assert found, html
    return found[1]
