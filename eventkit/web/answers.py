"""Answers that every page gives: a rendered template, a way to a page, an error in one sentence."""

import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, HTTPConnection, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from eventkit.errors import BadInput, EventkitError, NotFound
from eventkit.web.language import gettext as _
from eventkit.web.rendering import Renderer

log = logging.getLogger(__name__)


class HangUp(Response):
    """Refuses a socket before it opens; the browser sees 403. An answer after the close would be a fault."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "websocket.close", "code": 1008})


def renderer(connection: HTTPConnection) -> Renderer:
    """The app's renderer."""
    found: Renderer = connection.app.state.renderer
    return found


def page(request: Request, template: str, values: Mapping[str, Any] | None = None, status: int = 200) -> HTMLResponse:
    """A rendered template."""
    shared = {"rehearsal": request.app.state.rehearsing(request)}
    return HTMLResponse(renderer(request).render(template, {**shared, **(values or {})}), status)


def see_other(address: str) -> RedirectResponse:
    """The way to a page after a form was sent."""
    return RedirectResponse(address, 303)


def wants_fragment(request: Request) -> bool:
    """Whether htmx asked, which puts a fragment into the page."""
    return "hx-request" in request.headers


def install_errors(app: FastAPI) -> None:
    """Every refusal, from anywhere, becomes one sentence on a page; a fault of ours never shows its insides."""
    app.add_exception_handler(EventkitError, _refusal)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _routing)
    app.add_exception_handler(ClientDisconnect, _left)
    app.add_exception_handler(Exception, _fault)


async def _refusal(request: Request, error: Exception) -> Response:
    assert isinstance(error, EventkitError)
    if request.scope["type"] == "websocket":
        return HangUp()
    template = "web/_error.html" if wants_fragment(request) else "web/error.html"
    return page(request, template, {"sentence": error.sentence, "status": error.status}, error.status)


async def _malformed(request: Request, _error: Exception) -> Response:
    return await _refusal(
        request, BadInput(_("Something in this form is missing or cannot be read. Go back and retry."))
    )


async def _left(_request: Request, _error: Exception) -> Response:
    """The phone went off the network while it was sending: nobody waits for this answer, and nothing is wrong here."""
    return Response(status_code=400)


async def _routing(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        return await _refusal(request, NotFound(_("There is nothing at this address.")))
    if error.status_code == 400:  # a body that no parser can read
        return await _malformed(request, error)
    refusal = BadInput(_("This address does not take that kind of request."))
    refusal.status = error.status_code
    if error.status_code == 413:
        refusal.sentence = _("That is more than this form takes. Nothing was stored; shorten it and send it again.")
    return await _refusal(request, refusal)


async def _fault(request: Request, error: Exception) -> Response:
    log.error("a request failed", exc_info=error)
    fault = EventkitError(_("Something went wrong on the server. What was saved before is safe. Try again."))
    return await _refusal(request, fault)
