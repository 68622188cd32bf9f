"""Simulated people at real walls: every note that they were told of is stored, once, and they give their dots."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest
from sqlmodel import Session

from eventkit.demo.remote import Remote
from eventkit.rehearsal.people import People
from eventkit.rehearsal.phone import Habits
from eventkit.rehearsal.sentences import SENTENCES
from eventkit.wall import dots, walls
from tests.live_server import ThreadServer, live_server

SPEED = 100
WALLS = ("w1", "w2")
PLAN = Path(__file__).parents[1] / "journeys/walls.toml"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ThreadServer]:
    running = live_server(tmp_path, PLAN)
    yield running
    running.stop()


def stored(session: Session, wall_id: str) -> Counter[str]:
    return Counter(note.text for note in walls.notes(session, walls.wall_of(session, 1, wall_id)))


def dotted(session: Session) -> int:
    box = dots.box_of(session, walls.wall_of(session, 1, "w1"))
    return box.voters if box else 0


def ask(server: ThreadServer, question: Callable[..., object], *args: str) -> object:
    with server.database.reading() as session:
        return question(session, *args)


async def played(server: ThreadServer, people: People) -> int:
    """Opens the walls, closes them when everybody has written, and opens the dot vote; how many gave dots."""
    headers = {"Cookie": f"facilitator={server.facilitator_cookie()}"}
    living = asyncio.create_task(people.live())
    try:
        async with (
            asyncio.timeout(30),
            httpx2.AsyncClient(base_url=server.base, headers=headers, trust_env=False) as client,
        ):
            remote = Remote(client, server.code)
            while people.joined < len(people.phones):  # noqa: ASYNC110
                await asyncio.sleep(0.01)
            while not (now := await remote.look()).open:
                await remote.forward(now)
            while people.have_written(WALLS) < len(people.phones):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
            for chip in ("Open", "Closed"):
                now = await remote.look()
                assert now.chip == chip
                await remote.forward(now)
            while ask(server, dotted) != len(people.phones):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
            return len(people.phones)
    finally:
        living.cancel()
        await asyncio.wait([living])


@pytest.mark.parametrize(
    ("drops_off", "plain"), [(False, False), (True, False), (False, True)], ids=["as usual", "twice", "no JavaScript"]
)
def test_people_write_and_give_dots(server: ThreadServer, *, drops_off: bool, plain: bool) -> None:
    people = People(server.base, server.code, 6, SPEED, sayings={"w1": ("Tea & toast", "<b>Buses</b>")})
    for phone in people.phones:
        phone._habits = Habits(seconds=2, wavers=False, drops_off=drops_off, plain=plain)
        phone.author._headers = {} if plain else {"HX-Request": "true"}
    assert asyncio.run(played(server, people)) == 6
    told = {wall_id: people.written(wall_id) for wall_id in WALLS}
    assert told == {wall_id: ask(server, stored, wall_id) for wall_id in WALLS}
    assert 6 <= sum(notes.total() for notes in told.values()) <= 18
    known = {"w1": ("Tea & toast", "<b>Buses</b>"), "w2": SENTENCES}
    assert all(text.removesuffix(" – please") in known[wall_id] for wall_id in WALLS for text in told[wall_id])
