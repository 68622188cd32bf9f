"""A room whose two tables discuss two stories, and the devices of their hosts."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from httpx2 import Response
from sqlmodel import Session, select

from eventkit.events import hosts
from eventkit.vignettes import stories
from eventkit.vignettes.models import Point, Prompt
from tests.fife import CODES, FIFE
from tests.room import ORIGIN, Room, room_in
from tests.vignettes.consenting import move_on, tell

CODE = CODES[FIFE]
BASE = f"/s/{CODE}/host/t1"
SCRIPT = {**ORIGIN, "hx-request": "true"}


def prompted(session: Session) -> None:
    """The stories, with a prompt for both and one for the first alone."""
    tell(session)
    session.add(Prompt(event_id=FIFE, position=1, prompt_id="help", text="What would have helped?"))
    session.add(Prompt(event_id=FIFE, position=2, prompt_id="anna", text="Whom did Anna ask?", vignette_id="v1"))


def close(session: Session) -> None:
    """The discussion ends as the facilitator ends it."""
    at = stories.round_of(session, FIFE)
    at.closed = True
    for point in session.exec(select(Point)):
        point.device = ""


def points_of(session: Session) -> Sequence[tuple[str, str, str]]:
    """Every point: its prompt, words and mark."""
    found = session.exec(select(Point).order_by(Point.position)).all()
    return [(point.prompt_id, point.text, point.mark.value) for point in found]


class Device:
    """A browser that was let in as host of a table by a card of its own."""

    def __init__(self, room: Room, table: str = "t1", *, beside: bool = False) -> None:
        self.room, self.base = room, f"/s/{CODE}/host/{table}"
        self.enter(room.write(FIFE, _card, table, beside))

    def enter(self, token: str) -> Response:
        answer = self.room.post(f"{self.base}/enter/{token}")
        if "host" in answer.cookies:
            self.cookie = f"host={answer.cookies['host']}"
        return answer

    def get(self, way: str = "") -> Response:
        return self.room.get(self.base + way, cookies=self.cookie)

    def post(self, way: str, *, script: bool = True, **form: str) -> Response:
        return self.room.post(self.base + way, form or None, cookies=self.cookie, headers=SCRIPT if script else ORIGIN)

    def write(self, number: str, text: str, prompt: str = "help", story: str = "v1", **given: Any) -> Response:
        return self.post(f"/points/{number}", vignette_id=story, prompt_id=prompt, text=text, **given)

    def frame(self) -> str:
        return str(self.get("/frame").json()["html"])


@contextmanager
def hosting(folder: Path) -> Iterator[Room]:
    """The room, at its first story."""
    with room_in(folder) as room:
        room.write(FIFE, prompted)
        yield room


def at_story(session: Session, number: int) -> None:
    """Every table is at its story of this number."""
    move_on(session, number)


def _card(session: Session, table: str, beside: bool) -> str:
    return hosts.make_card(session, FIFE, table, beside=beside)
