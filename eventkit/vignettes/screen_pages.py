"""The stories on the screen: nothing of a story that only some tables have."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session

from eventkit.events.activity import Page
from eventkit.events.step import Step
from eventkit.vignettes import rules, saying, stories
from eventkit.vignettes.models import Prompt, StoryRound
from eventkit.web.language import gettext as _

LINE = 44
"""Characters that a line of the smallest letters surely holds, also on a projector of 4:3."""
MOST_LINES = 12


def screen_frame(session: Session, step: Step) -> Page:
    """What the screen shows of the stories now."""
    return _page(session, step, stories.round_of(session, step.event_id))


def ahead(session: Session, step: Step) -> Page | None:
    """What it shows after the next press."""
    coming = rules.ahead(session, step)
    return _page(session, step, coming) if coming else None


def _page(session: Session, step: Step, at: StoryRound) -> Page:
    title, on = saying.title(session, step), at.story in stories.numbers(session, step)
    values: dict[str, Any] = {"title": title, "on": on, "closed": at.closed, "story": "", "prompts": (), "size": ""}
    if on:
        told = [story for story in stories.on_now(session, step.event_id, at).values() if story]
        same = told[0] if told and len({story.vignette_id for story in told}) == 1 else None
        values |= {
            "number": at.story,
            "of": stories.most(session, step.event_id),
            "story": same.title if same else "",
            **_shown([stories.shown_prompts(session, story, at) for story in told]),
        }
    announce = _("{title}: story {number}").format(title=title, number=at.story) if on else title
    ended = _("The discussion has ended.")
    return Page("vignettes/_screen.html", values | {"announce": ended if on and at.closed else announce})


def _shown(by_table: Sequence[Sequence[Prompt]]) -> dict[str, Any]:
    """The prompts where every table considers the same and a back row can read them, and how large they are."""
    first = by_table[0] if by_table else ()
    same = all([prompt.prompt_id for prompt in own] == [prompt.prompt_id for prompt in first] for own in by_table)
    lines = sum(-(-len(prompt.text) // LINE) for prompt in first)
    if not same or lines > MOST_LINES:
        return {"prompts": ()}
    return {
        "prompts": first,
        "size": "large" if lines <= MOST_LINES // 3 else "middle" if lines <= MOST_LINES // 2 else "",
    }
