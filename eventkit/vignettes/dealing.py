"""Which table gets which stories: each at as many tables as any other, and at few where somebody knows it. Pure."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import combinations
from random import Random

Dealt = Mapping[str, Collection[str]]
"""The stories of each table."""
Known = Mapping[str, Mapping[str, int]]
"""How many people at a table know a story: table → story → people."""

_Chain = tuple[tuple[str, str], ...]

MOST_GROUPS = 3
"""How many groups of people a reason may need; a fourth would help nobody to understand it."""


def deal(
    tables: Sequence[str],
    stories: Sequence[str],
    per_table: int,
    known: Known,
    seed: int = 0,
    *,
    now: Dealt | None = None,
    fixed: Dealt | None = None,
) -> Mapping[str, Sequence[str]]:
    """`per_table` different stories for each table, or all of them if there are fewer; `fixed` tables keep theirs.

    First, the squares of the numbers of tables that the stories are at add up to as little as can be. Where no table
    is fixed the numbers then differ by one at most: dealing round the tables in turn gives such numbers, and of all
    numbers with their sum they have the least squares. Second, fewest times somebody knows what their table discusses.
    Third, most stories stay where they are `now`. The seed decides the rest.
    """
    random, fixed = Random(seed), fixed or {}
    free = [table for table in tables if table not in fixed]
    asking, order = random.sample(free, k=len(free)), random.sample(stories, k=len(stories))
    costs = _costs(asking, order, known, now or {}, per_table)
    counts = Counter(story for table in fixed for story in fixed[table])
    dealt = _dealt(asking, order, min(per_table, len(stories)), costs, counts)
    return {
        table: list(fixed[table]) if table in fixed else [story for story in stories if story in dealt[table]]
        for table in tables
    }


def clashes(dealt: Dealt, known: Known) -> int:
    """How often somebody sits at a table with a story that they know: a person and a story count one."""
    return sum(known.get(table, {}).get(story, 0) for table, mine in dealt.items() for story in mine)


def why(
    tables: Sequence[str], stories: Sequence[str], per_table: int, known: Known, fixed: Dealt | None = None
) -> Mapping[str, Sequence[str]]:
    """Why somebody must sit at a story that they know: a set of facts of which none can be left out.

    A fact is that somebody at a table knows a story: story → tables. Empty if a deal without clashes exists.
    """
    free = [table for table in tables if table not in (fixed or {})]
    facts = {(story, table) for story in stories for table in free if known.get(table, {}).get(story)}
    if not _impossible(tables, stories, per_table, facts, fixed):
        return {}
    # Whole stories first: most of them have nothing to do with it.
    steps = [{fact for fact in facts if fact[0] == story} for story in stories]
    steps += [{fact} for fact in sorted(facts)]
    for step in steps:
        if step & facts and _impossible(tables, stories, per_table, facts - step, fixed):
            facts -= step
    return {
        story: [table for table in free if (story, table) in facts]
        for story in stories
        if any(fact[0] == story for fact in facts)
    }


def without_chairs(
    dealt: Dealt, chairs: Mapping[str, int], people: Sequence[frozenset[str]]
) -> tuple[Sequence[frozenset[str]], int, int] | None:
    """Why not everybody can be seated where they know no story, whoever sits where; None if no reason was found.

    `people`: what each of them knows. The reason is a smallest set of groups, a group being people who know the same
    of the dealt stories: the stories of each, how many people they are together, and how many chairs there are at the
    tables at which any of them knows nothing (Hall 1935).
    """
    told = {story for mine in dealt.values() for story in mine}
    groups = Counter(knows & told for knows in people if knows & told)
    for size in range(1, MOST_GROUPS + 1):
        for few in combinations(sorted(groups, key=sorted), size):
            places = sum(chairs[table] for table in dealt if any(not group & set(dealt[table]) for group in few))
            number = sum(groups[group] for group in few)
            if number > places:
                return few, number, places
    return None


def _dealt(
    asking: Sequence[str],
    stories: Sequence[str],
    per_table: int,
    costs: Mapping[tuple[str, str], int],
    counts: Counter[str],
) -> Mapping[str, Collection[str]]:
    """A flow of least cost: the tables ask in turn, and the cheapest chain of handing on is taken each time.

    So what is dealt is always the cheapest for what was asked so far (Ahuja, Magnanti and Orlin, "Network Flows",
    1993, chapter 9). One square more costs more than all else together.
    """
    unequal = 1 + sum(costs.values())
    dealt: dict[str, set[str]] = {table: set() for table in asking}
    for _time in range(per_table):
        for table in asking:
            chains = _chains(table, dealt, costs, stories)
            last = min(chains, key=lambda story: chains[story][0] + unequal * (2 * counts[story] + 1))
            counts[last] += 1
            _hand_on(dealt, chains[last][1])
    return dealt


def _costs(
    asking: Sequence[str], stories: Sequence[str], known: Known, now: Dealt, per_table: int
) -> Mapping[tuple[str, str], int]:
    """What a story costs at a table: a change less than any clash, as there are at most as many as are dealt."""
    clash = per_table * len(asking) + 1
    return {
        (table, story): clash * known.get(table, {}).get(story, 0) + (story not in now.get(table, ()))
        for table in asking
        for story in stories
    }


def _chains(
    table: str, dealt: Mapping[str, set[str]], costs: Mapping[tuple[str, str], int], stories: Sequence[str]
) -> Mapping[str, tuple[int, _Chain]]:
    """By the story that one more table would be at, the cheapest chain: each takes a story, the next gives it up."""
    reached: dict[str, tuple[int, _Chain]] = {table: (0, ())}
    chains: dict[str, tuple[int, _Chain]] = {}
    queue = [table]
    for taker in queue:
        for story in stories:
            if story in dealt[taker]:
                continue
            cost, chain = reached[taker][0] + costs[taker, story], (*reached[taker][1], (taker, story))
            if story in chains and chains[story][0] <= cost:
                continue
            chains[story] = (cost, chain)
            for giver in dealt:
                less = cost - costs[giver, story]
                if story in dealt[giver] and (giver not in reached or less < reached[giver][0]):
                    reached[giver] = (less, chain)
                    queue.append(giver)
    return chains


def _hand_on(dealt: Mapping[str, set[str]], chain: _Chain) -> None:
    given = ""
    for table, story in chain:
        dealt[table].discard(given)
        dealt[table].add(story)
        given = story


def _impossible(
    tables: Sequence[str],
    stories: Sequence[str],
    per_table: int,
    facts: Collection[tuple[str, str]],
    fixed: Dealt | None,
) -> bool:
    known = {table: {story: 1 for story in stories if (story, table) in facts} for table in tables}
    dealt = deal(tables, stories, per_table, known, fixed=fixed)
    return clashes({table: mine for table, mine in dealt.items() if table not in (fixed or {})}, known) > 0
