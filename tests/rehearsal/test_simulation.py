"""Simulated people on a real server: they leave with the rehearsal, also from the middle of joining."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from eventkit.events import rules as events
from tests.live_server import ThreadServer, live_server

NUMBER = 40


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ThreadServer]:
    running = live_server(tmp_path)
    yield running
    running.stop()


def joined(server: ThreadServer) -> int:
    with server.database.reading() as session:
        return events.joined(session, 1)


async def ended_in_the_middle(server: ThreadServer) -> tuple[int, int]:
    """How many had joined when the rehearsal was ended, and how many have when everything is quiet."""
    headers = {"Cookie": f"facilitator={server.facilitator_cookie()}", "Origin": server.base}
    console = f"/s/{server.code}/console/rehearsal"
    async with (
        httpx2.AsyncClient(base_url=server.base, headers=headers, trust_env=False) as client,
        asyncio.timeout(30),
    ):
        await client.post(f"{console}/begin", data={"number": str(NUMBER)})
        while not (come := joined(server)):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        assert (await client.post(f"{console}/end", data={"confirmed": "yes"})).status_code == 303
        await asyncio.sleep(2)
    return come, joined(server)


def test_nobody_simulated_comes_to_the_event_itself(server: ThreadServer) -> None:
    come, left = asyncio.run(ended_in_the_middle(server))
    assert (0 < come < NUMBER, left) == (True, 0)
