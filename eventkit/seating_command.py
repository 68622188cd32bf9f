"""The command that seats people from files, without a server and a database."""

import json
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import click

from eventkit.errors import BadInput
from eventkit.events.people import MOST_ROUNDS
from eventkit.export.saving import save
from eventkit.server.options import FILE
from eventkit.tables import report, seating_files, words
from eventkit.tables.files import Files, read
from eventkit.tables.repair import Offer, menu
from eventkit.tables.room import Room, Seats
from eventkit.tables.scoring import score
from eventkit.tables.seating import Progress, seat
from eventkit.web.language import gettext as _

_QUIET_SECONDS = 1.0
_LOG_SECONDS = 5.0
_TERMINAL_SECONDS = 0.2


@click.command()
@click.option("--people", type=FILE, metavar="FILE", required=True, help="person_id, then a column per attribute.")
@click.option("--tables", type=FILE, metavar="FILE", required=True, help="table and max_seats; optionally more.")
@click.option(
    "--rounds", type=click.IntRange(1, MOST_ROUNDS), metavar="R", help="As many as the files name if left out."
)
@click.option("--constraints", type=FILE, metavar="FILE", help="Rules: kind, person_id, other_id or table.")
@click.option("--knows", type=FILE, metavar="FILE", help="person_id and the vignette that must not reach the person.")
@click.option("--before", type=FILE, metavar="FILE", help="The seating to repair: person_id, round, table.")
@click.option("--seed", type=click.IntRange(0), metavar="N", default=0, show_default=True, help="Same seed, same plan.")
@click.option("--out", type=FILE, metavar="FILE", required=True, help="Where the seating goes, as CSV.")
@click.option("--json", "as_json", is_flag=True, help="The quality report as JSON, each measure beside its bound.")
def tables(*, rounds: int | None, seed: int, out: Path, as_json: bool, **paths: Path | None) -> None:
    """Seats people at tables, as mixed as can be, from CSV files.

    With --before the seating of that file is repaired: people who are not in --people are gone, new ones get a seat.
    The plan that moves fewest people is written; the report names the others, with all their seats under "menu".

    Example: eventkit tables --people people.csv --tables tables.csv --rounds 3 --out seating.csv
    """
    files = Files(**{word: path for word, path in paths.items() if path})
    _spare(files, out)
    given = read(files, rounds)
    for note in given.notes:
        click.echo(_("Note: {problem}").format(problem=note), err=True)
    started = time.perf_counter()
    offers = _repaired(given.room, given.before, seed) if given.before is not None else []
    seats = report.ordered(given.room, offers[0].seats if offers else _seated(given.room, seed))
    origin = report.Origin(version("eventkit"), seed, given.digests, time.perf_counter() - started)
    save(seating_files.files(given.room, seats)["seating.csv"].encode(), out)
    found = score(given.room, seats, given.before)
    if as_json:
        told = report.content(given.room, found, origin) | (report.menu(given.room, offers) if offers else {})
        click.echo(json.dumps(told, indent=2))
    else:
        click.echo("\n".join(report.in_words(given.room, found, offers, origin)))
        click.echo(_("Wrote {file}.").format(file=out))


def _spare(files: Files, out: Path) -> None:
    """Refuses what would cost a file or the time of a long search. A seating may take the place of the one before."""
    if out.is_dir():
        raise BadInput(_("{file} is a folder. Give the name of a file with --out.").format(file=out))
    read_from = [path for word, path in files.given().items() if word != "before"]
    if out.exists() and any(path.exists() and path.samefile(out) for path in read_from):
        raise BadInput(_("{file} is read from, and would be lost. Give another name with --out.").format(file=out))


def _seated(room: Room, seed: int) -> Seats:
    with _following() as tell:
        return seat(room, seed, tell)


def _repaired(room: Room, held: Seats, seed: int) -> Sequence[Offer]:
    click.echo(_("Looking for ways to repair the seating …"), err=True)
    return menu(room, held, frozenset(), frozenset(), seed)


@contextmanager
def _following() -> Iterator[Callable[[Progress], None]]:
    """Says how far a search is: all the time in a terminal, in a log now and then if it takes over a second."""
    terminal = sys.stderr.isatty()
    due = time.perf_counter() + (0 if terminal else _QUIET_SECONDS)

    def tell(progress: Progress) -> None:
        nonlocal due
        if time.perf_counter() < due:
            return
        due = time.perf_counter() + (_TERMINAL_SECONDS if terminal else _LOG_SECONDS)
        line = f"{progress.share:.0%} {words.so_far(progress)}"
        click.echo(f"\r{line[:width]:<{width}}" if terminal else line, err=True, nl=not terminal)

    width = shutil.get_terminal_size().columns - 1
    yield tell
    if terminal:
        click.echo(f"\r{'':<{width}}\r", err=True, nl=False)
