"""Renders one view of an event: the same frame for page load, live update, reconnect and polling."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from sqlmodel import Session

from eventkit.activities import ACTIVITIES
from eventkit.database import Database, now
from eventkit.events import rehearsing
from eventkit.events import rules as events
from eventkit.events.activity import Places
from eventkit.events.models import Event
from eventkit.events.step import Step
from eventkit.events.tokens import spaced_code
from eventkit.evidence import rules as evidence
from eventkit.evidence.source_card import Card, short
from eventkit.live.hub import Key
from eventkit.stage import aids, programme
from eventkit.stage.models import Stage
from eventkit.stage.pace import local, pace
from eventkit.stage.place_names import At, parse
from eventkit.stage.plain import activity_of
from eventkit.web.address import Address
from eventkit.web.language import speaking
from eventkit.web.qr import qr
from eventkit.web.rendering import Renderer

VIEWS = ("phone", "screen", "console")
NOTHING_OVER_IT: Mapping[str, Any] = {"join_shown": False, "blank": False, "card": None, "text_size": 0}


@dataclass(frozen=True)
class Entry:
    """A line of the programme on the console."""

    id: int
    time: str
    title: str
    number: int
    current: bool
    done: bool


@dataclass(frozen=True)
class Timer:
    """The time that the room was given: the moment it ends, and what the event's clocks show then."""

    until: str
    clock: str


def make_render(database: Database, renderer: Renderer, address: Address) -> Callable[[Key], str]:
    """What the hub renders frames with."""

    def render(key: Key) -> str:
        with speaking(key.language), database.reading() as session:
            if session.get(Event, key.event_id) is None:
                return renderer.render("events/_gone.html", {"view": key.view})
            step, at = programme.current(session, key.event_id), parse(key.view)
            if at is None:
                page = activity_of(step.word).pages.frame(session, step, key.view)
            else:
                page = _places(at.word).place(session, key.event_id, at.ref, at.view)
            view = at.view if at else key.view
            values = {**_common(session, step, view, address), **_beside(session, step, at), **page.values}
            return _marked(renderer, renderer.render(page.template, values), view, values)

    return render


def render_ahead(session: Session, event_id: int, renderer: Renderer, address: Address) -> str:
    """A page with what the screen will show after the next press; an empty one after the last."""
    step = programme.current(session, event_id)
    page = activity_of(step.word).pages.ahead(session, step)
    target: Step | None = step
    if page is None:
        target = programme.following(session, step)
        page = activity_of(target.word).pages.frame(session, target, "screen") if target else None
    values = {**_common(session, target or step, "screen", address), **NOTHING_OVER_IT}
    frame = renderer.render(page.template, {**values, **page.values}) if page else ""
    return renderer.render("stage/next.html", {**values, "frame": Markup(frame)})  # noqa: S704 -- by our own templates


def clock(session: Session, event_id: int) -> dict[str, str]:
    """The time on the event's clocks, and how the programme stands against it."""
    event, moment = events.event(session, event_id), now()
    day, current = programme.steps(session, event_id), programme.current(session, event_id).id
    return {
        "clock": f"{local(moment, event.time_zone):%H:%M}",
        "pace": pace(moment, event.date, event.time_zone, day, current),
    }


def _marked(renderer: Renderer, html: str, view: str, values: Mapping[str, Any]) -> str:
    """During a rehearsal each frame says so, whatever its template is: also one that a user has replaced."""
    if not values["rehearsal"]:
        return html
    sign = renderer.render("rehearsal/_bar.html" if view == "console" else "rehearsal/_watermark.html", values)
    return html.replace(">", f">\n{sign}", 1)  # behind the root's own tag, in whose attributes a > is escaped


def _common(session: Session, step: Step, view: str, address: Address) -> dict[str, Any]:
    event = events.event(session, step.event_id)
    stage = programme.stage_of(session, step.event_id)
    values: dict[str, Any] = {
        "event": event,
        "code": event.code,
        "code_spaced": spaced_code(event.code),
        "site": address.short,
        "base": address.base,
        "join_address": address.of(f"/j/{event.code}"),
        "step": step,
        "joined": events.joined(session, step.event_id) if view != "phone" else None,
        "started": event.started_at is not None,
        "rehearsal": event.rehearsal,
        "timer": _timer(event, stage),
    }
    if view == "screen":
        values |= {"qr": qr(values["join_address"]), "public_address": address.of(f"/e/{event.code}")}
        values |= _over(session, stage)
    if view == "console":
        values |= _console(session, step) | _aids(session, stage) | _rehearsal(session, event)
    return values


def _beside(session: Session, step: Step, at: At | None) -> dict[str, Any]:
    """The way between the stage and activities' own pages: `on_now` leads back, `elsewhere` to those that are open."""
    on_now = activity_of(step.word).saying.title(session, step) if at else ""
    having = [activity.places for activity in ACTIVITIES if activity.places]
    open_ = [place for places in having for place in places.open_places(session, step.event_id)]
    here = f"{_places(at.word).PLACE}/{at.ref}" if at else ""
    return {"on_now": on_now, "elsewhere": [place for place in open_ if place.path != here]}


def _places(word: str) -> Places:
    places = activity_of(word).places
    assert places  # only such an activity has these views
    return places


def _timer(event: Event, stage: Stage) -> Timer | None:
    if stage.timer_until is None:
        return None
    return Timer(stage.timer_until.isoformat(), f"{local(stage.timer_until, event.time_zone):%H:%M}")


def _over(session: Session, stage: Stage) -> dict[str, Any]:
    """What the facilitator did to the screen beside the programme."""
    return {
        "join_shown": stage.overlay == programme.JOIN_CODE,
        "blank": stage.overlay == programme.BLANK,
        "card": _card(session, stage),
        "text_size": stage.text_size,
    }


def _aids(session: Session, stage: Stage) -> dict[str, Any]:
    return {
        "version": stage.version,
        "overlay": stage.overlay,
        "text_size": stage.text_size,
        "may_enlarge": stage.text_size < aids.LARGEST,
        "may_reduce": stage.text_size > aids.SMALLEST,
        "minutes": aids.minutes_for(session, stage.event_id),
        "offered_minutes": aids.OFFERED_MINUTES,
    }


def _rehearsal(session: Session, event: Event) -> dict[str, Any]:
    """The simulated people who are on, and how many there could be, 0 where no rehearsal may begin."""
    fresh = rehearsing.untouched(session, event)
    return {
        "simulation": session.info.get("simulations", {}).get(event.id),
        "may_rehearse": rehearsing.usual_number(session, event.id or 0) if fresh else 0,
        "fewest": rehearsing.FEWEST,
        "most": rehearsing.MOST,
    }


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
