"""What a part of the programme must offer, and the plain values that it speaks in.

An activity is a folder; its modules `rules`, `pages`, `sheets` and `plan` fit the protocols below.
Nothing outside the folder asks of what kind it is.
"""

from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from fastapi import APIRouter
from sqlmodel import Session
from starlette.requests import Request
from starlette.routing import Route

from eventkit.database import Database
from eventkit.events.models import Event
from eventkit.events.step import State, Step
from eventkit.sheet import Part, Plan, Problem, Row, Sheet


@dataclass(frozen=True)
class Page:
    """A template and the values that it is rendered with."""

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """A page of its own that people may go to now, beside what is on: its path below the event's, and its name."""

    path: str
    title: str


class Rules(Protocol):
    """Questions and verbs of a step. Verbs raise `errors.*` when they are refused."""

    def ids(self, session: Session, event_id: int) -> Sequence[str]:
        """The ids that a programme row may refer to, in the plan's order."""

    def forward(self, session: Session, step: Step) -> bool:
        """Moves one phase on; False if none is left."""

    def back(self, session: Session, step: Step) -> bool:
        """Moves one phase back; False if none is left."""

    def again(self, session: Session, step: Step) -> None:
        """Begins the step anew, as `Saying.repeating` said. Raises `Conflict` where it cannot be."""

    def enter(self, session: Session, step: Step) -> None:
        """The room has come to this step."""

    def leave(self, session: Session, step: Step) -> None:
        """Settles what is open, as `leaving` said, before the room leaves."""

    def restore(self, session: Session) -> None:
        """After a start: takes up what was open in every event."""

    def finish(self, session: Session, event_id: int) -> None:
        """The event ends: settles what is open beside the step that is on, which is left first."""

    def forget(self, session: Session, event_id: int) -> None:
        """After a rehearsal: drops everything that people did, and keeps what the organisers prepared."""


class Saying(Protocol):
    """The console's words."""

    def title(self, session: Session, step: Step) -> str:
        """A short name of the step, for the programme."""

    def state(self, session: Session, step: Step) -> State:
        """Where the step stands, and what the next press does."""

    def leaving(self, session: Session, step: Step) -> str:
        """The question to ask before the room leaves this step, "" if nothing would be lost."""

    def repeating(self, session: Session, step: Step) -> str:
        """The question to ask before the step begins anew, which says what would be lost; "" if it cannot."""


class Pages(Protocol):
    """Routers by view, and what each view shows of a step.

    `FIRST` are whole addresses that are looked up before all others, because many people use them at once.
    """

    ROUTERS: Mapping[str, APIRouter]
    FIRST: Sequence[Route]

    def frame(self, session: Session, step: Step, view: str) -> Page:
        """What this view shows of the step."""

    def ahead(self, session: Session, step: Step) -> Page | None:
        """What the screen will show after the next press; None if that leads to the next step.

        Nothing that is sealed, or not shown yet for another reason than the press, is in it.
        """

    async def mine(self, request: Request, name: str) -> str:
        """The html that belongs to this browser alone, for a place in a frame that has this name."""


class Places(Protocol):
    """The pages that an activity has of its own beside the stage, such as one for each wall.

    `PLACE` is the part of their addresses that leads to them, such as "walls"; `VIEWS` has "phone" and what else has
    such pages: "console", or "host", whose addresses have no such part. `KEPT` names the cookie in which a phone keeps
    at which of them it was last, "" for none.
    """

    PLACE: str
    KEPT: str
    VIEWS: Sequence[str]

    def refs(self, session: Session, event_id: int) -> Sequence[str]:
        """What has a page, by the last part of its address."""

    def place(self, session: Session, event_id: int, ref: str, view: str) -> Page:
        """What the page of one of `refs` shows in one of `VIEWS`. Raises `NotFound`."""

    def open_places(self, session: Session, event_id: int) -> Sequence[Place]:
        """The pages that people may go to now."""


class Background(Protocol):
    """What an activity does by itself while a server runs. Each of `TASKS` goes on until it is cancelled."""

    TASKS: Sequence[Callable[[Database], Coroutine[Any, Any, None]]]

    def memory(self) -> dict[str, Any]:
        """What it keeps in memory, for `Database.info`."""


class Sheets(Protocol):
    """The sheets of the results workbook."""

    def sheets(self, session: Session, event: Event) -> Iterable[Sheet]:
        """Every sheet that this package fills."""


class Planned(Protocol):
    """The parts of the plan that a package owns."""

    PARTS: tuple[Part, ...]

    def ids(self, plan: Plan) -> Sequence[str]:
        """The ids that a programme row may refer to, in the plan's order."""

    def check(self, plan: Plan) -> Iterator[Problem]:
        """What a person must mend in these parts."""

    def store(self, session: Session, event: Event, plan: Plan) -> None:
        """Stores these parts, over what is there: rows that stay keep their number. The plan has been checked."""

    def rows(self, session: Session, event: Event) -> Mapping[str, Sequence[Row]]:
        """What is stored, as the rows of a plan by the name of their part: the inverse of `store`."""


class Answerable(Planned, Protocol):
    """The parts of an activity that is built. What the room has seen or answered cannot change any more."""

    def fixed(self, session: Session, event: Event, part: str, row_id: str, column: str) -> str:
        """Why a cell of any part, or with column "" a whole row, cannot change any more; "" if it can."""


@dataclass(frozen=True)
class Prepared:
    """Something that a plan can prepare before its activity is built. `word` names its steps, "" if it has none.

    `before` names the activity whose sheets refer to these, so that people fill these in first.
    """

    word: str
    plan: Planned
    each: bool = False
    before: str = ""


@dataclass(frozen=True)
class Activity:
    """One activity. `word` names it in the programme; `each`: one step for each id of a programme row."""

    word: str
    rules: Rules
    saying: Saying
    pages: Pages
    each: bool = False
    places: Places | None = None
    background: Background | None = None
    sheets: Sheets | None = None
    plan: Answerable | None = None
