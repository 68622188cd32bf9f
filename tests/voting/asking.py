"""Turns the cast's first question into one of another format, before anybody votes."""

from decimal import Decimal
from types import SimpleNamespace

from sqlmodel import Session, select

from eventkit.evidence.models import Statistic
from eventkit.voting import rounds
from eventkit.voting.models import Format, Option, Poll
from eventkit.voting.reveal import Reveal
from eventkit.web.rendering import Renderer
from tests.fife import FIFE
from tests.hall import Hall

RENDERER = Renderer(None)
SPENDING = {"A": ("Education", "51.5"), "B": ("Foreign aid", "7.9"), "C": ("State pensions", "74.2")}


def ask_for_a_number(hall: Hall) -> None:
    """From 0 to 100 %, in steps of 1; the figure is 33 %."""

    def change(session: Session) -> None:
        poll = rounds.poll_of(session, FIFE, "p1")
        poll.format, poll.unit = Format.NUMERIC, "%"
        poll.min, poll.max, poll.step = Decimal(0), Decimal(100), Decimal(1)
        for option in rounds.options(session, poll):
            session.delete(option)

    hall.do(change)


def ask_for_an_order(hall: Hall) -> None:
    """Three budgets, the published order being C, A, B."""

    def change(session: Session) -> None:
        poll = rounds.poll_of(session, FIFE, "p1")
        poll.format, poll.national_statistic = Format.RANKING, ""
        for option in session.exec(select(Option).where(Option.poll_pk == poll.id)):
            session.delete(option)
        session.flush()
        for letter, (text, value) in SPENDING.items():
            session.add(Option(poll_pk=poll.id or 0, option_id=letter, text=text, statistic_id=f"s{letter}"))
            session.add(_spent(letter, text, value))

    hall.do(change)


def rendered(view: str, values: Reveal, asked: Poll) -> str:
    """The reveal as this view shows it."""
    event = SimpleNamespace(title="A day")
    common = {
        "text_size": 0,
        "timer": None,
        "blank": False,
        "rehearsal": False,
        "event": event,
        "announce": "",
        "code_spaced": "",
        "site": "",
        "join_address": "",
        "qr": "",
        "code": "",
    }
    step = SimpleNamespace(number=1, of=1, word="poll", title="")
    template = f"voting/_{view}_reveal.html"
    return RENDERER.render(
        template,
        common
        | {"poll": asked, "reveal": values, "join_shown": False, "card": None, "longest_query": 280, "step": step},
    )


def _spent(letter: str, text: str, value: str) -> Statistic:
    return Statistic(
        event_id=FIFE,
        statistic_id=f"s{letter}",
        measure=f"Public spending on {text}",
        value=Decimal(value),
        unit="£bn",
        geography_name="United Kingdom",
        period_label="2011/12",
        publisher="An office of this test",
        dataset="A table of this test",
    )
