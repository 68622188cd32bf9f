"""The sheets of case stories and of the prompts for discussing them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlmodel import Session, col, select

from eventkit.codebook.models import Theme
from eventkit.events import references, storing
from eventkit.events.models import Event
from eventkit.sheet import Column, Level, Part, Plan, Problem, Row
from eventkit.vignettes import stories
from eventkit.vignettes.craft import blame_words
from eventkit.vignettes.models import Consent, Discussion, Point, Prompt, Vignette, VignetteVersion
from eventkit.web.language import gettext as _
from eventkit.web.text import did_you_mean

LONGEST_TITLE = 120
LONGEST_PROMPT = 300
_READ_BEFORE_AGREEING = ("consent_wording", "consent_version", "recordings_until", "date", "delete_after")
"""Columns of the event: the wording, and what decides until when people can withdraw."""
_BASES = (
    ("composite", _("made up of many cases; nobody in it is real")),
    ("consented", _("somebody's own story, told with their consent")),
)

VIGNETTES = Part(
    "vignettes",
    _("The case stories: one story in each row."),
    (
        Column("vignette_id", _("A short name that other sheets refer to."), required=True, example="v1"),
        Column("title", _("What people read first, at most 120 characters."), required=True, wording=True),
        Column("story", _("The story; begin a new line for a new paragraph."), required=True, wording=True),
        Column("basis", _("What the story is made of."), values=_BASES, example="composite"),
        Column("themes", _("The theme_ids that it touches, with a space between."), example="referrals knowledge"),
        Column(
            "known_by",
            _("Who knows the case and must not discuss it: organisations or person_ids, with a semicolon between."),
        ),
    ),
    key=("vignette_id",),
)
PROMPTS = Part(
    "prompts",
    _("What to consider about the stories: one prompt in each row."),
    (
        Column("prompt_id", _("A short name."), required=True, example="prompt1"),
        Column(
            "text",
            _("What the table considers, at most 300 characters."),
            required=True,
            example=_("How could this have been prevented?"),
            wording=True,
        ),
        Column("vignette_id", _("The one story that it is for; empty: for all of them.")),
    ),
    key=("prompt_id",),
)
PARTS: tuple[Part, ...] = (VIGNETTES, PROMPTS)


def ids(plan: Plan) -> Sequence[str]:
    """The vignette_ids, in the plan's order."""
    return list(plan.ids("vignettes", "vignette_id"))


def check(plan: Plan) -> Iterator[Problem]:
    """What a person must mend in stories and prompts."""
    themes = plan.ids("themes", "theme_id")
    for row in plan.rows("vignettes"):
        yield from references.too_long(row, "title", LONGEST_TITLE)
        yield from references.unknown(row, "themes", row.words("themes"), themes, "themes")
        yield from _known_by(row, plan)
        if not row.text("basis") and "basis" not in row.unread:
            sentence = _("Say whether anybody in this story is real: composite if not, consented if they agreed to it.")
            yield row.problem("basis", sentence, Level.NOTE)
        yield from _blame(row, "title", "story")
        if not any(prompt.text("vignette_id") in ("", row.text("vignette_id")) for prompt in plan.rows("prompts")):
            yield row.problem("", _("No prompt is for this story, so tables get the story alone."), Level.NOTE)
    for row in plan.rows("prompts"):
        yield from references.too_long(row, "text", LONGEST_PROMPT)
        yield from references.unknown(row, "vignette_id", row.words("vignette_id"), ids(plan), "vignettes")
        yield from _blame(row, "text")
    yield from references.twins(plan, "vignettes", "title")


def store(session: Session, event: Event, plan: Plan) -> None:
    """Stores stories and prompts, over those that are there; the plan has been checked.

    A story that is told in other words keeps the former ones as a version of it.
    """
    told = session.exec(select(Vignette).where(Vignette.event_id == event.id)).all()
    before = {story.id or 0: _wording(story) for story in told}
    for story in storing.store(session, Vignette, event, VIGNETTES, plan.rows("vignettes")).values():
        former = before.get(story.id or 0)
        if former and former != _wording(story):
            session.add(VignetteVersion(vignette_pk=story.id or 0, version=story.version, **former))
            story.version += 1
    storing.store(session, Prompt, event, PROMPTS, plan.rows("prompts"))


