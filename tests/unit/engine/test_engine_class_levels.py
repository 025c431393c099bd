"""The level of a class: pooled from raw answers, with an error that holds, silent about few people."""

import math
import random

import numpy as np
import pytest

from lti_tool.engine import Answer, AnswerRefused, Item, Outcome, Plan, Reference, score
from lti_tool.engine.pooling import FEWEST_PEOPLE, pooled_levels

CAP = 6.0


@pytest.fixture(scope="module")
def items(items_of) -> list[Item]:
    return items_of(("1.1", "2.1"), topics=4)


@pytest.fixture(scope="module")
def caps(items) -> dict[str, float]:
    return {item.topic: CAP for item in items}


def a_class(
    items: list[Item], draws: np.random.Generator, size: int, middle: float, each: int
) -> tuple[list[list[Answer]], float]:
    """Answers of people around a level in 1.1, so many each at levels near theirs; and their true mean level."""
    people, levels = [], []
    for _ in range(size):
        u = middle + draws.normal(0, 0.9)
        theta = {
            topic: u + draws.normal(0, 0.60) for topic in sorted({i.topic for i in items if i.competence == "1.1"})
        }
        near = [item for item in items if item.topic in theta and abs(item.level - 0.5 - theta[item.topic]) < 2.5]
        own = near or [item for item in items if item.topic in theta]
        asked = [own[row] for row in draws.permutation(len(own))[:each].tolist()]
        people.append([Answer(item.id, _outcome(item, theta[item.topic], draws)) for item in asked])
        levels.append(np.mean(np.clip(list(theta.values()), 0, CAP)))
    return people, float(np.mean(levels))


def _outcome(item: Item, theta: float, draws: np.random.Generator) -> Outcome:
    guess = 1 / item.options if item.options else 0.02
    chance = guess + (0.95 - guess) / (1 + math.exp(-1.15 * (theta - item.level + 0.5)))
    return Outcome.RIGHT if draws.random() < chance else Outcome.WRONG


def test_the_level_of_a_class_is_found_and_its_error_holds_it(items, caps):
    draws, off, held = np.random.default_rng(7), [], []
    for _ in range(30):
        people, truth = a_class(items, draws, 20, float(draws.uniform(0.5, 4.5)), 6)
        level = pooled_levels(items, caps, people)["1.1"].level
        off.append(level.level - truth)
        held.append(abs(off[-1]) < 1.96 * level.error)
    assert abs(np.mean(off)) < 0.15
    assert np.sqrt(np.mean(np.square(off))) < 0.40
    assert np.mean(held) >= 0.9


def test_pooling_shows_a_weak_class_that_the_mean_of_its_estimates_hides(items, caps):
    people, truth = a_class(items, np.random.default_rng(3), 30, 0.5, 4)
    plan = Plan(caps, 20)
    alone = [score(plan, items, answers).competences["1.1"] for answers in people]
    averaged = np.mean([estimate.level for estimate in alone if estimate is not None])
    pooled = pooled_levels(items, caps, people)["1.1"].level.level
    assert averaged - truth > 0.3
    assert abs(pooled - truth) < (averaged - truth) / 2


def test_nothing_is_told_of_fewer_than_five_people(items, caps):
    people, _ = a_class(items, np.random.default_rng(1), FEWEST_PEOPLE, 3.0, 6)
    whole = pooled_levels(items, caps, people)
    assert whole["1.1"].people == FEWEST_PEOPLE
    assert whole["1.1"].answers == 6 * FEWEST_PEOPLE
    assert whole["2.1"] is None
    silent = [*people[1:], [], []]
    assert pooled_levels(items, caps, silent)["1.1"] is None
    assert pooled_levels(items, caps, []) == {"1.1": None, "2.1": None}


def test_neither_the_order_of_people_nor_that_of_answers_matters(items, caps):
    people, _ = a_class(items, np.random.default_rng(2), 12, 3.0, 8)
    first = pooled_levels(items, caps, people)["1.1"].level
    shuffled = [random.Random(1).sample(answers, len(answers)) for answers in reversed(people)]
    second = pooled_levels(list(reversed(items)), caps, shuffled)["1.1"].level
    assert second.level == pytest.approx(first.level, abs=1e-9)
    assert second.error == pytest.approx(first.error, abs=1e-9)


def test_more_people_make_it_surer_but_never_surer_than_the_items_allow(items, caps):
    draws = np.random.default_rng(4)
    few, many = (pooled_levels(items, caps, a_class(items, draws, size, 3.0, 6)[0])["1.1"].level for size in (6, 90))
    known = {item.id: (item.level - 0.5, 0.02) for item in items}
    sure = pooled_levels(items, caps, a_class(items, draws, 90, 3.0, 6)[0], known)["1.1"].level
    assert few.error > many.error > sure.error
    assert many.error > 0.75 / math.sqrt(len([item for item in items if item.competence == "1.1"]))


def test_all_right_and_all_wrong_stay_on_the_scale(items, caps):
    own = [item for item in items if item.competence == "1.1"]
    for outcome in Outcome:
        level = pooled_levels(items, caps, [[Answer(item.id, outcome) for item in own]] * 8)["1.1"].level
        assert 0 <= level.level <= CAP
        assert 0 < level.error < 2


def test_another_reference_and_calibrated_difficulties_are_read(items, caps):
    people, _ = a_class(items, np.random.default_rng(5), 10, 3.0, 4)
    usual = pooled_levels(items, caps, people)["1.1"].level.level
    harder = {item.id: (item.level + 0.5, 0.25) for item in items}
    assert pooled_levels(items, caps, people, harder)["1.1"].level.level > usual + 0.4
    other = pooled_levels(items, caps, people, reference=Reference(1.0, 0.6, 0.3, 0.3, 0.4))["1.1"].level.level
    assert other < usual


def test_an_item_outside_the_plan_is_refused(items, caps):
    with pytest.raises(AnswerRefused, match="nothing like it"):
        pooled_levels(items, caps, [[("nothing like it", Outcome.RIGHT)]])
    outside = {topic: cap for topic, cap in caps.items() if not topic.startswith("2.1")}
    with pytest.raises(AnswerRefused, match="not in the plan"):
        pooled_levels(items, outside, [[(next(i.id for i in items if i.competence == "2.1"), Outcome.RIGHT)]])
