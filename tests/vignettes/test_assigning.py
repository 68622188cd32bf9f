"""Stories given to tables on the desk: by hand, dealt, asked about, and refused where a table has begun."""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path

import pytest
from sqlmodel import Session, select

from eventkit.errors import Conflict
from eventkit.events import rules as events
from eventkit.events.models import Role
from eventkit.tables import moves, redeal
from eventkit.tables.models import KnownVignette, SeatingRule, TableInRound
from eventkit.tables.room import Kind
from eventkit.vignettes import assigning, stories
from eventkit.vignettes.models import StoryRound, Vignette
from tests.fife import CODES, FIFE
from tests.room import Room, room_in
from tests.tables import workshop

PAGE = f"/s/{CODES[FIFE]}/desk/vignettes/assign"
TITLES = {"v1": "Anna", "v2": "Ben", "v3": "Cleo"}
GIVEN = {"t1": "v1;v2", "t2": "v3", "t3": "v2 v3"}


def prepare(session: Session) -> None:
    """Twelve people, three tables with hosts, three stories; the NHS (Bob, Eve, Hal, Kim) knows Anna's."""
    workshop.prepare(session)
    for place, (story, title) in enumerate(TITLES.items(), start=1):
        session.add(
            Vignette(event_id=FIFE, position=place, vignette_id=story, title=title, story="…", basis="composite")
        )
    session.add(KnownVignette(event_id=FIFE, vignette_id="v1", known_by="NHS; lea"))
    give(session, GIVEN)


def give(session: Session, given: Mapping[str, str]) -> None:
    for row in session.exec(select(TableInRound).where(TableInRound.event_id == FIFE)):
        row.vignettes = given[row.table]


def seat(session: Session) -> None:
    """Bob and Eve, who know Anna's story, sit at the first table with Ana."""
    places = {(1, who): "t1" for who in ("ana", "bob", "eve")} | {(1, "cem"): "t2", (1, "dan"): "t3"}
    moves.move(session, FIFE, places, "seated")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with room_in(tmp_path) as made:
        made.write(FIFE, prepare)
        yield made


@pytest.fixture
def desk(room: Room) -> str:
    return room.role(Role.ORGANISER)


def told(room: Room) -> dict[str, str]:
    return room.write(FIFE, lambda session: {row.table: row.vignettes for row in session.exec(select(TableInRound))})


def form(html: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in re.findall(r'name="(seen|confirmed)" value="([^"]*)"', html)}


def ticked(html: str) -> list[str]:
    return re.findall(r'value="(t\d v\d)" checked', html)


def text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html.partition("<main>")[2])).split())


def send(room: Room, desk: str, ticks: str, **fields: str) -> tuple[int, str]:
    content = "&".join(
        [*(f"give={tick.replace('/', '+')}" for tick in ticks.split()), *(f"{k}={v}" for k, v in fields.items())]
    )
    headers = {"origin": "http://room.test:8000", "content-type": "application/x-www-form-urlencoded"}
    answer = room.ask("POST", PAGE, content=content.encode(), cookies=desk, headers=headers)
    return answer.status_code, answer.text


def test_page_has_every_table_with_its_stories_and_says_what_stands_against_it(room: Room, desk: str) -> None:
    page = room.get(PAGE, cookies=desk).text
    assert ticked(page) == ["t1 v1", "t1 v2", "t2 v3", "t3 v2", "t3 v3"]
    assert "Give stories to tables first, then seat everybody" in text(page)
    assert "Leven has 1 story, where the plan says 2." in text(page)
    assert "5 people know" not in text(page)
    room.write(FIFE, seat)
    seated = text(room.get(PAGE, cookies=desk).text)
    assert "At Tay 2 people know “Anna”: Bob, Eve." in seated
    assert "somebody sits at a story that they know 2 times" in seated


def test_people_for_whom_no_chairs_remain_are_counted_before_anybody_is_seated(room: Room, desk: str) -> None:
    def everywhere(session: Session) -> None:
        give(session, {"t1": "v1;v2", "t2": "v1;v3", "t3": "v2;v3"})
        for row in session.exec(select(TableInRound)):
            row.max_seats = 4

    room.write(FIFE, everywhere)
    assert "5 people know one of these, and the tables without them have 4 chairs: “Anna”." in text(
        room.get(PAGE, cookies=desk).text
    )


def test_deal_is_looked_at_before_it_is_carried_out(room: Room, desk: str) -> None:
    room.write(FIFE, seat)
    before = told(room)
    page = room.get(f"{PAGE}?deal=yes", cookies=desk).text
    assert told(room) == before
    assert ticked(page) == ["t1 v2", "t1 v3", "t2 v1", "t2 v3", "t3 v1", "t3 v2"]
    assert "Tay : without “Anna” ; with “Cleo”" in text(page)
    assert "What stands against it" not in text(page)
    assert send(room, desk, "t1/v2 t1/v3 t2/v1 t2/v3 t3/v1 t3/v2", **form(page))[0] == 303
    assert told(room) == {"t1": "v3;v2", "t2": "v3;v1", "t3": "v2;v1"}


def test_what_stands_against_it_is_asked_about_and_then_carried_out(room: Room, desk: str) -> None:
    room.write(FIFE, seat)
    seen = form(room.get(PAGE, cookies=desk).text)
    before, ticks = told(room), "t1/v1 t1/v3 t2/v2 t2/v3 t3/v2 t3/v3"
    status, page = send(room, desk, ticks, **seen)
    assert (status, told(room)) == (200, before)
    assert "Give the stories to the tables all the same?" in text(page)
    assert "“Cleo” is at 3 tables, and “Anna” at 1." in text(page)
    # Ticks that were changed after the question are asked about anew.
    assert send(room, desk, "t1/v1", **form(page))[0] == 200
    assert send(room, desk, ticks, **form(page))[0] == 303
    assert told(room) == {"t1": "v1;v3", "t2": "v3;v2", "t3": "v2 v3"}


