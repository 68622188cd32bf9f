"""What was redacted, deleted or withdrawn from a transcript is in no byte of any file."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import Session

from eventkit.vignettes import passages, redacting, transcripts
from eventkit.vignettes.importing.spoken import Spoken
from eventkit.vignettes.redacting import Kind, Listed
from tests.fife import FIFE
from tests.vignettes.consenting import Asked, discussion_of

NAME = "Cathcartovich"
PLACE = ("t1", "v1")
SPOKEN = [Spoken("S1" if number % 2 else NAME, None, None, f"{NAME} said {number}") for number in range(40)]


def redact(session: Session) -> None:
    found = redacting.search(session, FIFE, PLACE, [Listed(NAME, Kind.NAME)], everywhere=False)
    redacting.redact(session, found, expected=40)


def delete_speakers(session: Session) -> None:
    for speaker in ("S1", "S2"):
        transcripts.delete_speaker(session, discussion_of(session), speaker)


def delete_all(session: Session) -> None:
    transcripts.delete_all(session, discussion_of(session))


def times(folder: Path) -> int:
    """How often the name stands in all files of the data folder together."""
    return sum(path.read_bytes().count(NAME.encode()) for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("verb", [redact, delete_speakers, delete_all])
def test_no_byte_is_left(tmp_path: Path, verb: Callable[[Session], None]) -> None:
    hall = Asked(tmp_path)
    hall.do(passages.take_in, FIFE, PLACE, SPOKEN, {}, despite=True)
    assert times(tmp_path) >= 40
    hall.do(verb)
    assert times(tmp_path) == 0
    hall.close()


def test_no_name_of_a_speaker_is_ever_stored(tmp_path: Path) -> None:
    hall = Asked(tmp_path)
    hall.do(passages.take_in, FIFE, PLACE, [Spoken(NAME, None, None, "Words")], {NAME: ""}, despite=True)
    assert times(tmp_path) == 0
    hall.close()
