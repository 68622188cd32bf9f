"""The fewest pairs that people make when they are spread over tables: a lower bound, with its proof. Pure."""

from functools import lru_cache
from heapq import heapify, heappop, heappush

Limits = tuple[int, int]
"""The fewest and the most, both included."""


@lru_cache
def least_pairs(people: int, rows: tuple[Limits, ...], columns: tuple[int, ...]) -> int:
    """The least Σ C(x, 2) over cells of x people, each row within its limits, each cell within its column's chairs.

    A row's next person adds to its least full open cell, so the cost of a row grows by 0 for its first people, one to
    each open cell, then by 1, and so on: it is convex. The sum of convex costs is least if each next person goes to
    the row where they cost least (Ibaraki and Katoh, "Resource Allocation Problems", 1988), once the rows
    have their fewest. The columns' sums are left free, so that this is a lower bound.
    """
    steps = [before for before in range(min(people, max(columns, default=0))) for chairs in columns if chairs > before]
    total = sum(sum(steps[:fewest]) for fewest, _most in rows)
    heap = [(steps[fewest], fewest, most) for fewest, most in rows if fewest < min(most, len(steps))]
    heapify(heap)
    for _person in range(people - sum(fewest for fewest, _most in rows)):
        if not heap:
            break
        cost, filled, most = heappop(heap)
        total += cost
        if filled + 1 < min(most, len(steps)):
            heappush(heap, (steps[filled + 1], filled + 1, most))
    return total
