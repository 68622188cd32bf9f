"""Recording over the network: parts and files from a host, and the desk's list."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlmodel import Session
from starlette.requests import Request

from eventkit.database import Database
from eventkit.events import hosts
from eventkit.events import rules as events
from eventkit.events.models import Role
from eventkit.vignettes import consent, recording_files, uploading, withdrawing
from tests.fife import CODES, FIFE
from tests.room import ORIGIN, Room, room_in
from tests.vignettes import sounds
from tests.vignettes.consenting import answer, tell

CODE = CODES[FIFE]
HOST, DESK = f"/s/{CODE}/host/t1", f"/s/{CODE}/desk/vignettes/recordings"
ID = "a" * 32
FRAGMENT = ORIGIN | {"hx-request": "true"}
BOUNDARY = "----a-boundary"
FORM = {"content-type": f"multipart/form-data; boundary={BOUNDARY}"}


class Table:
    """A table whose host records, in a room of its own."""

    def __init__(self, room: Room) -> None:
        self.room = room
        room.write(FIFE, tell)
        room.write(FIFE, consent.set_people, FIFE, "t1", "v1", 2)
        room.write(FIFE, answer, "anna")
        self.host = f"host={room.write(FIFE, let_in)}"
        self.desk = room.role(Role.ORGANISER)
        self.place = recording_files.folder(room.database.path)

    def agree(self) -> None:
        self.room.write(FIFE, answer, "ben")

    def part(self, number: int, content: bytes, recording_id: str = ID) -> int:
        path = f"{HOST}/recordings/{recording_id}/parts/{number}?story=v1"
        return self.room.ask("PUT", path, content=content, cookies=self.host, headers=FRAGMENT).status_code

    def finish(self, parts: str = "") -> int:
        sent = {"story": "v1"} | ({"parts": parts} if parts else {})
        path = f"{HOST}/recordings/{ID}/finish"
        return self.room.post(path, sent, cookies=self.host, headers=FRAGMENT).status_code

    def bring(self, content: bytes, name: str = "talk.wav", path: str = "", **more: str) -> tuple[int, str]:
        answer = self.room.ask(
            "POST", path or f"{HOST}/recordings/upload/v1", content=form(content, name),
            cookies=self.host if not path else self.desk, headers=ORIGIN | FORM | more,
        )  # fmt: skip
        return answer.status_code, answer.text

    def files(self) -> list[str]:
        return sorted(path.name for path in self.place.glob("*"))


def let_in(session: Session) -> str:
    return hosts.use_card(session, FIFE, "t1", hosts.make_card(session, FIFE, "t1"))


def form(content: bytes, name: str) -> bytes:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    return head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    with room_in(tmp_path) as room:
        yield Table(room)


def test_parts_arrive_and_are_joined(table: Table) -> None:
    table.agree()
    found = [table.part(0, sounds.WEBM), table.part(1, b"second"), table.part(1, b"second"), table.finish("2")]
    assert found == [204, 204, 204, 204]
    (file,) = table.place.iterdir()
    assert (file.name, file.read_bytes()) == (f"{ID}.webm", sounds.WEBM + b"second")


def test_every_way_is_refused_until_everybody_agreed(table: Table) -> None:
    assert (table.part(0, sounds.WEBM), table.finish(), table.bring(sounds.tone())[0]) == (410, 404, 410)
    status, text = table.bring(sounds.tone(), path=f"{DESK}/upload/t1/v1")
    assert (status, "not everybody at this table has agreed" in text, table.files()) == (410, True, [])


def test_the_last_minutes_can_be_discarded_also_where_not_everybody_agrees_any_more(table: Table) -> None:
    table.agree()
    found = [table.part(0, sounds.WEBM), table.part(1, b"what must go")]
    table.room.write(FIFE, consent.set_people, FIFE, "t1", "v1", 3)  # a late one sat down
    assert [*found, table.part(2, b"third"), table.finish("1")] == [204, 204, 410, 204]
    (file,) = table.place.iterdir()
    assert (file.name, file.read_bytes()) == (f"{ID}.webm", sounds.WEBM)


def test_pages_say_that_the_last_day_is_over(table: Table) -> None:
    table.agree()

    def over(session: Session) -> None:
        events.event(session, FIFE).recordings_until = date(2016, 6, 1)

    table.room.write(FIFE, over)
    sentence = "Recordings of this event were kept until 1 June 2016, so"
    assert (table.part(0, sounds.WEBM), table.bring(sounds.tone())[0], table.files()) == (410, 410, [])
    host, desk = table.room.get(HOST, cookies=table.host).text, table.room.get(DESK, cookies=table.desk).text
    assert (sentence in host, 'id="recorder"' in host) == (True, False)
    assert (sentence in desk, f"{DESK}/upload" in desk) == (True, False)


def test_recording_ends_when_somebody_withdraws(table: Table) -> None:
    table.agree()
    assert table.part(0, sounds.WEBM) == 204

    def withdraw(session: Session) -> str:
        events.event(session, FIFE).recordings_until = date(2999, 1, 1)
        return answer(session, "anna").code

    code = table.room.write(FIFE, withdraw)
    taken = table.room.write(FIFE, take_back, code)
    assert (taken, table.part(1, b"second"), table.files()) == (1, 410, [])


def take_back(session: Session, code: str) -> int:
    return withdrawing.withdraw(session, events.event(session, FIFE), code).recordings


@pytest.mark.parametrize("name", ["..%2f..%2fevil", "a" * 31, "A" * 32, "a" * 32 + ".webm"])
def test_a_name_that_is_none_is_refused(table: Table, name: str) -> None:
    table.agree()
    assert table.part(0, sounds.WEBM, name) in (400, 404)
    assert table.files() == []


def test_a_part_that_is_too_large_is_refused(table: Table) -> None:
    table.agree()
    assert table.part(0, sounds.WEBM + bytes(4_000_000)) == 413
    assert table.files() == []


@pytest.mark.parametrize(
    ("content", "extension"),
    [(sounds.tone(), "wav"), (sounds.OGG, "ogg"), (sounds.M4A, "m4a"), (sounds.MP3, "mp3"), (sounds.WEBM, "webm")],
)
def test_a_file_is_stored_as_what_it_is(table: Table, content: bytes, extension: str) -> None:
    table.agree()
    assert table.bring(content, "anything.exe")[0] == 303
    (file,) = table.place.iterdir()
    assert (file.suffix, file.read_bytes(), file.stat().st_mode & 0o777) == (f".{extension}", content, 0o600)


@pytest.mark.parametrize("content", [sounds.PROGRAM, b"short", b""])
def test_a_renamed_program_gets_a_sentence_and_nothing_stays(table: Table, content: bytes) -> None:
    table.agree()
    status, text = table.bring(content, "talk.mp3")
    assert (status, 'role="alert"' in text, table.files()) == (400, True, [])


def test_a_file_that_says_it_is_of_two_gigabytes_is_refused_unread(table: Table) -> None:
    table.agree()
    status, text = table.bring(sounds.tone(), **{"content-length": str(2_000_000_000)})
    assert (status, "larger than 500 MB" in text, table.files()) == (413, True, [])


def test_a_file_that_does_not_say_its_size_is_refused_as_it_comes(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    table.agree()
    monkeypatch.setattr(recording_files, "LARGEST", 1000)
    status, text = table.bring(sounds.tone())
    assert (status, "so nothing was stored" in text, table.files()) == (413, True, [])


def test_a_full_disk_gets_a_sentence(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    table.agree()

    def full(_file: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(recording_files, "_settle", full)
    status, text = table.bring(sounds.tone())
    assert (status, "could not write to its disk" in text, table.files()) == (503, True, [])
    assert (table.part(0, sounds.WEBM), table.files()) == (503, [])


@pytest.mark.parametrize("body", [b"", b"--nothing", form(b"", "x")[:60], b"\x00" * 5000])
def test_a_body_that_is_no_form_gets_a_sentence(table: Table, body: bytes) -> None:
    table.agree()
    path = f"{HOST}/recordings/upload/v1"
    for headers in (FORM, {"content-type": "text/plain"}, {"content-type": "multipart/form-data"}):
        sent = table.room.ask("POST", path, content=body, cookies=table.host, headers=ORIGIN | headers)
        assert (sent.status_code, 'role="alert"' in sent.text, table.files()) == (400, True, [])


def test_a_file_in_many_small_pieces_is_whole(table: Table) -> None:
    """A boundary that is cut in two by the network is no content."""
    parts = form(sounds.tone(), "a.wav")

    async def read() -> bytes:
        async def receive() -> dict[str, object]:
            nonlocal parts
            piece, parts = parts[:7], parts[7:]
            return {"type": "http.request", "body": piece, "more_body": bool(parts)}

        scope = {"type": "http", "method": "POST", "headers": [(b"content-type", FORM["content-type"].encode())]}
        return b"".join([piece async for piece in uploading.file_in(Request(scope, receive))])

    assert asyncio.run(read()) == sounds.tone()


def test_the_desk_lists_downloads_and_deletes(table: Table) -> None:
    table.agree()
    content = sounds.tone()
    assert table.bring(content, path=f"{DESK}/upload/t1/v1")[0] == 303
    (file,) = table.place.iterdir()
    page = table.room.get(DESK, cookies=table.desk)
    assert (page.status_code, "Whole" in page.text) == (200, True)
    found = table.room.get(f"{DESK}/{file.stem}", cookies=table.desk)
    assert sha256(found.content).hexdigest() == sha256(content).hexdigest()
    assert found.headers["content-disposition"] == f'attachment; filename="t1_v1_{file.stem[:6]}.wav"'
    assert (found.headers["content-type"], found.headers["cache-control"]) == ("audio/wav", "no-store")
    question = table.room.post(f"{DESK}/{file.stem}/delete", cookies=table.desk)
    assert ("Delete this recording for good?" in question.text, table.files()) == (True, [file.name])
    done = table.room.post(f"{DESK}/{file.stem}/delete", {"confirmed": "yes"}, cookies=table.desk)
    assert (done.status_code, table.files()) == (303, [])


def test_the_desk_says_what_is_damaged(table: Table) -> None:
    table.agree()
    table.bring(sounds.tone())
    (file,) = table.place.iterdir()
    file.write_bytes(b"x" + file.read_bytes()[1:])
    assert "Damaged: the file is missing" in table.room.get(DESK, cookies=table.desk).text
    file.unlink()
    assert "Damaged: the file is missing" in table.room.get(DESK, cookies=table.desk).text
    assert table.room.get(f"{DESK}/{file.stem}", cookies=table.desk).status_code == 404


def test_files_are_read_when_the_database_was_let_go(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """A long look at files of hours would keep what somebody withdrew on the disk, and hold up every writer."""
    table.agree()
    table.bring(sounds.tone())
    asking, held = threading.local(), []
    reading, is_whole = Database.reading, recording_files.is_whole

    @contextmanager
    def noticed(database: Database) -> Iterator[Session]:
        asking.now = True
        with reading(database) as session:
            yield session
        asking.now = False

    def looked(path: Path, size: int, checksum: str) -> bool:
        held.append(getattr(asking, "now", False))
        return is_whole(path, size, checksum)

    monkeypatch.setattr(Database, "reading", noticed)
    monkeypatch.setattr(recording_files, "is_whole", looked)
    assert "Whole" in table.room.get(DESK, cookies=table.desk).text
    assert held == [False]


def test_the_desk_ends_what_a_browser_left(table: Table) -> None:
    table.agree()
    table.part(0, sounds.WEBM)
    assert "Not finished yet" in table.room.get(DESK, cookies=table.desk).text
    assert table.room.post(f"{DESK}/{ID}/finish", cookies=table.desk).status_code == 303
    assert table.files() == [f"{ID}.webm"]


def test_host_page_offers_recording_only_where_everybody_agreed(table: Table) -> None:
    before = table.room.get(HOST, cookies=table.host)
    assert ('id="recorder"' in before.text, "once everybody at the table has agreed" in before.text) == (False, True)
    table.agree()
    after = table.room.get(HOST, cookies=table.host)
    assert ('id="recorder"' in after.text, 'data-press="record" hidden' in after.text) == (True, True)


def test_microphone_is_for_host_pages_alone(table: Table) -> None:
    host = table.room.get(HOST, cookies=table.host).headers["permissions-policy"]
    desk = table.room.get(DESK, cookies=table.desk).headers["permissions-policy"]
    assert ("microphone=(self)" in host, "microphone=()" in desk) == (True, True)


def test_a_host_cannot_record_for_another_table(table: Table) -> None:
    table.agree()
    sent = table.room.ask(
        "PUT", f"/s/{CODE}/host/t2/recordings/{ID}/parts/0?{urlencode({'story': 'v1'})}",
        content=sounds.WEBM, cookies=table.host, headers=FRAGMENT,
    )  # fmt: skip
    assert (sent.status_code, table.files()) == (403, [])
