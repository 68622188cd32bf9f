"""The demonstration finds out if its workbook disagrees with what tables wrote and said."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random

import pytest
from sqlmodel import Session

from eventkit.demo import stories, talks
from eventkit.errors import EventkitError
from eventkit.events import rules as events
from eventkit.events.models import Role
from eventkit.rehearsal.people import People
from eventkit.vignettes.models import Consent, Discussion, Mark, Passage, Point, Vignette, WrittenBy
from tests.fife import CODES, FIFE
from tests.room import Room, room_in
from tests.tables import workshop

TALK = talks.Talk("t1", "v1", {f"S{number}": f"CODE{number}" for number in range(1, 5)})


def prepare(session: Session) -> None:
    """A table that wrote one point and got one note, and whose transcript lacks the person who withdrew."""
    workshop.prepare(session)
    events.event(session, FIFE).vignettes_per_table = 1
    session.add(Vignette(event_id=FIFE, position=1, vignette_id="v1", title="Anna", story="…", basis="composite"))
    session.add(Discussion(id=1, event_id=FIFE, table="t1", vignette_id="v1", people=talks.AT_TABLE))
    session.flush()
    session.add(Point(point_id="1" * 16, discussion_id=1, text="Ask first", mark=Mark.IDEA, prompt_id="a", position=1))
    session.add(Point(point_id="2" * 16, discussion_id=1, text="From a phone", written_by=WrittenBy.PHONE))
    for number in range(1, talks.AT_TABLE + 1):
        agreed = dict.fromkeys(talks.PURPOSES, number < talks.AT_TABLE)
        session.add(
            Consent(code_hash=str(number), discussion_id=1, speaker=f"S{number}", withdrew=number == 4, **agreed)
        )
    for place, (who, text) in enumerate(talks.SPOKEN):
        if who != "S4":
            words = text.replace(talks.NAME, "[name]").replace("Agnes", "[name]")
            session.add(Passage(passage_id=f"{place:016}", discussion_id=1, position=place, speaker=who, text=words))


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with room_in(tmp_path) as made:
        made.write(FIFE, prepare)
        yield made


def workbook(room: Room) -> bytes:
    return room.get(f"/s/{CODES[FIFE]}/desk/results.xlsx", cookies=room.role(Role.ORGANISER)).content


def people(told: Mapping[tuple[str, str], str]) -> People:
    found = People("http://127.0.0.1:9", "K7M4PDX", 1)
    found.phones[0].notes.told.update(told)
    return found


def hosts(*told: stories.Point) -> Sequence[stories.Host]:
    return [stories.Host(None, "/s/K7M4PDX/host/t1", Random(1), list(told))]


def test_what_tables_wrote_is_compared_with_the_workbook(room: Room) -> None:
    content, point, note = workbook(room), ("v1", "t1", "a", "idea", "Ask first"), {("t1", "v1"): "From a phone"}
    assert stories.compare(people(note), hosts(point), content) == (1, 1)
    for told, written, said in (
        ({}, [point], "notes from phones: 0 are missing, 1 nobody wrote"),
        ({("t1", "v1"): "Another"}, [point], "notes from phones: 1 are missing, 1 nobody wrote"),
        (note, [], "points: 0 are missing, 1 nobody wrote"),
        (note, [(*point[:3], "", point[4])], "points: 1 are missing, 1 nobody wrote"),
    ):
        with pytest.raises(EventkitError, match=said):
            stories.compare(people(told), hosts(*written), content)


def test_what_was_said_is_compared_with_the_workbook(room: Room) -> None:
    content = workbook(room)
    assert talks.compare(content, [TALK], {"t1": "S4"}) == 4
    for withdrawn in ({}, {"t1": "S3"}):
        with pytest.raises(EventkitError, match="wrong about what was said"):
            talks.compare(content, [TALK], withdrawn)


@pytest.mark.parametrize(("words", "said"), [
    ("update passage set text = 'Agnes told me' where speaker = 'S1'", "wrong about what was said"),
    ("update consent set withdrew = 0, record = 1", "wrong about who agreed"),
])  # fmt: skip
def test_name_that_stayed_or_consent_that_did_not_go_is_noticed(room: Room, words: str, said: str) -> None:
    room.write(FIFE, lambda session: session.connection().exec_driver_sql(words).rowcount)
    with pytest.raises(EventkitError, match=said):
        talks.compare(workbook(room), [TALK], {"t1": "S4"})


def test_stories_that_lie_unevenly_are_noticed(room: Room) -> None:
    def more(session: Session) -> None:
        session.add(Vignette(event_id=FIFE, position=2, vignette_id="v2", title="Ben", story="…", basis="composite"))
        session.add(Discussion(event_id=FIFE, table="t2", vignette_id="v1"))

    room.write(FIFE, more)
    with pytest.raises(EventkitError, match="not spread evenly"):
        stories.compare(
            people({("t1", "v1"): "From a phone"}), hosts(("v1", "t1", "a", "idea", "Ask first")), workbook(room)
        )


def test_every_story_of_the_demonstration_has_something_said_under_every_prompt() -> None:
    said = stories._said()
    assert list(said) == ["v1", "v2", "v3", "v4", "v5", "v6"]
    assert {tuple(prompts) for prompts in said.values()} == {("prompt1", "prompt2", "prompt3", "prompt4", "phone")}


def test_tone_is_a_second_of_sound_and_the_same_every_time() -> None:
    assert talks._tone() == talks._tone()
    assert talks._tone()[:4] == b"RIFF"
    assert len(talks._tone()) == 44 + 2 * talks.RATE
