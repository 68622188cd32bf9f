"""The demonstration's tables: everybody gets a seat, eight things change at the door, and the files agree."""

import asyncio
import re
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from html import unescape

from eventkit.demo import cells
from eventkit.demo.remote import Remote
from eventkit.errors import Conflict, EventkitError
from eventkit.web.language import gettext as _

PATIENCE_SECONDS = 60
LOOK_SECONDS = 0.2
GONE = ("a03", "a17", "a28", "a36")
NEW = (
    {"name": "Una Garrick", "organisation": "Food-bank network", "Sector": "third sector"},
    {"name": "Petra Sandilands", "organisation": "University", "Sector": "university"},
    {"name": "Dermot Halley", "organisation": "Council housing service", "Sector": "council"},
    {"name": "Osman Tekin", "organisation": "Law centre", "Sector": "third sector"},
)
"""Invented people who come without being on the list."""

_WORKING = ('id="progress"', 'data-waiting="yes"')
_CARD = re.compile(r'<article class="table-card">\s*<h4><bdi>(.*?)</bdi>.*?<ul class="sitting">(.*?)</ul>', re.DOTALL)
_SITTING = re.compile(r"<li><bdi>(.*?)</bdi>")
_LINE = re.compile(r'<div class="(?:best|short)"><dt>(.*?)</dt>')
_REFUSED = re.compile(r'<(?:div|p) class="problem" role="alert">(.*?)</(?:form|p)>', re.DOTALL)
_EXPECTED = re.compile(r'<li id="person-([^"]+)" data-state="expected"')
_FIELD = re.compile(r'<label for="(own-\d+)"[^>]*>(.*?)</label>')
_OFFERS = re.compile(r'name="number" value="(\d+)"')
_MOVES = re.compile(r'<table class="sheet moves">\s*<caption>(\d+) changes? of table</caption>')


async def seat(remote: Remote) -> Sequence[str]:
    """Presses the button that seats everybody, and waits; how good the seats are, in the desk's words."""
    await remote.send("tables/seat")
    return [unescape(line) for line in _LINE.findall(await _done(remote, "tables"))]


async def at_the_door(remote: Remote) -> int:
    """People come, four do not and four others do; the doors close, and fewest people move. How many do."""
    for person_id in GONE:
        await remote.send("door", {"away": person_id})
    for newcomer in NEW:
        html = await remote.page("door")
        fields = {label: field for field, label in _FIELD.findall(html)}
        await remote.send("door/new", {fields.get(name, name): said for name, said in newcomer.items()})
    for expected in _EXPECTED.findall(await remote.page("door")):
        await remote.send("door", {"here": unescape(expected)})
    await remote.send("door/close", {"confirmed": "yes"})
    await remote.send("door/repair")
    offers = _OFFERS.findall(await _done(remote, "door/repair"))
    if not offers:
        return 0
    await remote.send("door/repair/take", {"number": offers[0]})
    moved = _MOVES.search(await remote.page("door/changes"))
    return int(moved[1]) if moved else 0


def compare(desk: str, roster: bytes, results: bytes) -> int:
    """How many people have a seat in the first round: where the desk's page has them, both files have them too.

    Raises `EventkitError` otherwise. Whom it concerns is not said: names are not for a terminal.
    """
    shown = {unescape(table): sorted(map(unescape, _SITTING.findall(names))) for table, names in _CARD.findall(desk)}
    listed = _at_tables(roster)
    if not shown or listed != shown:
        wrong = [table for table in {**shown, **listed} if shown.get(table) != listed.get(table)]
        raise EventkitError(_("The roster is wrong about {tables}.").format(tables=", ".join(wrong) or _("the tables")))
    counted = {row["name"]: row["n_people"] for row in cells.rows(results, "tables") if row["round"] == "1"}
    if counted != {table: str(len(names)) for table, names in listed.items()}:
        raise EventkitError(_("The workbook is wrong about how many people sat at each table."))
    return sum(map(len, listed.values()))


async def _done(remote: Remote, page: str) -> str:
    """The page once nothing is being worked out any more. Raises `Conflict` with what was refused."""
    until = time.monotonic() + PATIENCE_SECONDS
    html = await remote.page(page)
    while any(sign in html for sign in _WORKING):
        if time.monotonic() > until:
            raise Conflict(_("After {seconds} s the seats were not worked out.").format(seconds=PATIENCE_SECONDS))
        await asyncio.sleep(LOOK_SECONDS)
        html = await remote.page(page)
    if refused := _REFUSED.search(html):
        raise Conflict(" ".join(unescape(re.sub(r"<[^>]+>", " ", refused[1])).split()))
    return html


def _at_tables(roster: bytes) -> Mapping[str, Sequence[str]]:
    """Names by the name of the table, as the roster has them in the first round."""
    people = {row["person_id"]: row["name"] for row in cells.rows(roster, "people")}
    tables = {row["table"]: row["name"] for row in cells.rows(roster, "tables")}
    found: dict[str, list[str]] = defaultdict(list)
    for row in cells.rows(roster, "seating"):
        if row["round"] == "1":
            found[tables[row["table"]]].append(people[row["person_id"]])
    return {table: sorted(names) for table, names in found.items()}
