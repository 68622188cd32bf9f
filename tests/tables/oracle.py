"""The best that a round can be, proved by OR-Tools' CP-SAT solver: what `seat` is held against. Small rooms only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import comb

from ortools.sat.python import cp_model

from eventkit.tables.room import Kind, Room, Rule, Seats, Table

SECONDS = 30.0
Places = Mapping[tuple[str, str], cp_model.IntVar]
"""Whether a person sits at a table."""


@dataclass(frozen=True)
class Best:
    """The least clashes; the least weighted balance among plans with these; the least pairs among those with both."""

    clashes: int
    balance: int
    pairs: int


@dataclass
class _Model:
    """A round, with every hard rule, and sizes that are free within their limits."""

    room: Room
    number: int
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)

    def __post_init__(self) -> None:
        self.tables: Sequence[Table] = self.room.tables_in(self.number)
        self.people = self.room.people_in(self.number)
        self.places: Places = {
            (person.person_id, table.table): self.model.new_bool_var(f"{person.person_id} at {table.table}")
            for person in self.people
            for table in self.tables
        }
        self.sizes = {
            table.table: self.model.new_int_var(table.min_seats, min(table.max_seats, len(self.people)), table.table)
            for table in self.tables
        }


def best(room: Room, number: int, *, pairs: bool = True) -> Best | None:
    """Proves the levels of a round, one after the other; None if no plan keeps the rules. Without pairs they are 0."""
    round_ = _Model(room, number)
    if any(table.min_seats > len(round_.people) for table in round_.tables):
        return None
    _demand(round_)
    clashes = _least(round_, _clashes(round_))
    if clashes is None:
        return None
    balance = _least(round_, _balance(round_)) or 0
    return Best(clashes, balance, (_least(round_, _pairs(round_)) or 0) if pairs else 0)


def front(room: Room, held: Seats, most: int) -> list[int]:
    """The proved least balance of all rounds with at most 0, 1 … `most` seats of seated people changed, all in all."""
    totals = [0] * (most + 1)
    for number in range(1, room.rounds + 1):
        alone = [_with_moves(room, number, held[number], moves) for moves in range(most + 1)]
        totals = [min(totals[moves - here] + alone[here] for here in range(moves + 1)) for moves in range(most + 1)]
    return totals


def _with_moves(room: Room, number: int, held: Mapping[str, str], moves: int) -> int:
    """The proved least balance of a round in which so many of the people who had a seat have another."""
    round_ = _Model(room, number)
    _demand(round_)
    seated = [person.person_id for person in round_.people if person.person_id in held]
    stay = sum(round_.places[person_id, held[person_id]] for person_id in seated)
    round_.model.add(stay >= len(seated) - moves)
    found = _least(round_, _balance(round_))
    assert found is not None, f"no plan of round {number} with {moves} moves keeps the rules"
    return found


def _least(round_: _Model, cost: cp_model.LinearExprT) -> int | None:
    """The proved least of a cost, which is then held for the levels below; None if there is no plan."""
    round_.model.minimize(cost)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = SECONDS
    status = solver.solve(round_.model)
    if status == cp_model.INFEASIBLE:
        return None
    assert status == cp_model.OPTIMAL, f"not proved within {SECONDS:.0f} s"
    found = round(solver.objective_value)
    round_.model.add(cost <= found)
    return found


def _demand(round_: _Model) -> None:
    model, places = round_.model, round_.places
    for person in round_.people:
        model.add_exactly_one(places[person.person_id, table.table] for table in round_.tables)
    for table in round_.tables:
        model.add(sum(places[person.person_id, table.table] for person in round_.people) == round_.sizes[table.table])
    rules = round_.room.rules_in(round_.number)
    hosts = {rule.person_id for rule in rules if rule.kind is Kind.HOST}
    for table in round_.tables:
        if hosts:
            model.add_exactly_one(places[host, table.table] for host in hosts)
        for rule in rules:
            _keep(model, rule, table, places)


def _keep(model: cp_model.CpModel, rule: Rule, table: Table, places: Places) -> None:
    """Adds what a rule says of one table."""
    here = places[rule.person_id, table.table]
    match rule.kind:
        case Kind.FIXED | Kind.HOST if rule.table:
            model.add(here == (rule.table == table.table))
        case Kind.BANNED if rule.table == table.table:
            model.add(here == 0)
        case Kind.ACCESSIBLE if not table.accessible:
            model.add(here == 0)
        case Kind.TOGETHER:
            model.add(here == places[rule.other_id, table.table])
        case Kind.APART:
            model.add(here + places[rule.other_id, table.table] <= 1)


def _clashes(round_: _Model) -> cp_model.LinearExprT:
    return sum(
        len(person.knows & table.vignettes) * round_.places[person.person_id, table.table]
        for person in round_.people
        for table in round_.tables
    )


def _balance(round_: _Model) -> cp_model.LinearExprT:
    """People outside the fair ranges, which follow from the sizes that the plan chooses."""
    even, costs = _even(round_), []
    for name, sharing in _sharing(round_):
        for table in round_.tables:
            here = sum(round_.places[person_id, table.table] for person_id in sharing)
            off = round_.model.new_int_var(0, len(sharing), "")
            round_.model.add(off >= here - _fair(round_, table, len(sharing), even, up=True))
            round_.model.add(off >= _fair(round_, table, len(sharing), even, up=False) - here)
            costs.append(round_.room.weights.get(name, 1) * off)
    return cp_model.LinearExpr.sum(costs)


def _even(round_: _Model) -> cp_model.IntVar:
    """Whether the tables' sizes differ by no more than one."""
    model, sizes, everybody = round_.model, list(round_.sizes.values()), len(round_.people)
    most, fewest = model.new_int_var(0, everybody, "most"), model.new_int_var(0, everybody, "fewest")
    model.add_max_equality(most, sizes)
    model.add_min_equality(fewest, sizes)
    even = model.new_bool_var("even")
    model.add(most - fewest <= 1).only_enforce_if(even)
    model.add(most - fewest >= 2).only_enforce_if(~even)
    return even


