"""A room with two open walls whose notes are moderated, and get dots: five from each person, on the first wall."""

import asyncio
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

from sqlmodel import Session, select

from eventkit.events.step import Step
from eventkit.sealing.box import Standing
from eventkit.wall import closing, dots, rules, walls
from eventkit.wall.models import Note, Wall
from tests.fife import FIFE
from tests.wall.walled import Walled

BOTH = Step(id=90, event_id=FIFE, position=9, word="wall")
FIRST = Step(id=91, event_id=FIFE, position=9, word="wall", refs=("w1",))
BOX = "wall-w1-dots"


class Voting(Walled):
    """A note is known by its text here, because its id changes when the wall closes."""

    def __init__(self, folder: Path, *, min_votes: int = 1, **of_first: object) -> None:
        super().__init__(folder, min_votes=min_votes, w1={"dots": 5} | of_first)
        for wall_id in ("w1", "w2"):
            self.do(rules.open_wall, FIFE, wall_id)

    def post(self, *texts: str, wall_id: str = "w1") -> list[str]:
        """Notes of as many people, each in a batch of its own, so that their cells are in this order; their ids."""
        return [self._posted(text, wall_id) for text in texts]

    def each(self, verb: Callable[[Session, Wall], None], *wall_ids: str) -> None:
        """A verb of whole walls, for those named."""
        for wall_id in wall_ids:
            self.do(_whole_wall, verb, wall_id)

    def close_walls(self) -> None:
        """Closes both walls."""
        self.each(closing.close, "w1", "w2")

    def vote_on(self, *texts: str) -> list[str]:
        """Closes the walls with these notes on the first, and opens its dot vote; the notes' ids in this order."""
        self.post(*texts)
        self.close_walls()
        self.each(dots.open_dots, "w1")
        return [self.note(text).note_id for text in texts]

    def give(self, person: str, given: Mapping[str, int], seq: int | None = None) -> Standing:
        """Somebody's dots, by note_id, through the form."""
        box = self.boxes.open[FIFE, BOX]
        choice = box.read({"seq": "1"} | {f"dots-{note_id}": str(number) for note_id, number in given.items()})
        return asyncio.run(box.cast(self.database, sha256(person.encode()).digest()[:16], seq, choice))

    def note(self, text: str) -> Note:
        """The note with this text."""
        return self.ask(lambda session: session.exec(select(Note).where(Note.text == text)).one())

    def dots(self) -> dict[str, int | None]:
        """The dots of the first wall's notes by text."""
        return {note.text: note.dots for note in self.notes("w1")}

    def journal(self) -> list[bytes]:
        """Every sealed record."""
        with self.database.reading() as session:
            rows = session.connection().exec_driver_sql("SELECT sealed FROM journal ORDER BY n").all()
            return [sealed for (sealed,) in rows]

    def _posted(self, text: str, wall_id: str) -> str:
        note_id = self.write(f"author of {text}", text, wall_id=wall_id)
        self.place()
        return note_id


def _whole_wall(session: Session, verb: Callable[[Session, Wall], None], wall_id: str) -> None:
    verb(session, walls.wall_of(session, FIFE, wall_id))
