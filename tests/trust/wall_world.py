"""The same walls written again: what a day leaves on the disk when its walls have closed, and when it is over.

Two worlds that differ only in who wrote what (exchanged), or in who came first (order), must leave the same bytes.
"""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sqlmodel import Session, select

from eventkit.codebook import rules as codebook
from eventkit.codebook.models import Kind
from eventkit.events import rules as events
from eventkit.wall import moderation, notes
from eventkit.wall.models import Note
from tests.fife import FIFE
from tests.trust.world import World, logged, seeded, snapshot
from tests.wall.walled import Walled

Written = Sequence[tuple[str, str]]

CLOCKS = ("events.rules", "wall.rules", "wall.closing", "wall.dots")
WALLS = {"w1": {"max_length": 2_000}, "w2": {"max_length": 2_000}}
BATCH = 3
HIDDEN, REDACTED, EDITED, REMOVED = "Anything but my landlord", "Mrs Kinnear said so", "Hosing", "Ask my neighbour"
GONE = (HIDDEN, REDACTED, EDITED, REMOVED)
DAY: Written = [
    ("Ada", "Housing lists"),
    ("Bea", HIDDEN),
    ("Cal", REDACTED),
    ("Ada", EDITED),
    ("Dot", REMOVED),
    ("Eve", "Housing lists"),
    ("Fay", "How many wait, and for what. " + "ä" * 250),
    ("Bea", "Carers"),
    ("Gus", "מה חסר לנו"),
    ("Dot", "A note long enough that its page overflows: " + "more 🙂 " * 240),
]


def run(folder: Path, written: Written) -> World:
    """A day in a new folder: two walls, notes in this order, what becomes of some of them, both walls closed, the end.

    Of its files are kept those of the moment when both walls have closed, and those that the day leaves.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    world = World()
    with seeded(CLOCKS) as later, logged(folder / "log"):
        hall = Walled(folder, **WALLS)
        hall.join(3)
        hall.forward_walls()
        _fill(hall, written, later)
        _mend(hall)
        facilitate(hall.do, hall.ask)
        hall.forward_walls()
        world.files.append(snapshot(folder))
        hall.do(events.end, FIFE)
        world.tallies = {text: 1 for wall_id in ("w1", "w2") for text in hall.texts(wall_id)}
        hall.close()
        world.files.append(snapshot(folder))
    return world


def exchanged(written: Written, one: int, other: int) -> Written:
    """The same people at the same moments, two of whom have written what the other did."""
    texts = [text for _who, text in written]
    texts[one], texts[other] = texts[other], texts[one]
    return [(who, text) for (who, _text), text in zip(written, texts, strict=True)]


def found(world: World, text: str) -> list[int]:
    """How often a text stands in all files together, at each moment."""
    return [sum(content.count(text.encode()) for content in files.values()) for files in world.files]


def _fill(hall: Walled, written: Written, later: Callable[[], None]) -> None:
    numbers: dict[str, int] = {}
    for place, (who, text) in enumerate(written, start=1):
        later()
        numbers[who] = numbers.get(who, 0) + 1
        hall.write(who, text, numbers[who], wall_of(text))
        if place % BATCH == 0:
            hall.place()


def _mend(hall: Walled) -> None:
    """What authors do to notes of their own, told by their words."""
    who = {note.note_id: note.author or "" for wall_id in WALLS for note in hall.notes(wall_id)}
    edited, removed = hall.ask(id_of, EDITED), hall.ask(id_of, REMOVED)
    hall.do(notes.edit, FIFE, wall_of(EDITED), edited, who[edited], "Housing")
    hall.do(notes.remove, FIFE, wall_of(REMOVED), removed, who[removed])


def facilitate(do: Callable[..., Any], ask: Callable[..., Any]) -> None:
    """What facilitators do to notes."""
    do(moderation.hide, FIFE, ask(id_of, HIDDEN))
    do(moderation.redact, FIFE, ask(id_of, REDACTED), "it named somebody")
    do(codebook.move_to_new, FIFE, Kind.WALL_NOTE, [ask(id_of, "Carers")], "Care", "batch")
    do(moderation.merge, FIFE, [ask(id_of, "Housing")], ask(id_of, DAY[6][1]))
    do(moderation.spotlight, FIFE, ask(id_of, "Carers"))


def wall_of(text: str) -> str:
    """The wall that a text is written on, whoever writes it."""
    return "w2" if text in (HIDDEN, REMOVED, "Carers") else "w1"


def id_of(session: Session, text: str) -> str:
    """The note with these words."""
    return session.exec(select(Note.note_id).where(Note.text == text)).one()
