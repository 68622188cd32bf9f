"""What a simulated person answers. By the ballot alone: nobody here has seen a figure."""

from decimal import Decimal
from random import Random

from eventkit.rehearsal.ballot import NOT_SURE, Ballot, Reach

ANY = Reach(Decimal(0), Decimal(100), Decimal(1))  # where a ballot shows no range
UNSURE = 0.06


def chosen(ballot: Ballot, room: Random, person: Random) -> str:
    """A choice, written as it is recorded. `room` is what the room leans to, the same for everybody in it."""
    if not ballot.asks_number and not ballot.items:
        return _option(ballot, room, person)
    if NOT_SURE in ballot.options and person.random() < UNSURE:
        return NOT_SURE
    return _number(ballot.slide or ANY, room, person) if ballot.asks_number else _order(ballot, room, person)


def _option(ballot: Ballot, room: Random, person: Random) -> str:
    weights = [0.15 if option == NOT_SURE else 0.4 + room.random() ** 2 * 2 for option in ballot.options]
    return person.choices(ballot.options, weights)[0]


def _number(slide: Reach, room: Random, person: Random) -> str:
    """Around a place that the room leans to, within the range; most people like round numbers."""
    lean, spread = 0.2 + 0.6 * room.random(), 0.1 + 0.12 * room.random()
    steps = int((slide.most - slide.least) / slide.step)
    step = round(min(max(person.gauss(lean, spread), 0), 1) * steps)
    if person.random() < 0.6 and steps >= 20:
        step = min(steps, round(step / (steps / 20)) * steps // 20)
    value = slide.least + step * slide.step
    return f"{value.normalize() if value else Decimal(0):f}"


def _order(ballot: Ballot, room: Random, person: Random) -> str:
    """Each item lands near where the room sees it."""
    leans = {item: room.random() for item in ballot.items}
    return "".join(sorted(ballot.items, key=lambda item: leans[item] + person.gauss(0, 0.35)))
