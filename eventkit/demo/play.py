"""`--play`: the whole day by itself, through the same pages that people use, into a workbook that is checked."""

import asyncio
import io
import socket
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import click
import httpx2
from openpyxl import load_workbook

from eventkit.demo import seating, stories, talks, writing
from eventkit.demo.remote import Now, Remote
from eventkit.demo.room import NUMBER, Room, opened
from eventkit.errors import Conflict, EventkitError
from eventkit.events.control import new_link
from eventkit.events.pages import VIEWS
from eventkit.export.saving import save
from eventkit.settings import Settings
from eventkit.web.language import gettext as _
from eventkit.web.language import ngettext

OUT = Path("exports/fife-2016-results.xlsx")
SPEED = 20.0
PATIENCE_SECONDS = 60
LOOK_SECONDS = 0.1
FIRST_TABLE_ROW = 5
BAR = 30


async def play(settings: Settings, port: socket.socket, out: Path = OUT, speed: float = SPEED) -> None:
    """Runs the day and writes its workbook. Raises `EventkitError` if it does not hold what people sent."""
    began = time.monotonic()
    async with opened(settings, port, speed) as room, httpx2.AsyncClient(base_url=room.base, trust_env=False) as client:
        if not room.event.created:
            raise Conflict(_("There is a day in {folder} already. Name a new folder.").format(folder=settings.data))
        remote = Remote(client, room.event.code)
        for role in VIEWS.values():
            await remote.enter(await room.database.write(None, new_link, room.event.event_id, role))
        await _before_the_room_opens(remote)
        await _everybody_joins(room)
        recorded: list[talks.Talk] = []
        async with stories.hosts(remote, room.base) as hosts:
            votes = await _drive(room, remote, hosts, recorded)
        withdrawn = await _after_the_day(remote, recorded)
        content = await remote.download("results.xlsx")
        _compare(room, content)
        notes = writing.compare(room.people, content)
        click.echo(_stories_told(room, hosts, content))
        click.echo(_written_down(content, recorded, withdrawn))
        click.echo(await _seated(remote, content))
    save(content, out)
    click.echo(
        _(
            "{votes} votes and {notes} notes of {people} people, every one of them in {file}. It took {seconds} s."
        ).format(votes=votes, notes=notes, people=NUMBER, file=out, seconds=round(time.monotonic() - began))
    )


def _stories_told(room: Room, hosts: Sequence[stories.Host], content: bytes) -> str:
    points, sent = stories.compare(room.people, hosts, content)
    sentence = _("  {points} points of hosts and {sent} notes from phones stand in the workbook as they were sent")
    return sentence.format(points=points, sent=sent)


def _written_down(content: bytes, recorded: Sequence[talks.Talk], withdrawn: Mapping[str, str]) -> str:
    passages = talks.compare(content, recorded, withdrawn)
    return _("  {passages} passages, without the name and the person who withdrew").format(passages=passages)


async def _seated(remote: Remote, content: bytes) -> str:
    seated = seating.compare(await remote.page("tables"), await remote.download("roster.xlsx"), content)
    return _("  {people} people sit in workbook and roster file as on the desk").format(people=seated)


async def _after_the_day(remote: Remote, recorded: Sequence[talks.Talk]) -> Mapping[str, str]:
    """Talks are written down, a name is taken out of them, and somebody at the last withdraws; who, by table."""
    click.secho(_("Transcripts"), bold=True)
    for talk in recorded:
        await talks.write_down(remote, talk)
        places = await talks.redact(remote, talk)
        click.echo(_("  a name was taken out of a transcript at {places} places").format(places=places))
    return {talk.table: await talks.withdraw(remote, talk) for talk in recorded[-1:]}


async def _before_the_room_opens(remote: Remote) -> None:
    """Tables get stories and everybody a seat; then four people do not come, and four others do."""
    click.secho(_("Stories for the tables"), bold=True)
    dealt = await stories.deal(remote)
    click.echo(_("  {dealt} stories, each at as many tables as any other, or one more or less").format(dealt=dealt))
    click.secho(_("Find your table"), bold=True)
    for line in await seating.seat(remote):
        click.echo(f"  {line}")
    moved = await seating.at_the_door(remote)
    words = ngettext(
        "  {gone} people did not come, {new} others did: {moved} person moves to another table",
        "  {gone} people did not come, {new} others did: {moved} people move to another table",
        moved,
    )
    click.echo(words.format(gone=len(seating.GONE), new=len(seating.NEW), moved=moved))


async def _everybody_joins(room: Room) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while room.people.joined < NUMBER:
            _bar(room.people.joined, NUMBER, _("joined"))
            await asyncio.sleep(LOOK_SECONDS)
    _bar(NUMBER, NUMBER, _("joined"), last=True)


async def _drive(room: Room, remote: Remote, hosts: Sequence[stories.Host], recorded: list[talks.Talk]) -> int:
    """Presses until the end of the programme; how many votes were cast."""
    votes, heading = 0, ""
    while (now := await remote.look()).pressable:
        if now.heading != heading:
            heading = now.heading
            click.secho(heading, bold=True)
        if now.open and now.walls:
            await _everybody_writes(room, now)
        elif now.open and now.stories:
            await _tables_talk(room, hosts)
            if not recorded:
                recorded += await _record(room, hosts)
        elif now.open:
            votes += await _everybody_votes(remote)
        await remote.forward(now)
        if now.open and now.walls:
            click.echo(_("  {number} notes under their themes").format(number=await _group(remote, now)))
        await asyncio.sleep(LOOK_SECONDS)
    click.secho(now.heading, bold=True)
    _at_the_end(now)
    return votes