def fixed(session: Session, event: Event, part: str, row_id: str, column: str) -> str:
    """Why a change cannot be made any more: tables were told the story, or have written under the prompt."""
    if part == "event" and column in _READ_BEFORE_AGREEING and _agreed(session, event):
        return _("People have agreed to what they read of this, so it stays as it was.")
    told = part == "vignettes" and column in ("", "vignette_id", "title", "story", "basis")
    if told and row_id in _told(session, event):
        return _("Tables have begun to discuss “{id}”, so it stays as it was told to them.").format(id=row_id)
    if part == "prompts" and row_id in _prompts_with_points(session, event):
        return _("Tables have written under the prompt “{id}”, so it stays as it was put to them.").format(id=row_id)
    if part == "tables" and column in ("", "vignettes"):
        # A table of one round is named by its round and its id.
        for table in {*stories.told(session, event.id or 0), *_begun(session, event, col(Discussion.table))}:
            if row_id == table or row_id.endswith(f" {table}"):
                sentence = _("The table “{id}” has begun to discuss a story, so its stories stay as they are.")
                return sentence.format(id=table)
    return ""


def rows(session: Session, event: Event) -> Mapping[str, Sequence[Row]]:
    """The stored stories and prompts as the plan says them."""
    told = session.exec(select(Vignette).where(Vignette.event_id == event.id).order_by(col(Vignette.position)))
    prompts = session.exec(select(Prompt).where(Prompt.event_id == event.id).order_by(col(Prompt.position)))
    gone = set(session.exec(select(Theme.theme_id).where(Theme.event_id == event.id, col(Theme.gone))))
    return {
        "vignettes": [VIGNETTES.row(number, _cells(story, gone)) for number, story in enumerate(told, start=1)],
        "prompts": [PROMPTS.row(number, prompt.model_dump()) for number, prompt in enumerate(prompts, start=1)],
    }


def _blame(row: Row, *columns: str) -> Iterator[Problem]:
    for column in columns:
        for word, sentence in blame_words(row.text(column)):
            yield row.problem(column, _("“{word}” may lay blame.").format(word=word) + " " + sentence, Level.NOTE)


def _wording(story: Vignette) -> dict[str, str]:
    return {"title": story.title, "story": story.story, "basis": story.basis}


def _agreed(session: Session, event: Event) -> bool:
    mine = select(Discussion.id).where(Discussion.event_id == event.id)
    return bool(session.exec(select(Consent.speaker).where(col(Consent.discussion_id).in_(mine)).limit(1)).first())


def _told(session: Session, event: Event) -> set[str]:
    """What tables were shown or have talked about. A story without a basis was not shown: it can still be mended."""
    shown = {
        story.vignette_id for mine in stories.told(session, event.id or 0).values() for story in mine if story.basis
    }
    return shown | _begun(session, event, col(Discussion.vignette_id))


def _begun(session: Session, event: Event, of: Any) -> set[str]:
    return set(session.exec(select(of).where(Discussion.event_id == event.id)))


def _prompts_with_points(session: Session, event: Event) -> set[str]:
    mine = select(Discussion.id).where(Discussion.event_id == event.id)
    return set(session.exec(select(Point.prompt_id).where(col(Point.discussion_id).in_(mine)))) - {""}


def _cells(story: Vignette, gone: set[str]) -> dict[str, Any]:
    """A theme that was merged or taken away in the room is in no plan any more, so no story may name it."""
    cells = story.model_dump()
    named = VIGNETTES.row(0, cells).words("themes")
    if gone.isdisjoint(named):
        return cells
    return cells | {"themes": " ".join(theme for theme in named if theme not in gone)}


def _known_by(row: Row, plan: Plan) -> Iterator[Problem]:
    people = plan.rows("people")
    if row.pieces("known_by") and not people:
        sentence = _("The sheet people is empty, so nobody can be kept from this case yet.")
        yield row.problem("known_by", sentence, Level.NOTE)
        return
    known = {person.text(column) for person in people for column in ("person_id", "organisation")} - {""}
    for name in row.pieces("known_by"):
        if name not in known:
            sentence = _("“{name}” is neither a person_id nor an organisation of the sheet people.").format(name=name)
            yield row.problem("known_by", sentence + did_you_mean(name, known))