def test_deal_that_cannot_keep_everybody_away_says_why_in_few_facts(room: Room, desk: str) -> None:
    def everybody_knows(session: Session) -> None:
        seat(session)
        session.get_one(KnownVignette, (FIFE, "v1")).known_by = "ana; cem; dan"
        session.add(KnownVignette(event_id=FIFE, vignette_id="v2", known_by="ana"))

    room.write(FIFE, everybody_knows)
    page = text(room.get(f"{PAGE}?deal=yes", cookies=desk).text)
    assert "no deal keeps everybody from what they know, because: Somebody knows “Anna” at" in page
    assert "Somebody knows “Ben”" not in page


@pytest.mark.parametrize(("per_table", "said"), [
    (4, "The plan says 4 stories for each table, and there are 3."),
    (0, "There are 3 stories, and 3 tables with 0 each discuss 0 at most."),
])  # fmt: skip
def test_numbers_that_cannot_be_met_are_said(room: Room, desk: str, per_table: int, said: str) -> None:
    def demand(session: Session) -> None:
        events.event(session, FIFE).vignettes_per_table = per_table

    room.write(FIFE, demand)
    page = text(room.get(f"{PAGE}?deal=yes", cookies=desk).text)
    assert said in page


def test_page_that_is_old_changes_nothing(room: Room, desk: str) -> None:
    seen = form(room.get(PAGE, cookies=desk).text)
    room.write(FIFE, give, GIVEN | {"t2": "v1"})
    before = told(room)
    status, page = send(room, desk, "t1/v1", **seen)
    assert (status, told(room)) == (409, before)
    assert "have changed meanwhile" in text(page)


def test_what_a_table_has_begun_stays_with_its_number(room: Room, desk: str) -> None:
    room.write(FIFE, stories.begun_discussion, FIFE, "t1", "v2")
    page = room.get(PAGE, cookies=desk).text
    assert re.findall(r'value="(t\d v\d)" checked disabled', page) == ["t1 v2"]
    found = room.write(FIFE, assigning.given, FIFE)
    for mine in (["v1", "v3"], ["v2"]):
        with pytest.raises(Conflict, match="Tay has begun “Ben”, so it stays there"):
            room.write(FIFE, assigning.give, FIFE, {"t1": mine}, found.seen)
    assert told(room) == GIVEN
    room.write(FIFE, assigning.give, FIFE, {"t1": ["v3", "v2"]}, found.seen)
    assert told(room)["t1"] == "v3;v2"


def test_dealing_leaves_tables_alone_that_have_begun(room: Room, desk: str) -> None:
    room.write(FIFE, stories.begun_discussion, FIFE, "t2", "v3")
    assert assigning.dealt(room.write(FIFE, assigning.given, FIFE))["t2"] == ["v3"]
    room.write(FIFE, lambda session: session.add(StoryRound(event_id=FIFE, story=1)))
    found = room.write(FIFE, assigning.given, FIFE)
    assert found.begun == {"t1": ["v1"], "t2": ["v3"], "t3": ["v2"]}
    assert "Every table has begun, so nothing is dealt any more." in text(room.get(PAGE, cookies=desk).text)


def test_new_stories_go_to_the_round_with_fewest_and_the_others_stay(room: Room) -> None:
    def two_rounds(session: Session) -> None:
        for row in session.exec(select(TableInRound)).all():
            row.round, row.vignettes = 1, "v1"
            session.add(TableInRound(**row.model_dump(exclude={"id"}) | {"round": 2, "vignettes": ""}))

    room.write(FIFE, two_rounds)
    found = room.write(FIFE, assigning.given, FIFE)
    room.write(FIFE, assigning.give, FIFE, {"t1": ["v1", "v2"], "t2": ["v3"]}, found.seen)
    rows = room.write(
        FIFE, lambda session: [(row.round, row.table, row.vignettes) for row in session.exec(select(TableInRound))]
    )
    assert rows[:2] + rows[3:5] == [(1, "t1", "v1"), (1, "t2", "v3"), (2, "t1", "v2"), (2, "t2", "")]


def test_host_counts_before_anybody_is_seated(room: Room) -> None:
    def named(session: Session) -> None:
        rules = session.exec(select(SeatingRule))
        next(rule for rule in rules if rule.kind is Kind.HOST and rule.person_id == "bob").table = "t3"

    room.write(FIFE, named)
    assert room.write(FIFE, assigning.given, FIFE).known["t3"] == {"v1": 1}


def test_redeal_of_whole_packs_leaves_tables_alone_that_have_begun(room: Room) -> None:
    def with_known(session: Session) -> None:
        seat(session)
        session.get_one(KnownVignette, (FIFE, "v1")).known_by = "ana; bob; eve"

    room.write(FIFE, with_known)
    assert [(deal.now, deal.then) for deal in room.write(FIFE, redeal.deals, FIFE)] == [(3, 0)]
    room.write(FIFE, stories.begun_discussion, FIFE, "t1", "v2")
    assert room.write(FIFE, redeal.deals, FIFE) == []


def test_empty_plan_leads_to_the_plan(tmp_path: Path) -> None:
    with room_in(tmp_path) as bare:
        page = bare.get(f"{PAGE}?deal=yes", cookies=bare.role(Role.ORGANISER)).text
    assert "There is no story yet, or no table." in text(page)
