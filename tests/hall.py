"""The Fife event without pages: rules run through the writer, and people cast ballots into the open box."""

import asyncio
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlmodel import Session

from eventkit.database import Database
from eventkit.events import rules as events
from eventkit.events.step import Step
from eventkit.sealing.box import Standing
from eventkit.sealing.keys import Keys
from eventkit.sealing.rules import Boxes
from eventkit.stage import programme
from tests.fife import FIFE, with_cast

P = ParamSpec("P")
T = TypeVar("T")


class Hall:
    """The event in a database of its own."""

    def __init__(self, folder: Path, *, min_votes: int = 1) -> None:
        self.database: Database = with_cast(folder / "data" / "eventkit.sqlite3", min_votes=min_votes)
        self.boxes = Boxes(Keys(folder / "keys", self.database.path))
        self.database.info["boxes"] = self.boxes

    def do(self, verb: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Runs a verb on the writer."""
        return asyncio.run(self.database.write(FIFE, verb, *args, **kwargs))

    def ask(self, question: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Runs a question on a reader."""
        with self.database.reading() as session:
            return question(session, *args, **kwargs)

    def version(self) -> int:
        """The stage's version now."""
        return self.ask(lambda session: programme.stage_of(session, FIFE).version)

    def forward(self, times: int = 1) -> None:
        """Presses forward."""
        for _ in range(times):
            self.do(programme.forward, FIFE, self.version())

    def back(self, *, confirmed: bool = False) -> str:
        """Presses back; the question that was asked."""
        return self.do(programme.back, FIFE, self.version(), confirmed=confirmed).sentence

    def jump(self, position: int, *, confirmed: bool = False) -> str:
        """Jumps to a step by its place in the programme; the question that was asked."""
        target = next(step.id for step in self.ask(programme.steps, FIFE) if step.position == position)
        return self.do(programme.jump, FIFE, self.version(), target, confirmed=confirmed).sentence

    def step(self) -> Step:
        """The step that is on."""
        return self.ask(programme.current, FIFE)

    def vote(self, person: str, choice: str, name: str = "poll-p1-r1", seq: int | None = None) -> Standing:
        """Somebody's ballot."""
        box = self.boxes.open[FIFE, name]
        voter = sha256(person.encode()).digest()[:16]
        return asyncio.run(box.cast(self.database, voter, seq, choice))

    def votes(self, choices: str, name: str = "poll-p1-r1") -> None:
        """A ballot of a new person for each letter."""
        for number, choice in enumerate(choices):
            self.vote(f"person {number}", choice, name)

    def join(self, people: int) -> None:
        """That many browsers join."""
        for _ in range(people):
            self.do(events.join, FIFE)

    def close(self) -> None:
        """Lets the database go."""
        self.database.close()


def outcome(call: Callable[[], Any]) -> str:
    """The sentence of the refusal that a call raised, "" if it went through."""
    try:
        call()
    except Exception as refusal:  # noqa: BLE001 -- the test says which sentence it must be
        return str(refusal)
    return ""
