"""Withdrawing with a code: what was said under its label goes, and the sound of the whole table."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session, select

from eventkit.codebook.models import Annotation, Kind, Theme
from eventkit.errors import Gone, NotFound
from eventkit.events import rules as events
from eventkit.events.models import Event
from eventkit.vignettes import consent, recording_files, withdrawing
from eventkit.vignettes.models import Passage, Recording
from eventkit.vignettes.withdrawing import Withdrawn
from tests.fife import FIFE, STRANGER
from tests.hall import outcome
from tests.vignettes.consenting import ALL, Asked, discussion_of, move_on

LATER = date(2999, 1, 1)
PEOPLE = ("Ada", "Bea", "Cal")


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[Asked]:
    hall = Asked(tmp_path)
    hall.do(keep_until, LATER)
    yield hall
    hall.close()


def keep_until(session: Session, last: date) -> None:
    for event in session.exec(select(Event)):
        event.recordings_until = last


def withdraw(session: Session, typed: str, event_id: int = FIFE) -> Withdrawn:
    return withdrawing.withdraw(session, events.event(session, event_id), typed)


def talk(session: Session, speakers: list[str], vignette_id: str = "v1") -> None:
    """A transcript, with each passage under a theme, and a recording."""
    discussion = discussion_of(session, vignette_id)
    theme = Theme(event_id=FIFE, position=1, theme_id=f"theme-{vignette_id}", label="Care")
    session.add(theme)
    session.flush()
    for position, speaker in enumerate(speakers, start=1):
        passage_id = f"{vignette_id}-{position}"
        session.add(
            Passage(
                passage_id=passage_id, discussion_id=discussion.id, position=position, speaker=speaker,
                text=f"{speaker or 'somebody'} said it",
            )
        )  # fmt: skip
        session.add(Annotation(event_id=FIFE, kind=Kind.PASSAGE, item_id=passage_id, theme_pk=theme.id))
    session.add(Recording(recording_id=f"sound-{vignette_id}", discussion_id=discussion.id, media_type="audio/ogg"))


def left(session: Session) -> tuple[list[str], list[str], list[str]]:
    """The passages by their words, what stands under a theme, and the recordings."""
    return (
        sorted(session.exec(select(Passage.text))),
        sorted(session.exec(select(Annotation.item_id))),
        sorted(session.exec(select(Recording.recording_id))),
    )


def agreed(asked: Asked) -> dict[str, tuple[str, str]]:
    """Code and label of everybody, once all have agreed."""
    given = {who: asked.answer(who) for who in PEOPLE}
    return {who: (each.code, each.speaker) for who, each in given.items()}


def test_passages_of_the_label_go_with_the_sound_of_the_table(asked: Asked) -> None:
    people = agreed(asked)
    code, label = people["Bea"]
    asked.do(talk, [people[who][1] for who in (*PEOPLE, "Bea")])
    assert asked.do(withdraw, code) == Withdrawn(recordings=1, passages=2)
    others = sorted(f"{people[who][1]} said it" for who in ("Ada", "Cal"))
    assert asked.ask(left) == (others, ["v1-1", "v1-3"], [])
    assert label not in " ".join(others)


@pytest.mark.parametrize("speakers", [["", ""], ["S1", "", "S2"]])
def test_transcript_that_does_not_say_who_spoke_goes_as_a_whole(asked: Asked, speakers: list[str]) -> None:
    code, _label = agreed(asked)["Ada"]
    asked.do(talk, speakers)
    assert asked.do(withdraw, code) == Withdrawn(recordings=1, passages=len(speakers), whole=True)
    assert asked.ask(left) == ([], [], [])


def test_every_story_of_the_code_is_withdrawn(asked: Asked) -> None:
    people = agreed(asked)
    asked.do(talk, [people["Ada"][1]])
    asked.do(move_on, 2)
    asked.do(consent.carry_over, FIFE, "t1", "v2")
    asked.do(talk, [people["Ada"][1], people["Bea"][1]], "v2")
    assert asked.do(withdraw, people["Ada"][0]) == Withdrawn(recordings=2, passages=2)
    assert asked.ask(left) == ([f"{people['Bea'][1]} said it"], ["v2-2"], [])
    assert [asked.standing(), asked.standing("v2")] == ["notes_only", "notes_only"]


def test_consent_stays_and_agrees_to_nothing(asked: Asked) -> None:
    code, label = agreed(asked)["Cal"]
    asked.do(withdraw, code)
    rows = {one.speaker: one for one in asked.consents()}
    assert (rows[label].withdrew, list(consent.agreed_of(rows[label]))) == (True, [])
    assert [getattr(rows[label], purpose.value) for purpose in consent.Purpose] == [False] * 4
    found = asked.ask(lambda session: consent.counts(session, discussion_of(session)))
    assert found == dict.fromkeys(("record", "transcribe", "quote", "archive"), 2)
    without = asked.ask(
        lambda session: consent.labels_without(session, discussion_of(session), consent.Purpose.TRANSCRIBE)
    )
    assert without == {label}


def test_who_withdrew_cannot_agree_again(asked: Asked) -> None:
    code, _label = agreed(asked)["Ada"]
    asked.do(withdraw, code)
    said = "This code was withdrawn, so it agrees to nothing any more."
    assert outcome(lambda: asked.answer("Ada")) == said
    asked.do(move_on, 2)
    asked.set_people(3, "v2")
    assert outcome(lambda: asked.answer("Ada", ALL, "v2")) == said


def test_withdrawal_is_carried_over(asked: Asked) -> None:
    code, label = agreed(asked)["Ada"]
    asked.do(withdraw, code)
    asked.do(move_on, 2)
    asked.do(consent.carry_over, FIFE, "t1", "v2")
    assert asked.standing("v2") == "notes_only"
    assert {one.speaker for one in asked.consents("v2") if one.withdrew} == {label}


def test_what_was_brought_in_since_goes_too(asked: Asked) -> None:
    code, label = agreed(asked)["Ada"]
    asked.do(withdraw, code)
    asked.do(talk, [label])
    assert asked.do(withdraw, code) == Withdrawn(recordings=1, passages=1)


def test_code_is_read_however_it_is_typed(asked: Asked) -> None:
    code, _label = agreed(asked)["Ada"]
    assert asked.do(withdraw, f" {code[:4].lower()}-{code[4:]} ") == Withdrawn()


def test_code_of_nobody_and_of_another_event_withdraw_nothing(asked: Asked) -> None:
    code, _label = agreed(asked)["Ada"]
    asked.do(talk, [""])
    with pytest.raises(NotFound, match="Nobody at this event has this code"):
        asked.do(withdraw, "AAAAAAAA")
    with pytest.raises(NotFound, match="Nobody at this event has this code"):
        asked.do(withdraw, code, STRANGER)
    assert asked.ask(left)[2] == ["sound-v1"]


@pytest.mark.parametrize(("last", "late"), [(date(2016, 6, 17), True), (LATER, False)])
def test_code_works_until_the_printed_date(asked: Asked, last: date, late: bool) -> None:
    code, _label = agreed(asked)["Ada"]
    asked.do(keep_until, last)
    if late:
        with pytest.raises(Gone, match="until 17 June 2016"):
            asked.do(withdraw, code)
    else:
        assert asked.do(withdraw, code) == Withdrawn()


def test_file_of_the_sound_goes_after_the_commit(asked: Asked) -> None:
    code, _label = agreed(asked)["Ada"]
    asked.do(talk, ["S1"])
    place = recording_files.folder(asked.database.path)
    place.mkdir(exist_ok=True)
    path = recording_files.path_of(place, "sound-v1", "ogg")
    path.write_bytes(b"OggS and a voice")
    asked.do(withdraw, code)
    assert not path.exists()
