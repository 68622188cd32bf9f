"""The sheet of wall questions."""

from collections.abc import Iterator, Mapping, Sequence

from sqlmodel import Session, col, select

from eventkit.events import references, storing
from eventkit.events.models import Event
from eventkit.sheet import Column, Part, Plan, Problem, Row, Type
from eventkit.wall.models import Wall
from eventkit.web.language import gettext as _

LONGEST_QUESTION = 300
SHORTEST_NOTE, LONGEST_NOTE = 40, 2_000
MOST_DOTS = 20

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
        ),
        Column("help", _("A line below the question.")),
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


def rows(session: Session, event: Event) -> Mapping[str, Sequence[Row]]:
    """The stored wall questions as the plan says them."""
    walls = session.exec(select(Wall).where(Wall.event_id == event.id).order_by(col(Wall.position)))
    return {"walls": [WALLS.row(number, wall.model_dump()) for number, wall in enumerate(walls, start=1)]}
