"""The life of a box: open, taken up again, counted or discarded, and what is left of its key."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session

from eventkit.errors import Conflict
from eventkit.sealing import rules
from eventkit.sealing.box import Standing
from eventkit.sealing.cipher import unseal
from tests.fife import FIFE
from tests.sealing.box import CHOICES, NAME, Desk, desk_in, voter


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path) as made:
        yield made


def test_restart_rebuilds_what_stood(desk: Desk) -> None:
    desk.cast((1, 1, "A"), (2, 1, "B"), (1, 3, "C"), (1, 2, "B"), (3, None, "not_sure"))
    before, row = dict(desk.box.standing), desk.row()
    desk.restart()
    assert (
        desk.box.standing
        == before
        == {
            voter(1): Standing(3, "C"),
            voter(2): Standing(1, "B"),
            voter(3): Standing(1, "not_sure"),
        }
    )
    assert (desk.box.epoch, desk.row().voters, desk.row().lost) == (row.epoch, 3, 0)
    desk.cast((1, None, "A"))
    assert (desk.row().voters, dict(desk.count())) == (3, {"A": 1, "B": 1, "not_sure": 1})


def test_lost_key_begins_a_new_epoch_and_says_how_many_must_come_back(desk: Desk) -> None:
    desk.cast((1, 1, "A"), (2, 1, "B"))
    desk.keys.destroy(desk.keys.names()[0])
    desk.restart()
    row = desk.row()
    assert (row.epoch, row.voters, row.lost, desk.journal(), desk.box.standing) == (2, 0, 2, [], {})
    desk.cast((1, 1, "A"))
    assert (desk.row().voters, desk.row().lost) == (1, 2)
    desk.keys.destroy(desk.keys.names()[0])
    desk.restart()
    assert (desk.row().epoch, desk.row().lost) == (3, 2)
    assert desk.keys.names() == [f"{FIFE}-{NAME}-e3"]


def test_count_reads_the_journal_and_leaves_nothing(desk: Desk) -> None:
    desk.cast((1, 1, "A"), (2, 1, "B"), (3, 1, "B"), (1, 2, "B"))
    desk.box.standing.clear()  # what is counted is what is on the disk
    assert dict(desk.count()) == {"B": 3}
    assert (desk.journal(), desk.boxes.open, desk.keys.names()) == ([], {}, [])
    with desk.database.reading() as session:
        assert rules.find(session, FIFE, NAME) is None


@pytest.mark.parametrize("verb", [rules.count, rules.discard])
def test_end_that_is_not_committed_keeps_key_and_answers(desk: Desk, verb: object) -> None:
    desk.cast((1, 1, "A"))

    def failing(session: Session) -> None:
        assert callable(verb)
        verb(session, rules.find(session, FIFE, NAME))
        raise Conflict("Something else was wrong.")

    with pytest.raises(Conflict):
        asyncio.run(desk.database.write(FIFE, failing))
    assert (len(desk.journal()), desk.keys.names()) == (1, [f"{FIFE}-{NAME}-e1"])
    assert dict(desk.count()) == {"A": 1}


def test_discard_destroys_key_and_answers_unread(desk: Desk) -> None:
    desk.cast((1, 1, "A"))
    asyncio.run(desk.database.write(FIFE, lambda session: rules.discard(session, desk._row(session))))
    assert (desk.journal(), desk.boxes.open, desk.keys.names()) == ([], {}, [])


def test_box_that_is_not_committed_takes_no_answers(desk: Desk) -> None:
    def failing(session: Session) -> None:
        rules.open_box(session, FIFE, "poll-p2-r1", CHOICES, lambda _connection: True)
        raise Conflict("Something else was wrong.")

    with pytest.raises(Conflict):
        asyncio.run(desk.database.write(FIFE, failing))
    assert list(desk.boxes.open) == [(FIFE, NAME)]


def test_start_destroys_keys_that_have_no_box(desk: Desk) -> None:
    desk.keys.make(f"{FIFE}-poll-p9-r1-e1")
    asyncio.run(desk.database.write(None, rules.destroy_stray_keys))
    assert desk.keys.names() == [f"{FIFE}-{NAME}-e1"]


def test_answers_all_have_one_length_and_no_two_are_alike(desk: Desk) -> None:
    desk.cast(*[(number, 1, choice) for number, choice in enumerate(["A", "not_sure", "B", "A"])], (1, 4_000_000, "C"))
    journal = desk.journal()
    assert {len(sealed) for sealed in journal} == {12 + 16 + 4 + 16 + 16}
    assert len(set(journal)) == len(journal)


def test_answer_opens_only_with_the_data_of_its_box_and_epoch(desk: Desk) -> None:
    desk.cast((1, 1, "A"))
    (sealed,) = desk.journal()
    about = f"{FIFE}/{NAME}/1".encode()
    record = unseal(desk.box.key, about, sealed)
    assert record is not None
    assert (record.voter, record.seq, record.choice) == (voter(1), 1, "A")
    for other in (f"{FIFE}/{NAME}/2", f"2/{NAME}/1", f"{FIFE}/poll-p1-r2/1"):
        assert unseal(desk.box.key, other.encode(), sealed) is None


def test_keys_in_memory_are_gone_with_the_process(tmp_path: Path) -> None:
    with desk_in(tmp_path, key_folder=False) as desk:
        desk.cast((1, 1, "A"))
        assert not (tmp_path / "keys").exists()
        desk.restart()
        assert (desk.row().epoch, desk.box.standing) == (1, {voter(1): Standing(1, "A")})
        desk.keys._memory.clear()
        desk.restart()
        assert (desk.row().epoch, desk.row().lost, desk.journal()) == (2, 1, [])