def _at_the_end(now: Now) -> None:
    if now.button != _("The end of the programme"):
        raise Conflict(f"{now.heading}: {now.detail}")


async def _everybody_votes(remote: Remote) -> int:
    voted, base = await remote.voted()
    until = time.monotonic() + PATIENCE_SECONDS
    while not base or voted < base:
        if time.monotonic() > until:
            sentence = _("After {seconds} s only {voted} of {base} people had voted.")
            raise Conflict(sentence.format(seconds=PATIENCE_SECONDS, voted=voted, base=base))
        _bar(voted, base, _("voted"))
        await asyncio.sleep(LOOK_SECONDS)
        voted, base = await remote.voted()
    _bar(voted, base, _("voted"), last=True)
    return voted


async def _everybody_writes(room: Room, now: Now) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while (written := room.people.have_written(now.walls)) < NUMBER:
        if time.monotonic() > until:
            sentence = _("After {seconds} s only {written} of {people} people had written their notes.")
            raise Conflict(sentence.format(seconds=PATIENCE_SECONDS, written=written, people=NUMBER))
        _bar(written, NUMBER, _("have written"))
        await asyncio.sleep(LOOK_SECONDS)
    _bar(NUMBER, NUMBER, _("have written"), last=True)


async def _tables_talk(room: Room, hosts: Sequence[stories.Host]) -> None:
    """Every host writes down what the table says of its story, and everybody sends a note from their phone."""
    told = max(await asyncio.gather(*(host.write() for host in hosts)))
    points = sum(len(host.told) for host in hosts)
    click.echo(_("  {points} points by {hosts} hosts").format(points=points, hosts=len(hosts)))
    until = time.monotonic() + PATIENCE_SECONDS
    while (noted := room.people.have_noted(told)) < NUMBER:
        if time.monotonic() > until:
            sentence = _("After {seconds} s only {noted} of {people} people had written to their table’s record.")
            raise Conflict(sentence.format(seconds=PATIENCE_SECONDS, noted=noted, people=NUMBER))
        _bar(noted, NUMBER, _("have sent a note to their table"))
        await asyncio.sleep(LOOK_SECONDS)
    _bar(NUMBER, NUMBER, _("have sent a note to their table"), last=True)


async def _record(room: Room, hosts: Sequence[stories.Host]) -> Sequence[talks.Talk]:
    """At the first and the second table everybody agrees, and a recording is brought."""
    made = [await talks.record(room.people, host, place, len(hosts)) for place, host in enumerate(hosts[:2])]
    click.echo(_("  {number} tables agreed to a recording, which is a tone").format(number=len(made)))
    return made


async def _group(remote: Remote, now: Now) -> int:
    return sum([await writing.group(remote, wall_id) for wall_id in now.walls])


def _compare(room: Room, content: bytes) -> None:
    """Every choice that a phone was told is recorded stands in the workbook, and no other."""
    tallies = _tallies(content)
    if not tallies:
        raise EventkitError(_("The workbook holds no votes."))
    for vote, counted in tallies.items():
        cast = _placed(room.people.recorded(vote)) if _is_ranking(counted) else room.people.recorded(vote)
        if +counted != cast:
            sentence = _("The workbook is wrong about {vote}: people were told {cast}, it says {counted}.")
            raise EventkitError(sentence.format(vote=vote, cast=dict(cast), counted=dict(+counted)))


def _is_ranking(counted: Counter[str]) -> bool:
    return any(" " in answer for answer in counted)


def _placed(orders: Counter[str]) -> Counter[str]:
    """Orders such as "CAB" as votes for each item and place: the workbook has no orders."""
    placed: Counter[str] = Counter()
    for order, votes in orders.items():
        if order == "not_sure":
            placed[order] += votes
            continue
        for place, item in enumerate(order, 1):
            placed[f"{item} {place}"] += votes
    return placed


def _tallies(content: bytes) -> dict[str, Counter[str]]:
    """The votes in a results workbook, by the name of the vote and by answer; in a ranking by item and place."""
    book = load_workbook(io.BytesIO(content), read_only=True)
    rows = book["tallies"].iter_rows(min_row=FIRST_TABLE_ROW, values_only=True)
    headings = [str(heading) for heading in next(rows)]
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        cells = dict(zip(headings, row, strict=True))
        if isinstance(cells["votes"], int):
            place = f" {cells['rank']}" if isinstance(cells["rank"], int) else ""
            found[f"poll-{cells['poll_id']}-r{cells['round']}"][f"{cells['option_id']}{place}"] = cells["votes"]
    book.close()
    return found


def _bar(number: int, base: int, word: str, *, last: bool = False) -> None:
    """How far it is; only its end where nobody is watching."""
    if last or sys.stdout.isatty():
        filled = BAR * number // max(1, base)
        click.echo(f"\r  {'█' * filled}{'·' * (BAR - filled)} {number}/{base} {word}", nl=last)
