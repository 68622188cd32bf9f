"""After people have come and gone: a menu of seatings, from the fewest people moved to the best mixed. Pure.

Rounds that are over and pinned people stay as they are. A search is run at falling prices of a move, each from the plan
that the dearer one has come to, and the best plan that was met for each number of moves is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from eventkit.errors import BadInput
from eventkit.tables.optimiser.cooling import Best, Cooling, cool
from eventkit.tables.optimiser.dealing import deal
from eventkit.tables.optimiser.plan import Plan
from eventkit.tables.optimiser.problem import AWAY, Prices, Problem, compiled
from eventkit.tables.room import Room, Seats
from eventkit.tables.scoring import Report, score
from eventkit.tables.seating import USUAL, goal_of, named

PRICES = (2400, 2400, 2400, 192, 120, 120, 96, 72, 60, 48, 48, 36, 24, 24, 12, 4, 1)
"""What a move costs, where a person off the fair range costs 24 and a repeat meeting 4."""

PROPOSALS, MOST_PROPOSALS = 180, 28_000
"""Exchanges proposed at each price, for each person and round, and at the most."""

WARM = 8.0
"""Where each search begins: warm enough for newcomers to change places before anybody else moves."""

MOST_OFFERS = 9


@dataclass(frozen=True)
class Offer:
    """One way to seat everybody who is there; `moves` counts the seats, round by round, that people have to change."""

    seats: Seats
    moves: int
    report: Report


def menu(
    room: Room, held: Seats, over: frozenset[int], pinned: frozenset[tuple[int, str]], seed: int = 0
) -> Sequence[Offer]:
    """Offers by their moves, each better than all with fewer; at least one. `held` are the seats before.

    Whoever has no seat in a round that is over was not there, and gets none. Raises `BadInput` with the rules that
    contradict each other.
    """
    present = _present(room, held, over)
    problem = compiled(present, Prices(), held)
    random = Random(seed)
    at = _first(present, problem, held, over, pinned, random)
    kept = [_kept(problem, number, over, pinned) for number in range(1, room.rounds + 1)]
    found: dict[int, Best] = {}
    for best in _along_prices(present, problem, at, kept, random):
        known = found.get(best.key[-1])
        if known is None or best.key < known.key:
            found[best.key[-1]] = best
    return [_offer(present, problem, best, held) for best in _thinned(_front(found))]


def marked(offers: Sequence[Offer]) -> tuple[int, int, int]:
    """Which offers to name: nobody moves or as few as can be, the knee, and the best.

    The knee is the offer farthest below the line from the first to the last (Satopää et al. 2011).
    """
    last = len(offers) - 1
    costs = [_cost(offer.report) for offer in offers]
    width, height = max(1, offers[last].moves - offers[0].moves), max(1, costs[0] - costs[last])
    below = [
        (costs[0] - cost) / height - (offer.moves - offers[0].moves) / width
        for cost, offer in zip(costs, offers, strict=True)
    ]
    return 0, below.index(max(below)), last


def _cost(report: Report) -> int:
    total, prices = report.total, Prices()
    return (
        prices.clash * total.clashes
        + prices.balance * sum(total.balance.values())
        + prices.overlap * total.overlap
        + prices.third * total.thirds
    )


def _present(room: Room, held: Seats, over: frozenset[int]) -> Room:
    """The room in which nobody who came later was there in a round that is over."""
    everything = frozenset(range(1, room.rounds + 1))
    people = []
    for person in room.people:
        missed = {number for number in over if person.person_id not in held.get(number, {})}
        rounds = (person.rounds or everything) - missed
        if rounds:
            people.append(replace(person, rounds=rounds))
    return replace(room, people=people)


def _first(
    room: Room,
    problem: Problem,
    held: Seats,
    over: frozenset[int],
    pinned: frozenset[tuple[int, str]],
    random: Random,
) -> list[list[int]]:
    """Everybody on the seat that they had where the rules allow it, newcomers on free chairs."""
    live = {number: dict(held.get(number, {})) for number in range(1, room.rounds + 1) if number not in over}
    for number, seats in live.items():
        tables = set(problem.rounds[number - 1].tables)
        live[number] = {who: table for who, table in seats.items() if table in tables}
    pins = {number: {who: at for who, at in seats.items() if (number, who) in pinned} for number, seats in live.items()}
    at = []
    for number in range(1, room.rounds + 1):
        if number in over:
            at.append(list(problem.homes[number - 1]))
            continue
        try:
            at.append(deal(room, problem, random, number, live[number]))
        except BadInput:
            at.append(deal(room, problem, random, number, pins[number]))
    return at


def _kept(problem: Problem, number: int, over: frozenset[int], pinned: frozenset[tuple[int, str]]) -> frozenset[int]:
    """Who keeps a seat in a round whatever it costs."""
    home = problem.homes[number - 1]
    return frozenset(
        person
        for person in problem.rounds[number - 1].here
        if number in over or ((number, problem.people[person]) in pinned and home[person] != AWAY)
    )


def _along_prices(
    room: Room, problem: Problem, at: Sequence[Sequence[int]], kept: Sequence[frozenset[int]], random: Random
) -> list[Best]:
    """The plans that a search comes by while a move gets cheaper."""
    proposals = min(MOST_PROPOSALS, PROPOSALS * len(room.people) * room.rounds)
    found = [Best(Plan(problem, at).key, at, 0)]
    goal = (*goal_of(room, problem)[:-1], -1)

    def look(plan: Plan, _spent: int) -> None:
        if plan.key < best_at.get(plan.key[-1], _WORST):
            best_at[plan.key[-1]] = plan.key
            found.append(Best(plan.key, [list(row) for row in plan.at], plan.overlap))

    best_at = {found[0].key[-1]: found[0].key}
    for price in PRICES:
        priced = replace(problem, prices=replace(problem.prices, move=price))
        plan = Plan(priced, at)
        cool(plan, random, Cooling(WARM, USUAL.cold, proposals, loose=True), goal, kept, look)
        at = plan.at
    return found


_WORST = (10**9, 0, 0, 0, 0)


def _front(found: dict[int, Best]) -> list[Best]:
    """The plans that are better than every one with fewer moves."""
    front: list[Best] = []
    for _moves, best in sorted(found.items()):
        if not front or best.key[:3] < front[-1].key[:3]:
            front.append(best)
    return front


def _thinned(front: Sequence[Best]) -> Sequence[Best]:
    """No more than people can choose from, the first few and the last among them: each move less is most wanted."""
    if len(front) <= MOST_OFFERS:
        return front
    first = MOST_OFFERS // 2
    step = (len(front) - 1 - first) / (MOST_OFFERS - first)
    return [*front[:first], *(front[round(first + step * place)] for place in range(1, MOST_OFFERS - first + 1))]


def _offer(room: Room, problem: Problem, best: Best, held: Seats) -> Offer:
    seats = named(problem, best.at)
    report = score(room, seats, held)
    return Offer(seats, report.total.moves, report)
