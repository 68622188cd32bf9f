"""One simulated person at a table: writes a note to its record on every story, and may agree to a recording."""

import re
from collections.abc import Mapping, Sequence
from html import unescape
from random import Random

import httpx2

from eventkit.rehearsal.author import Sayings, Wait
from eventkit.rehearsal.sentences import SENTENCES
from eventkit.rehearsal.wall_forms import Form, forms

LOOK_SECONDS = 8.0
"""How long people talk before they look at their phone again."""

_TICKS = re.compile(r'name="agree" value="([a-z]+)"')
_LABEL = re.compile(r"<b>(S\d+)</b>")
_CODE = re.compile(r'<b class="code"[^>]*>(.*?)</b>')


def ways(html: str, phone: str) -> Sequence[str]:
    """The addresses of the tables' pages that a frame of the phone view at `phone` leads to, each once."""
    found = re.findall(rf'"({re.escape(phone)}/tables/[^"/?#]+)"', html)
    return list(dict.fromkeys(unescape(way) for way in found))


class TableNotes:
    """What somebody writes to their table's record: one note for each story.

    `told`: the words that the server has confirmed, by table and vignette_id. `place` says at which of the tables they
    sit, counted from 0 and on from the first after the last.
    """

    def __init__(self, random: Random, sayings: Sayings, wait: Wait, headers: Mapping[str, str], place: int) -> None:
        self.told: dict[tuple[str, str], str] = {}
        self._random, self._sayings, self._wait, self._headers, self._place = random, sayings, wait, headers, place
        self._way = ""

    async def look(self, client: httpx2.AsyncClient, tables: Sequence[str], *, twice: bool = False) -> None:
        """Looks at their table's page, and writes if its story is new. `twice`: the first answer is not heard."""
        # A page names the own table first once one has been there, so the first choice stays.
        way = self._way = self._way or tables[self._place % len(tables)]
        form = await self._open(client, way)
        key = (way.rpartition("/")[2], form.fields["story"] if form else "")
        if form is None or not key[1] or key in self.told:
            return
        await self._wait(2 + 6 * self._random.random())
        form.fields["text"] = self._random.choice(self._sayings.get(key[1]) or SENTENCES)
        for _time in range(1 + twice):
            answer = await client.post(form.action, data=form.fields, headers=self._headers, follow_redirects=True)
        if answer.status_code == 200:
            self.told[key] = form.fields["text"]

    async def _open(self, client: httpx2.AsyncClient, way: str) -> Form | None:
        """The form for a note, as a page with or without scripts gets it; None while there is none."""
        address = f"{way}/note" if self._headers else way
        found = forms((await client.get(address, headers=self._headers)).text)
        return next((form for form in found if {"note", "story", "text"} <= form.fields.keys()), None)


async def agree(client: httpx2.AsyncClient, way: str) -> tuple[str, str]:
    """Agrees at a table to everything that is asked; label and code, which only this person knows. "" if refused."""
    asked = (await client.get(f"{way}/consent")).text
    form = next((form for form in forms(asked) if "slip" in form.fields), None)
    if form is None:
        return "", ""
    sent = {"slip": form.fields["slip"], "story": form.fields["story"], "agree": _TICKS.findall(asked)}
    kept = (await client.post(f"{way}/consent", data=sent)).text
    label, code = _LABEL.search(kept), _CODE.search(kept)
    return (label[1], code[1]) if label and code else ("", "")
