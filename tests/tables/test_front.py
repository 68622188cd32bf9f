"""Plans to choose from: fair or with few repeat meetings, none better than another in both."""

import pytest

from eventkit.tables.front import front
from eventkit.tables.room import Room
from eventkit.tables.scoring import score
from eventkit.tables.seating import Progress, seat
from tests.tables.test_crowded import crossing


def traded(room: Room, seed: int) -> list[tuple[int, int]]:
    totals = [trade.report.total for trade in front(room, seed)]
    return [
        (sum(off * room.weights.get(name, 1) for name, off in total.balance.items()), total.overlap) for total in totals
    ]


@pytest.mark.parametrize(("people", "tables", "plans"), [(30, 5, 3), (9, 3, 3)])
def test_no_plan_is_as_good_as_another_in_both(people: int, tables: int, plans: int) -> None:
    """At three tables for nine people one of the cheaper searches finds what is worse than the first in both."""
    found = traded(crossing(3, people, tables), 1)
    assert len(found) >= plans
    assert found == sorted(found)
    assert sorted({overlap for _balance, overlap in found}, reverse=True) == [overlap for _balance, overlap in found]
    assert len({balance for balance, _overlap in found}) == len(found)


def test_first_plan_is_the_seating_and_all_score_as_they_say() -> None:
    room, told = crossing(2, people=12, tables=3), list[Progress]()
    trades = front(room, 4, told.append)
    assert trades[0].seats == seat(room, 4)
    assert [trade.report for trade in trades] == [score(room, trade.seats) for trade in trades]
    assert all(trade.report.total.broken == 0 for trade in trades)
    assert 0.8 < told[-1].share < 0.9


def test_rooms_without_anything_at_odds_have_one_plan() -> None:
    room = crossing(1)
    easy = Room(room.people, room.tables, 2)
    assert [trade.seats for trade in front(easy, 1)] == [seat(easy, 1)]
