"""A room with walls, without pages: people write notes that this room can tell by their number."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlmodel import Session

from eventkit.events.step import Step
from eventkit.wall import notes, placing, rules, walls
from eventkit.wall.models import Note, Phase, Status, Wall
from eventkit.wall.phases import phase
from tests.fife import FIFE
from tests.hall import Hall

QUESTIONS = {"w1": "What could you share?", "w2": "Who was missing?"}
STEP = Step(id=1, event_id=FIFE, position=1, word="wall")


class Walled(Hall):
    """The Fife event with two walls, and more of what each wall is, such as `dots=3`, by its id."""

    def __init__(self, folder: Path, *, min_votes: int = 1, **given: dict[str, Any]) -> None:
        super().__init__(folder, min_votes=min_votes)
        self.database.info["unplaced"] = self.unplaced = set[int]()
        self.do(add_walls, given)

    def write(self, who: str, text: str, number: int = 0, wall_id: str = "w1", **given: Any) -> str:
        """Somebody's note; its id, which follows from who wrote it and its number."""
        note_id = sha256(f"{who} {number}".encode()).hexdigest()[:16]
        return self.do(notes.post, FIFE, wall_id, note_id, self.author(who, wall_id), text, **given)

    def author(self, who: str, wall_id: str = "w1") -> str:
        """What is stored of somebody while a wall is open."""
        return notes.author_of(f"handle of {who}", self.wall(wall_id))

    def forward_walls(self, times: int = 1, step: Step = STEP) -> bool:
        """Presses forward on the step of the walls; whether the last press moved anything."""
        return [self.do(rules.forward, step) for _ in range(times)][-1]

    def place(self) -> bool:
        """A batch."""
        return self.do(placing.place, FIFE)

    def wall(self, wall_id: str = "w1") -> Wall:
        """A wall as it is stored."""
        return self.ask(walls.wall_of, FIFE, wall_id)

    def phases(self) -> list[Phase]:
        """Where both walls stand."""
        return [phase(wall) for wall in self.ask(walls.every, FIFE)]

    def notes(self, wall_id: str = "w1", *statuses: Status) -> Sequence[Note]:
        """The notes of a wall as they are stored."""
        return self.ask(walls.notes, self.wall(wall_id), *statuses)

    def texts(self, wall_id: str = "w1", *statuses: Status) -> list[str]:
        """What stands on a wall, sorted."""
        return sorted(note.text for note in self.notes(wall_id, *statuses))


def add_walls(session: Session, given: dict[str, dict[str, Any]]) -> None:
    """Both walls, with what each is beside its question."""
    for position, (wall_id, question) in enumerate(QUESTIONS.items(), start=1):
        more = given.get(wall_id, {})
        session.add(Wall(event_id=FIFE, position=position, wall_id=wall_id, question=question, **more))
