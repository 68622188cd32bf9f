"""The desk's pages of transcripts over the network: bring, look, store, redact, delete."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import httpx2
import pytest

from eventkit.events.models import Role
from eventkit.vignettes import consent, transcripts
from tests.fife import CODES, FIFE
from tests.room import ORIGIN, Room, room_in
from tests.vignettes.consenting import answer, tell

DESK = f"/s/{CODES[FIFE]}/desk/vignettes/transcripts"
ONE = f"{DESK}/t1/v1"
BOUNDARY = "----a-boundary"
FORM = {"content-type": f"multipart/form-data; boundary={BOUNDARY}"}
TEXT = "Morag Cathcart: She came late.\nS2: From Leven, Morag.\n"


class Desk:
    """An organiser in a room whose tables have stories."""

    def __init__(self, room: Room) -> None:
        self.room = room
        room.write(FIFE, tell)
        self.cookie = room.role(Role.ORGANISER)

    def get(self, path: str = ONE) -> httpx2.Response:
        return self.room.get(path, cookies=self.cookie)

    def post(self, path: str, **form: str) -> httpx2.Response:
        return self.room.post(path, form, cookies=self.cookie)

    def bring(self, text: str | bytes = TEXT, name: str = "talk.txt") -> httpx2.Response:
        head = f'--{BOUNDARY}\r\ncontent-disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        content = (
            head.encode() + (text.encode() if isinstance(text, str) else text) + f"\r\n--{BOUNDARY}--\r\n".encode()
        )
        return self.room.ask("POST", ONE, content=content, cookies=self.cookie, headers=ORIGIN | FORM)

    def store(self, text: str = TEXT, **form: str) -> httpx2.Response:
        return self.post(f"{ONE}/take", token=token_of(self.bring(text)), **({"despite": "yes"} | form))

    def texts(self) -> list[tuple[str, str]]:
        with self.room.database.reading() as session:
            return [(each.speaker, each.text) for _talk, each in transcripts.of_event(session, FIFE)]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with room_in(tmp_path) as room:
        yield Desk(room)


def token_of(page: httpx2.Response) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page.text)
    assert found, page.text
    return found[1]


def words(page: httpx2.Response) -> str:
    return " ".join(unescape(re.sub("<[^>]*>", " ", page.text)).split())


def test_list_leads_to_every_story_of_every_table(desk: Desk) -> None:
    desk.store()
    page = desk.get(DESK)
    assert re.findall(r'transcripts/(t\d/v\d)"', page.text) == ["t1/v1", "t1/v2", "t2/v1", "t2/v2"]
    assert re.findall(r"<td>(\d+)</td>", page.text) == ["2", "0", "0", "0"]


def test_nothing_is_stored_until_the_organiser_has_seen_what_was_read(desk: Desk) -> None:
    page = desk.bring()
    assert page.status_code == 200
    for said in ("Store these 2 passages?", "talk.txt", "Morag Cathcart", "She came late.", "Nothing is stored yet."):
        assert said in words(page)
    assert 'name="speaker-0" value=""' in page.text
    assert desk.texts() == []
    answered = desk.post(f"{ONE}/take", token=token_of(page), despite="yes", **{"speaker-0": "s4"})
    assert (answered.status_code, answered.headers["location"]) == (303, f"{ONE}?stored=2")
    assert desk.texts() == [("S4", "She came late."), ("S2", "From Leven, Morag.")]
    assert "2 passages were stored." in words(desk.get(f"{ONE}?stored=2"))
    assert desk.post(f"{ONE}/take", token=token_of(page), despite="yes").status_code == 404


def test_a_mistake_is_told_by_its_line_and_nothing_can_be_stored(desk: Desk) -> None:
    page = desk.bring("WEBVTT\n\n00:01.000 --> 00:0x.000\nOne\n\nlost\n", "talk.vtt")
    assert page.status_code == 400
    assert "2 mistakes to fix" in words(page)
    assert re.findall(r"<tr><td>(\d+)</td>", page.text) == ["3", "6"]
    assert "/take" not in page.text


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"MZ program", "talk.txt", "This file is a program"),
        (b"", "talk.txt", "This file is empty"),
        (b"S1: Words\n" * 100_000, "talk.txt", "more than 50,000 lines"),
        (b"ID3\x01\0\x02 sound", "talk.txt", "This file is no text"),
        (b"\n".join(b"Person %d: Words" % n for n in range(40)), "talk.txt", "names 40 speakers"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(
    desk: Desk, content: bytes, name: str, said: str
) -> None:
    page = desk.bring(content, name)
    assert page.status_code == 400
    assert said in words(page)


def test_no_file_at_all_is_refused(desk: Desk) -> None:
    page = desk.bring("", "")
    assert (page.status_code, "No file was chosen." in words(page)) == (400, True)


def test_too_large_a_file_is_refused(desk: Desk) -> None:
    assert "larger than 5 MB" in words(desk.bring(b"x" * (5 * 1024 * 1024 + 10)))
    assert desk.bring(b"x" * (6 * 1024 * 1024)).status_code == 413


def test_without_consent_it_asks_and_with_it_does_not(desk: Desk) -> None:
    asked = "Not everybody at this table has agreed"
    assert asked in words(desk.get())
    page = desk.bring()
    answered = desk.post(f"{ONE}/take", token=token_of(page))
    assert (answered.status_code, asked in words(answered), desk.texts()) == (409, True, [])
    desk.room.write(FIFE, consent.set_people, FIFE, "t1", "v1", 1)
    desk.room.write(FIFE, answer, "anna")
    assert asked not in words(desk.get())
    assert desk.post(f"{ONE}/take", token=token_of(page)).status_code == 303


def test_a_label_that_is_none_is_refused_and_what_was_typed_stays(desk: Desk) -> None:
    answered = desk.store(**{"speaker-0": "Ma"})
    assert (answered.status_code, "“MA” is no label." in words(answered)) == (400, True)
    assert 'name="speaker-0" value="Ma"' in answered.text
    assert desk.texts() == []


def test_a_token_serves_only_the_table_that_it_was_brought_for(desk: Desk) -> None:
    answered = desk.post(f"{DESK}/t2/v1/take", token=token_of(desk.bring()), despite="yes")
    assert (answered.status_code, desk.texts()) == (404, [])


def test_unknown_tables_and_stories_are_not_found(desk: Desk) -> None:
    for path in ("t1/v9", "t9/v1"):
        assert desk.get(f"{DESK}/{path}").status_code == 404


def test_a_transcript_is_deleted_after_a_question(desk: Desk) -> None:
    desk.store()
    assert "for good?" in words(desk.post(f"{ONE}/delete"))
    assert len(desk.texts()) == 2
    assert desk.post(f"{ONE}/delete", confirmed="yes").status_code == 303
    assert desk.texts() == []


def test_redaction_shows_every_place_and_then_takes_the_words_out(desk: Desk) -> None:
    desk.store()
    page = desk.post(f"{ONE}/redact", name="morag", place="Leven\r\nOre")
    assert "2 places" in words(page)
    assert re.findall("<mark>(.*?)</mark>", page.text) == ["Leven", "Morag"]
    assert desk.texts()[1][1] == "From Leven, Morag."
    done = desk.post(f"{ONE}/redact", name="morag", place="Leven\r\nOre", places="2")
    assert desk.texts()[1][1] == "From [place], [name]."
    assert "2 places were redacted" in words(done)
    assert "Checked: the words stand in no text of this event, and in no byte of the database." in words(done)
    assert "Leven" not in done.text


def test_redaction_of_nothing_and_of_a_changed_transcript_is_refused(desk: Desk) -> None:
    desk.store()
    nothing = desk.post(f"{ONE}/redact")
    assert (nothing.status_code, "The list is empty." in words(nothing)) == (400, True)
    changed = desk.post(f"{ONE}/redact", name="Morag", places="7")
    assert (changed.status_code, "has changed since you looked" in words(changed)) == (409, True)
    again = desk.post(f"{ONE}/redact", name="Morag", again="yes")
    assert ">Morag</textarea>" in again.text


def test_what_people_said_is_escaped(desk: Desk) -> None:
    desk.store("S1: <script>alert(1)</script> & Leven\n")
    for page in (desk.get(), desk.post(f"{ONE}/redact", place="Leven"), desk.bring("S1: <b>x</b>")):
        assert "<script>alert" not in page.text
        assert "<b>x</b>" not in page.text


@pytest.mark.parametrize("name", ["\U00020000" * 80 + ".txt", "x." + "\U00020000" * 80, "." * 80])
def test_name_of_any_length_in_bytes_is_read(desk: Desk, name: str) -> None:
    assert desk.bring(name=name).status_code == 200
