"""The desk's page of the stories: whether each may be told, what its writer may reconsider, and how tables see it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from sqlmodel import Session, col, select
from starlette.requests import Request
from starlette.responses import Response

from eventkit.database import Database
from eventkit.errors import NotFound
from eventkit.events import guards, hosts
from eventkit.events import rules as events
from eventkit.vignettes import stories
from eventkit.vignettes.craft import blame_words
from eventkit.vignettes.models import Prompt, Vignette, VignetteVersion
from eventkit.web.answers import page
from eventkit.web.language import gettext as _
from eventkit.web.language import speaking

PAGES = (
    ("assign", _("Give stories to tables")),
    ("cards", _("Cards for tables and hosts")),
    ("recordings", _("Recordings")),
    ("transcripts", _("Transcripts")),
    ("withdraw", _("Withdraw consent")),
)
"""The pages below this one, by the last part of their address."""

desk = APIRouter()


@dataclass(frozen=True)
class Told:
    """What the desk says of one story: the tables that have it, and words in it that may lay blame, with why."""

    story: Vignette
    tables: Sequence[str]
    prompts: int
    blame: Sequence[tuple[str, str]]


@desk.get("/vignettes")
async def every(request: Request) -> Response:
    """The stories, and the tables that lack one or a host."""
    return await _page(request, "vignettes/desk.html", _every)


@desk.get("/vignettes/{vignette_id}/try-out")
async def try_out(request: Request, vignette_id: str) -> Response:
    """A story as tables see it, for the team alone, with its former wordings."""

    def asked(session: Session, event_id: int) -> dict[str, Any]:
        return _one(session, event_id, vignette_id)

    return await _page(request, "vignettes/try_out.html", asked)


async def _page(request: Request, template: str, question: Callable[[Session, int], Mapping[str, Any]]) -> Response:
    event_id, database = guards.event_of(request), request.app.state.database
    assert isinstance(database, Database)
    with speaking(guards.admissions(request).languages[event_id]):
        shown = await database.read(question, event_id)
        return page(request, template, {"code": request.path_params["code"], "tab": "vignettes", **shown})


def _every(session: Session, event_id: int) -> dict[str, Any]:
    names, hosted = stories.tables(session, event_id), hosts.hosted(session, event_id)
    given = {table: [story.vignette_id for story in stories.at_table(session, event_id, table)] for table in names}
    return {
        "event": events.event(session, event_id),
        "stories": [_told(session, story, names, given) for story in stories.every(session, event_id)],
        "pages": [(way, _(words)) for way, words in PAGES],
        "tables": names,
        "without_story": [names[table] for table, mine in given.items() if not mine],
        "without_host": [name for table, name in names.items() if table not in hosted],
    }


def _told(session: Session, story: Vignette, names: Mapping[str, str], given: Mapping[str, Sequence[str]]) -> Told:
    own = stories.prompts(session, story)
    return Told(
        story=story,
        tables=[names[table] for table, mine in given.items() if story.vignette_id in mine],
        prompts=len(own),
        blame=_blame(story, own),
    )


def _one(session: Session, event_id: int, vignette_id: str) -> dict[str, Any]:
    found = {story.vignette_id: story for story in stories.every(session, event_id)}
    if vignette_id not in found:
        raise NotFound(_("The plan has no such story. Go back to Stories on the desk."))
    story = found[vignette_id]
    own = stories.prompts(session, story)
    former = select(VignetteVersion).where(VignetteVersion.vignette_pk == story.id)
    return {
        "event": events.event(session, event_id),
        "story": story,
        "prompts": own,
        "blame": _blame(story, own),
        "versions": session.exec(former.order_by(col(VignetteVersion.version).desc())).all(),
    }


def _blame(story: Vignette, prompts: Sequence[Prompt]) -> Sequence[tuple[str, str]]:
    return blame_words("\n".join((story.title, story.story, *(prompt.text for prompt in prompts))))
