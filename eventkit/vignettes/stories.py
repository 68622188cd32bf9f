"""Which story every table is at, and what it is to consider about it."""

import re
from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, select

from eventkit.errors import NotFound
from eventkit.events.step import Step
from eventkit.tables import counts
from eventkit.tables.models import TableInRound
from eventkit.vignettes.models import Discussion, Prompt, StoryRound, Vignette
from eventkit.web.language import gettext as _


def every(session: Session, event_id: int) -> Sequence[Vignette]:
    """The event's stories, in the plan's order."""
    mine = select(Vignette).where(Vignette.event_id == event_id).order_by(col(Vignette.position))
    return session.exec(mine).all()


def tables(session: Session, event_id: int) -> Mapping[str, str]:
    """The names of the tables, by their id."""
    return counts.table_names(session, event_id)


def at_table(session: Session, event_id: int, table: str) -> Sequence[Vignette]:
    """The stories of a table over the day: those of its rounds one after the other, each once."""
    return _given(session, event_id, TableInRound.table == table).get(table, [])


def given(session: Session, event_id: int) -> Mapping[str, Sequence[Vignette]]:
    """The stories of every table over the day, by the table's id."""
    return _given(session, event_id)


def told(session: Session, event_id: int) -> Mapping[str, Sequence[Vignette]]:
    """The stories that tables with stories are at or have left behind, by the table's id.

    One without a basis is among them, though nobody was shown it: it has its number.
    """
    so_far = round_of(session, event_id).story
    return {table: mine[:so_far] for table, mine in given(session, event_id).items() if mine[:so_far]}


def most(session: Session, event_id: int) -> int:
    """How many stories the table with most of them has."""
    return max((len(at_table(session, event_id, table)) for table in tables(session, event_id)), default=0)


def numbers(session: Session, step: Step) -> range:
    """The numbers, from 1, of the stories that a step is for: one each, and the last step all that are left.

    Empty where no table has that many.
    """
    told = most(session, step.event_id)
    last = told if step.number == step.of else min(step.number, told)
    return range(step.number, last + 1)


def round_of(session: Session, event_id: int) -> StoryRound:
    """How far the room is; one before the first story if nothing is stored."""
    return session.get(StoryRound, event_id) or StoryRound(event_id=event_id)


def now_at(session: Session, event_id: int, table: str, at: StoryRound | None = None) -> Vignette | None:
    """The story that a table is at, None while there is none: before the first, or at a table that has fewer.

    One of which nobody has said whether anybody in it is real is shown to nobody, so it counts as none. `at` is another
    moment of the room than now.
    """
    found = numbered(at_table(session, event_id, table), at or round_of(session, event_id))
    return found if found and found.basis else None


def numbered(mine: Sequence[Vignette], at: StoryRound) -> Vignette | None:
    """Which of a table's stories has the number of a moment of the room, whether or not it can be shown."""
    return mine[at.story - 1] if 0 < at.story <= len(mine) else None


def on_now(session: Session, event_id: int, at: StoryRound | None = None) -> Mapping[str, Vignette | None]:
    """The story of every table, by the table's id, in the plan's order."""
    return {table: now_at(session, event_id, table, at) for table in tables(session, event_id)}


def prompts(session: Session, story: Vignette) -> Sequence[Prompt]:
    """What is to be considered about a story: what is for all of them and its own, in the plan's order."""
    mine = select(Prompt).where(Prompt.event_id == story.event_id).order_by(col(Prompt.position))
    return [prompt for prompt in session.exec(mine) if prompt.vignette_id in ("", story.vignette_id)]


def shown_prompts(session: Session, story: Vignette, at: StoryRound | None = None) -> Sequence[Prompt]:
    """Those that tables see now."""
    at, own = at or round_of(session, story.event_id), prompts(session, story)
    return own[: at.prompt] if at.one_by_one else own


def most_prompts(session: Session, event_id: int, at: StoryRound) -> int:
    """How many prompts the longest list of the stories that are on has."""
    told = on_now(session, event_id, at).values()
    return max((len(prompts(session, story)) for story in told if story), default=0)


def discussion_of(session: Session, event_id: int, table: str, vignette_id: str) -> Discussion | None:
    """A table's discussion of a story, None if nothing was said, agreed or recorded there yet."""
    return session.exec(
        select(Discussion).where(
            Discussion.event_id == event_id, Discussion.table == table, Discussion.vignette_id == vignette_id
        )
    ).one_or_none()


def begun_discussion(session: Session, event_id: int, table: str, vignette_id: str) -> Discussion:
    """The same, made if there is none. Raises `NotFound` if the table was not given this story."""
    found = discussion_of(session, event_id, table, vignette_id)
    if found is None:
        if vignette_id not in {story.vignette_id for story in at_table(session, event_id, table)}:
            raise NotFound(_("This table has no such story. Reload the page."))
        found = Discussion(event_id=event_id, table=table, vignette_id=vignette_id)
        session.add(found)
        session.flush()
    return found


def _given(session: Session, event_id: int, *which: bool) -> dict[str, list[Vignette]]:
    mine = select(TableInRound).where(TableInRound.event_id == event_id, *which)
    words: dict[str, dict[str, None]] = {}
    for row in session.exec(mine.order_by(col(TableInRound.round), col(TableInRound.position))):
        words.setdefault(row.table, {}).update(dict.fromkeys(re.split(r"[\s,;]+", row.vignettes)))
    known = {story.vignette_id: story for story in every(session, event_id)}
    return {table: [known[word] for word in named if word in known] for table, named in words.items()}
