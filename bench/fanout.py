"""One stage change to 2,000 phones, against a bare fan-out of the same bytes in the same process.

`python -m bench.fanout [rounds]`. Fan-out runs from the rendered frame to the last client; rendering and gathering
are reported apart. Goal: at most 1.5 times the bare fan-out.
"""

import asyncio
import json
import statistics
import sys
import time

from bench.load import connect, post
from bench.room import CODE
from bench.running import Running, running
from bench.sockets import Listener, listen
from eventkit.server.running import run

PEOPLE = 2_000
STALLED = 50
FORM = "origin: http://127.0.0.1\r\n"


async def compare(rounds: int) -> None:
    """Prints the ratio, the parts, and what a socket costs."""
    with running(PEOPLE) as server:
        before = await _numbers(server)
        phones = [await listen(server.port, f"/e/{CODE}/live", f"pass={token}") for token in server.passes]
        await asyncio.sleep(1)
        after = await _numbers(server)
        print(
            f"memory per socket: {(after['bytes'] - before['bytes']) / PEOPLE / 1024:.1f} kB ({after['watching']:.0f})"
        )
        bare = [await listen(server.port, "/bench/socket") for _ in range(PEOPLE)]
        await asyncio.sleep(1)
        ours, theirs, rendering, gathering = [], [], [], []
        for _ in range(rounds):
            await _press(server, "/bench/spread", bare)
            numbers = await _numbers(server)
            theirs.append(max(listener.last for listener in bare) - numbers["bare"])
            await _press(server, "/bench/stage", phones)
            numbers = await _numbers(server)
            ours.append(max(listener.last for listener in phones) - numbers["rendered"])
            rendering.append(numbers["rendered"] - numbers["render_start"])
            gathering.append(numbers["render_start"] - numbers["touched"])
        _say("stage change to the last of 2,000", ours)
        _say("bare fan-out to the last of 2,000", theirs)
        _say("rendering, apart", rendering)
        _say("gathering, apart", gathering)
        found = sorted(our / bare for our, bare in zip(ours, theirs, strict=True))
        print(f"ratio: {statistics.median(found):.2f} ({found[0]:.2f}-{found[-1]:.2f}), goal at most 1.5")
        await _stalled(server, phones, rounds)


async def _stalled(server: Running, phones: list[Listener], rounds: int) -> None:
    """The same with 50 phones that stopped reading: the others must not notice."""
    for phone in phones[:STALLED]:
        phone.stop_reading()
    delays = []
    for _ in range(rounds):
        await _press(server, "/bench/stage", phones[STALLED:])
        numbers = await _numbers(server)
        delays.append(max(listener.last for listener in phones[STALLED:]) - numbers["rendered"])
    _say(f"with {STALLED} phones that do not read, to the last other", delays)


async def _press(server: Running, path: str, listeners: list[Listener]) -> None:
    """Presses, and waits until every listener has one message more."""
    wanted = [listener.messages + 1 for listener in listeners]
    (connection,) = await connect(server.port, 1)
    await connection.ask(post(path, b"", FORM))
    connection.close()
    deadline = time.monotonic() + 20
    while any(listener.messages < number for listener, number in zip(listeners, wanted, strict=True)):
        if time.monotonic() > deadline:
            raise TimeoutError(f"{path}: not everybody was told")
        await asyncio.sleep(0.02)
    await asyncio.sleep(0.3)


async def _numbers(server: Running) -> dict[str, float]:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(post("/bench/memory", b"", FORM + "connection: close\r\n"))
    answer = await reader.read()
    writer.close()
    numbers: dict[str, float] = json.loads(answer.partition(b"\r\n\r\n")[2])
    return numbers


def _say(what: str, seconds: list[float]) -> None:
    print(f"{what}: median {1000 * statistics.median(seconds):.0f} ms, worst {1000 * max(seconds):.0f} ms")


if __name__ == "__main__":
    run(lambda: compare(int(sys.argv[1]) if len(sys.argv) > 1 else 15))
