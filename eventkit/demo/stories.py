"""The demonstration's stories: how they reach tables, what hosts and people say of them, and whether files agree."""

import re
import tomllib
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from pathlib import Path
from random import Random
from typing import TypeVar
from urllib.parse import urlsplit

import httpx2

from eventkit.demo import cells
from eventkit.demo.remote import Remote, checked
from eventkit.errors import Conflict, EventkitError
from eventkit.rehearsal.people import People
from eventkit.rehearsal.wall_forms import forms
from eventkit.web.language import gettext as _

FILE = Path(__file__).with_name("stories.toml")
PHONE, PLAIN = "phone", "point"
HOST_CARDS = "vignettes/cards/hosts"
MARKS = ("", "", "idea", "service", "barrier", "quote")

_TICKED = re.compile(r'name="give" value="([^"]*)" checked')
_SIGNED = re.compile(r'name="(seen|confirmed)" value="([^"]*)"')
_CARDS = re.compile(r'<p class="address">([^<]+)</p>')

Said = TypeVar("Said")
Point = tuple[str, str, str, str, str]
"""A point as the workbook has it: vignette_id, table_id, prompt_id, kind, text."""


def sayings() -> Mapping[str, Sequence[str]]:
    """What people send from their phones, by vignette_id."""
    return {story: said[PHONE] for story, said in _said().items()}


async def deal(remote: Remote) -> int:
    """Looks at what the desk would deal, and carries it out if anything changes; how many stories lie at tables."""
    html = await remote.page("vignettes/assign?deal=yes")
    ticks, fields = [unescape(tick) for tick in _TICKED.findall(html)], dict(_SIGNED.findall(html))
    if "confirmed" in fields:
        await remote.send("vignettes/assign", {**fields, "give": ticks})
    return len({tick.rpartition(" ")[2] for tick in ticks})


@dataclass
class Host:
    """The host of one table, with a browser of their own. `told`: the points that the server has confirmed."""

    client: httpx2.AsyncClient
    home: str
    random: Random
    told: list[Point] = field(default_factory=list)

    @property
    def table(self) -> str:
        """The table's id."""
        return self.home.rpartition("/")[2]

    async def write(self) -> int:
        """Writes what there is to say of the story under each prompt, as points; how many stories that makes."""
        for fields in await self._asked():
            for text in _said().get(fields["vignette_id"], {}).get(fields["prompt_id"], ()):
                await self._point(fields["vignette_id"], fields["prompt_id"], text)
        return len({point[0] for point in self.told})

    async def story(self) -> str:
        """The vignette_id of the story that the table is at. Raises `Conflict` if there is none."""
        asked = await self._asked()
        if not asked:
            raise Conflict(_("Table {table} has no story now.").format(table=self.table))
        return asked[0]["vignette_id"]

    async def _asked(self) -> Sequence[Mapping[str, str]]:
        """The fields of each form that takes a point."""
        page = checked(await self.client.get(self.home), 200).text
        return [form.fields for form in forms(page) if form.action == f"{self.home}/points"]

    async def _point(self, story: str, prompt: str, text: str) -> None:
        """The device makes the number of a point; sent twice it is one. Some are marked."""
        point_id, mark = f"{self.random.getrandbits(64):016x}", self.random.choice(MARKS)
        fields = {"vignette_id": story, "prompt_id": prompt, "text": text}
        for _time in range(self.random.choice((1, 1, 2))):
            await self.send(f"points/{point_id}", fields, 200)
        if mark:
            await self.send(f"points/{point_id}/mark", {"mark": mark}, 200)
        self.told.append((story, self.table, prompt, mark, text))

    async def send(self, path: str, fields: Mapping[str, str], status: int) -> str:
        """Sends a form of the host's page, as its script does."""
        answer = await self.client.post(f"{self.home}/{path}", data=dict(fields), headers={"HX-Request": "true"})
        return checked(answer, status).text


@asynccontextmanager
async def hosts(remote: Remote, base: str) -> AsyncIterator[Sequence[Host]]:
    """Prints the host cards and hands them out: every table has its host, until their browsers are closed."""
    found = [urlsplit(unescape(address)).path for address in _CARDS.findall(await remote.fill(HOST_CARDS))]
    if not found:
        raise Conflict(_("The desk has printed no host cards."))
    async with AsyncExitStack() as browsers:
        yield [await _host(browsers, base, path) for path in found]


def compare(people: People, hosts: Sequence[Host], content: bytes) -> tuple[int, int]:
    """How many points and notes there are: all that hosts and phones were told of stand in the workbook, no other.

    Raises `EventkitError` otherwise, or if the stories are not at as equal numbers of tables as can be.
    """
    rows = cells.rows(content, "vignette_notes")
    said = Counter(_point(row) for row in rows if row["written_by"] != PHONE)
    sent = Counter((row["table_id"], row["vignette_id"], row["text"]) for row in rows if row["written_by"] == PHONE)
    _same(_("points"), said, Counter(point for host in hosts for point in host.told))
    _same(_("notes from phones"), sent, people.at_tables())
    numbers = [int(row["n_tables"]) for row in cells.rows(content, "vignettes")]
    if max(numbers) - min(numbers) > 1:
        raise EventkitError(_("The workbook says that the stories were not spread evenly over the tables."))
    return said.total(), sent.total()


def _same(what: str, found: Counter[Said], told: Counter[Said]) -> None:
    if found != told:
        sentence = _("The workbook is wrong about the {what}: {missing} are missing, {more} nobody wrote.")
        missing, more = (told - found).total(), (found - told).total()
        raise EventkitError(sentence.format(what=what, missing=missing, more=more))


def _point(row: Mapping[str, str]) -> Point:
    return row["vignette_id"], row["table_id"], row["prompt_id"], row["kind"].replace(PLAIN, ""), row["text"]


async def _host(browsers: AsyncExitStack, base: str, path: str) -> Host:
    client = httpx2.AsyncClient(base_url=base, headers={"Origin": base}, trust_env=False)
    await browsers.enter_async_context(client)
    checked(await client.post(path), 303)
    home = path.partition("/enter/")[0]
    return Host(client, home, Random(home.rpartition("/")[2]))


@cache
def _said() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Sentences by prompt_id, or "phone", by vignette_id."""
    return tomllib.loads(FILE.read_text("utf-8"))
