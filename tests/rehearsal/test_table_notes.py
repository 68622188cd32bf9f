"""What one simulated person does at a table."""

import asyncio
from random import Random

import httpx2
import pytest

from eventkit.rehearsal.sentences import SENTENCES
from eventkit.rehearsal.table_notes import TableNotes, agree, ways

FORM = """<form action="/e/K7M4PDX/tables/t2/note"><input type="hidden" name="note" value="11"><input name="story"
 value="{story}"><textarea name="text"></textarea></form>"""
ASKED = """<form><input name="slip" value="abc"><input name="story" value="v1">
<input type="checkbox" name="agree" value="record"><input type="checkbox" name="agree" value="quote" checked></form>"""
KEPT = '<p>Your code <b class="code" dir="ltr">ABCD EFGH</b></p><p>Your label <b>S3</b></p>'


class Table:
    """A table's page that says which story is on, and keeps what is sent to it."""

    def __init__(self, story: str = "v1", status: int = 200) -> None:
        self.story, self.status = story, status
        self.sent: list[str] = []
        self.asked: list[str] = []

    def answer(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request.url.path)
        if request.method == "POST":
            self.sent.append(request.content.decode())
            return httpx2.Response(self.status, text=KEPT)
        return httpx2.Response(
            200, text=ASKED if request.url.path.endswith("/consent") else FORM.format(story=self.story)
        )

    def client(self) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(base_url="http://127.0.0.1", transport=httpx2.MockTransport(self.answer))


async def at_once(_seconds: float) -> None:
    """Nobody waits here."""


def somebody(place: int = 1, *, plain: bool = False) -> TableNotes:
    headers = {} if plain else {"HX-Request": "true"}
    return TableNotes(Random(1), {"v2": ("Only this",)}, at_once, headers, place)


TABLES = ["/e/K7M4PDX/tables/t1", "/e/K7M4PDX/tables/t2", "/e/K7M4PDX/tables/t3"]


def test_ways_lead_to_tables_once_each() -> None:
    html = (
        '<a href="/e/K7M4PDX/tables/t2">Own</a><a href="/e/K7M4PDX/tables/t1">A</a><a href="/e/K7M4PDX/tables/t2">B</a>'
    )
    assert ways(html + '<div data-src="/e/K7M4PDX/own-table">', "/e/K7M4PDX") == TABLES[1::-1]


@pytest.mark.parametrize(("plain", "page"), [(False, "/e/K7M4PDX/tables/t2/note"), (True, "/e/K7M4PDX/tables/t2")])
def test_somebody_writes_one_note_for_each_story(plain: bool, page: str) -> None:
    table, person = Table(), somebody(plain=plain)

    async def day() -> None:
        async with table.client() as client:
            await person.look(client, TABLES)
            # Their own table is named first now; they do not change it.
            await person.look(client, [TABLES[1], TABLES[0], TABLES[2]])
            table.story = "v2"
            await person.look(client, TABLES, twice=True)

    asyncio.run(day())
    assert set(table.asked) == {page, "/e/K7M4PDX/tables/t2/note"}
    assert person.told.keys() == {("t2", "v1"), ("t2", "v2")}
    assert person.told["t2", "v1"] in SENTENCES
    assert person.told["t2", "v2"] == "Only this"
    assert [("story=v1" in sent, "story=v2" in sent) for sent in table.sent] == [(True, False), *[(False, True)] * 2]


@pytest.mark.parametrize("table", [Table(story=""), Table(status=409)])
def test_note_that_no_story_or_no_server_took_counts_for_nothing(table: Table) -> None:
    person = somebody()

    async def day() -> None:
        async with table.client() as client:
            await person.look(client, TABLES)

    asyncio.run(day())
    assert person.told == {}


def test_somebody_agrees_to_all_that_is_asked_and_keeps_the_code() -> None:
    table = Table()

    async def day() -> tuple[str, str]:
        async with table.client() as client:
            return await agree(client, TABLES[1])

    assert asyncio.run(day()) == ("S3", "ABCD EFGH")
    assert table.sent == ["slip=abc&story=v1&agree=record&agree=quote"]
