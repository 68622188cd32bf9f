"""Nobody can tell from any file who gave which consent, or in which order; and what was withdrawn is in no file.

The same table answers again over HTTP: two people with their phones exchanged, in another order. The bytes are
compared, and each check is run against leaks planted on purpose.
"""

import logging
import shutil
from collections.abc import Callable, Collection, Sequence
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session
from starlette.requests import Request

from eventkit.events import rules as events
from eventkit.vignettes import (
    codes,
    consent,
    consent_pages,
    recording_files,
    recordings,
    rules,
    transcripts,
    withdrawing,
)
from eventkit.vignettes.consent import Purpose
from eventkit.vignettes.models import Consent, Passage, Recording
from tests.fife import CODES, FIFE
from tests.room import Room, room_in
from tests.trust.wall_world import found
from tests.trust.world import World, assert_same, logged, seeded, snapshot
from tests.vignettes.consenting import ALL, discussion_of, slip_of, tell

Answers = Sequence[tuple[int, str, Collection[Purpose]]]
Leak = Callable[[pytest.MonkeyPatch], None]

PAGE, WITHDRAW = f"/e/{CODES[FIFE]}/tables/t1/consent", f"/e/{CODES[FIFE]}/withdraw"
CLOCKS = ("events.rules", "live.hub", "vignettes.withdrawing")
VOICE, OTHER_VOICE = b"OggS of a voice that was never there", "Somebody else spoke of the weather"
WORDS = "My landlord Mr Kinnear said so"


def people() -> list[str]:
    """Four people whose slips like four different labels best, so that each gets theirs whoever comes first."""
    likes: dict[str, str] = {}
    for number in count():
        who = f"person {number}"
        likes.setdefault(codes.label_of(slip_of(who), range(1, 5)), who)
        if len(likes) == 4:
            return sorted(likes.values())
    raise AssertionError


WHO = people()
GIVEN: Answers = [
    (0, WHO[0], ALL),
    (1, WHO[1], [Purpose.RECORD]),
    (2, WHO[2], [Purpose.RECORD, Purpose.QUOTE]),
    (3, WHO[3], [Purpose.TRANSCRIBE]),
]
CODE = codes.code_of(slip_of(WHO[0]))


def run(folder: Path, answers: Answers) -> World:
    """A table's answers by these phones in this order, a recording and its transcript; the first person withdraws.

    Of the files are kept those of the moment when the discussion has ended, and those after the withdrawal.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    world = World()
    with seeded(CLOCKS) as later, logged(folder / "log"), room_in(folder) as room:
        room.write(FIFE, prepare)
        phones = [room.pass_of() for _ in GIVEN]
        for phone, who, agreed in answers:
            later()
            send(room, phones[phone], who, agreed)
        room.write(FIFE, talk)
        room.write(FIFE, rules.finish, FIFE)
        world.files.append(snapshot(folder))
        answer = room.post(WITHDRAW, {"consent_code": CODE, "confirmed": "yes"})
        assert answer.status_code == 200, answer.text
        world.files.append(snapshot(folder))
    return world


def prepare(session: Session) -> None:
    tell(session)
    event = events.event(session, FIFE)
    event.recordings_until = date(2999, 1, 1)
    session.add(event)
    session.flush()
    consent.set_people(session, FIFE, "t1", "v1", len(GIVEN))


def send(room: Room, phone: str, who: str, agreed: Collection[Purpose]) -> None:
    """One person's form."""
    body = "&".join([f"slip={slip_of(who)}", "story=v1", *(f"agree={purpose.value}" for purpose in agreed)])
    headers = {"origin": "http://room.test:8000", "content-type": "application/x-www-form-urlencoded"}
    answer = room.ask("POST", PAGE, cookies=phone, headers=headers, content=body.encode())
    assert answer.status_code == 200, answer.text


def talk(session: Session) -> None:
    """A sound file, and what two of them said, as if it had been brought in."""
    discussion = discussion_of(session)
    labels = [codes.label_of(slip_of(who), range(1, 5)) for who in WHO[:2]]
    for position, (label, text) in enumerate(zip(labels, (WORDS, OTHER_VOICE), strict=True), start=1):
        passage = Passage(passage_id=f"p{position}", discussion_id=discussion.id, position=position, text=text)
        passage.speaker = label
        session.add(passage)
    session.add(Recording(recording_id="r1", discussion_id=discussion.id, media_type="audio/ogg"))
    place = recordings.folder_of(session)
    place.mkdir(exist_ok=True)
    recording_files.path_of(place, "r1", "ogg").write_bytes(VOICE)