def _fair(round_: _Model, table: Table, count: int, even: cp_model.IntVar, *, up: bool) -> cp_model.IntVar:
    """The share of `count` people that is fair at a table, rounded up or down: c / T, or c · n / N at uneven sizes."""
    model, everybody, tables = round_.model, len(round_.people), len(round_.tables)
    by_size, share = model.new_int_var(0, count, ""), model.new_int_var(0, count, "")
    shares = [(count * size + up * (everybody - 1)) // everybody for size in range(everybody + 1)]
    model.add_element(round_.sizes[table.table], shares, by_size)
    model.add(share == (count + up * (tables - 1)) // tables).only_enforce_if(even)
    model.add(share == by_size).only_enforce_if(~even)
    return share


def _pairs(round_: _Model) -> cp_model.LinearExprT:
    """C(x, 2) of x people at a table is the largest of the lines k · x − C(k + 1, 2)."""
    costs = []
    for _name, sharing in _sharing(round_):
        for table in round_.tables:
            here = sum(round_.places[person_id, table.table] for person_id in sharing)
            found = round_.model.new_int_var(0, comb(len(sharing), 2), "")
            for slope in range(1, len(sharing)):
                round_.model.add(found >= slope * here - comb(slope + 1, 2))
            costs.append(found)
    return cp_model.LinearExpr.sum(costs)


def _sharing(round_: _Model) -> list[tuple[str, list[str]]]:
    """The people of each attribute's each value."""
    found: dict[tuple[str, str], list[str]] = {}
    for person in round_.people:
        for attribute in person.attributes.items():
            found.setdefault(attribute, []).append(person.person_id)
    return [(name, sharing) for (name, _value), sharing in found.items()]
