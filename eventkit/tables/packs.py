"""Which table discusses which vignettes: the packs of a round dealt anew, with nobody moved. Pure."""

from collections.abc import Mapping, Sequence

from eventkit.tables.room import Room

Pack = frozenset[str]


def deal(room: Room, number: int, seats: Mapping[str, str]) -> Mapping[str, Pack]:
    """The round's packs, each at one of its tables, so that fewest people know what their table discusses.

    `seats`: person_id → table, of this round. A clash is a person and a vignette, as `scoring` counts them. Packs stay
    whole; among deals with as few clashes as can be, the one that leaves most packs where they are.
    """
    tables = room.tables_in(number)
    packs = [table.vignettes for table in tables]
    known: dict[str, list[Pack]] = {table.table: [] for table in tables}
    for person in room.people_in(number):
        if seats.get(person.person_id) in known:
            known[seats[person.person_id]].append(person.knows)
    # One change of table costs less than any clash: there are at most as many changes as tables.
    clash = len(tables) + 1
    costs = [
        [clash * sum(len(pack & knows) for knows in known[table.table]) + (pack != table.vignettes) for pack in packs]
        for table in tables
    ]
    return {table.table: packs[pack] for table, pack in zip(tables, cheapest(costs), strict=True)}


def cheapest(costs: Sequence[Sequence[int]]) -> list[int]:
    """A column for each row, each column once, so that the costs add up to the least: the Hungarian algorithm.

    In the form with potentials and shortest paths (Jonker and Volgenant 1987): rows join one by one, each along the
    path that is cheapest by what a column costs beyond the potentials of its row and column. Cubic in the rows.
    """
    size = len(costs)
    of_row, of_column = [0] * size, [0] * (size + 1)
    row_of = [-1] * size + [-1]
    for row in range(size):
        row_of[size] = row
        came, column = _path(costs, of_row, of_column, row_of)
        while column != size:
            row_of[column] = row_of[came[column]]
            column = came[column]
    chosen = [0] * size
    for column, row in enumerate(row_of[:size]):
        chosen[row] = column
    return chosen


def _path(
    costs: Sequence[Sequence[int]], of_row: list[int], of_column: list[int], row_of: Sequence[int]
) -> tuple[list[int], int]:
    """From where the cheapest path came to each column, and the free column in which it ends; potentials follow.

    The last entry of `row_of` and `of_column` is no column: it holds the row that joins.
    """
    size = len(costs)
    came, nearest = [size] * size, [-1] * size
    done = [size]
    while (row := row_of[done[-1]]) >= 0:
        left = [column for column in range(size) if column not in done]
        for column in left:
            beyond = costs[row][column] - of_row[row] - of_column[column]
            if nearest[column] < 0 or beyond < nearest[column]:
                nearest[column], came[column] = beyond, done[-1]
        best = min(left, key=nearest.__getitem__)
        step = nearest[best]
        for column in done:
            of_row[row_of[column]] += step
            of_column[column] -= step
        for column in left:
            nearest[column] -= step
        done.append(best)
    return came, done[-1]
