"""The numbers of a ranking: counted from the orders, and held against recounts of their own."""

from collections import Counter
from fractions import Fraction
from functools import cache
from itertools import combinations, pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventkit.voting.models import NOT_SURE
from eventkit.voting.orders import Groups, Orders, count, order, published
from tests.voting.rooms import ANY_ROOM, figure, item_figures, items, ordered

FIGURES = item_figures("74.2", "51.5", "7.9", "4.9")


def room(*orders: str, not_sure: int = 0, figures: object = None) -> Orders:
    """A room that gave these orders of four items, or of fewer."""
    known = FIGURES if figures is None else figures
    options = items("ABCDE"[: len(orders[0]) if orders else 4])
    choices = Counter(orders) + Counter({NOT_SURE: not_sure})
    votes, exact, turned = count(choices, published(options, known))
    return order(options, known, votes, 42, exact, turned)


@pytest.mark.parametrize(
    ("values", "ranks", "groups"),
    [
        (("74.2", "51.5", "7.9", "4.9"), "", ("A", "B", "C", "D")),
        (("51.5", "4.9", "74.2", "7.9"), "", ("C", "A", "D", "B")),
        (("51.5", "4.9", "74.2", "7.9"), "2413", ("C", "A", "D", "B")),
        (("51.5", "4.9", "74.2", "7.9"), "3142", ("B", "D", "A", "C")),
        (("8.0", "10.0", "8.0", "7.4"), "", ("B", "AC", "D")),
        (("8.0", "10.0", "8.0", "7.4"), "2134", ("B", "AC", "D")),
        (("8.0", "10.0", "8.0", "7.4"), "3421", ("D", "AC", "B")),
        (("5", "5", "5", "5"), "", ("ABCD",)),
    ],
)
def test_published_order_follows_the_figures_from_the_plans_end(
    values: tuple[str, ...], ranks: str, groups: tuple[str, ...]
) -> None:
    assert published(items("ABCD", ranks), item_figures(*values)) == tuple(map(tuple, groups))


def test_published_order_joins_what_is_too_near_to_tell() -> None:
    near = item_figures("10", "8.4", "8", "7")
    near["B"] = figure("8.4", "£bn", statistic_id="B", qualifier="about")
    near["C"] = figure("8.3", "£bn", statistic_id="C", qualifier="about")
    assert published(items(), near) == (("A",), ("B", "C"), ("D",))


def test_published_order_is_the_plans_or_none_where_a_figure_is_missing() -> None:
    missing = {name: FIGURES[name] for name in "ABC"}
    assert published(items("ABCD", "2143"), missing) == (("B",), ("A",), ("D",), ("C",))
    assert published(items(), missing) == ()
    seen = room("ABCD", "DCBA", figures=missing)
    assert (seen.share_exact, seen.distance, seen.published_order, seen.exact) == (None, None, (), 0)
    assert [(item.place, seen.displacement(item)) for item in seen.items] == [(0, None)] * 4


def test_count_gives_votes_per_item_and_place_and_keeps_no_order() -> None:
    votes, exact, turned = count(Counter({"CAB": 2, "ABC": 3, "CBA": 1, NOT_SURE: 4}), (("A",), ("B",), ("C",)))
    by_place = {"A": (3, 2, 1), "B": (0, 4, 2), "C": (3, 0, 3)}
    places = {(name, place): n for name, row in by_place.items() for place, n in enumerate(row, 1) if n}
    assert votes == places | {(NOT_SURE, 0): 4}
    assert (exact, turned) == (3, 2 * 2 + 3 * 1)


@pytest.mark.parametrize(
    ("given_order", "exact", "turned"),
    [("ABCD", 1, 0), ("ACBD", 1, 0), ("BACD", 0, 1), ("CABD", 0, 1), ("DCBA", 0, 5), ("BCAD", 0, 2)],
)
def test_count_takes_either_order_of_a_tie(given_order: str, exact: int, turned: int) -> None:
    assert count(Counter([given_order]), (("A",), ("B", "C"), ("D",)))[1:] == (exact, turned)


@ANY_ROOM
@given(ordered(), st.integers(0, 2**5 - 1), st.permutations("ABCDE"))
def test_count_is_that_of_a_recount(orders: list[str], cuts: int, shuffled: list[str]) -> None:
    letters = [letter for letter in shuffled if letter in (orders[0] if orders else "ABCD")]
    groups = parted(letters, cuts)
    votes, exact, turned = count(Counter(orders), groups)
    assert votes == dict(Counter((letter, place) for one in orders for place, letter in enumerate(one, 1)))
    wrong = {one: fewest_swaps(one, groups) for one in set(orders)}
    assert exact == sum(wrong[one] == 0 for one in orders)
    assert turned == sum(wrong[one] for one in orders)


