"""Our engine as a way of testing: people sit one after the other, the exposure snapshot renewed now and then."""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from lti_tool.engine.answering import Floats
from lti_tool.engine.engine import Engine
from lti_tool.engine.scale import Choice, Difficulties, Outcome, Plan, Reference, Score
from lti_tool.engine.simulation.tracks import Tracks
from lti_tool.engine.simulation.world import Bools, Cohort
from lti_tool.engine.skills import MASTERED
from lti_tool.engine.state import State

SNAPSHOT_EVERY = 10
"""People between two exposure snapshots, unless said otherwise (a snapshot is made every hour)."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How our engine is set: the longest length, a target error or none, calibrated numbers or none."""

    longest: int
    target_error: float | None = None
    parameters: Difficulties | None = None
    population: Reference | None = None
    snapshot_every: int = SNAPSHOT_EVERY


@dataclass(frozen=True, slots=True, eq=False)
class Sitting:
    """What our engine left: the joint tracks; the score of record after some lengths (not a number: not measured);
    per person the share of skills that the map calls, and of those called rightly; milliseconds a choice, median.
    """

    joint: Tracks
    record: dict[int, tuple[Floats, Floats]] = field(repr=False)
    called: Floats
    right: Floats
    milliseconds: float


def sit(cohort: Cohort, rng: np.random.Generator, setting: Setting, marks: Sequence[int] = ()) -> Sitting:
    """Test everyone of a cohort. marks: the lengths after which the score of record is kept."""
    people, competences = cohort.levels.shape
    asked = np.full((people, setting.longest), -1, dtype=np.intp)
    levels = np.zeros((people, setting.longest, competences))
    errors = np.zeros((people, setting.longest, competences))
    record = {mark: (np.full((people, competences), np.nan), np.full((people, competences), np.nan)) for mark in marks}
    maps, times = np.zeros((people, 2)), []
    for person, walk in _everyone(cohort, rng, setting):
        count = 0
        for count, (engine, state, seconds) in enumerate(walk, start=1):
            times.append(seconds)
            asked[person, count - 1] = state.sheet.rows[state.answers[-1].item_id]
            believed = engine.estimate(state).values()
            levels[person, count - 1] = [estimate.level for estimate in believed]
            errors[person, count - 1] = [estimate.error for estimate in believed]
            if count in record:
                record[count][0][person], record[count][1][person] = _of_record(engine.score(state))
        levels[person, count:], errors[person, count:] = levels[person, count - 1], errors[person, count - 1]
        maps[person] = _map(cohort, person, engine.skills(state))
    tracks = Tracks(asked, levels, errors)
    return Sitting(tracks, record, maps[:, 0], maps[:, 1], 1000 * float(np.median(times)))


def _everyone(
    cohort: Cohort, rng: np.random.Generator, setting: Setting
) -> Iterator[tuple[int, Iterator[tuple[Engine, State, float]]]]:
    """Give each person's number and states, one after every answer; what they met counts in the next snapshot."""
    world = cohort.world
    engine = Engine(world.items, setting.parameters, population=setting.population)
    floor = min(4, setting.longest // cohort.levels.shape[1])
    plan = Plan(world.plan.topics, setting.longest, min(4, setting.longest), floor, setting.target_error)
    shown: Counter[str] = Counter()
    exposure: dict[str, float] = {}
    for person, right in enumerate(cohort.right):
        if person % setting.snapshot_every == 0 and person:
            exposure = {item: count / person for item, count in shown.items()}
        yield person, _one(engine, engine.start(plan, rng.bytes(16), exposure), right, shown)


def _one(engine: Engine, state: State, right: Bools, shown: Counter[str]) -> Iterator[tuple[Engine, State, float]]:
    """Ask one person to the end; give the state after each answer, and the seconds that its choice took."""
    while True:
        began = time.perf_counter()
        chosen = engine.choose(state)
        seconds = time.perf_counter() - began
        if not isinstance(chosen, Choice):
            return
        outcome = Outcome.RIGHT if right[state.sheet.rows[chosen.item_id]] else Outcome.WRONG
        state = engine.record(state, chosen.item_id, outcome)
        shown[chosen.item_id] += 1
        yield engine, state, seconds


def _of_record(score: Score) -> tuple[list[float], list[float]]:
    found = [(np.nan, np.nan) if one is None else (one.level, one.error) for one in score.competences.values()]
    return [level for level, _ in found], [error for _, error in found]


def _map(cohort: Cohort, person: int, chances: dict[str, float]) -> tuple[float, float]:
    """Share of the skills that are called mastered or not yet, and of those called as they truly are.

    A skill is truly mastered where theta reaches the mean of its items' true difficulties.
    """
    held = cohort.world.sheet
    sums = np.bincount(held.skill, weights=cohort.world.difficulty, minlength=len(held.bank.skills))
    hard = sums / np.maximum(1, np.bincount(held.skill, minlength=len(held.bank.skills)))
    topic = np.zeros(len(held.bank.skills), dtype=np.intp)
    topic[held.skill] = held.topic
    known = {name: row for row, name in enumerate(held.bank.skills)}
    rows = np.array([known[name] for name in chances])
    chance = np.array(list(chances.values()))
    truly = cohort.theta[person, topic[rows]] >= hard[rows]
    told = (chance >= MASTERED) | (chance <= 1 - MASTERED)
    return float(told.mean()), float(((chance >= 0.5) == truly)[told].mean()) if told.any() else 1.0
