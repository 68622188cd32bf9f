"""Simulated people at a real server: they vote once each, as they say, whatever happens to their wifi."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from eventkit.demo.remote import Remote
from eventkit.rehearsal.people import People
from eventkit.rehearsal.phone import Habits
from tests.live_server import ThreadServer, live_server

SPEED = 100


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ThreadServer]:
    running = live_server(tmp_path)
    yield running
    running.stop()


async def _vote(server: ThreadServer, people: People) -> tuple[int, int]:
    """Opens the first poll and waits for everybody; how many of how many the screen counted."""
    cookie = server.facilitator_cookie()
    headers = {"Cookie": f"facilitator={cookie}"}
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
            while (voted := await remote.voted())[0] < len(people.phones):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
            await asyncio.sleep(0.5)
            return voted
    finally:
        living.cancel()
        await asyncio.wait([living])


@pytest.mark.parametrize(
    "habits",
    [
        Habits(seconds=2, wavers=True, drops_off=False, plain=False),
        Habits(seconds=2, wavers=True, drops_off=True, plain=False),
        Habits(seconds=2, wavers=False, drops_off=False, plain=True),
    ],
    ids=["change their mind", "drop off the wifi", "no JavaScript"],
)
def test_people_vote_once_each(server: ThreadServer, habits: Habits) -> None:
    people = People(server.base, server.code, 6, SPEED)
    for phone in people.phones:
        phone._habits = habits
    assert asyncio.run(_vote(server, people)) == (6, 6)
    assert people.recorded("poll-p1-r1").total() == 6


def test_same_seed_gives_the_same_room(server: ThreadServer) -> None:
    first, second, other = (People(server.base, server.code, 42, seed=seed) for seed in (1, 1, 2))
    habits = [[phone._habits for phone in people.phones] for people in (first, second, other)]
    assert habits[0] == habits[1]
    assert habits[0] != habits[2]


def test_people_without_a_server_say_so() -> None:
    with pytest.raises(Exception, match="cannot reach the server any more"):
        asyncio.run(People("http://127.0.0.1:9", "K7M4PDX", 2, SPEED).live())
