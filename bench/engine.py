"""`python -m bench.engine`: what the engine costs, in milliseconds, medians of many runs on banks of two sizes."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np

from lti_tool.engine import Choice, Engine, Outcome, State
from lti_tool.engine.simulation.world import NATURES, Cohort, cohort, world

RESULTS = Path(__file__).parent / "engine.json"
RUNS = 200
GUESSING = NATURES[1]


def main() -> None:
    """Print the figures and keep them."""
    found = {"importing beyond numpy, ms": _import_cost()}
    for competences in (7, 15):
        people = cohort(world(GUESSING, np.random.default_rng(1), competences), np.random.default_rng(2), 1)
        found |= _costs(people)
    one = cohort(world(GUESSING, np.random.default_rng(1), 1), np.random.default_rng(2), 1)
    found |= {f"one competence: {name}": value for name, value in _costs(one).items()}
    for name, value in found.items():
        print(f"{name}: {value:.2f}")
    RESULTS.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


def _costs(people: Cohort) -> dict[str, float]:
    """Time each step in the middle of a test."""
    items, plan = people.world.items, people.world.plan
    engine = Engine(items)
    state = _half_way(engine, engine.start(plan, 1), people)
    chosen = engine.choose(state)
    if not isinstance(chosen, Choice):
        raise SystemExit("the test ended before its middle")
    size = f"{len(items)} items"
    return {
        f"choose, {size}, ms": _milliseconds(lambda: engine.choose(state)),
        f"record, {size}, ms": _milliseconds(lambda: engine.record(state, chosen.item_id, Outcome.RIGHT)),
        f"score of record, {size}, ms": _milliseconds(lambda: engine.score(state)),
    }


def _half_way(engine: Engine, state: State, people: Cohort) -> State:
    """The state after twenty answers."""
    for _ in range(20):
        chosen = engine.choose(state)
        if isinstance(chosen, Choice):
            right = people.right[0, state.sheet.rows[chosen.item_id]]
            state = engine.record(state, chosen.item_id, Outcome.RIGHT if right else Outcome.WRONG)
    return state


def _milliseconds(step: Callable[[], object]) -> float:
    """Median of many runs."""
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        step()
        times.append(time.perf_counter() - began)
    return 1000 * median(times)


def _import_cost() -> float:
    """Milliseconds that importing the engine takes once numpy is there, median of fresh interpreters."""
    script = "import numpy, time; t = time.perf_counter(); import lti_tool.engine; print(time.perf_counter() - t)"
    runs = [subprocess.run([sys.executable, "-c", script], capture_output=True, check=True) for _ in range(15)]
    return 1000 * median(float(run.stdout) for run in runs)


if __name__ == "__main__":
    main()
