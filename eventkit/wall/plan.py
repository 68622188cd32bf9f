"""The sheet of wall questions."""

from collections.abc import Iterator, Mapping, Sequence

from sqlmodel import Session, col, select

from eventkit.events import references, storing
from eventkit.events.models import Event
from eventkit.sheet import Column, Part, Plan, Problem, Row, Type
from eventkit.wall.models import Phase, Wall
from eventkit.wall.phases import phase
from eventkit.web.language import gettext as _

LONGEST_QUESTION = 300
SHORTEST_NOTE, LONGEST_NOTE = 40, 2_000
MOST_DOTS = 20
CHANGEABLE = ("max_length", "approve_first", "attendees_group", "dots")
"""What can change while people write: nothing that they wrote was meant otherwise for it."""

WALLS = Part(
    "walls",
    _("The questions on the walls: one question in each row."),
    (
        Column("wall_id", _("A short name that the programme refers to."), required=True, example="w1"),
        Column(
            "question",
            _("The question, at most 300 characters."),
            required=True,
            example=_("What data or information would you like to be able to access?"),
            wording=True,
        ),
        Column("help", _("A line below the question."), wording=True),
        Column("max_length", _("How many characters a note may have, 40 to 2,000."), Type.INTEGER, default=280),
        Column("approve_first", _("Whether somebody approves each note before it shows."), Type.YES_NO, default=False),
        Column("hidden", _("Whether notes stay hidden until you reveal them."), Type.YES_NO, default=False),
        Column("dots", _("Votes that each person may give to its notes, 0 to 20."), Type.INTEGER, default=0),
        Column("attendees_group", _("Whether people may group the notes under themes."), Type.YES_NO, default=False),
        Column("readable_on_phones", _("Whether phones may read all of its notes."), Type.YES_NO, default=False),
    ),
    key=("wall_id",),
)
PARTS: tuple[Part, ...] = (WALLS,)


def ids(plan: Plan) -> Sequence[str]:
    """The wall_ids, in the plan's order."""
    return list(plan.ids("walls", "wall_id"))


def check(plan: Plan) -> Iterator[Problem]:
    """What a person must mend in the wall questions."""
    for row in plan.rows("walls"):
        yield from references.too_long(row, "question", LONGEST_QUESTION)
        yield from references.outside(row, "max_length", SHORTEST_NOTE, LONGEST_NOTE)
        yield from references.outside(row, "dots", 0, MOST_DOTS)
    yield from references.twins(plan, "walls", "question")


def store(session: Session, event: Event, plan: Plan) -> None:
    """Stores the wall questions, over those that are there; the plan has been checked."""
    storing.store(session, Wall, event, WALLS, plan.rows("walls"))


def fixed(session: Session, event: Event, part: str, row_id: str, column: str) -> str:
    """Why a change cannot be made any more: the wall was opened, or its dot vote, or one is still to be counted."""
    if (part, column) == ("event", "min_votes") and any(phase(wall) is Phase.DOTS for wall in _stored(session, event)):
        return _("A dot vote is not counted yet. Count it, then change min_votes.")
    wall = next((wall for wall in _stored(session, event) if wall.wall_id == row_id), None)
    if part != "walls" or wall is None or wall.opened_at is None:
        return ""
    if column == "dots" and wall.dots_opened_at:
        return _("The dot vote on “{id}” was opened, so the number of dots stays as it is.").format(id=row_id)
    if column in CHANGEABLE:
        return ""
    return _("The wall “{id}” was opened, so what people wrote to stays as it is.").format(id=row_id)


def rows(session: Session, event: Event) -> Mapping[str, Sequence[Row]]:
    """The stored wall questions as the plan says them."""
    walls = enumerate(_stored(session, event), start=1)
    return {"walls": [WALLS.row(number, wall.model_dump()) for number, wall in walls]}


def _stored(session: Session, event: Event) -> Sequence[Wall]:
    return session.exec(select(Wall).where(Wall.event_id == event.id).order_by(col(Wall.position))).all()
