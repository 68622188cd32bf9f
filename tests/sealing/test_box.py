"""Which answer of a pass stands: the highest number wins, whatever order they come in."""

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eventkit.errors import Conflict, Unavailable
from eventkit.sealing.box import Standing
from eventkit.sealing.cipher import MAX_SEQ
from tests.sealing.box import ANSWERS, Desk, desk_in, voter

CASTS = st.lists(
    st.lists(
        st.tuples(st.integers(1, 4), st.none() | st.integers(1, 6), st.sampled_from(ANSWERS)), min_size=1, max_size=6
    ),
    max_size=6,
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path) as made:
        yield made


def test_cast_changes_the_answer(desk: Desk) -> None:
    assert desk.cast((1, 1, "A")) == [Standing(1, "A")]
    assert desk.cast((1, 2, "B")) == [Standing(2, "B")]
    assert (desk.row().voters, dict(desk.count())) == (1, {"B": 1})


def test_cast_repeated_is_one_vote(desk: Desk) -> None:
    assert [desk.cast((1, 1, "A")) for _ in range(3)] == [[Standing(1, "A")]] * 3
    assert (len(desk.journal()), desk.row().voters) == (1, 1)


def test_cast_that_comes_late_gets_what_stands(desk: Desk) -> None:
    desk.cast((1, 5, "A"))
    assert desk.cast((1, 4, "B"), (1, 5, "C")) == [Standing(5, "A"), Standing(5, "A")]
    assert dict(desk.count()) == {"A": 1}


def test_cast_without_a_number_is_the_newest(desk: Desk) -> None:
    assert desk.cast((1, None, "A")) == [Standing(1, "A")]
    assert desk.cast((1, 7, "B")) == [Standing(7, "B")]
    assert desk.cast((1, None, "C")) == [Standing(8, "C")]


def test_two_casts_in_flight_keep_their_order(desk: Desk) -> None:
    assert desk.cast((1, None, "A"), (1, None, "B")) == [Standing(2, "B"), Standing(2, "B")]
    assert desk.cast((2, 2, "A"), (2, 1, "B")) == [Standing(2, "A"), Standing(2, "A")]
    assert (desk.row().voters, dict(desk.count())) == (2, {"A": 1, "B": 1})


def test_two_casts_with_one_number_keep_the_first(desk: Desk) -> None:
    assert desk.cast((1, 1, "A"), (1, 1, "B")) == [Standing(1, "A"), Standing(1, "A")]
    assert (desk.row().voters, dict(desk.count())) == (1, {"A": 1})


def test_number_that_no_record_holds_changes_nothing(desk: Desk) -> None:
    desk.cast((1, 1, "A"))
    assert desk.cast((1, MAX_SEQ + 1, "B")) == [Standing(1, "A")]


def test_shut_box_refuses_and_stores_nothing(desk: Desk) -> None:
    desk.cast((1, 1, "A"))
    desk.voting = False
    assert [type(answer) for answer in desk.cast((1, 2, "B"), (2, 1, "B"))] == [Conflict, Conflict]
    assert (len(desk.journal()), desk.row().voters) == (1, 1)
    assert desk.box.standing == {voter(1): Standing(1, "A")}


def test_refused_first_cast_counts_once_when_it_comes_again(desk: Desk) -> None:
    desk.voting = False
    desk.cast((1, 1, "A"))
    desk.voting = True
    assert desk.cast((1, 1, "A")) == [Standing(1, "A")]
    assert desk.row().voters == 1


def test_full_disk_refuses_the_cast_and_nothing_stands(desk: Desk) -> None:
    driver = desk.database.writing.raw_connection().driver_connection
    assert driver is not None
    driver.execute("PRAGMA query_only=ON")  # the disk takes nothing
    assert [type(answer) for answer in desk.cast((1, 1, "A"))] == [Unavailable]
    assert desk.box.standing == {}
    driver.execute("PRAGMA query_only=OFF")
    assert desk.cast((1, 1, "B")) == [Standing(1, "B")]
    assert desk.row().voters == 1


def test_cast_whose_sender_has_gone_still_stands(desk: Desk) -> None:
    """Otherwise the phone that sends it again is counted as two voters, and is told what will not be counted."""

    async def run() -> Standing:
        held = threading.Event()
        busy = asyncio.create_task(desk.database.write(None, lambda _session: held.wait(5)))
        await asyncio.sleep(0.01)
        gone = asyncio.create_task(desk.box.cast(desk.database, voter(1), 1, "A"))
        await asyncio.sleep(0.01)
        threading.Timer(0.05, held.set).start()
        gone.cancel()
        await busy
        return await desk.box.cast(desk.database, voter(1), 1, "B")

    assert asyncio.run(run()) == Standing(1, "A")
    assert (desk.row().voters, dict(desk.count())) == (1, {"A": 1})


def test_other_epoch_is_refused_whole(desk: Desk) -> None:
    with desk.database.writing.begin() as connection:
        connection.exec_driver_sql("UPDATE box SET epoch = 2")
    assert [type(answer) for answer in desk.cast((1, 1, "A"))] == [Conflict]
    assert desk.journal() == []


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rounds=CASTS, restarts=st.sets(st.integers(0, 5)), shut=st.sets(st.integers(0, 5)))
def test_box_agrees_with_a_simple_model(
    tmp_path_factory: pytest.TempPathFactory,
    rounds: list[list[tuple[int, int | None, str]]],
    restarts: set[int],
    shut: set[int],
) -> None:
    """The model: one after the other, a higher number replaces what stands, any other gets what stands."""
    model: dict[bytes, Standing] = {}
    with desk_in(tmp_path_factory.mktemp("model")) as desk:
        for number, casts in enumerate(rounds):
            desk.voting = number not in shut
            answers = desk.cast(*casts)
            if desk.voting:
                highest = {who: model.get(voter(who), Standing()).seq for who, _seq, _choice in casts}
                for who, seq, choice in casts:
                    taken = highest[who] + 1 if seq is None else seq
                    highest[who] = max(highest[who], taken)
                    if taken > model.get(voter(who), Standing()).seq:
                        model[voter(who)] = Standing(taken, choice)
            if number in restarts:
                desk.restart()
            assert desk.box.standing == model
            assert all(isinstance(answer, (Standing, Conflict)) for answer in answers)
        assert desk.row().voters == len(model)
        choices = [standing.choice for standing in model.values()]
        assert dict(desk.count()) == {choice: choices.count(choice) for choice in set(choices)}
