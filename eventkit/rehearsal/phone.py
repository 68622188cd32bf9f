"""One simulated person with a phone: takes a moment, changes their mind, drops off the wifi and comes back."""

import asyncio
import json
import ssl
from collections.abc import Coroutine, Sequence
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass
from random import Random

import httpx2
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Origin

from eventkit.rehearsal.author import Author, Sayings
from eventkit.rehearsal.ballot import Ballot, mine, read
from eventkit.rehearsal.choosing import chosen
from eventkit.rehearsal.table_notes import LOOK_SECONDS, TableNotes, agree
from eventkit.rehearsal.table_notes import ways as ways_to_tables
from eventkit.rehearsal.wall_forms import ways

SLOWEST = 25.0
FRAGMENT = {"HX-Request": "true"}


@dataclass(frozen=True)
class Place:
    """Where the event is, how much faster than people everybody is, and what they may write.

    `sayings`: by wall_id, and by vignette_id.
    """

    base: str
    code: str
    seed: int
    speed: float
    sayings: Sayings

    @property
    def phone(self) -> str:
        """The path of the phone view."""
        return f"/e/{self.code}"


@dataclass(frozen=True)
class Habits:
    """What one person is like; `plain`: a browser without JavaScript, which reloads to see what is new."""

    seconds: float
    wavers: bool
    drops_off: bool
    plain: bool


