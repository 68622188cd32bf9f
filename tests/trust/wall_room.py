"""The day of `wall_world` through the real pages: phones post, mend and delete their notes over HTTP."""

import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from unittest.mock import patch

from eventkit.events import rules as events
from eventkit.wall import placing, rules, walls
from tests.fife import CODES, FIFE
from tests.room import Room, room_in
from tests.trust.wall_world import (
    BATCH,
    CLOCKS,
    EDITED,
    REMOVED,
    WALLS,
    Written,
    facilitate,
    id_of,
    wall_of,
)
from tests.trust.world import World, logged, seeded, snapshot
from tests.wall.walled import add_walls


class Phone:
    """A phone that has joined, and keeps its handle once it has one."""

    def __init__(self, room: Room) -> None:
        self.room, self.cookies, self.notes = room, room.pass_of(), 0

    def post(self, who: str, text: str) -> None:
        """A new note; its number is the phone's own."""
        self.notes += 1
        note = sha256(f"{who} {self.notes}".encode()).hexdigest()[:16]
        self.send(f"{wall_of(text)}/notes", {"note": note, "text": text})

    def send(self, path: str, form: dict[str, str]) -> None:
        """A form of its own part of a wall."""
        answer = self.room.post(f"/e/{CODES[FIFE]}/walls/{path}", form, cookies=self.cookies)
        assert answer.status_code == 303, answer.text
        if "notes" in answer.cookies:
            self.cookies += f"; notes={answer.cookies['notes']}"


def run_over_http(folder: Path, written: Written) -> World:
    """As `wall_world.run`."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    world = World()
    # A batch that came by the real clock would be another commit in some worlds.
    with seeded(CLOCKS) as later, logged(folder / "log"), patch.object(placing, "BATCH_SECONDS", 600):
        with room_in(folder) as room:
            room.write(FIFE, add_walls, WALLS)
            for wall_id in WALLS:
                room.write(FIFE, rules.open_wall, FIFE, wall_id)
            _live(room, written, later)
            for wall_id in WALLS:
                room.write(FIFE, rules.close_wall, FIFE, wall_id)
            world.files.append(snapshot(folder))
            room.write(FIFE, events.end, FIFE)
            with room.database.reading() as session:
                every = [note for wall in walls.every(session, FIFE) for note in walls.notes(session, wall)]
                world.tallies = {note.text: 1 for note in every}
        world.files.append(snapshot(folder))
    return world


def _live(room: Room, written: Written, later: Callable[[], None]) -> None:
    phones = {who: Phone(room) for who in sorted({who for who, _text in written})}
    for place, (who, text) in enumerate(written, start=1):
        later()
        phones[who].post(who, text)
        if place % BATCH == 0:
            room.write(FIFE, placing.place, FIFE)
    authors = {text: who for who, text in written}
    with room.database.reading() as session:
        edited, removed = id_of(session, EDITED), id_of(session, REMOVED)
    phones[authors[EDITED]].send(f"{wall_of(EDITED)}/notes/{edited}", {"text": "Housing"})
    phones[authors[REMOVED]].send(f"{wall_of(REMOVED)}/notes/{removed}/delete", {})

    def ask(question: Callable[..., str], *args: object) -> str:
        with room.database.reading() as session:
            return question(session, *args)

    facilitate(lambda verb, *args: room.write(FIFE, verb, *args), ask)
