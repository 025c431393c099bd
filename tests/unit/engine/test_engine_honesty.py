"""A short simulation: levels unbiased as a whole, intervals that hold what they say, guessing that pays nothing."""

import numpy as np
import pytest

from lti_tool.engine import Choice, Engine, Item, Outcome, Plan, score

PEOPLE = 240


@pytest.fixture(scope="module")
def sittings(items_of):
    """Let people of the reference population sit 16 questions each; give truth, record and joint belief."""
    draws = np.random.default_rng(20_260_101)
    items = items_of(topics=4, levels=7, variants=3)
    engine, plan = Engine(items), Plan({item.topic: 8.0 for item in items}, 16)
    by_id = {item.id: item for item in items}
    rows = []
    for person in range(PEOPLE):
        hardness = {item.id: item.level - 0.5 + draws.normal(0, 0.75) for item in items}
        common = 2.7 + draws.normal(0, np.sqrt(1.25**2 + 0.55**2 + 0.80**2))
        theta = {topic: common + draws.normal(0, 0.60) for topic in plan.topics}
        state = engine.start(plan, person)
        while isinstance(choice := engine.choose(state), Choice):
            right = draws.random() < _chance(by_id[choice.item_id], theta, hardness)
            state = engine.record(state, choice.item_id, Outcome.RIGHT if right else Outcome.WRONG)
        truth = np.mean(np.clip(list(theta.values()), 0, 8))
        record, joint = engine.score(state).competences["1.1"], engine.estimate(state)["1.1"]
        rows.append((truth, record.level, record.error, joint.level, joint.error))
    return np.array(rows)


def _chance(item: Item, theta: dict[str, float], hardness: dict[str, float]) -> float:
    """Give the true probability of a right answer, with guessing and slips."""
    guess = 1 / item.options if item.options else 0.02
    return guess + (0.95 - guess) / (1 + np.exp(-1.15 * (theta[item.topic] - hardness[item.id])))


@pytest.mark.parametrize("first", [1, 3], ids=["record", "joint"])
def test_levels_are_unbiased_near_and_covered_by_their_intervals(sittings, first):
    truth, level, error = sittings[:, 0], sittings[:, first], sittings[:, first + 1]
    assert abs(np.mean(level - truth)) < 0.15
    assert np.sqrt(np.mean((level - truth) ** 2)) < 0.70
    assert 0.91 <= np.mean(np.abs(level - truth) < 1.96 * error) <= 0.995


def test_the_stated_error_is_the_error_that_is_made(sittings):
    made = np.sqrt(np.mean((sittings[:, 1] - sittings[:, 0]) ** 2))
    assert np.sqrt(np.mean(sittings[:, 2] ** 2)) == pytest.approx(made, rel=0.15)


def test_the_joint_belief_of_one_competence_strays_little_from_the_exact_record(sittings):
    """It is an approximation that knows an order: one person in a hundred is some tenths of a level off."""
    stray = np.abs(sittings[:, 3] - sittings[:, 1])
    assert np.sqrt(np.mean(stray**2)) < 0.08
    assert np.quantile(stray, 0.95) < 0.15
    assert stray.max() < 0.6


def test_an_adaptive_test_is_nearer_the_truth_than_questions_in_a_row(items_of, sittings):
    draws = np.random.default_rng(7)
    items = items_of(topics=4, levels=7, variants=3)
    plan = Plan({item.topic: 8.0 for item in items}, 16)
    misses = []
    for _ in range(PEOPLE):
        hardness = {item.id: item.level - 0.5 + draws.normal(0, 0.75) for item in items}
        common = 2.7 + draws.normal(0, np.sqrt(1.25**2 + 0.55**2 + 0.80**2))
        theta = {topic: common + draws.normal(0, 0.60) for topic in plan.topics}
        answers = []
        for place in draws.permutation(len(items))[:16]:
            right = draws.random() < _chance(items[place], theta, hardness)
            answers.append((items[place].id, Outcome.RIGHT if right else Outcome.WRONG))
        found = score(plan, items, answers).competences["1.1"].level
        misses.append(found - np.mean(np.clip(list(theta.values()), 0, 8)))
    adaptive = np.sqrt(np.mean((sittings[:, 1] - sittings[:, 0]) ** 2))
    assert adaptive < 0.92 * np.sqrt(np.mean(np.square(misses)))


def test_guessing_blindly_is_not_taken_for_knowledge():
    items = [Item(f"{t}{n}", f"{t}@{n}", t, "c", "a", n, 4) for t in "xyz" for n in range(1, 8)]
    engine, plan = Engine(items), Plan(dict.fromkeys("xyz", 8.0), 18)
    draws = np.random.default_rng(11)
    levels = []
    for person in range(40):
        state = engine.start(plan, person)
        while isinstance(choice := engine.choose(state), Choice):
            state = engine.record(state, choice.item_id, Outcome.RIGHT if draws.random() < 0.25 else Outcome.WRONG)
        levels.append(engine.score(state).competences["c"].level)
    assert np.mean(levels) < 1.0
