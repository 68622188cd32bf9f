"""Entering a code, joining, and exchanging a role link. Nothing here changes on a GET: previews of a link follow it."""

import re
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import Response

from eventkit.database import Database
from eventkit.errors import Conflict, Gone, NotFound
from eventkit.events import guards, rules
from eventkit.events.models import Role
from eventkit.events.tokens import ALPHABET, CODE_LETTERS, hash_token, typed_code
from eventkit.web.answers import page, see_other
from eventkit.web.language import gettext as _
from eventkit.web.text import CleanText

DAY_SECONDS = 86_400
VIEWS = {"console": Role.FACILITATOR, "desk": Role.ORGANISER}

BESIDE = re.compile(r"[a-z]+/[A-Za-z0-9_-]+\Z")  # a page beside the stage, and no other site

public = APIRouter()


@public.get("/")
async def enter(request: Request) -> Response:
    """The field for the code."""
    return page(request, "events/enter.html", {"error": "", "code": ""})


@public.post("/")
async def entered(request: Request, code: Annotated[CleanText, Form(max_length=200)] = "") -> Response:
    """To the event, or a sentence that says what is wrong with the code, never whether another one exists."""
    typed = typed_code(code)
    error = _wrong(typed)
    if not error and typed in guards.admissions(request).codes:
        # 307 keeps the POST, and a pass is sent along to that address: nobody joins twice by typing the code again.
        return Response(status_code=307, headers={"location": f"/e/{typed}/join"})
    await request.app.state.wrong_codes.wait()
    error = error or _("No event is open under this code. Check it against the screen or the card at your table.")
    return page(request, "events/enter.html", {"error": error, "code": code[:40]}, 404)


@public.get("/j/{code}")
async def scanned(request: Request, code: str, over: str = "", to: str = "") -> Response:
    """Where a QR leads. The page joins by itself, or by its button.

    Nobody joins a rehearsal, or after one (`over`) the event itself, without having read so.
    """
    typed = typed_code(code)
    if typed not in guards.admissions(request).codes:
        await request.app.state.wrong_codes.wait()
        error = _wrong(typed) or _("No event is open under this code. Check it against the screen.")
        return page(request, "events/enter.html", {"error": error, "code": code[:40]}, 404)
    return page(
        request, "events/join.html", {"action": f"/e/{typed}/join", "code": typed, "over": bool(over), "to": to[:100]}
    )


@public.post("/e/{code}/join")
async def join(
    request: Request,
    code: str,
    rehearsal: Annotated[str, Form(max_length=3)] = "",
    to: Annotated[str, Form(max_length=100)] = "",
) -> Response:
    """Gives this browser a pass, unless it has one: one pass for each browser and event; then to the page it asked."""
    event_id = guards.event_of(request)
    admissions = guards.admissions(request)
    answer = see_other(f"/e/{code}/{to}" if BESIDE.match(to) else f"/e/{code}")
    if admissions.passes.get(hash_token(request.cookies.get(guards.PASS_COOKIE, ""))) == event_id:
        return answer
    database: Database = request.app.state.database
    try:
        token = await database.write(event_id, rules.join, event_id, rehearsal=bool(rehearsal))
    except Gone as finished:
        return page(request, "events/finished.html", {"sentence": finished.sentence}, finished.status)
    except Conflict:
        return see_other(f"/j/{code}")
    _give(request, answer, guards.PASS_COOKIE, token, f"/e/{code}")
    return answer


@public.get("/s/{code}/{view}/enter/{token}")
async def link(request: Request, code: str, view: str, token: str) -> Response:
    """Where a role link leads. The page exchanges it by itself, or by its button."""
    guards.event_of(request)
    _role_of(view)
    return page(request, "events/link.html", {"action": f"/s/{code}/{view}/enter/{token}", "view": view})


@public.post("/s/{code}/{view}/enter/{token}")
async def use_link(request: Request, code: str, view: str, token: str) -> Response:
    """Exchanges the link for a cookie and drops it from the address."""
    event_id = guards.event_of(request)
    role = _role_of(view)
    database: Database = request.app.state.database
    # A browser that has the role already keeps its cookie, and the link stays for somebody else.
    answer = see_other(f"/s/{code}/{view}")
    if await database.read(rules.holds, event_id, role, request.cookies.get(role.value, "")):
        return answer
    cookie = await database.write(event_id, rules.use_link, event_id, role, token)
    _give(request, answer, role.value, cookie, f"/s/{code}/{view}")
    return answer


def _wrong(typed: str) -> str:
    if len(typed) != CODE_LETTERS:
        return _("A code has {number} letters and numbers; this has {found}.").format(
            number=CODE_LETTERS, found=len(typed)
        )
    strange = sorted(set(typed) - set(ALPHABET))
    if strange:
        return _("No code has {letters} in it: codes leave out what looks alike.").format(letters=", ".join(strange))
    return ""


def view_of(role: Role) -> str:
    """The view that a role's links open. Raises `NotFound` for hosts: their cards lead to a table."""
    for view, opens in VIEWS.items():
        if opens is role:
            return view
    raise NotFound(_("A host’s card is made for a table: see Stories on the desk."))


def _role_of(view: str) -> Role:
    if view not in VIEWS:
        raise NotFound(_("There is nothing at this address."))
    return VIEWS[view]


def _give(request: Request, answer: Response, name: str, value: str, path: str) -> None:
    secure = request.url.scheme == "https"
    answer.set_cookie(name, value, max_age=DAY_SECONDS * 30, path=path, httponly=True, samesite="lax", secure=secure)
