"""The command line. Every refusal is one sentence on stderr and a non-zero exit, never a traceback."""

import asyncio
import io
import sys
from pathlib import Path
from typing import Any

import click

from eventkit import keeping, seating_command
from eventkit.activities import ACTIVITIES
from eventkit.deletion import sweep
from eventkit.demo import play
from eventkit.demo import room as demonstration
from eventkit.errors import BadInput, EventkitError, Unavailable
from eventkit.events import rules as events
from eventkit.events.control import new_link
from eventkit.events.models import Role
from eventkit.events.pages import VIEWS
from eventkit.export import template
from eventkit.export.pages import workbook_of
from eventkit.export.roster import roster_of
from eventkit.export.saving import save
from eventkit.plan import whole
from eventkit.server import doctor as surgery
from eventkit.server import running
from eventkit.server.announcement import announce
from eventkit.server.door import Door, listen, settled
from eventkit.server.options import DATA, FILE, PORT, settings_of
from eventkit.server.stored import Stored, admit, all_events, open_database, open_readers, read_plan
from eventkit.sheet import Level, Plan
from eventkit.web.address import Address
from eventkit.web.language import gettext as _
from eventkit.web.language import ngettext

_WEIGHTS = {Level.BLOCK: "{problem}", Level.WARN: _("Warning: {problem}"), Level.NOTE: _("Note: {problem}")}


