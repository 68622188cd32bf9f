"""Rooms of the shapes that seating is measured on, by name and seed; each seed is another instance of its shape.

Organisations of skewed sizes lie in sectors; role crosses them, and locality in rooms of more than 42, so that people
who are seated at random are as far from balance as in the study that set the goals. `late42` and `late120` are pairs:
the room in the morning, and the room after some have gone and others have come.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from random import Random

from bench.bound_by_rules import Wanted, with_rules
from eventkit.tables.room import Person, Room, Table

GONE_AND_NEW = {"late42": (4, 6), "late120": (10, 9)}

FRONT = "front100"
"""A room like `assembly100`, for which plans to choose from are found."""


def shape(name: str, seed: int) -> Room:
    """An instance of a shape; for `late42` and `late120` the room in the morning."""
    return SHAPES[name](Random(f"{name} {seed}"))


def after(name: str, seed: int) -> Room:
    """The room of `late42` or `late120` when some have gone, and others have come from the same organisations."""
    morning, rng = shape(name, seed), Random(f"after {name} {seed}")
    gone, new = GONE_AND_NEW[name]
    left = set(rng.sample([person.person_id for person in morning.people], gone))
    stayed = [person for person in morning.people if person.person_id not in left]
    come = [Person(f"new{number}", rng.choice(morning.people).attributes) for number in range(1, new + 1)]
    return Room([*stayed, *come], morning.tables, morning.rounds, morning.rules)


def nested(people: int, tables: int, rounds: int, organisations: int, sectors: int, rng: Random) -> Room:
    """Organisations within sectors, and a few roles and localities that cross them."""
    companies = _skewed(rng, people, organisations)
    crowd = [
        Person(
            f"p{number}",
            {
                "organisation": f"Organisation {company}",
                "sector": f"Sector {company % sectors}",
                **_crossing(rng, people),
            },
        )
        for number, company in enumerate(companies, 1)
    ]
    return Room(crowd, _alike(people, tables), rounds)


def _bound(
    people: int, tables: int, rounds: int, organisations: int, sectors: int, wanted: Wanted, rng: Random
) -> Room:
    return with_rules(nested(people, tables, rounds, organisations, sectors, rng), wanted, rng)


def _golf(_rng: Random) -> Room:
    """Nobody has any attribute: only meetings count."""
    return Room([Person(f"p{number}") for number in range(1, 33)], _alike(32, 8, slack=0), 7)


def _assembly(rng: Random) -> Room:
    """Seven attributes that cross each other."""
    kinds = {"gender": 2, "age": 5, "education": 4, "region": 6, "income": 3, "view": 3, "disability": 2}
    people = [
        Person(f"p{number}", {name: str(_one_of(rng, many, 0.3)) for name, many in kinds.items()})
        for number in range(1, 101)
    ]
    return Room(people, _alike(100, 12), 8)


def _odd(rng: Random) -> Room:
    """Rooms of 6 to 10 chairs, hardly more than there are people."""
    chairs: Sequence[int] = ()
    while not 88 <= sum(chairs) <= 92:
        chairs = rng.choices(range(6, 11), k=11)
    tables = [Table(f"t{number}", 5, most) for number, most in enumerate(chairs, 1)]
    return Room(nested(87, 11, 4, 20, 4, rng).people, tables, 4)


def _alike(people: int, tables: int, slack: int = 1) -> list[Table]:
    """Tables with chairs for an even share, and `slack` more or less."""
    fewest, most = people // tables - slack, -(-people // tables) + slack
    return [Table(f"t{number}", fewest, most) for number in range(1, tables + 1)]


def _skewed(rng: Random, people: int, values: int) -> list[int]:
    """Each value at least once, the others ever rarer."""
    weights = [1 / (value + 1) ** 0.8 for value in range(values)]
    found = [*range(values), *rng.choices(range(values), weights, k=people - values)]
    rng.shuffle(found)
    return found


def _crossing(rng: Random, people: int) -> Mapping[str, str]:
    role, locality = f"Role {_one_of(rng, 4, 0.5)}", f"Locality {_one_of(rng, 5, 0.5)}"
    return {"role": role, "locality": locality} if people > 42 else {"role": role}


def _one_of(rng: Random, values: int, skew: float) -> int:
    return rng.choices(range(values), [1 / (value + 1) ** skew for value in range(values)])[0]


_FIFE, _MID = (12, 3), (28, 4)

SHAPES: Mapping[str, Callable[[Random], Room]] = {
    "fife42": partial(nested, 42, 4, 1, *_FIFE),
    "fife42r3": partial(nested, 42, 4, 3, *_FIFE),
    "mid120": partial(nested, 120, 15, 3, *_MID),
    "golf32": _golf,
    "big500": partial(nested, 500, 50, 3, 80, 6),
    "big1000": partial(nested, 1000, 100, 4, 150, 8),
    "fife42rules": partial(_bound, 42, 4, 2, *_FIFE, Wanted(2, 3, 2, 2, 2, 2, hosts_fixed=False)),
    "mid120rules": partial(_bound, 120, 15, 3, *_MID, Wanted(3, 8, 6, 4, 4, 5, hosts_fixed=True)),
    "mid120r6": partial(nested, 120, 15, 6, *_MID),
    "assembly100": _assembly,
    FRONT: _assembly,
    "odd87": _odd,
    "late42": partial(nested, 42, 4, 2, *_FIFE),
    "late120": partial(nested, 120, 15, 3, *_MID),
}
