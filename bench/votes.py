"""Sealed durable votes per second, as ratios, and 2,000 phones that vote within two seconds.

`python -m bench.votes [rounds]`. Everything runs on loopback, in one run, the variants in shuffled order; each ratio
is the median of the rounds. Goals: 0.5 of a bare POST of the same request in the same app, 0.75 of the same route with
the store left out, 5 times a FastAPI form that commits each vote with the ORM.
"""

import asyncio
import random
import statistics
import sys
import time
from collections import Counter

from bench.load import Connection, connect, post, rate, statuses
from bench.room import BALLOT, CODE
from bench.running import Running, running
from bench.sockets import Listener, listen
from eventkit.server.running import run

CONNECTIONS = 256  # with 64 the loop waits for the disk between commits: 0.42 to 0.52 of the bare POST
SECONDS = 1.0
PEOPLE = 2_000
FORM = "content-type: application/x-www-form-urlencoded\r\norigin: http://127.0.0.1\r\n"


def ballots(server: Running, path: str = BALLOT) -> list[bytes]:
    """Two ballots of every phone, through the real form as htmx sends it; without a number each is the newest."""
    return [
        post(path, b"epoch=1&option=" + choice, f"{FORM}hx-request: true\r\ncookie: pass={token}\r\n")
        for choice in (b"A", b"B")
        for token in server.passes
    ]


async def ratios(rounds: int) -> None:
    """Prints the votes per second beside their references."""
    with running(PEOPLE) as product, running(PEOPLE, "without-store") as storeless:
        variants = {
            "votes": (product, ballots(product)),
            "bare POST": (product, ballots(product, "/bench/post")),
            "ORM form": (
                product,
                [post("/bench/orm", f"token={token}&option=A".encode(), FORM) for token in product.passes],
            ),
            "store left out": (storeless, ballots(storeless)),
        }
        seen: dict[str, list[float]] = {name: [] for name in variants}
        answers: dict[str, Counter[int]] = {name: Counter() for name in variants}
        for _ in range(rounds):
            for name in random.sample(sorted(variants), len(variants)):
                server, requests = variants[name]
                connections = await connect(server.port, CONNECTIONS)
                seen[name].append(await rate(connections, requests, SECONDS))
                answers[name].update(statuses(connections))
        for name, rates in seen.items():
            print(f"{name:>15}: {statistics.median(rates):8,.0f}/s   answers {dict(answers[name])}")
        for name, goal in (("bare POST", 0.5), ("store left out", 0.75), ("ORM form", 5.0)):
            found = sorted(vote / other for vote, other in zip(seen["votes"], seen[name], strict=True))
            print(f"votes / {name}: {statistics.median(found):.2f} ({found[0]:.2f}-{found[-1]:.2f}), goal {goal}")


async def burst() -> None:
    """2,000 phones, each with a socket, vote once within two seconds beside a fan-out every 250 ms."""
    with running(PEOPLE) as server:
        listeners = await _sockets(server)
        phones = await connect(server.port, PEOPLE)
        await phones[0].ask(post("/bench/tick", b"", FORM))
        delays: list[float] = []
        start = time.perf_counter() + 0.5
        requests = ballots(server)[:PEOPLE]
        await asyncio.gather(
            *(
                _vote_at(start + 2 * number / PEOPLE, phone, request, delays)
                for number, (phone, request) in enumerate(zip(phones, requests, strict=True))
            )
        )
        delays.sort()
        shown = ", ".join(f"p{q} {1000 * delays[int(len(delays) * q / 100) - 1]:.0f} ms" for q in (50, 95, 99))
        print(f"{len(delays)} phones in 2 s beside the fan-out: {shown}   {statuses(phones)}")
        for listener in listeners:
            listener.close()


async def _sockets(server: Running) -> list[Listener]:
    return [await listen(server.port, f"/e/{CODE}/live", f"pass={token}") for token in server.passes]


async def _vote_at(moment: float, phone: Connection, request: bytes, delays: list[float]) -> None:
    """Waits for its moment; the delay counts from then, however late the loop was."""
    await asyncio.sleep(max(0, moment - time.perf_counter()))
    await phone.ask(request)
    delays.append(time.perf_counter() - moment)


if __name__ == "__main__":
    run(lambda: ratios(int(sys.argv[1]) if len(sys.argv) > 1 else 15))
    run(burst)