def check_exchange(folder: Path) -> None:
    """Two people have exchanged their phones, and no byte differs."""
    world = run(folder, GIVEN)
    for one, other in ((0, 1), (1, 3)):
        exchanged = list(GIVEN)
        exchanged[one], exchanged[other] = (one, *GIVEN[other][1:]), (other, *GIVEN[one][1:])
        assert_same(world, run(folder, exchanged))


def check_order(folder: Path) -> None:
    """The same people answered in another order, and no byte differs."""
    world = run(folder, GIVEN)
    for other in (GIVEN[::-1], [*GIVEN[2:], *GIVEN[:2]]):
        assert_same(world, run(folder, other))


def check_words(folder: Path) -> None:
    """What was withdrawn is in no file; what others said stays. Neither codes nor slips ever lay in one."""
    world = run(folder, GIVEN)
    for text in (WORDS, VOICE.decode()):
        before, after = found(world, text)
        assert before > 0
        assert after == 0, f"“{text}” is still there after commit"
    assert found(world, OTHER_VOICE)[1] > 0
    for who in WHO:
        for secret in (codes.code_of(slip_of(who)), codes.spaced(codes.code_of(slip_of(who))), slip_of(who)):
            assert found(world, secret) == [0, 0], f"the code of {who} is there after commit"


CHECKS = {"exchange": check_exchange, "order": check_order, "words": check_words}


def labels_by_order(patching: pytest.MonkeyPatch) -> None:
    """Who comes first is S1."""
    patching.setattr(codes, "label_of", lambda _slip, free: f"S{min(free)}")


def answers_numbered(patching: pytest.MonkeyPatch) -> None:
    """A row beside each consent, numbered as they come."""
    original = consent._new

    def new(session: Session, *given: Any) -> Consent:
        made = original(session, *given)
        session.connection().exec_driver_sql("CREATE TABLE IF NOT EXISTS came (n INTEGER PRIMARY KEY, label TEXT)")
        session.connection().exec_driver_sql("INSERT INTO came (label) VALUES (?)", (made.speaker,))
        return made

    patching.setattr(consent, "_new", new)


def pass_logged(patching: pytest.MonkeyPatch) -> None:
    """The log says which phone sent what."""
    original = consent_pages._answered

    async def answered(request: Request, *given: Any) -> Any:
        logging.getLogger("eventkit").debug("%s %s", request.cookies["pass"], given[-1])
        return await original(request, *given)

    patching.setattr(consent_pages, "_answered", answered)


def code_stored(patching: pytest.MonkeyPatch) -> None:
    """The code itself instead of its hash."""
    patching.setattr(codes, "hash_code", lambda _event_id, code: code)


def not_compacted(patching: pytest.MonkeyPatch) -> None:
    """The file is not written anew."""
    for module in (withdrawing, transcripts, recordings):
        patching.setattr(module, "compact_after", lambda _session: None)


def sound_kept(patching: pytest.MonkeyPatch) -> None:
    """The sound file stays in its folder."""
    patching.setattr(recording_files, "remove", lambda _place, _recording_id: None)


LEAKS: list[tuple[str, Leak]] = [
    ("order", labels_by_order),
    ("order", answers_numbered),
    ("exchange", pass_logged),
    ("words", code_stored),
    ("words", not_compacted),
    ("words", sound_kept),
]


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_no_file_tells_of_a_consent(tmp_path: Path, check: Callable[[Path], None]) -> None:
    check(tmp_path / "world")


@pytest.mark.parametrize(("check", "leak"), LEAKS, ids=[f"{check}-{leak.__name__}" for check, leak in LEAKS])
def test_leak_planted_on_a_consent_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, check: str, leak: Leak
) -> None:
    leak(monkeypatch)
    with pytest.raises(AssertionError, match="after commit"):
        CHECKS[check](tmp_path / "world")
