"""The console's rehearsal: simulated people come to this server by its own address, and go with everything they did."""

from typing import Annotated

from fastapi import APIRouter, Form
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from eventkit.database import Database
from eventkit.errors import BadInput
from eventkit.events import guards, rehearsing
from eventkit.live.hub import Hub
from eventkit.rehearsal import rules, simulation
from eventkit.rehearsal.people import People
from eventkit.stage.presses import command
from eventkit.stage.programme import Question
from eventkit.web.language import gettext as _

console = APIRouter()


@console.post("/rehearsal/begin")
async def begin(request: Request, number: Annotated[int | None, Form()] = None) -> Response:
    """Begins a rehearsal with this many simulated people, or as many as the plan expects."""
    event_id = guards.event_of(request)
    database: Database = request.app.state.database
    wanted = await database.read(rehearsing.usual_number, event_id) if number is None else number
    if not rehearsing.FEWEST <= wanted <= rehearsing.MOST:
        sentence = _("Between {fewest} and {most} people can be simulated. Nothing was begun: give another number.")
        raise BadInput(sentence.format(fewest=rehearsing.FEWEST, most=rehearsing.MOST))
    answer = await command(request, "rehearsal/begin", rules.begin)
    # Not where another press began it: that one may be ending just now, and these people would come to the event.
    if answer.status_code < BadInput.status and guards.rehearsing(request):
        people = People(_here(request), request.path_params["code"], wanted)
        simulation.start(request.app, event_id, people)
    return answer


@console.post("/rehearsal/end")
async def end(request: Request, confirmed: Annotated[str, Form(max_length=3)] = "") -> Response:
    """Asks what may be lost; then the people leave, and all of it is wiped."""
    event_id = guards.event_of(request)
    if confirmed:
        await simulation.stop(request.app, event_id)
    answer = await command(request, "rehearsal/end", _wipe if confirmed else _ask)
    if confirmed and not guards.rehearsing(request):
        # Phones that tried it out were let in by passes that are gone; they must ask their guard again.
        hub: Hub = request.app.state.hub
        hub.dismiss(event_id, "phone")
    return answer


def _ask(session: Session, event_id: int) -> Question:
    return Question(rules.losing(session, event_id))


def _wipe(session: Session, event_id: int) -> None:
    simulation.wipe(session, event_id)


def _here(request: Request) -> str:
    """The address of the socket that this request came in by: behind a proxy, too, it speaks plain http."""
    host, port = request.scope["server"]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