class Phone:
    """A browser of its own, with its own cookies. `recorded`: the answer that the server confirmed, by vote.

    `author` is what its owner writes on walls, `notes` what they write to their table's record.
    """

    def __init__(self, place: Place, number: int, tls: ssl.SSLContext) -> None:
        self.recorded: dict[str, str] = {}
        self.joined = False
        self._place = place
        self._random = Random(f"{place.seed} {number}")
        self._habits = _habits(self._random, number)
        headers = {} if self._habits.plain else FRAGMENT
        self.author = Author(Random(f"{place.seed} author {number}"), place.sayings, self._wait, headers)
        random = Random(f"{place.seed} notes {number}")
        self.notes = TableNotes(random, place.sayings, self._wait, headers, number)
        self._tls = tls
        self._showing = ""
        self._ways: Sequence[str] = ()
        self._strolling = False
        self._tables: Sequence[str] = ()
        self._sitting = False
        self._busy: set[asyncio.Task[None]] = set()
        self._socket: ClientConnection | None = None

    async def live(self) -> None:
        """Joins after a moment, then takes part until cancelled."""
        await self._wait(3 * self._random.random())
        async with httpx2.AsyncClient(
            base_url=self._place.base, headers={"Origin": self._place.base}, verify=self._tls, trust_env=False
        ) as self._client:
            joining = (await self._client.get(f"/j/{self._place.code}")).text
            told = {"rehearsal": "yes"} if 'name="rehearsal"' in joining else {}
            answer = await self._client.post(f"{self._place.phone}/join", data=told)
            self.joined = "pass" in answer.cookies
            try:
                while self.joined:
                    await (self._reload() if self._habits.plain else self._watch())
            finally:
                for doing in self._busy:
                    doing.cancel()

    async def agree(self, table: str) -> tuple[str, str]:
        """Agrees to a recording at a table; the label and the code, "" if that was refused."""
        return await agree(self._client, f"{self._place.phone}/tables/{table}")

    async def _watch(self) -> None:
        """One connection, for as long as it holds; whoever drops off the wifi comes back after a while."""
        with suppress(OSError, TimeoutError, WebSocketException):
            async with self._connected() as self._socket:
                async for message in self._socket:
                    self._see(json.loads(message).get("html"))
        self._socket = None
        await self._wait(1 + 5 * self._random.random())

    def _connected(self) -> AbstractAsyncContextManager[ClientConnection]:
        place = self._place
        return connect(
            place.base.replace("http", "ws", 1) + f"{place.phone}/live",
            origin=Origin(place.base),
            additional_headers={"Cookie": f"pass={self._client.cookies.get('pass')}"},
            compression=None,
            proxy=None,
        )

    def _see(self, html: str | None) -> None:
        if html is None:
            return
        found = mine(html)
        before, self._showing = self._showing, found[0] if found else ""
        if found and self._showing != before and not self._showing.endswith("-closed"):
            self._do(self._try_to_answer(*found))
        self._ways = ways(html, self._place.phone)
        if self._ways and not self._strolling:
            self._do(self._stroll())
        self._tables = ways_to_tables(html, self._place.phone)
        if self._tables and not self._sitting:
            self._do(self._sit())

    def _do(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._busy.add(task)
        task.add_done_callback(self._busy.discard)

    async def _stroll(self) -> None:
        """To every wall that the newest frame leads to; another that opens meanwhile comes after these."""
        self._strolling = True
        try:
            while self._ways:
                going, self._ways = self._ways, ()
                await self.author.stroll(self._client, going, twice=self._habits.drops_off)
        except httpx2.TransportError:
            pass  # the next frame is a new chance
        finally:
            self._strolling = False

    async def _sit(self) -> None:
        """At a table, as long as the room has stories."""
        self._sitting = True
        try:
            while self._tables:
                await self.notes.look(self._client, self._tables, twice=self._habits.drops_off)
                await self._wait(LOOK_SECONDS * (0.5 + self._random.random()))
        except httpx2.TransportError:
            pass  # the next frame is a new chance
        finally:
            self._sitting = False

    async def _try_to_answer(self, name: str, address: str) -> None:
        try:
            await self._answer(name, address)
        except httpx2.TransportError:
            self._showing = ""  # the next frame is a new chance

    async def _answer(self, name: str, address: str) -> None:
        ballot = read((await self._client.get(address, headers=FRAGMENT)).text)
        if ballot is None or ballot.recorded:
            return
        # Under a new key the same person gives the same answer again.
        choice = self.recorded.get(ballot.vote) or self._choose(ballot)
        await self._wait(self._habits.seconds * (0.5 + self._random.random()))
        sent = await self._send(ballot, choice) if self._showing == name else None
        if sent and self._habits.drops_off:
            sent = await self._lose_the_answer(ballot, choice)
        if sent and self._habits.wavers:
            await self._wait(self._habits.seconds)
            if self._showing == name:
                await self._send(sent, self._choose(sent))

    async def _lose_the_answer(self, ballot: Ballot, choice: str) -> Ballot | None:
        """The wifi goes before the answer is heard, so the phone sends the same again: same choice, same number."""
        if self._socket:
            await self._socket.close()
        await self._wait(2 + 4 * self._random.random())
        return await self._send(ballot, choice)

    async def _send(self, ballot: Ballot, choice: str) -> Ballot | None:
        """The ballot that came back; None if it was not recorded."""
        answer = await self._post(ballot, choice, FRAGMENT)
        returned = read(answer.text)
        if answer.status_code == 200 and returned:
            self.recorded[ballot.vote] = returned.recorded
            return returned
        return None

    async def _post(self, ballot: Ballot, choice: str, headers: dict[str, str]) -> httpx2.Response:
        """Sends a choice, and says that it is meant if the phone is asked."""
        answer = await self._client.post(
            ballot.action, data=ballot.filled(choice), headers=headers, follow_redirects=True
        )
        asked = read(answer.text) if answer.status_code == 422 else None
        if asked is None:
            return answer
        return await self._client.post(asked.action, data=asked.filled(choice), headers=headers, follow_redirects=True)

    async def _reload(self) -> None:
        """Looks at the page, and sends its form if there is one, as a browser without JavaScript does."""
        await self._wait(1 + 2 * self._random.random())
        html = (await self._client.get(self._place.phone)).text
        await self.author.stroll(self._client, ways(html, self._place.phone))
        if tables := ways_to_tables(html, self._place.phone):
            await self.notes.look(self._client, tables)
        ballot = read(html)
        if ballot and not ballot.shut and not ballot.recorded:
            await self._wait(self._habits.seconds)
            ballot = read((await self._post(ballot, self._choose(ballot), {})).text)
        if ballot and ballot.recorded:
            self.recorded[ballot.vote] = ballot.recorded

    def _choose(self, ballot: Ballot) -> str:
        return chosen(ballot, Random(f"{self._place.seed} {ballot.vote}"), self._random)

    async def _wait(self, seconds: float) -> None:
        await asyncio.sleep(seconds / self._place.speed)


def _habits(random: Random, number: int) -> Habits:
    return Habits(
        seconds=min(random.lognormvariate(1.6, 0.6), SLOWEST),
        wavers=random.random() < 0.25,
        drops_off=random.random() < 0.15,
        plain=number % 14 == 13,
    )
