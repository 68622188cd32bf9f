"""What phones, screen and console show of the stories; the parts of the activity's pages, put together."""

from collections.abc import Mapping, Sequence

from fastapi import APIRouter
from sqlmodel import Session
from starlette.requests import Request
from starlette.routing import Route

from eventkit.events.activity import Page
from eventkit.events.step import Step
from eventkit.vignettes import (
    assigning_pages,
    card_pages,
    consent_pages,
    desk_pages,
    host_pages,
    phone_pages,
    point_pages,
    recording_desk,
    recording_pages,
    redact_pages,
    screen_pages,
    step_pages,
    transcript_pages,
    withdraw_pages,
)

phone = APIRouter()
host = APIRouter()
desk = APIRouter()
for part in (phone_pages.phone, consent_pages.phone):
    phone.include_router(part)
for part in (host_pages.host, consent_pages.host, recording_pages.host):
    host.include_router(part)
for part in (
    desk_pages.desk,
    transcript_pages.desk,
    redact_pages.desk,
    assigning_pages.desk,
    card_pages.desk,
    recording_desk.desk,
    withdraw_pages.desk,
):
    desk.include_router(part)
ROUTERS: Mapping[str, APIRouter] = {
    "entry": host_pages.entry,
    "public": withdraw_pages.public,
    "phone": phone,
    "host": host,
    "desk": desk,
    "console": step_pages.console,
}
FIRST: Sequence[Route] = ()

ahead = screen_pages.ahead


def frame(session: Session, step: Step, view: str) -> Page:
    """What a view shows of the stories now."""
    if view == "phone":
        return phone_pages.frame(session, step)
    if view == "console":
        return step_pages.console_frame(session, step)
    return screen_pages.screen_frame(session, step)


async def mine(request: Request, name: str) -> str:
    """What belongs to this phone, or to this device of a host."""
    if name.startswith(host_pages.MINE):
        return await point_pages.device_part(request, name.removeprefix(host_pages.MINE))
    return await phone_pages.mine_of(request, name)
