"""Two tables with two stories each, and people who answer whether they may be recorded, told by their slips."""

from collections.abc import Collection, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

from sqlmodel import Session, select

from eventkit.events import rules as events
from eventkit.tables.models import TableInRound
from eventkit.vignettes import consent, stories
from eventkit.vignettes.consent import Given, Purpose
from eventkit.vignettes.models import Consent, Discussion, StoryRound, Vignette
from tests.fife import FIFE
from tests.hall import Hall

ALL = tuple(Purpose)
NOTHING: tuple[Purpose, ...] = ()


def slip_of(who: str) -> str:
    """The slip that the form of this person carries."""
    return sha256(f"slip of {who}".encode()).hexdigest()[:32]


def tell(session: Session, *, number: int = 1) -> None:
    """The stories and tables, with every table at its story of this number."""
    for position, (vignette_id, title) in enumerate((("v1", "Anna"), ("v2", "Ben")), start=1):
        session.add(
            Vignette(
                event_id=FIFE, position=position, vignette_id=vignette_id, title=title,
                story=f"{title} came late.", basis="composite",
            )
        )  # fmt: skip
    for position, table in enumerate(("t1", "t2"), start=1):
        session.add(TableInRound(event_id=FIFE, position=position, table=table, max_seats=8, vignettes="v1 v2"))
    session.add(StoryRound(event_id=FIFE, story=number))
    events.event(session, FIFE).recordings_until = date(2999, 1, 1)  # that day lies years back


def move_on(session: Session, number: int) -> None:
    """Every table comes to its story of this number."""
    at = stories.round_of(session, FIFE)
    at.story, at.closed = number, False
    session.add(at)


def answer(
    session: Session, who: str, agreed: Collection[Purpose] = ALL, vignette_id: str = "v1", table: str = "t1"
) -> Given:
    """Somebody's answer."""
    return consent.answer(session, events.event(session, FIFE), table, vignette_id, slip_of(who), agreed)


def discussion_of(session: Session, vignette_id: str = "v1", table: str = "t1") -> Discussion:
    """A discussion that is there."""
    found = stories.discussion_of(session, FIFE, table, vignette_id)
    assert found
    return found


class Asked(Hall):
    """The Fife event at the first story of its two tables, without pages."""

    def __init__(self, folder: Path, people: int | None = 3) -> None:
        super().__init__(folder)
        self.do(tell)
        if people is not None:
            self.set_people(people)

    def set_people(self, people: int, vignette_id: str = "v1") -> None:
        """The host of the first table says how many sit there."""
        self.do(consent.set_people, FIFE, "t1", vignette_id, people)

    def answer(self, who: str, agreed: Collection[Purpose] = ALL, vignette_id: str = "v1") -> Given:
        """Somebody's answer at the first table."""
        return self.do(answer, who, agreed, vignette_id)

    def all_agree(self, *who: str) -> None:
        """These people agree to everything."""
        for each in who:
            self.answer(each)

    def standing(self, vignette_id: str = "v1") -> str:
        """How far the first table is."""
        return self.ask(lambda session: consent.standing(session, discussion_of(session, vignette_id))).value

    def consents(self, vignette_id: str = "v1") -> Sequence[Consent]:
        """What is stored."""

        def found(session: Session) -> Sequence[Consent]:
            mine = Consent.discussion_id == discussion_of(session, vignette_id).id
            return session.exec(select(Consent).where(mine)).all()

        return self.ask(found)
