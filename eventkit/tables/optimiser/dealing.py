"""The first seats of a search: those who are bound where the rules have them, all others dealt round the tables. Pure.

People in the order of their first two attributes are dealt one to a table in turn. Every run of c people with one value
is thereby spread as floor or ceiling of c / tables, which is fair; so is an organisation within its sector.
"""

from collections.abc import Mapping, Sequence
from random import Random

from eventkit.errors import BadInput
from eventkit.tables.optimiser.conflicts import contradictions
from eventkit.tables.optimiser.problem import AWAY, Problem, Round
from eventkit.tables.optimiser.start import start
from eventkit.tables.room import Room
from eventkit.web.language import gettext as _


def deal(room: Room, problem: Problem, random: Random, number: int, held: Mapping[str, str]) -> list[int]:
    """A table for each person in a round, `AWAY` for who is not there. Whoever is in `held` keeps that place.

    Raises `BadInput` with the rules that contradict each other.
    """
    each = problem.rounds[number - 1]
    found = start(room, number, random, held)
    if found is None:
        raise BadInput("\n".join(contradictions(room)) or _undecided(number))
    table_of = {table: place for place, table in enumerate(each.tables)}
    at = [AWAY] * len(problem.people)
    free = list(found.sizes)
    for person in each.here:
        if problem.people[person] in found.places:
            at[person] = table_of[found.places[problem.people[person]]]
            free[at[person]] -= 1
    table = random.randrange(len(free)) if free else 0
    for person in _in_turn(problem, each, at, random):
        while not free[table]:
            table = (table + 1) % len(free)
        at[person] = table
        free[table] -= 1
        table = (table + 1) % len(free)
    return at


def _in_turn(problem: Problem, each: Round, at: Sequence[int], random: Random) -> list[int]:
    """Who has no place yet, people with the same values beside each other; which come first is drawn."""
    draw = [random.random() for _value in problem.weights]
    rest = [person for person in each.here if at[person] == AWAY]
    random.shuffle(rest)
    return sorted(rest, key=lambda person: [draw[value] for value in reversed(problem.values[person][:2])])


def _undecided(number: int) -> str:
    sentence = _("No seating of round {number} was found that keeps every rule and pin. Take some of them away.")
    return sentence.format(number=number)
