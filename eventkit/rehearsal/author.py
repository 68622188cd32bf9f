"""One simulated person at the walls: writes one to three notes, mends one now and then, and gives dots."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from random import Random

import httpx2

from eventkit.rehearsal.sentences import SENTENCES
from eventkit.rehearsal.wall_forms import Form, forms

Wait = Callable[[float], Awaitable[None]]
Sayings = Mapping[str, Sequence[str]]
"""What people may write, by wall_id."""
MOST_NOTES = 3
MENDS = 0.15
SECOND_THOUGHT = " – please"


class Author:
    """What somebody writes. `told`: the words of their notes that the server has confirmed, by wall_id and note_id."""

    def __init__(self, random: Random, sayings: Sayings, wait: Wait, headers: Mapping[str, str]) -> None:
        self.told: dict[str, dict[str, str]] = defaultdict(dict)
        self._random, self._sayings, self._wait, self._headers = random, sayings, wait, headers
        self._left: dict[str, int] = {}
        self._dotted: set[str] = set()

    def has_written(self, walls: Sequence[str]) -> bool:
        """Whether they have seen these walls, by wall_id, and have nothing more to write on them."""
        return all(self._left.get(wall) == 0 for wall in walls)

    async def stroll(self, client: httpx2.AsyncClient, ways: Sequence[str], *, twice: bool = False) -> None:
        """Goes from wall to wall. `twice`: the wifi goes before the answer is heard, so each note is sent again."""
        fresh = [way for way in ways if _wall(way) not in self._left]
        if fresh:
            self._left |= {_wall(way): 0 for way in fresh}
            for way in self._random.choices(fresh, k=self._random.randint(1, MOST_NOTES)):
                self._left[_wall(way)] += 1
        for way in ways:
            while self._left[_wall(way)] and await self._write(client, way, twice=twice):
                self._left[_wall(way)] -= 1
            if _wall(way) not in self._dotted:
                await self._give_dots(client, way)

    async def _write(self, client: httpx2.AsyncClient, way: str, *, twice: bool) -> bool:
        """Sends one note, and perhaps better words for it; False if the wall takes none now."""
        wall, form = _wall(way), next((form for form in await self._open(client, way) if form.writes), None)
        if form is None:
            return False
        await self._wait(2 + 6 * self._random.random())
        form.fields["text"] = self._random.choice(self._sayings.get(wall) or SENTENCES)
        answer = [await self._send(client, form) for _time in range(1 + twice)][-1]
        if answer.status_code == 200:
            self.told[wall][form.fields["note"]] = form.fields["text"]
            if self._random.random() < MENDS:
                await self._mend(client, wall, form.fields["note"], answer.text)
        return True

    async def _mend(self, client: httpx2.AsyncClient, wall: str, note_id: str, html: str) -> None:
        form = next((form for form in forms(html) if form.mends == note_id), None)
        if form:
            await self._wait(3 * self._random.random())
            form.fields["text"] = self.told[wall][note_id] + SECOND_THOUGHT
            if (await self._send(client, form)).status_code == 200:
                self.told[wall][note_id] = form.fields["text"]

    async def _give_dots(self, client: httpx2.AsyncClient, way: str) -> None:
        form = next((form for form in await self._open(client, way) if form.ballot), None)
        if form is None:
            return
        self._dotted.add(_wall(way))
        given = self._random.choices(form.ballot, k=self._random.randint(1, form.most))
        form.fields |= {name: str(given.count(name)) for name in form.ballot}
        await self._wait(2 + 6 * self._random.random())
        await self._send(client, form)

    async def _open(self, client: httpx2.AsyncClient, way: str) -> Sequence[Form]:
        """The person's own part of a wall's page, as a page with or without scripts gets it."""
        address = f"{way}/mine" if self._headers else way
        return forms((await client.get(address, headers=self._headers)).text)

    async def _send(self, client: httpx2.AsyncClient, form: Form) -> httpx2.Response:
        return await client.post(form.action, data=form.fields, headers=self._headers, follow_redirects=True)


def _wall(way: str) -> str:
    return way.rpartition("/")[2]
