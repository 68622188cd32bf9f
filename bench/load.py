"""A load generator on loopback: keep-alive connections that send prepared requests, closed or open loop."""

import asyncio
import itertools
import time
from typing import cast


class Connection(asyncio.Protocol):
    """One keep-alive connection; knows just enough of HTTP to see where an answer ends."""

    def __init__(self) -> None:
        self.statuses: dict[int, int] = {}
        self._buffer = b""
        self._done: asyncio.Future[None] | None = None
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._buffer = data if not self._buffer else self._buffer + data
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        at = self._buffer.find(b"content-length: ", 0, end) + 16
        if len(self._buffer) < end + 4 + int(self._buffer[at : self._buffer.find(b"\r", at)]):
            return
        status = int(self._buffer[9:12])
        self.statuses[status] = self.statuses.get(status, 0) + 1
        self._buffer = b""
        if self._done and not self._done.done():
            self._done.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._done and not self._done.done():
            self._done.set_exception(exc or ConnectionError("the server hung up"))

    async def ask(self, request: bytes) -> None:
        """Sends one request and waits for its whole answer."""
        assert self._transport
        self._done = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        await self._done

    def close(self) -> None:
        """Hangs up."""
        if self._transport:
            self._transport.close()


async def connect(port: int, number: int) -> list[Connection]:
    """That many connections, opened a few at a time."""
    loop, found = asyncio.get_running_loop(), []
    for _ in range(number):
        _transport, connection = await loop.create_connection(Connection, "127.0.0.1", port)
        found.append(connection)
    return found


def post(path: str, body: bytes, headers: str = "") -> bytes:
    """A whole request."""
    head = f"POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\n{headers}content-length: {len(body)}\r\n\r\n"
    return head.encode() + body


async def rate(connections: list[Connection], requests: list[bytes], seconds: float) -> float:
    """Answers per second with every connection asking again as soon as it is answered; hangs up at the end."""
    source, answered, start = itertools.cycle(requests), 0, time.perf_counter()

    async def keep_asking(connection: Connection) -> None:
        nonlocal answered
        while time.perf_counter() - start < seconds:
            await connection.ask(next(source))
            answered += 1

    await asyncio.gather(*(keep_asking(connection) for connection in connections))
    spent = time.perf_counter() - start
    for connection in connections:
        connection.close()
    return answered / spent


def statuses(connections: list[Connection]) -> dict[int, int]:
    """How often each status was answered, since the start."""
    total: dict[int, int] = {}
    for connection in connections:
        for status, number in connection.statuses.items():
            total[status] = total.get(status, 0) + number
    return total
