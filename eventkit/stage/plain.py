"""The steps that are no folder: welcome, break and close, and those whose activity is not built yet.

One object of the activities' protocol serves them all; it plays the part of `rules`, `saying` and `pages` itself.
"""

from collections.abc import Mapping, Sequence

from fastapi import APIRouter
from sqlmodel import Session
from starlette.requests import Request
from starlette.routing import Route

from eventkit.activities import ACTIVITIES
from eventkit.errors import Conflict
from eventkit.events import rules as events
from eventkit.events.activity import Activity, Page
from eventkit.events.step import State, Step
from eventkit.web.language import gettext as _

WELCOME, BREAK, CLOSE = "welcome", "break", "close"


class Plain:
    """A step that only says what is on."""

    ROUTERS: Mapping[str, APIRouter] = {}
    FIRST: Sequence[Route] = ()

    def ids(self, session: Session, event_id: int) -> Sequence[str]:
        """There is nothing to refer to."""
        return ()

    def forward(self, session: Session, step: Step) -> bool:
        """There is only one phase."""
        return False

    def back(self, session: Session, step: Step) -> bool:
        """There is only one phase."""
        return False

    def again(self, session: Session, step: Step) -> None:
        """There is nothing to begin anew."""
        raise Conflict(_("There is nothing here that can be done again."))

    def enter(self, session: Session, step: Step) -> None:
        """Coming to the close ends the event."""
        if step.word == CLOSE:
            end(session, step.event_id)

    def leave(self, session: Session, step: Step) -> None:
        """Going back from the close opens the event again."""
        if step.word == CLOSE:
            events.reopen(session, step.event_id)

    def restore(self, session: Session) -> None:
        """Nothing was open."""

    def finish(self, session: Session, event_id: int) -> None:
        """Nothing is open."""

    def forget(self, session: Session, event_id: int) -> None:
        """People did nothing here."""

    def title(self, session: Session, step: Step) -> str:
        """The programme's own words, or the usual ones."""
        return step.title or _names().get(step.word, step.word)

    def state(self, session: Session, step: Step) -> State:
        """What the room sees now."""
        event = events.event(session, step.event_id)
        chip = _("Finished") if step.word == CLOSE else _("On now") if event.started_at else _("Ready")
        return State(
            chip=chip,
            heading=self.title(session, step),
            sentence=_sentences().get(step.word, _("This part is not run with eventkit: the screen shows its title.")),
            counts=events.counts(session, step.event_id),
        )

    def leaving(self, session: Session, step: Step) -> str:
        """Nothing would be lost."""
        return ""

    def repeating(self, session: Session, step: Step) -> str:
        """There is nothing to begin anew."""
        return ""

    def ahead(self, session: Session, step: Step) -> Page | None:
        """The next press leads on."""
        return None

    def frame(self, session: Session, step: Step, view: str) -> Page:
        """The welcome and the close have a page of their own, everything else shows its title."""
        name = step.word if step.word in (WELCOME, CLOSE) else "plain"
        title = self.title(session, step)
        template = "stage/_console.html" if view == "console" else f"stage/_{name}_{view}.html"
        return Page(template, {"title": title, "announce": title})

    async def mine(self, request: Request, name: str) -> str:
        """Nothing here belongs to one browser."""
        return ""


PLAIN = Plain()


def end(session: Session, event_id: int) -> None:
    """Ends the event, with everything that is still open."""
    for activity in ACTIVITIES:
        activity.rules.finish(session, event_id)
    events.end(session, event_id)


def activity_of(word: str) -> Activity:
    """The activity that a programme word names; a plain one where it names none that is built."""
    return next((activity for activity in ACTIVITIES if activity.word == word), Activity(word, PLAIN, PLAIN, PLAIN))


def _names() -> dict[str, str]:
    return {
        WELCOME: _("Welcome"),
        BREAK: _("Break"),
        CLOSE: _("Thank you"),
        "wall": _("Walls"),
        "vignettes": _("Vignettes"),
        "questionnaire": _("Questionnaire"),
    }


def _sentences() -> dict[str, str]:
    return {
        WELCOME: _("People join with the code or the QR on the screen."),
        BREAK: _("The screen says that there is a break."),
        CLOSE: _("The event has finished. Nobody can join any more. Results are on the desk."),
    }
