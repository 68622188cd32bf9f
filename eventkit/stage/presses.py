"""What the facilitator presses: the way through the programme, and the aids beside it."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from eventkit.database import Database
from eventkit.errors import Conflict, EventkitError
from eventkit.events import guards
from eventkit.stage import aids, programme
from eventkit.web.answers import page, see_other, wants_fragment
from eventkit.web.language import speaking

console = APIRouter()


@console.post("/forward")
async def forward(request: Request, version: Annotated[int, Form()]) -> Response:
    """The next phase or step."""
    return await command(request, "forward", lambda session, event_id: programme.forward(session, event_id, version))


@console.post("/back")
async def back(
    request: Request, version: Annotated[int, Form()], confirmed: Annotated[str, Form(max_length=3)] = ""
) -> Response:
    """The phase or step before."""
    return await command(
        request, "back", lambda session, event_id: programme.back(session, event_id, version, bool(confirmed))
    )


@console.post("/jump")
async def jump(
    request: Request,
    version: Annotated[int, Form()],
    step: Annotated[int, Form()],
    confirmed: Annotated[str, Form(max_length=3)] = "",
) -> Response:
    """Any step of the programme."""
    return await command(
        request, "jump", lambda session, event_id: programme.jump(session, event_id, version, step, bool(confirmed))
    )


@console.post("/again")
async def again(
    request: Request, version: Annotated[int, Form()], confirmed: Annotated[str, Form(max_length=3)] = ""
) -> Response:
    """The step from its beginning, such as a second vote on the same question."""
    return await command(
        request, "again", lambda session, event_id: programme.again(session, event_id, version, bool(confirmed))
    )


@console.post("/join-code")
async def join_code(request: Request) -> Response:
    """The join code large on the screen, or away."""
    return await command(request, "join-code", programme.toggle_join_code)


@console.post("/blank")
async def blank(request: Request) -> Response:
    """Nothing on the screen, or again what was there."""
    return await command(request, "blank", programme.toggle_blank)


@console.post("/card/{statistic_id}")
async def card(request: Request, statistic_id: str) -> Response:
    """The source card of a figure large on the screen, or away."""
    return await command(
        request,
        f"card/{statistic_id}",
        lambda session, event_id: programme.toggle_card(session, event_id, statistic_id),
    )


@console.post("/timer")
async def start_timer(request: Request, minutes: Annotated[int | None, Form()] = None) -> Response:
    """A timer that everybody sees; of the usual length unless the form says one."""
    return await command(request, "timer", lambda session, event_id: aids.start_timer(session, event_id, minutes))


@console.post("/timer/more")
async def extend_timer(request: Request) -> Response:
    """One minute more."""
    return await command(request, "timer/more", aids.extend_timer)


@console.post("/timer/stop")
async def stop_timer(request: Request) -> Response:
    """No timer."""
    return await command(request, "timer/stop", aids.stop_timer)


@console.post("/larger")
async def larger(request: Request) -> Response:
    """Larger letters on the screen."""
    return await command(request, "larger", aids.enlarge)


@console.post("/smaller")
async def smaller(request: Request) -> Response:
    """Smaller letters on the screen."""
    return await command(request, "smaller", aids.reduce)


async def command(request: Request, action: str, verb: Callable[[Session, int], programme.Question | None]) -> Response:
    """Carries out a press; asks first, or says why not, in the console's own place for that."""
    console_address = f"/s/{request.path_params['code']}/console"
    event_id = guards.event_of(request)
    values = {"action": f"{console_address}/{action}", "question": "", "notice": "", "fields": {}}
    status = 200
    try:
        asked = await _database(request).write(event_id, verb, event_id)
        values["question"] = asked.sentence if asked else ""
    except EventkitError as refusal:
        values["notice"], status = refusal.sentence, refusal.status
    if wants_fragment(request):
        status = min(status, Conflict.status)  # htmx leaves out what has 500 or more: the reason would not be seen
    if not values["question"] and not values["notice"]:
        return Response("", media_type="text/html") if wants_fragment(request) else see_other(console_address)
    given = {name: value for name, value in (await request.form()).items() if name in ("version", "step")}
    values["fields"] = given | {"confirmed": "yes"}
    template = "stage/_ask.html" if wants_fragment(request) else "stage/ask.html"
    with speaking(guards.admissions(request).languages[event_id]):
        return page(request, template, values, status)


def _database(request: Request) -> Database:
    database: Database = request.app.state.database
    return database
