"""What a phone is given of a poll, in the language of its event."""

from pathlib import Path

from tests.fife import CODES, FIFE
from tests.room import room_in

CODE = CODES[FIFE]


def test_ballot_speaks_the_language_of_its_event(tmp_path: Path) -> None:
    own = tmp_path / "templates" / "voting"
    own.mkdir(parents=True)
    (own / "_ballot.html").write_text("{{ language() }}")
    with room_in(tmp_path, templates=tmp_path / "templates") as room:
        room.app.state.admissions.languages[FIFE] = "gd"
        answer = room.get(f"/e/{CODE}/polls/p1/rounds/1/ballot", cookies=room.pass_of())
    assert answer.text == "gd"