def parted(letters: list[str], cuts: int) -> Groups:
    """The letters in groups: a set bit ends one."""
    groups: list[tuple[str, ...]] = [()]
    for at, letter in enumerate(letters):
        groups[-1] += (letter,)
        if cuts >> at & 1 and at < len(letters) - 1:
            groups.append(())
    return tuple(groups)


@cache
def fewest_swaps(one: str, groups: Groups) -> int:
    """Swaps of neighbours that turn an order into the nearest one that keeps the groups in order: bubble sort."""
    place = {letter: at for at, group in enumerate(groups) for letter in group}
    allowed = [p for p in permutations(one) if all(place[a] <= place[b] for a, b in pairwise(p))]
    return min(swaps(one, "".join(target)) for target in allowed)


def swaps(one: str, target: str) -> int:
    row, made = [target.index(letter) for letter in one], 0
    while row != sorted(row):
        for at in range(len(row) - 1):
            if row[at] > row[at + 1]:
                row[at], row[at + 1], made = row[at + 1], row[at], made + 1
    return made


@ANY_ROOM
@given(ordered())
def test_ranks_and_shares_are_those_of_a_recount(orders: list[str]) -> None:
    seen, n = room(*orders, not_sure=3, figures=item_figures("9", "7", "5", "3", "1")), len(orders)
    assert (seen.n_votes, seen.n_answered, seen.not_sure) == (n, n + 3, 3)
    if not n:
        assert (seen.share_exact, seen.distance, seen.room_order, seen.firsts) == (None, None, (), ())
        return
    k = len(orders[0])
    assert seen.share_exact == orders.count("ABCDE"[:k]) / n
    assert seen.distance == sum(swaps(one, "ABCDE"[:k]) for one in orders) / (n * k * (k - 1) / 2)
    for item in seen.items:
        places = [one.index(item.option_id) + 1 for one in orders]
        assert item.mean_rank == sum(places) / n
        assert seen.displacement(item) == sum(places) / n - "ABCDE".index(item.option_id) - 1
    first = Counter(one[0] for one in orders)
    assert {item.option_id for item in seen.firsts} == {name for name in first if first[name] == max(first.values())}
    means = [[item.mean_rank or 0 for item in group] for group in seen.room_order]
    assert all(len(set(group)) == 1 for group in means)
    assert [group[0] for group in means] == sorted({item.mean_rank or 0 for item in seen.items})


@ANY_ROOM
@given(ordered().filter(lambda orders: len(orders) > 1).map(lambda orders: orders[:12]))
def test_concordance_agrees_with_the_mean_rank_correlation_of_all_pairs(orders: list[str]) -> None:
    k, n = len(orders[0]), len(orders)
    correlations = [
        1 - Fraction(6 * sum((a.index(x) - b.index(x)) ** 2 for x in a), k * (k * k - 1))
        for a, b in combinations(orders, 2)
    ]
    mean = sum(correlations) / len(correlations)
    assert room(*orders, figures={}).concordance == pytest.approx(float((mean * (n - 1) + 1) / n))


def test_concordance_is_one_where_all_agree_and_nought_where_they_cancel_out() -> None:
    assert room("ABCD", "ABCD", "ABCD").concordance == 1
    assert room("ABCD", "DCBA").concordance == 0
    assert (room("ABCD").concordance, room().concordance) == (None, None)


def test_room_order_knows_its_ties_and_keeps_them_in_ballot_order() -> None:
    seen = room("ABCD", "BACD", "ABDC", "BADC")
    assert [[item.option_id for item in group] for group in seen.room_order] == [["A", "B"], ["C", "D"]]
    assert [item.option_id for item in seen.firsts] == ["A", "B"]


def test_displacement_takes_any_place_that_a_tie_shares() -> None:
    seen = room("ACBD", "ACBD", "CBAD", figures=item_figures("10", "8", "8", "7"))
    assert [item.place for item in seen.items] == [1, 2, 2, 4]
    # B was put third, third and second, which its tie allows; C second, second and first.
    assert [seen.displacement(item) for item in seen.items] == [pytest.approx(2 / 3), 0, pytest.approx(-1 / 3), 0]
