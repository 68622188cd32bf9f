"""How tables are spread over pages of the screen: everybody once, in letters that the back row reads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventkit.tables import leaves as module
from eventkit.tables.leaves import Leaf, leaves


def people(tables: int, *, each: int) -> list[tuple[str, list[str]]]:
    return [(f"t{table}", [f"{table} {at}" for at in range(each)]) for table in range(tables)]


def shape(*found: Leaf) -> list[tuple[int, int, int, int]]:
    """Columns, labels beside each other, size of letters and lists of each page."""
    return [(leaf.columns, leaf.beside, leaf.size, len(leaf.lists)) for leaf in found]


def test_nobody_has_no_page() -> None:
    assert leaves(1, [], short=True) == ()
    assert leaves(1, [("t1", [])], short=False) == ()


@pytest.mark.parametrize(
    ("tables", "each", "expected"),
    [
        (1, 11, (1, 1, 1, 1)),
        (2, 11, (2, 1, 1, 2)),
        (4, 11, (4, 1, 1, 4)),
        (6, 7, (3, 1, 4, 6)),
        (7, 6, (4, 1, 3, 7)),
        (14, 3, (5, 1, 2, 14)),
    ],
)
@pytest.mark.parametrize("short", [True, False])
def test_forty_two_people_are_on_one_page(
    tables: int, each: int, expected: tuple[int, int, int, int], short: bool
) -> None:
    assert shape(*leaves(1, people(tables, each=each), short=short)) == [expected]


def test_codes_stand_two_in_a_line_before_a_page_turns_and_names_do_not() -> None:
    assert shape(*leaves(1, people(15, each=8), short=True)) == [(5, 2, 4, 15)]
    assert shape(*leaves(1, people(15, each=8), short=False)) == [(4, 1, 1, 4)] * 3 + [(4, 1, 1, 3)]


def test_table_with_many_people_has_several_lists_of_nearly_the_same_length() -> None:
    found = leaves(2, people(1, each=42), short=False)
    lists = [(each.table, len(each.labels), each.further) for each in found[0].lists]
    assert lists == [("t0", 14, False), ("t0", 14, True), ("t0", 14, True)]
    assert (len(found), found[0].round) == (1, 2)


def test_tables_without_people_have_no_list() -> None:
    found = leaves(1, [("t0", []), ("t1", ["a"])], short=True)
    assert [each.table for leaf in found for each in leaf.lists] == ["t1"]


@given(st.lists(st.integers(0, 60), min_size=1, max_size=40), st.booleans())
def test_everybody_stands_once_on_a_page_that_holds_them(sizes: list[int], short: bool) -> None:
    tables = [(f"t{table}", [f"{table} {at}" for at in range(size)]) for table, size in enumerate(sizes)]
    found = leaves(1, tables, short=short)
    shown = [label for leaf in found for each in leaf.lists for label in each.labels]
    assert shown == [label for _table, labels in tables for label in labels]
    for leaf in found:
        letters = module.SIZES[leaf.size - 1]
        rows = [leaf.lists[at : at + leaf.columns] for at in range(0, len(leaf.lists), leaf.columns)]
        lines = sum(max(-(-len(each.labels) // leaf.beside) for each in row) for row in rows)
        assert len(rows) * module.HEAD + lines * letters * module.LEADING <= module.ROOM
