"""What the terminal says when a server has started: where everybody goes."""

import io
from collections.abc import Sequence

import click
import segno
from sqlmodel import Session

from eventkit.database import Database, now
from eventkit.events import retention
from eventkit.events import rules as events
from eventkit.events.control import new_link
from eventkit.events.models import Role
from eventkit.server.stored import Stored
from eventkit.settings import Settings
from eventkit.web.address import Address
from eventkit.web.language import gettext as _


async def announce(settings: Settings, database: Database, served: Sequence[Stored]) -> None:
    """Prints every event's addresses, with new one-time links for organiser and facilitator."""
    address = Address.read(settings.address)
    for event in served:
        links = [
            await database.write(None, new_link, event.event_id, role) for role in (Role.ORGANISER, Role.FACILITATOR)
        ]
        click.echo()
        click.secho(event.title, bold=True)
        for name, path in _places(event, *links):
            click.echo(f"  {name:<22}{address.of(path)}")
        for line in event.notes:
            click.echo(f"  {line}")
        if said := await database.read(_warning, event.id):
            click.secho(said, fg="yellow")
    if len(served) == 1:
        click.echo("\n" + terminal_qr(address.of(f"/j/{served[0].code}")))
    if address.here_only:
        click.secho(_("Only this computer can reach these addresses. For a room, add --host 0.0.0.0."), fg="yellow")
    click.echo(_("Ctrl-C stops the server; what was saved is safe."))


def terminal_qr(text: str) -> str:
    """The QR of a text, drawn with block letters."""
    out = io.StringIO()
    segno.make(text, error="l").terminal(out, compact=True, border=2)
    return out.getvalue()


def _warning(session: Session, event_id: int) -> str:
    event = events.event(session, event_id)
    return retention.warning(event, retention.day_at(event, now()))


def _places(event: Stored, organiser: str, facilitator: str) -> list[tuple[str, str]]:
    return [
        (_("Screen"), f"/s/{event.code}/screen"),
        (_("Phone"), f"/j/{event.code}"),
        (_("Desk, works once"), organiser),
        (_("Console, works once"), facilitator),
    ]
