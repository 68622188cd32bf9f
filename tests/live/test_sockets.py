"""Real sockets: what a page is sent, and a phone that stops reading delays nobody."""

import asyncio
import json
import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket
from websockets.asyncio.client import connect

from eventkit.live import hub, sockets
from eventkit.live.hub import Hub, Key

PHONE = Key(1, "phone", "en")


class Server:
    """A hub behind a real server, in a thread of its own."""

    def __init__(self) -> None:
        self.text = "welcome"
        self.hub = Hub(lambda _key: self.text)
        app = Starlette(routes=[WebSocketRoute("/live", self._live)])
        config = uvicorn.Config(
            app, log_level="warning", ws="websockets-sansio", ws_per_message_deflate=False, ws_ping_interval=None
        )
        self._server = uvicorn.Server(config)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(5)
        self._server.force_exit = True
        self._thread.join(5)
        self._socket.close()

    def show(self, text: str) -> None:
        self.text = text
        self._loop.call_soon_threadsafe(self.hub.touched, 1, None)

    def beat(self) -> None:
        self._loop.call_soon_threadsafe(self.hub.beat)

    def _run(self) -> None:
        async def serve() -> None:
            self._loop = asyncio.get_running_loop()
            await self._server.serve([self._socket])

        asyncio.run(serve())

    async def _live(self, websocket: WebSocket) -> None:
        await sockets.serve(websocket, self.hub, PHONE)


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.stop()


async def nobody_watches(server: Server) -> None:
    """Waits until every page is forgotten."""
    for _ in range(200):
        if server.hub.watching(1, "phone") == 0:
            return
        await asyncio.sleep(0.02)
    raise AssertionError("still watching")


def address(server: Server, since: str = "") -> str:
    return f"ws://127.0.0.1:{server.port}/live?since={since}"


def test_hello_is_a_frame_or_a_heartbeat_for_who_has_it(server: Server) -> None:
    async def run() -> None:
        async with connect(address(server)) as page:
            hello = json.loads(await page.recv())
            assert (hello["version"], hello["html"]) == (1, "welcome")
        async with connect(address(server, f"{hello['run']}:1")) as page:
            assert "html" not in json.loads(await page.recv())
        async with connect(address(server, "other:1")) as page:
            assert json.loads(await page.recv())["html"] == "welcome"

    asyncio.run(run())


def test_change_reaches_the_page(server: Server) -> None:
    async def run() -> None:
        async with connect(address(server)) as page:
            await page.recv()
            server.show("poll")
            assert json.loads(await page.recv())["html"] == "poll"
            await page.send("a page may say what it wants")
            server.show("break")
            assert json.loads(await page.recv())["html"] == "break"

    asyncio.run(run())


def test_page_that_goes_is_forgotten(server: Server) -> None:
    async def run() -> None:
        async with connect(address(server)) as page:
            await page.recv()
            assert server.hub.watching(1, "phone") == 1
        await nobody_watches(server)

    asyncio.run(run())


def test_phone_that_stops_reading_delays_nobody_and_is_let_go(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "SEND_SECONDS", 1)
    delays: list[float] = []

    async def follow(page: object, frames: int) -> None:
        assert hasattr(page, "recv")
        while frames:
            sent = json.loads(await page.recv()).get("html", "")
            if sent.startswith("frame"):
                delays.append(time.monotonic() - float(sent.split()[1]))
                frames -= 1

    async def run() -> None:
        stalled = await asyncio.to_thread(_stalled, server.port)
        pages = [await connect(address(server)) for _ in range(5)]
        following = [asyncio.create_task(follow(page, 30)) for page in pages]
        while not all(task.done() for task in following):
            server.show(f"frame {time.monotonic()} " + "x" * 200_000)
            await asyncio.sleep(0.11)
        for page in pages:
            await page.close()
        server.beat()
        try:
            await nobody_watches(server)
        finally:
            stalled.close()

    asyncio.run(run())
    assert len(delays) == 150
    assert max(delays) < 1


def test_closed_page_leaves_no_error(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    async def run() -> None:
        pages = [await connect(address(server)) for _ in range(5)]
        for page in pages:
            page.transport.abort()
        server.show("poll")
        await asyncio.sleep(0.3)

    asyncio.run(run())
    assert [record.getMessage() for record in caplog.records] == []


def _stalled(port: int) -> socket.socket:
    """A phone that has connected and will never read what comes."""
    phone = socket.socket()
    phone.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    phone.connect(("127.0.0.1", port))
    phone.sendall(
        b"GET /live HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    assert b"101" in phone.recv(64)
    return phone
