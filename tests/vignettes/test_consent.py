"""Agreeing to a recording: how many sit there, each for themselves, all or nothing."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session

from eventkit.errors import BadInput, Conflict
from eventkit.events import rules as events
from eventkit.vignettes import codes, consent, rules
from eventkit.vignettes.consent import LARGEST_TABLE, STANDARD, Purpose
from eventkit.vignettes.models import Consent
from tests.fife import FIFE
from tests.hall import outcome
from tests.vignettes.consenting import ALL, NOTHING, Asked, discussion_of, move_on, slip_of

TOO_FEW = "2 people have answered already, so at least that many sit here."
FULL = "As many have answered as sit at this table. If you have not, ask its host to correct the number."
FINAL = "Everybody has answered, so nothing can be changed here. Your code still withdraws it all."


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[Asked]:
    hall = Asked(tmp_path)
    yield hall
    hall.close()


def test_recording_is_let_in_when_as_many_as_sit_there_have_agreed(asked: Asked) -> None:
    found = []
    for who in ("Ada", "Bea", "Cal"):
        asked.answer(who)
        found.append(asked.ask(lambda session: consent.may_record(session, discussion_of(session))))
    assert found == [False, False, True]


@pytest.mark.parametrize("refuses", ["Ada", "Bea", "Cal"])
def test_one_refusal_is_not_told_before_all_have_answered(asked: Asked, refuses: str) -> None:
    found = []
    for who in ("Ada", "Bea", "Cal"):
        asked.answer(who, [purpose for purpose in ALL if who != refuses or purpose is not Purpose.RECORD])
        found.append(asked.standing())
    assert found == ["waiting", "waiting", "notes_only"]


def test_nobody_answers_before_the_host_has_counted(tmp_path: Path) -> None:
    hall = Asked(tmp_path, people=None)
    said = outcome(lambda: hall.answer("Ada"))
    assert said == "Your table’s host first enters how many people sit here. Then send your answer again."
    hall.close()


@pytest.mark.parametrize("people", [0, -1, LARGEST_TABLE + 1])
def test_number_of_people_that_cannot_be_is_refused(asked: Asked, people: int) -> None:
    with pytest.raises(BadInput, match="a number from 1 to 40"):
        asked.set_people(people)


def test_number_of_people_is_never_below_those_who_answered(asked: Asked) -> None:
    asked.all_agree("Ada", "Bea")
    assert outcome(lambda: asked.set_people(1)) == TOO_FEW
    assert asked.standing() == "waiting"
    asked.set_people(2)
    assert asked.standing() == "agreed"


def test_late_arrival_is_asked_too(asked: Asked) -> None:
    asked.all_agree("Ada", "Bea", "Cal")
    asked.set_people(4)
    assert asked.standing() == "waiting"
    asked.answer("Dot", NOTHING)
    assert asked.standing() == "notes_only"


def test_nobody_answers_beyond_the_number_at_the_table(asked: Asked) -> None:
    asked.all_agree("Ada", "Bea", "Cal")
    assert outcome(lambda: asked.answer("Dot")) == FULL


def test_answer_sent_twice_is_one_with_the_same_code(asked: Asked) -> None:
    first, again = asked.answer("Ada"), asked.answer("Ada")
    assert first == again
    assert len(asked.consents()) == 1


def test_answer_can_be_changed_until_all_have_answered(asked: Asked) -> None:
    asked.answer("Ada", NOTHING)
    asked.answer("Ada")
    asked.all_agree("Bea", "Cal")
    assert asked.standing() == "agreed"
    assert outcome(lambda: asked.answer("Ada", NOTHING)) == FINAL
    assert outcome(lambda: asked.answer("Ada")) == ""


def test_everybody_has_a_label_and_a_code_of_their_own(asked: Asked) -> None:
    given = [asked.answer(who) for who in ("Ada", "Bea", "Cal")]
    assert sorted(each.speaker for each in given) == ["S1", "S2", "S3"]
    assert len({each.code for each in given}) == 3
    assert {len(each.code) for each in given} == {codes.LETTERS}


def test_only_the_hash_of_a_code_is_stored(asked: Asked) -> None:
    given = asked.answer("Ada", [Purpose.RECORD, Purpose.QUOTE])
    assert [one.model_dump() for one in asked.consents()] == [
        {
            "code_hash": codes.hash_code(FIFE, given.code), "discussion_id": 1, "speaker": given.speaker,
            "record": True, "transcribe": False, "quote": True, "archive": False,
            "wording_version": STANDARD, "withdrew": False,
        }
    ]  # fmt: skip


def test_version_is_that_of_the_organisers_wording(asked: Asked) -> None:
    def reword(session: Session) -> None:
        event = events.event(session, FIFE)
        event.consent_wording, event.consent_version = "We study what is said.", "2016-05"
        session.add(event)

    asked.do(reword)
    asked.answer("Ada")
    assert [one.wording_version for one in asked.consents()] == ["2016-05"]


def test_first_answer_has_every_label_equally_often(asked: Asked) -> None:
    """A label that told who came first would lead back to whoever is remembered to have."""
    first = [codes.label_of(slip_of(str(number)), range(1, 5)) for number in range(2_000)]
    last = [codes.label_of(slip_of(str(number)), [4]) for number in range(5)]
    assert all(440 < first.count(f"S{number}") < 560 for number in range(1, 5))
    assert set(last) == {"S4"}


def test_answer_for_another_story_is_refused(asked: Asked) -> None:
    with pytest.raises(Conflict, match="has moved on to another story"):
        asked.answer("Ada", ALL, "v2")


@pytest.mark.parametrize("slip", ["", "ada", "A" * 32, "0" * 33])
def test_slip_that_no_form_has_carried_is_refused(asked: Asked, slip: str) -> None:
    def sent(session: Session) -> None:
        consent.answer(session, events.event(session, FIFE), "t1", "v1", slip, ALL)

    with pytest.raises(BadInput, match="Load the page again"):
        asked.do(sent)


def test_same_people_keep_codes_and_labels_at_the_next_story(asked: Asked) -> None:
    asked.answer("Ada", [Purpose.RECORD])
    asked.all_agree("Bea", "Cal")
    asked.do(move_on, 2)
    asked.do(consent.carry_over, FIFE, "t1", "v2")
    assert asked.standing("v2") == "agreed"

    def kept(one: Consent) -> tuple[str, str, bool]:
        return one.code_hash, one.speaker, one.quote

    assert [kept(one) for one in asked.consents("v2")] == [kept(one) for one in asked.consents()]


def test_answers_are_carried_over_only_where_none_came(asked: Asked) -> None:
    asked.all_agree("Ada", "Bea", "Cal")
    asked.do(move_on, 2)
    asked.set_people(3, "v2")
    asked.answer("Ada", NOTHING, "v2")
    assert outcome(lambda: asked.do(consent.carry_over, FIFE, "t1", "v2")).startswith("There is nothing to carry over")
    assert len(asked.consents("v2")) == 1


def test_answers_of_a_table_that_had_not_finished_are_not_carried_over(asked: Asked) -> None:
    asked.all_agree("Ada", "Bea")
    asked.do(move_on, 2)
    assert outcome(lambda: asked.do(consent.carry_over, FIFE, "t1", "v2")).startswith("There is nothing to carry over")


def test_person_who_answers_anew_at_the_next_story_keeps_the_label(asked: Asked) -> None:
    given = [asked.answer(who) for who in ("Ada", "Bea", "Cal")]
    asked.do(move_on, 2)
    asked.set_people(3, "v2")
    assert [asked.answer(who, ALL, "v2") for who in ("Cal", "Bea", "Ada")] == given[::-1]


def test_counts_are_by_purpose(asked: Asked) -> None:
    asked.answer("Ada", [Purpose.RECORD])
    asked.answer("Bea", [Purpose.RECORD, Purpose.QUOTE])
    found = asked.ask(lambda session: consent.counts(session, discussion_of(session)))
    assert found == {"record": 2, "transcribe": 0, "quote": 1, "archive": 0}


def test_nobody_agrees_once_the_discussion_has_ended(asked: Asked) -> None:
    ended = "The discussion of this story has ended, so nobody can agree to a recording of it any more."
    asked.set_people(2)
    given = asked.answer("Ada")
    asked.do(rules.finish, FIFE)
    assert outcome(lambda: asked.answer("Bea")) == ended
    assert outcome(lambda: asked.answer("Ada", NOTHING)) == ended
    assert outcome(lambda: asked.set_people(1)) == ended
    assert asked.answer("Ada") == given, "whoever did not see the code in time still sees it"
    assert asked.standing() == "waiting"


def test_nobody_agrees_after_the_last_day_of_recordings(asked: Asked) -> None:
    def end(session: Session) -> None:
        events.event(session, FIFE).recordings_until = date(2016, 6, 17)

    asked.do(end)
    said = "Recordings of this event were kept until 17 June 2016, so nobody can agree to one any more."
    assert outcome(lambda: asked.answer("Ada")) == said
    assert asked.consents() == []
