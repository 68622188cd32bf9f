"""One socket of one view: a hello, then every new frame, and a heartbeat."""

import asyncio
from contextlib import suppress

from starlette.websockets import WebSocket, WebSocketDisconnect

from eventkit.live.hub import Hub, Key, Watcher, heartbeat

HEARTBEAT_SECONDS = 15
TRY_AGAIN_LATER = 1013


async def serve(websocket: WebSocket, hub: Hub, key: Key) -> None:
    """Sends frames until the page goes. It watches before it reads, so that no change falls between."""
    await websocket.accept()
    watcher = hub.watch(key)
    sending = asyncio.create_task(_send(websocket, hub, key, watcher))
    listening = asyncio.create_task(_listen(websocket))
    watcher.give_up = sending.cancel
    try:
        # Either may end first: a phone that has stopped reading never says that it goes.
        await asyncio.wait((sending, listening), return_when=asyncio.FIRST_COMPLETED)
    finally:
        hub.unwatch(key, watcher)
        given_up = sending.done() and sending.cancelled()
        for way in (sending, listening):
            way.cancel()
        await asyncio.wait((sending, listening))
    if given_up:  # it gets one whole frame when it is back
        with suppress(Exception):
            async with asyncio.timeout(1):
                await websocket.close(TRY_AGAIN_LATER)
    for way in (sending, listening):
        if not way.cancelled():
            way.result()


async def keep_beating(hub: Hub) -> None:
    """Gives every page a sign of life, so that it notices a dead line that no browser reports."""
    while True:
        await asyncio.sleep(HEARTBEAT_SECONDS)
        hub.beat()


async def _listen(websocket: WebSocket) -> None:
    """Waits until the page goes. What it says is not listened to: everything it does goes by POST."""
    while (await websocket.receive())["type"] != "websocket.disconnect":
        pass


async def _send(websocket: WebSocket, hub: Hub, key: Key, watcher: Watcher) -> None:
    frame = await hub.frame(key)
    known = websocket.query_params.get("since") == frame.since
    watcher.put(heartbeat(frame) if known else frame.message)
    clock = asyncio.get_running_loop().time
    try:
        while message := await watcher.take():
            watcher.sending_since = clock()
            await websocket.send({"type": "websocket.send", "text": message})
            watcher.sending_since = 0.0
        await websocket.close(TRY_AGAIN_LATER)
    except (WebSocketDisconnect, RuntimeError):
        pass
