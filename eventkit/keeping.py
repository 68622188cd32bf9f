"""The commands for what is stored: a backup of it, its return, and its end."""

import asyncio
from pathlib import Path

import click

from eventkit.deletion import erase
from eventkit.errors import Conflict, Unavailable
from eventkit.events import rules as events
from eventkit.sealing.keys import Keys
from eventkit.sealing.rules import Boxes
from eventkit.server.backup import back_up
from eventkit.server.door import Door
from eventkit.server.options import DATA, FILE, settings_of
from eventkit.server.restore import restore as bring_back
from eventkit.server.stored import open_database, open_readers
from eventkit.settings import Settings
from eventkit.vignettes.recording_files import folder, recorded
from eventkit.web.dates import day
from eventkit.web.language import gettext as _
from eventkit.web.language import ngettext


@click.command()
@click.argument("file", type=FILE)
@DATA
def backup(file: Path, data: Path | None) -> None:
    """Everything stored, in one file without any key, also while the server runs.

    Example: eventkit backup fife-2016.backup.zip
    """
    made = back_up(settings_of(data=data).database, file)
    number = len(made.events)
    wrote = ngettext("Wrote {file}: {number} event.", "Wrote {file}: {number} events.", number)
    click.echo(wrote.format(file=file, number=number))
    if sounds := recorded(settings_of(data=data).database):
        left_out = ngettext(
            "No recording is in it: {number} sound file stays in {folder} alone. Download what you need on the desk.",
            "No recording is in it: {number} sound files stay in {folder} alone. Download what you need on the desk.",
            sounds,
        )
        click.echo(left_out.format(number=sounds, folder=folder(settings_of(data=data).database)))
    for vote in made.sealed_votes:
        click.secho(vote.sentence, fg="yellow")


@click.command()
@click.argument("file", type=FILE)
@DATA
def restore(file: Path, data: Path | None) -> None:
    """Brings a backup back into an empty folder. Role links and phones go on as before.

    Example: eventkit restore fife-2016.backup.zip --data new-folder
    """
    settings = settings_of(data=data)
    made = bring_back(file, settings.database)
    restored = _("Restored into {folder}: {events}. Start it with: eventkit serve --data {folder}")
    click.echo(restored.format(folder=settings.data, events=", ".join(made.events)))
    for vote in made.sealed_votes:
        click.secho(vote.sentence, fg="yellow")
    if made.sealed_votes:
        click.echo(_("If that vote is still open, the phones in the room send their answers again by themselves."))


@click.command()
@click.argument("event")
@click.option("--yes", is_flag=True, help="Do not ask.")
@DATA
def delete(event: str, yes: bool, data: Path | None) -> None:
    """Deletes an event with all that is stored of it, for good. EVENT is the event_id or the join code.

    Example: eventkit delete fife-2016
    """
    settings = settings_of(data=data)
    with open_readers(settings.database) as database, database.reading() as session:
        found = events.by_name(session, event)
        name, number, title, held_on = found.event_id, found.id or 0, found.title, found.date
    if not yes:
        click.echo(_("{title}, {date}: its plan, its results and every link to it will be gone.").format(
            title=title, date=day(held_on)
        ))  # fmt: skip
        click.echo(_("Nothing brings them back but a backup of your own."))
        _confirm(name)
    _delete(settings, name, number)
    click.echo(_("Deleted {event}.").format(event=name))


def _confirm(name: str) -> None:
    try:
        typed = click.prompt(_("Type {event} to delete it").format(event=name), default="", show_default=False)
    except click.Abort:
        typed = ""
    if typed.strip() != name:
        raise Conflict(_("Nothing was deleted: that was not {event}.").format(event=name))


def _delete(settings: Settings, name: str, number: int) -> None:
    try:
        with open_database(settings.database) as database:
            folder = settings.key_dir if settings.key == "file" else None
            database.info["boxes"] = Boxes(Keys(folder, database.path))
            asyncio.run(database.write(number, erase, number))
    except Unavailable:
        # A server has the data: it deletes the event, because nobody else may write, and tells the pages that watch.
        door = Door.read(settings.data)
        if door is None:
            raise
        door.ask_deletion(name)
