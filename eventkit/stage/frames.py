"""Renders one view of an event: the same frame for page load, live update, reconnect and polling."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from eventkit.database import Database
from eventkit.events import rules as events
from eventkit.events.models import Event
from eventkit.events.step import Step
from eventkit.events.tokens import spaced_code
from eventkit.evidence import rules as evidence
from eventkit.evidence.source_card import Card, short
from eventkit.live.hub import Key
from eventkit.stage import programme
from eventkit.stage.models import Stage
from eventkit.stage.plain import activity_of
from eventkit.web.address import Address
from eventkit.web.language import speaking
from eventkit.web.qr import qr
from eventkit.web.rendering import Renderer

VIEWS = ("phone", "screen", "console")


@dataclass(frozen=True)
class Entry:
    """A line of the programme on the console."""

    id: int
    time: str
    title: str
    number: int
    current: bool
    done: bool


def make_render(database: Database, renderer: Renderer, address: Address) -> Callable[[Key], str]:
    """What the hub renders frames with."""

    def render(key: Key) -> str:
        with speaking(key.language), database.reading() as session:
            if session.get(Event, key.event_id) is None:
                return renderer.render("events/_gone.html", {"view": key.view})
            step = programme.current(session, key.event_id)
            page = activity_of(step.word).pages.frame(session, step, key.view)
            values = {**_common(session, step, key.view, address), **page.values}
            return renderer.render(page.template, values)

    return render


def _common(session: Session, step: Step, view: str, address: Address) -> dict[str, Any]:
    event = events.event(session, step.event_id)
    values: dict[str, Any] = {
        "event": event,
        "code": event.code,
        "code_spaced": spaced_code(event.code),
        "site": address.short,
        "join_address": address.of(f"/j/{event.code}"),
        "step": step,
        "joined": events.joined(session, step.event_id) if view != "phone" else None,
        "started": event.started_at is not None,
    }
    stage = programme.stage_of(session, step.event_id)
    if view == "screen":
        values |= {"qr": qr(values["join_address"]), "join_shown": stage.overlay == programme.JOIN_CODE}
        values |= {"card": _card(session, stage), "public_address": address.of(f"/e/{event.code}")}
    if view == "console":
        values |= _console(session, step) | {"version": stage.version, "overlay": stage.overlay}
    return values


def _card(session: Session, stage: Stage) -> Card | None:
    named = programme.card_on_screen(stage)
    return short(evidence.shown(session, stage.event_id, named)) if named else None


def _console(session: Session, step: Step) -> dict[str, Any]:
    following = programme.following(session, step)
    return {
        "state": activity_of(step.word).saying.state(session, step),
        "programme": [
            Entry(
                id=other.id,
                time=other.time,
                title=activity_of(other.word).saying.title(session, other),
                number=index + 1,
                current=other.id == step.id,
                done=other.position < step.position,
            )
            for index, other in enumerate(programme.steps(session, step.event_id))
        ],
        "next_title": activity_of(following.word).saying.title(session, following) if following else "",
    }
