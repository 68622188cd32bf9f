"""How fast rooms of every shape are seated, and how well, beside what is proved to be the best.

`python -m bench.seating [shape ...] [--seeds N] [--pure]`. Each seed is another room of the shape, seated by default
settings in a process of its own on one core; `--pure` does it without numpy. A line gives the median and the worst
seconds with their goals; how many seeds reached what the goals ask of the plan; then by measure the median and its
bound, and by how much the worst seed is above it. Rooms with rules are held against optima proved by CP-SAT, and so is
`late42`, whose last seed shows its offers as moves:balance/repeats.
The last seed of `front100` shows its plans as balance/repeats.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.one_seating import Seated
from bench.shapes import SHAPES

GOALS = {
    "fife42": (0.1, 0.5),
    "fife42r3": (0.7, 2),
    "mid120": (1.5, 4),
    "golf32": (1.5, 4),
    "big500": (5, 10),
    "big1000": (30, 60),
    "fife42rules": (2, 5),
    "mid120rules": (8, 20),
    "mid120r6": (20, 30),
    "assembly100": (45, 45),
    "front100": (45, 45),
    "odd87": (15, 15),
    "late42": (1, 1),
    "late120": (3, 3),
}
NUMPY_GOALS = {"big500": (1.5, 3), "big1000": (3, 8)}
MEASURES = ("broken", "clashes", "balance", "overlap", "repeats", "thirds", "pairs", "moves")


def compare(names: Sequence[str], seeds: int, *, pure: bool) -> None:
    """Prints a line for each shape."""
    print(f"{'shape':>12} {'median s':>14} {'worst s':>14} {'met':>7} {'MB':>5}   measure median/bound, worst above it")
    for name in names:
        found = [_run(name, seed, pure=pure) for seed in range(seeds)]
        goals = GOALS[name] if pure else NUMPY_GOALS.get(name, GOALS[name])
        times = [seated.seconds for seated in found]
        print(
            f"{name:>12} {_timed(statistics.median(times), goals[0])} {_timed(max(times), goals[1])}"
            f" {sum(seated.met for seated in found):>3}/{seeds:<3} {max(seated.megabytes for seated in found):>5.0f}"
            f"   {'  '.join(_measured(measure, found) for measure in MEASURES)}  {found[-1].note}",
            flush=True,
        )


def _run(name: str, seed: int, *, pure: bool) -> Seated:
    """Seats in a fresh process; numpy's own threads would be a second core."""
    command = [sys.executable, "-m", "bench.one_seating", name, str(seed), *(["pure"] if pure else [])]
    one_thread = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL")}
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parent.parent,
        env=os.environ | one_thread,
    )
    if done.returncode:
        sys.exit(f"{name} with seed {seed} failed:\n{done.stderr}")
    return Seated(**json.loads(done.stdout))


def _timed(seconds: float, goal: float) -> str:
    return f"{seconds:6.2f} {'<=' if seconds <= goal else '> '}{goal:5g}"


def _measured(measure: str, found: Sequence[Seated]) -> str:
    value = statistics.median(seated.values[measure] for seated in found)
    bound = statistics.median(seated.bounds[measure] for seated in found)
    above = max(seated.values[measure] - seated.bounds[measure] for seated in found)
    return f"{measure} {value:g}/{bound:g}" + (f" +{above}" if above else "")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Seats rooms of every shape, and compares with goals and bounds.")
    parser.add_argument("shapes", nargs="*", metavar="shape", help=", ".join(SHAPES))
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--pure", action="store_true", help="without numpy")
    chosen = parser.parse_args()
    if unknown := set(chosen.shapes) - set(SHAPES):
        parser.error(f"No shape is called {', '.join(sorted(unknown))}.")
    compare(chosen.shapes or list(SHAPES), chosen.seeds, pure=chosen.pure)
