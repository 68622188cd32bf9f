"""Notes on a wall: 1,000 phones that post three each within a minute, and what a note costs beside a bare append.

`python -m bench.walls [rounds]`. Everything runs on loopback, in one run, the variants in shuffled order. Goals: every
note is acknowledged after its commit; the last one is on the screen within 2 s of its batch; a wall of 300 notes is
rendered in less time than the room gathers changes, 100 ms.
"""

import asyncio
import json
import random
import secrets
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sqlmodel import Session

from bench.load import connect, post, rate, statuses
from bench.room import CODE, WALL, make, open_wall
from bench.running import Running, running
from bench.sockets import listen
from eventkit.live.hub import Key
from eventkit.server.running import run
from eventkit.server.stored import open_database
from eventkit.settings import Settings
from eventkit.stage import programme
from eventkit.stage.frames import make_render
from eventkit.wall import notes, placing, screen
from eventkit.web.address import Address
from eventkit.web.rendering import Renderer

PHONES, NOTES_EACH, SECONDS = 1_000, 3, 60.0
CONNECTIONS = 256
PEOPLE = 2_000
AT_ONCE = 9  # one below what a phone may send at once
FORM = "content-type: application/x-www-form-urlencoded\r\norigin: http://127.0.0.1\r\n"
TEXT = "Somewhere warm to sit with a kettle and not an office with a glass screen"
FULL = 300


def note_of(token: str, handle: str) -> bytes:
    """One note of a phone, through the real form as a script sends it."""
    body = f"note={secrets.token_hex(8)}&text={TEXT.replace(' ', '+')}+{random.random()}".encode()
    return post(f"{WALL}/notes", body, f"{FORM}hx-request: true\r\ncookie: pass={token}; notes={handle}\r\n")


async def minute() -> None:
    """1,000 phones with a socket each post three notes at any moment of a minute, while screen and console watch."""
    with running(PHONES, "wall") as server:
        watchers = [await listen(server.port, f"{WALL}/live", f"pass={token}") for token in server.passes]
        projector = await listen(server.port, f"/s/{CODE}/screen/live")
        delays, answers = list[float](), Counter[int]()
        start = time.perf_counter() + 0.5
        await asyncio.gather(*(_posts(server.port, start, token, delays, answers) for token in server.passes))
        await asyncio.sleep(placing.BATCH_SECONDS + 2)
        placed = (await _numbers(server))["placed"]
        delays.sort()
        shown = ", ".join(f"p{q} {1000 * delays[int(len(delays) * q / 100) - 1]:.0f} ms" for q in (50, 95, 99))
        print(f"{len(delays)} notes of {PHONES} phones in {SECONDS:.0f} s: {shown}   answers {dict(answers)}")
        print(
            f"last batch to the screen: {projector.last - placed:.2f} s, goal 2 s; {projector.messages} screen frames"
        )
        print(f"frames to a phone: {statistics.median(watcher.messages for watcher in watchers):.0f} (its count alone)")


async def _posts(port: int, start: float, token: str, delays: list[float], answers: Counter[int]) -> None:
    """A phone's three notes. The delay counts from a note's moment, however late the loop was, and connects first."""
    handle = secrets.token_hex(16)
    for moment in sorted(start + SECONDS * random.random() for _ in range(NOTES_EACH)):
        await asyncio.sleep(max(0, moment - time.perf_counter()))
        phones = await connect(port, 1)  # a server hangs up on who says nothing for a while
        await phones[0].ask(note_of(token, handle))
        delays.append(time.perf_counter() - moment)
        answers.update(statuses(phones))
        phones[0].close()


async def ratio(rounds: int) -> None:
    """Prints notes per second beside bare appends by the same writer into the same table."""
    seen: dict[str, list[float]] = {"notes": [], "bare appends": []}
    answers: dict[str, Counter[int]] = {name: Counter() for name in seen}
    for _ in range(rounds):
        with running(PEOPLE, "wall") as server:  # a fresh one: a phone may not send much, and a table grows
            sources = {"notes": list(_many(server)), "bare appends": [post("/bench/append", TEXT.encode(), FORM)]}
            for name in random.sample(sorted(seen), len(seen)):
                connections = await connect(server.port, CONNECTIONS)
                seen[name].append(await rate(connections, sources[name], 1.0))
                answers[name].update(statuses(connections))
    for name, rates in seen.items():
        print(f"{name:>15}: {statistics.median(rates):8,.0f}/s   answers {dict(answers[name])}")
    found = sorted(ours / bare for ours, bare in zip(seen["notes"], seen["bare appends"], strict=True))
    print(f"notes / bare appends: {statistics.median(found):.2f} ({found[0]:.2f}-{found[-1]:.2f})")


def _many(server: Running) -> Iterator[bytes]:
    handles = {token: secrets.token_hex(16) for token in server.passes}
    for _ in range(AT_ONCE):
        for token in server.passes:
            yield note_of(token, handles[token])


async def rendering(rounds: int) -> None:
    """Prints how long each view's frame of a wall with 300 notes takes, and how large it is."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder))
        with open_database(settings.database) as database:
            await database.write(None, make, 1)
            await database.write(1, open_wall)
            database.info |= {"current_step": programme.current, "simulations": {}}
            await database.write(1, _fill)
            render = make_render(database, Renderer(None), Address.read("http://127.0.0.1:8000"))
            for view in ("screen", "console", "phone", "phone-wall-w1", "console-wall-w1"):
                times = []
                for _ in range(rounds):
                    began = time.perf_counter()
                    html = render(Key(1, view, "en"))
                    times.append(time.perf_counter() - began)
                size = len(html.encode()) / 1024
                print(f"{view:>15} at {FULL} notes: {1000 * statistics.median(times):5.1f} ms, {size:6.1f} kB")


def _fill(session: Session) -> None:
    for number in range(FULL):
        notes.post(session, 1, "w1", f"{number:016x}", f"author {number // 3}", f"{TEXT} {number}")
    placing.place(session, 1)
    screen.show(session, 1, "w1")


async def _numbers(server: Running) -> dict[str, float]:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(post("/bench/memory", b"", FORM + "connection: close\r\n"))
    answer = await reader.read()
    writer.close()
    numbers: dict[str, float] = json.loads(answer.partition(b"\r\n\r\n")[2])
    return numbers


if __name__ == "__main__":
    run(minute)
    run(lambda: ratio(int(sys.argv[1]) if len(sys.argv) > 1 else 7))
    run(lambda: rendering(30))
