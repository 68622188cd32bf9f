"""Stories dealt to tables: as equal as can be, then as few clashes as can be, against every deal there is."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from random import Random

import pytest

from eventkit.vignettes import dealing

Deal = Mapping[str, Sequence[str]]


def every(tables: Sequence[str], stories: Sequence[str], per_table: int) -> Iterator[Deal]:
    for packs in product(list(combinations(stories, per_table)), repeat=len(tables)):
        yield dict(zip(tables, packs, strict=True))


def counts(deal: Deal, stories: Sequence[str]) -> list[int]:
    at = Counter(story for mine in deal.values() for story in mine)
    return [at[story] for story in stories]


def unequal(deal: Deal, stories: Sequence[str]) -> int:
    return sum(number**2 for number in counts(deal, stories))


def stays(deal: Deal, now: Deal) -> int:
    return sum(len(set(mine) & set(now[table])) for table, mine in deal.items())


@pytest.mark.parametrize("case", range(60))
def test_deal_is_as_good_as_the_best_of_all(case: int) -> None:
    random = Random(case)
    tables, stories = [f"t{n}" for n in range(random.randint(1, 4))], [f"v{n}" for n in range(random.randint(1, 5))]
    per_table = random.randint(1, min(2, len(stories)))
    known = {table: {story: random.choice((0, 0, 1, 3)) for story in stories} for table in tables}
    now = random.choice(list(every(tables, stories, per_table)))
    fixed = {table: now[table] for table in tables if random.random() < 0.2}
    found = dealing.deal(tables, stories, per_table, known, case, now=now, fixed=fixed)
    rated = {
        (unequal(deal, stories), dealing.clashes(deal, known), -stays(deal, now))
        for deal in every(tables, stories, per_table)
        if all(set(deal[table]) == set(mine) for table, mine in fixed.items())
    }
    assert [len(set(mine)) for mine in found.values()] == [per_table] * len(tables)
    assert (unequal(found, stories), dealing.clashes(found, known), -stays(found, now)) == min(rated)


@pytest.mark.parametrize(("tables", "stories", "per_table"), [(4, 6, 2), (7, 3, 2), (30, 40, 3), (5, 5, 5), (1, 9, 2)])
def test_numbers_of_tables_differ_by_one_at_most(tables: int, stories: int, per_table: int) -> None:
    names, known = [f"v{n}" for n in range(stories)], {f"t{n}": {"v0": n, "v1": 9} for n in range(tables)}
    found = dealing.deal(list(known), names, per_table, known)
    assert max(counts(found, names)) - min(counts(found, names)) <= 1


def test_same_seed_deals_the_same_and_another_may_not() -> None:
    tables, stories = ["t1", "t2", "t3", "t4"], ["v1", "v2", "v3", "v4", "v5", "v6"]
    deals = [str(dealing.deal(tables, stories, 2, {}, seed)) for seed in (1, 1, 2, 3, 4)]
    assert deals[0] == deals[1]
    assert len(set(deals)) > 1


def test_more_stories_than_there_are_gives_all_of_them() -> None:
    assert dealing.deal(["t1"], ["v1", "v2"], 3, {}) == {"t1": ["v1", "v2"]}
    assert dealing.deal(["t1"], [], 3, {}) == {"t1": []}


def test_why_holds_no_fact_that_could_be_left_out() -> None:
    tables, stories = ["t1", "t2", "t3"], ["v1", "v2", "v3"]
    known = {table: {"v1": 2} for table in tables} | {"t3": {"v1": 1, "v2": 1}}
    assert dealing.why(tables, stories, 1, known) == {"v1": ["t1", "t2", "t3"]}
    assert dealing.why(tables, stories, 1, known, {"t1": ["v1"]}) == {}
    assert dealing.why(tables, stories, 2, {"t1": {"v1": 1}, "t2": {"v1": 1, "v3": 1}, "t3": {}}) == {
        "v1": ["t1", "t2"]
    }


def test_people_for_whom_no_chairs_remain_are_named_with_the_fewest_groups() -> None:
    dealt, chairs = {"t1": ["v1", "v2"], "t2": ["v2"], "t3": ["v3"]}, {"t1": 4, "t2": 2, "t3": 3}
    knows = [frozenset(stories.split()) for stories in ("v2 v9", "v2", "v2", "v1", "v9", "")]
    assert dealing.without_chairs(dealt, chairs, knows) is None
    assert dealing.without_chairs(dealt, chairs, [*knows, frozenset({"v2"})]) == ((frozenset({"v2"}),), 4, 3)
    both = [frozenset({"v1", "v2"}), frozenset({"v2"})] * 2
    assert dealing.without_chairs(dealt, chairs, both) == ((frozenset({"v1", "v2"}), frozenset({"v2"})), 4, 3)