class Commands(click.Group):
    """Turns refusals into sentences, and Ctrl-C into a quiet end."""

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command."""
        try:
            return super().invoke(ctx)
        except EventkitError as refusal:
            click.echo(refusal.sentence, err=True)
            ctx.exit(1)
        except KeyboardInterrupt:
            ctx.exit(130)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="eventkit", message="eventkit %(version)s")
def main() -> None:
    """A server for a workshop day at which a room looks at evidence together.

    Example: eventkit demo
    """


@main.command()
@PORT
@DATA
@click.option("--play", "by_itself", is_flag=True, help="Drive the whole day at speed and write its workbook.")
@click.option("--out", type=FILE, metavar="FILE", default=play.OUT, show_default=True, help="Where --play writes.")
def demo(port: int | None, data: Path | None, by_itself: bool, out: Path) -> None:
    """The Fife day of 18 May 2016 with 42 simulated people.

    Example: eventkit demo --play --out fife.xlsx
    """
    with demonstration.place(settings_of(), data, port) as (settings, taken):
        try:
            running.run(lambda: play.play(settings, taken, out) if by_itself else demonstration.watch(settings, taken))
        except KeyboardInterrupt:
            if by_itself:
                raise


@main.command()
@click.argument("file", type=FILE)
def new(file: Path) -> None:
    """A plan workbook to fill in.

    Example: eventkit new day.xlsx
    """
    if file.suffix.lower() != ".xlsx":
        raise BadInput(_("{file} would be no workbook: give a name that ends in .xlsx.").format(file=file))
    if file.exists():
        raise BadInput(_("{file} is there already, and was left as it is. Give another name.").format(file=file))
    content = io.BytesIO()
    template.write(content, whole.parts(ACTIVITIES))
    save(content.getvalue(), file)
    click.echo(_("Wrote {file}. Fill it in, then: eventkit check {file}").format(file=file))


@main.command()
@click.argument("plan", type=FILE)
def check(plan: Path) -> None:
    """Reads a plan and names every problem in it, with warnings and notes about the evidence.

    Exit 0 if the plan can be used, 1 if something must be mended, 2 if it is unreadable.

    Example: eventkit check day.xlsx
    """
    try:
        found = whole.load(plan, ACTIVITIES)[1]
    except BadInput as unreadable:
        click.echo(unreadable.sentence, err=True)
        sys.exit(2)
    for problem in found:
        click.echo(_WEIGHTS[problem.level].format(problem=problem))
    blocking = sum(problem.blocks for problem in found)
    if blocking:
        click.echo(ngettext("{n} problem to mend.", "{n} problems to mend.", blocking).format(n=blocking))
        sys.exit(1)
    click.echo(_("{plan} can be used.").format(plan=plan))


@main.command()
@click.argument("plan", type=FILE, required=False)
@click.option("--update", is_flag=True, help="Apply what has changed in the plan since it was stored.")
@DATA
@click.option("--host", metavar="H", help="Address to listen on; 0.0.0.0 for the whole network.")
@PORT
@click.option("--address", metavar="URL", help="What every QR prints, such as http://192.168.1.5:8000.")
def serve(
    plan: Path | None, update: bool, data: Path | None, host: str | None, port: int | None, address: str | None
) -> None:
    """The server: with a plan its event, without one the stored events.

    A plan that has changed is refused with the differences; --update applies them where nobody has answered yet.

    Example: eventkit serve day.xlsx --host 0.0.0.0
    """
    settings = settings_of(data=data, host=host, port=port, address=address)
    if settings.address:
        Address.read(settings.address)
    checked = _plan(plan, update=update)
    taken = listen(settings.host, settings.port)
    settings = settled(settings, taken)

    async def room() -> None:
        with open_database(settings.database) as database:
            await sweep(database)
            stored = await database.write(None, admit, checked, update=update) if checked else None
            served: list[Stored] = [stored] if stored else await database.write(None, all_events)
            async with running.serving(settings, database, taken):
                await announce(settings, database, served)
                await asyncio.Event().wait()

    with taken:
        try:
            running.run(room)
        except KeyboardInterrupt:
            click.echo(_("Stopped."))


@main.command()
@click.argument("event")
@click.argument("role", type=click.Choice([role.value for role in VIEWS.values()]))
@DATA
def link(event: str, role: str, data: Path | None) -> None:
    """A new one-time link for a role: the way back in. EVENT is the event_id or the join code.

    Example: eventkit link fife-2016 organiser
    """
    settings = settings_of(data=data)
    with open_readers(settings.database) as database, database.reading() as session:
        events.by_name(session, event)
    try:
        with open_database(settings.database) as database:
            path = asyncio.run(database.write(None, new_link, event, Role(role)))
            click.echo(Address.read(settings.address or f"http://{settings.host}:{settings.port}").of(path))
    except Unavailable:
        # A server has the data: it makes the link, because nobody else may write.
        door = Door.read(settings.data)
        if door is None:
            raise
        click.echo(door.ask_link(event, Role(role)))


@main.command()
@click.argument("event")
@click.option("--out", type=FILE, metavar="FILE", required=True, help="The workbook to write.")
@click.option("--roster", is_flag=True, help="Names and seats instead of results: keep that file apart from them.")
@DATA
def export(event: str, out: Path, roster: bool, data: Path | None) -> None:
    """The results workbook of a stored event, also while its server runs. EVENT is the event_id or the join code.

    Example: eventkit export fife-2016 --out results.xlsx
    """
    with open_readers(settings_of(data=data).database) as database, database.reading() as session:
        found = events.by_name(session, event)
        save(roster_of(session, found) if roster else workbook_of(session, found), out)
    click.echo(_("Wrote {file}.").format(file=out))


@main.command()
@DATA
def doctor(data: Path | None) -> None:
    """Checks disk, clock, address, port, key folder, templates and front-end files: exit 1 if one cannot be used.

    Example: eventkit doctor
    """
    findings = list(surgery.examine(settings_of(data=data)))
    for finding in findings:
        click.secho(f"{finding.grade.value:<8} {finding.sentence}", fg=finding.grade.colour)
    if any(finding.grade is surgery.Grade.FAULT for finding in findings):
        sys.exit(1)


def _plan(file: Path | None, *, update: bool) -> Plan | None:
    if update and not file:
        raise BadInput(_("--update applies a plan: give its file, as in eventkit serve day.xlsx --update."))
    return read_plan(file) if file else None


for _command in (seating_command.tables, keeping.backup, keeping.restore, keeping.delete):
    main.add_command(_command)
