"""A table's host page: its story, prompt by prompt, and the points that the table writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from sqlmodel import Session

from eventkit.events.activity import Page
from eventkit.vignettes import calls, consent_pages, host_ways, point_pages, points, recording_pages, stories
from eventkit.vignettes.models import Mark, Point, Prompt, Vignette, WrittenBy
from eventkit.web.language import gettext as _

MINE = "vignettes-host-"
"""How the names of the parts begin that belong to one device."""
MARKS: Mapping[Mark, str] = {
    Mark.QUOTE: _("Quote"),
    Mark.IDEA: _("Idea"),
    Mark.SERVICE: _("Service"),
    Mark.BARRIER: _("Barrier"),
}

host = APIRouter()
host.include_router(point_pages.host)
host.include_router(host_ways.host)
entry = host_ways.entry


@dataclass(frozen=True)
class Section:
    """What was written under one prompt, or under none; `key` names it on the page."""

    key: str
    prompt: Prompt | None
    points: Sequence[Point]


def frame(session: Session, event_id: int, table: str) -> Page:
    """What every device of a table's host shows: it says of each point whose it is, and each device knows itself.

    A page that is open when the plan loses its table has no story, and its table's id for a name.
    """
    story, at = stories.now_at(session, event_id, table), stories.round_of(session, event_id)
    values = {
        "table_id": table,
        "table": stories.tables(session, event_id).get(table, table),
        "story": story,
        "sections": _sections(session, story, table) if story else (),
        "round": at,
        "mine": f"{MINE}{table}",
        "marks": MARKS,
        "longest": points.LONGEST,
        "calling": table in calls.calling(session, event_id),
        "announce": _said(story, closed=at.closed),
    }
    return Page("vignettes/_host.html", {**values, **_panels(session, event_id, table)})


def _panels(session: Session, event_id: int, table: str) -> dict[str, Any]:
    return {**consent_pages.panel(session, event_id, table), **recording_pages.panel(session, event_id, table)}


def _sections(session: Session, story: Vignette, table: str) -> Sequence[Section]:
    """By prompt, then what is under none. A prompt that is not shown any more stays where something was written."""
    discussion = stories.discussion_of(session, story.event_id, table, story.vignette_id)
    written = points.of(session, discussion) if discussion else ()
    by_prompt: dict[str, list[Point]] = {}
    for point in written:
        if point.written_by is WrittenBy.HOST:
            by_prompt.setdefault(point.prompt_id, []).append(point)
    shown = {prompt.prompt_id for prompt in stories.shown_prompts(session, story)}
    found = [
        Section(f"{story.vignette_id}-{prompt.prompt_id}", prompt, by_prompt.pop(prompt.prompt_id, []))
        for prompt in stories.prompts(session, story)
        if prompt.prompt_id in shown or prompt.prompt_id in by_prompt
    ]
    # What is left has no prompt, or one that the plan does not have any more.
    return [*found, Section(f"{story.vignette_id}-", None, [point for rest in by_prompt.values() for point in rest])]


def _said(story: Vignette | None, *, closed: bool) -> str:
    if closed:
        return _("The discussion has ended. Points stay as they are.")
    return story.title if story else ""
