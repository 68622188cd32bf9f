"""Recordings without pages: parts become a file, and everything ends with the rows that it belongs to."""

import asyncio
import os
import threading
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import IO

import pytest
from click.testing import CliRunner
from sqlmodel import Session, select

from eventkit.database import now
from eventkit.deletion import erase
from eventkit.errors import BadInput, Conflict, Gone, NotFound
from eventkit.events import retention
from eventkit.events import rules as events
from eventkit.keeping import backup
from eventkit.vignettes import arriving, consent, recording_files, recordings, rules
from eventkit.vignettes.models import Recording
from eventkit.vignettes.sound import WAV
from tests.fife import FIFE, opened
from tests.vignettes import sounds
from tests.vignettes.consenting import Asked, answer, discussion_of

AT = (FIFE, "t1", "v1")
ID, OTHER = "a" * 32, "b" * 32
PARTS = (sounds.WEBM, b"second", b"third")


class Table(Asked):
    """A table where all three agreed, and whose recording comes in parts."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.all_agree("anna", "ben", "cara")
        self.place = recording_files.folder(self.database.path)

    def send(self, number: int, content: bytes | None = None, recording_id: str = ID) -> None:
        part = PARTS[number] if content is None else content
        asyncio.run(arriving.store_part(self.database, AT, recording_id, number, part))

    def send_all(self, recording_id: str = ID) -> None:
        for number in range(len(PARTS)):
            self.send(number, recording_id=recording_id)

    def finish(self, keep: int | None = None) -> None:
        asyncio.run(arriving.conclude(self.database, FIFE, ID, keep))

    def stored(self) -> list[Recording]:
        return self.ask(lambda session: list(session.exec(select(Recording))))

    def files(self) -> list[str]:
        return sorted(path.name for path in self.place.glob("*"))


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    made = Table(tmp_path)
    yield made
    made.database.close()


def test_parts_become_one_file_with_its_checksum(table: Table) -> None:
    table.send_all()
    table.finish()
    whole = b"".join(PARTS)
    (found,) = table.stored()
    assert table.files() == [f"{ID}.webm"]
    assert (table.place / f"{ID}.webm").read_bytes() == whole
    assert (found.size, found.checksum, found.media_type) == (len(whole), sha256(whole).hexdigest(), "audio/webm")
    assert found.finished_at is not None


def test_files_are_for_this_user_alone(table: Table) -> None:
    table.send_all()
    modes = {path.stat().st_mode & 0o777 for path in table.place.iterdir()}
    table.finish()
    modes |= {path.stat().st_mode & 0o777 for path in table.place.iterdir()}
    assert (modes, table.place.stat().st_mode & 0o777) == ({0o600}, 0o700)


def test_the_same_part_again_changes_nothing(table: Table) -> None:
    table.send_all()
    table.send(1)
    table.send(0, b"another first part")
    table.finish()
    table.send(2)
    assert (table.place / f"{ID}.webm").read_bytes() == b"".join(PARTS)


def test_part_out_of_its_order_is_refused(table: Table) -> None:
    table.send(0)
    with pytest.raises(Conflict, match="takes no such part"):
        table.send(2)
    assert table.files() == [f"{ID}.000000.part"]


def test_part_of_a_recording_that_was_deleted_is_refused(table: Table) -> None:
    table.send(0)
    table.do(recordings.delete_one, FIFE, ID)
    with pytest.raises(Conflict, match="was deleted"):
        table.send(1)
    assert table.files() == []


def test_part_after_the_end_is_refused(table: Table) -> None:
    table.send(0)
    table.finish()
    with pytest.raises(Conflict, match="has been finished"):
        table.send(1)


def test_first_part_must_be_sound(table: Table) -> None:
    with pytest.raises(BadInput, match="not a sound recording"):
        table.send(0, sounds.PROGRAM)
    assert (table.files(), table.stored()) == ([], [])


def test_part_for_another_table_is_not_found(table: Table) -> None:
    table.send(0)
    table.do(consent.set_people, FIFE, "t2", "v1", 1)
    table.do(answer, "dora", consent.Purpose, "v1", "t2")
    with pytest.raises(NotFound, match="no such recording"):
        asyncio.run(arriving.store_part(table.database, (FIFE, "t2", "v1"), ID, 1, b"second"))


def test_without_everybodys_consent_nothing_is_stored(tmp_path: Path) -> None:
    asked = Asked(tmp_path)
    asked.answer("anna")
    asked.answer("ben")
    with pytest.raises(Gone, match="not everybody at this table has agreed"):
        asyncio.run(arriving.store_part(asked.database, AT, ID, 0, sounds.WEBM))
    asked.answer("cara", [consent.Purpose.QUOTE])
    with pytest.raises(Gone, match="not everybody at this table has agreed"):
        asyncio.run(arriving.store_part(asked.database, AT, ID, 0, sounds.WEBM))
    with pytest.raises(Gone):
        asked.do(arriving.add_whole, AT, ID, WAV, 1, "")
    assert not recording_files.folder(asked.database.path).exists()
    asked.database.close()


def test_a_part_that_comes_while_somebody_withdraws_leaves_no_file(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The look before is passed, and the part written; then the row is gone."""
    table.send(0)
    write_part = recording_files.write_part

    def withdrawn_after(place: Path, recording_id: str, number: int, content: bytes) -> None:
        with Session(table.database.writing) as session:
            recordings.delete_of(session, discussion_of(session))
            session.commit()
        recording_files.remove(place, recording_id)
        write_part(place, recording_id, number, content)

    monkeypatch.setattr(recording_files, "write_part", withdrawn_after)
    with pytest.raises(Conflict, match="was deleted"):
        table.send(1)
    assert (table.files(), table.stored()) == ([], [])


