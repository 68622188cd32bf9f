"""One instance of a shape, seated once on one core: `python -m bench.one_seating SHAPE SEED [pure]` prints JSON.

`pure` hides numpy. Time and memory are those of seating alone; the proofs that it is held against come after.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

if "pure" in sys.argv:
    sys.modules["numpy"] = None  # type: ignore[assignment] # so importing it fails, as where it is not installed

from bench.shapes import FRONT, GONE_AND_NEW, after, shape
from eventkit.tables.bounds import bounds
from eventkit.tables.front import front
from eventkit.tables.repair import menu
from eventkit.tables.room import Room, Seats
from eventkit.tables.scoring import Measures, score
from eventkit.tables.seating import seat


@dataclass(frozen=True)
class Seated:
    """What came of it. `values` and `bounds` by measure; `met`: whether the quality is what the goals ask for."""

    seconds: float
    megabytes: float
    values: Mapping[str, int]
    bounds: Mapping[str, int]
    met: bool
    note: str = ""


def one(name: str, seed: int) -> Seated:
    """Seats an instance, finds plans to choose from, or mends a seating after people have come and gone."""
    if name in GONE_AND_NEW:
        return _late(name, seed)
    return _fronted(name, seed) if name == FRONT else _seated(name, seed)


def _seated(name: str, seed: int) -> Seated:
    room = shape(name, seed)
    began = time.perf_counter()
    seats = seat(room, seed)
    seconds, megabytes = time.perf_counter() - began, _megabytes()
    values, least = _flat(score(room, seats).total), _flat(bounds(room).total)
    return Seated(seconds, megabytes, values, least, values["broken"] == 0 and MET[name](room, seats, values, least))


def _late(name: str, seed: int) -> Seated:
    room, before = after(name, seed), seat(shape(name, seed), seed)
    here = {person.person_id for person in room.people}
    held = {number: {who: table for who, table in places.items() if who in here} for number, places in before.items()}
    began = time.perf_counter()
    offers = menu(room, held, frozenset(), frozenset(), seed)
    seconds, megabytes = time.perf_counter() - began, _megabytes()
    found = [_flat(score(room, offer.seats, held).total) for offer in offers]
    met = len(offers) >= 5 and all(values["broken"] == 0 for values in found)
    if name == "late42":
        _show_numpy()
        from tests.tables.oracle import front  # noqa: PLC0415 -- after the memory of seating was read

        proved = front(room, held, max(values["moves"] for values in found))
        met = met and all(values["balance"] == proved[values["moves"]] for values in found)
    note = " ".join(f"{values['moves']}:{values['balance']}/{values['repeats']}" for values in found)
    return Seated(seconds, megabytes, found[-1], _flat(bounds(room).total), met, note)


def _fronted(name: str, seed: int) -> Seated:
    room = shape(name, seed)
    began = time.perf_counter()
    trades = front(room, seed)
    seconds, megabytes = time.perf_counter() - began, _megabytes()
    found = [_flat(trade.report.total) for trade in trades]
    note = " ".join(f"{values['balance']}/{values['repeats']}" for values in found)
    met = len(found) >= 4 and not any(values["broken"] for values in found)
    return Seated(seconds, megabytes, found[0], _flat(bounds(room).total), met, note)


def _every_bound(_room: Room, _seats: Seats, values: Mapping[str, int], least: Mapping[str, int]) -> bool:
    return values == least


def _one_round(_room: Room, _seats: Seats, values: Mapping[str, int], least: Mapping[str, int]) -> bool:
    return values["balance"] == 0 and values["pairs"] == least["pairs"]


def _three_rounds(_room: Room, _seats: Seats, values: Mapping[str, int], least: Mapping[str, int]) -> bool:
    return values["balance"] == values["thirds"] == 0 and values["overlap"] == least["overlap"]


def _proved(room: Room, seats: Seats, _values: Mapping[str, int], _least: Mapping[str, int]) -> bool:
    """Each round has the clashes and the balance that are proved to be the best."""
    _show_numpy()
    from tests.tables.oracle import best  # noqa: PLC0415 -- after the memory of seating was read

    for number, measures in score(room, seats).rounds.items():
        proved = best(room, number, pairs=False)
        if not proved or (measures.clashes, sum(measures.balance.values())) != (proved.clashes, proved.balance):
            return False
    return True


def _at_most(repeats: int) -> Callable[[Room, Seats, Mapping[str, int], Mapping[str, int]], bool]:
    return lambda _room, _seats, values, _least: values["balance"] == 0 and values["repeats"] <= repeats


MET: Mapping[str, Callable[[Room, Seats, Mapping[str, int], Mapping[str, int]], bool]] = {
    "fife42": _one_round,
    "fife42r3": _three_rounds,
    **dict.fromkeys(("mid120", "golf32", "big500", "big1000"), _every_bound),
    **dict.fromkeys(("fife42rules", "mid120rules"), _proved),
    "mid120r6": _at_most(60),
    "assembly100": _at_most(550),
    "odd87": _at_most(15),
}


def _flat(measures: Measures) -> dict[str, int]:
    return {
        name: sum(value.values()) if isinstance(value, Mapping) else value for name, value in vars(measures).items()
    }


def _show_numpy() -> None:
    """The oracle needs what `pure` hid."""
    if sys.modules.get("numpy", sys) is None:
        del sys.modules["numpy"]


def _megabytes() -> float:
    """The most memory that this process has held; `ru_maxrss` would count its parent's too."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


if __name__ == "__main__":
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    print(json.dumps(asdict(one(sys.argv[1], int(sys.argv[2])))))
