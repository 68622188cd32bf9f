"""A socket whose guard would no longer let it in is ended; the next frame is not for it."""

import asyncio
import json
import logging
from collections.abc import Iterator

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from eventkit.live.hub import Hub, Key
from tests.live.test_sockets import PHONE, Server


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.stop()


def test_dismissed_page_is_closed_and_sent_nothing_more(server: Server) -> None:
    async def run() -> list[str]:
        seen: list[str] = []
        async with connect(f"ws://127.0.0.1:{server.port}/live", proxy=None) as page:
            seen.append(str(json.loads(await page.recv())["html"]))
            server._loop.call_soon_threadsafe(server.hub.dismiss, PHONE.event_id, PHONE.view)
            server.show("a secret")
            try:
                async with asyncio.timeout(3):
                    while True:
                        seen.append(str(json.loads(await page.recv()).get("html")))
            except ConnectionClosed:
                seen.append("closed")
        return seen

    assert asyncio.run(run()) == ["welcome", "closed"]


def test_view_that_cannot_be_rendered_is_logged_once_and_shown_with_the_next_change(
    caplog: pytest.LogCaptureFixture,
) -> None:
    broken = [False]

    def render(key: Key) -> str:
        if broken[0]:
            raise ValueError("a template is broken")
        return f"<p>{key.view}</p>"

    async def run() -> str:
        hub = Hub(render)
        watcher = hub.watch(PHONE)
        broken[0] = True
        hub.touched(1, None)
        await asyncio.sleep(0.1)
        broken[0] = False
        hub.touched(1, None)
        return str(json.loads(await watcher.take())["html"])

    with caplog.at_level(logging.ERROR):
        assert asyncio.run(run()) == "<p>phone</p>"
    assert [record.getMessage() for record in caplog.records] == ["the view phone could not be rendered"]