def test_discarded_parts_are_gone_and_the_rest_is_whole(table: Table) -> None:
    table.send_all()
    table.finish(1)
    (found,) = table.stored()
    assert table.files() == [f"{ID}.webm"]
    assert (table.place / f"{ID}.webm").read_bytes() == PARTS[0]
    assert (found.parts, found.size) == (1, len(PARTS[0]))


def test_a_recording_of_which_nothing_is_kept_is_gone(table: Table) -> None:
    table.send_all()
    table.finish(0)
    assert (table.files(), table.stored()) == ([], [])


def test_discarding_from_what_was_finished_says_so(table: Table) -> None:
    table.send_all()
    table.finish()
    table.finish()
    with pytest.raises(Conflict, match="was finished before"):
        table.finish(1)


def test_a_recording_that_is_finished_twice_at_once_is_whole(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its host and the desk, say, or a browser that heard no answer and asks again."""
    table.send_all()
    both, flushed = threading.Barrier(2), recording_files._settle

    def together(file: IO[bytes]) -> None:
        both.wait(timeout=10)
        flushed(file)

    async def twice() -> None:
        await asyncio.gather(*(arriving.conclude(table.database, FIFE, ID) for _ in range(2)))

    monkeypatch.setattr(recording_files, "_settle", together)
    asyncio.run(twice())
    (found,) = table.stored()
    assert (table.place / f"{ID}.webm").read_bytes() == b"".join(PARTS)
    assert (found.size, recordings.is_damaged(table.place, found)) == (len(b"".join(PARTS)), False)
    assert table.files() == [f"{ID}.webm"]


def test_what_is_discarded_while_all_of_it_is_joined_does_not_come_back(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    table.send_all()
    joining, discarded, flushed = threading.Event(), threading.Event(), recording_files._settle

    def held(file: IO[bytes]) -> None:
        if not joining.is_set():
            joining.set()
            discarded.wait(timeout=10)
        flushed(file)

    async def both() -> None:
        whole = asyncio.create_task(arriving.conclude(table.database, FIFE, ID))
        await asyncio.to_thread(joining.wait, 10)
        await arriving.conclude(table.database, FIFE, ID, 1)
        discarded.set()
        await whole

    monkeypatch.setattr(recording_files, "_settle", held)
    asyncio.run(both())
    (found,) = table.stored()
    assert (table.place / f"{ID}.webm").read_bytes() == PARTS[0]
    assert (found.parts, found.size, table.files()) == (1, len(PARTS[0]), [f"{ID}.webm"])


def test_finish_waits_for_parts_that_have_not_come(table: Table) -> None:
    table.send(0)
    with pytest.raises(Conflict, match="have not come yet"):
        table.finish(3)
    assert [found.finished_at for found in table.stored()] == [None]


def test_a_recording_that_lost_a_part_is_damaged(table: Table) -> None:
    table.send_all()
    (table.place / f"{ID}.000001.part").unlink()
    table.finish()
    (found,) = table.stored()
    assert recordings.is_damaged(table.place, found)


@pytest.mark.parametrize("change", ["missing", "longer", "other"])
def test_a_file_that_is_not_what_was_stored_is_damaged(table: Table, change: str) -> None:
    table.send_all()
    table.finish()
    (found,) = table.stored()
    path = table.place / f"{ID}.webm"
    assert not recordings.is_damaged(table.place, found)
    content = path.read_bytes()
    if change == "missing":
        path.unlink()
    else:
        path.write_bytes(content + b"x" if change == "longer" else b"x" + content[1:])
    assert recordings.is_damaged(table.place, found)


def test_a_browser_that_never_came_back_ends_its_recording(table: Table) -> None:
    table.send_all()
    asyncio.run(arriving.conclude_idle(table.database, time.time()))
    assert [found.finished_at for found in table.stored()] == [None]
    asyncio.run(arriving.conclude_idle(table.database, time.time() + arriving.IDLE_SECONDS + 10))
    assert table.files() == [f"{ID}.webm"]


def test_strays_are_removed_at_start_and_nothing_else(table: Table) -> None:
    table.send_all()
    (table.place / f"{OTHER}.webm").write_bytes(b"stray")
    (table.place / f"{OTHER}.arriving").write_bytes(b"half")
    for path in table.place.iterdir():
        os.utime(path, (1000, 1000))
    (table.place / f"{'c' * 32}.arriving").write_bytes(b"it comes just now")
    removed = recording_files.remove_strays(table.place, {ID}, time.time() - 60)
    assert removed == 2
    assert table.files() == [*(f"{ID}.00000{number}.part" for number in range(3)), f"{'c' * 32}.arriving"]


def test_files_that_somebody_put_there_stay(table: Table) -> None:
    table.send(0)
    own = ["table one.m4a", "notes.txt", f"{'d' * 31}.m4a", f"{OTHER}.docx", f"{OTHER}.m4a.copy"]
    ours = [f"{OTHER}.m4a", f"{OTHER}.000007.part", f"{OTHER}.000007.0123abcd.arriving", f"{ID}.0123abcd.joined"]
    for name in own + ours:
        (table.place / name).write_bytes(b"sound")
        os.utime(table.place / name, (1000, 1000))
    assert recording_files.remove_strays(table.place, {ID}, time.time() - 60) == len(ours)
    assert table.files() == sorted([*own, f"{ID}.000000.part"])


def test_folder_is_beside_the_file_itself_where_a_link_leads_to_it(table: Table, tmp_path: Path) -> None:
    table.database.close()
    link = tmp_path / "elsewhere" / "eventkit.sqlite3"
    link.parent.mkdir()
    link.symlink_to(table.database.path)
    table.database = opened(link)
    table.send_all()
    table.finish()
    assert table.files() == [f"{ID}.webm"]
    table.do(recordings.delete_every, FIFE)
    assert list(tmp_path.glob("*/recordings/*")) == []


def run_once(table: Table) -> None:
    async def ran() -> None:
        task = asyncio.create_task(arriving.keep_tidy(table.database, seconds=0.01))
        await asyncio.sleep(0.5)
        task.cancel()
        await asyncio.wait([task])

    asyncio.run(ran())


def test_recordings_go_when_their_time_is_over(table: Table) -> None:
    table.send_all()
    table.finish()

    def set_day(session: Session, day: date) -> None:
        events.event(session, FIFE).recordings_until = day

    today = datetime.now(UTC).date()
    table.do(set_day, today.replace(year=today.year + 1, day=1))
    run_once(table)
    assert table.files() == [f"{ID}.webm"]
    table.do(set_day, today.replace(year=today.year - 1, day=1))
    run_once(table)
    assert (table.files(), table.stored()) == ([], [])


def test_after_the_last_day_nothing_is_recorded(table: Table) -> None:
    """It would be deleted within minutes."""
    table.send(0)

    def set_day(session: Session, days: int) -> None:
        event = events.event(session, FIFE)
        event.recordings_until = retention.day_at(event, now()) + timedelta(days=days)

    table.do(set_day, 0)
    table.send(1)
    assert len(table.ask(arriving.may_be_recorded, FIFE)) == 1
    table.do(set_day, -1)
    with pytest.raises(Gone, match="so nothing is recorded any more"):
        table.send(2)
    with pytest.raises(Gone, match="so nothing is recorded any more"):
        table.do(arriving.add_whole, AT, OTHER, WAV, 1, "")
    assert table.ask(arriving.may_be_recorded, FIFE) == []


def test_recordings_go_with_their_event(table: Table) -> None:
    table.send_all()
    table.finish()
    table.send(0, recording_id=OTHER)
    table.do(erase, FIFE)
    assert table.files() == []


def test_recordings_go_after_a_rehearsal(table: Table) -> None:
    table.send_all()
    table.do(rules.forget, FIFE)
    assert (table.files(), table.stored()) == ([], [])


def test_recordings_go_with_a_discussions_consent(table: Table) -> None:
    table.send_all()
    table.do(lambda session: recordings.delete_of(session, discussion_of(session)))
    assert (table.files(), table.stored()) == ([], [])


def test_folder_is_beside_the_file_also_when_there_are_temporary_tables(table: Table) -> None:
    def asked(session: Session) -> Path:
        session.connection().exec_driver_sql("CREATE TEMP TABLE sorted (number)")
        return recordings.folder_of(session)

    assert table.do(asked) == table.place


def test_backup_says_that_it_holds_no_recording(table: Table, tmp_path: Path) -> None:
    def backed_up(name: str) -> str:
        return CliRunner().invoke(backup, [str(tmp_path / name), "--data", str(table.database.path.parent)]).output

    assert "No recording" not in backed_up("before.zip")
    table.send_all()
    table.finish()
    assert "No recording is in it: 1 sound file stays in" in backed_up("after.zip")


def test_another_events_recording_is_not_found(table: Table) -> None:
    table.send_all()
    with pytest.raises(NotFound):
        table.ask(recordings.one, FIFE + 1, ID)
