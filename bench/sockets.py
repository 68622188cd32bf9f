"""Light WebSocket clients: they shake hands, count messages, note when the last came, and can stop reading."""

import asyncio
import base64
import os
import time
from typing import cast


class Listener(asyncio.Protocol):
    """One socket. `messages` counts text frames, `last` is the monotonic moment of the newest."""

    def __init__(self, request: bytes) -> None:
        self.messages = 0
        self.last = 0.0
        self.open = asyncio.get_running_loop().create_future()
        self._request = request
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self.open.done():
            head, found, rest = self._buffer.partition(b"\r\n\r\n")
            if not found:
                return
            if b" 101 " not in head.split(b"\r\n")[0]:
                self.open.set_exception(ConnectionError(head.decode("latin-1")))
                return
            self._buffer = rest
            self.open.set_result(None)
        while self._take_frame():
            pass

    def stop_reading(self) -> None:
        """A phone in a pocket."""
        if self._transport:
            self._transport.pause_reading()

    def close(self) -> None:
        """Hangs up."""
        if self._transport:
            self._transport.close()

    def _take_frame(self) -> bool:
        if len(self._buffer) < 2:
            return False
        length, start = self._buffer[1] & 127, 2
        if length > 125:
            start = 4 if length == 126 else 10
            length = int.from_bytes(self._buffer[2:start])
        if len(self._buffer) < start + length:
            return False
        if self._buffer[0] & 15 == 9 and self._transport:  # a server hangs up on who never answers a ping
            self._transport.write(bytes([0x8A, 0x80 | length, 0, 0, 0, 0]) + self._buffer[start : start + length])
        if self._buffer[0] & 15 == 1:
            self.messages += 1
            self.last = time.monotonic()
        self._buffer = self._buffer[start + length :]
        return True


async def listen(port: int, path: str, cookie: str = "") -> Listener:
    """A socket that is open."""
    key = base64.b64encode(os.urandom(16)).decode()
    request = (
        f"GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\norigin: http://127.0.0.1\r\nupgrade: websocket\r\n"
        f"connection: upgrade\r\nsec-websocket-version: 13\r\nsec-websocket-key: {key}\r\ncookie: {cookie}\r\n\r\n"
    )
    loop = asyncio.get_running_loop()
    _transport, listener = await loop.create_connection(lambda: Listener(request.encode()), "127.0.0.1", port)
    await listener.open
    return listener
