"""Flags: what answers like chance and answers in haste are, and whom they must leave alone."""

import math
from collections.abc import Callable

import numpy as np
import pytest

from lti_tool.engine import Choice, Engine, Item, Outcome, Plan
from lti_tool.engine.fit import FEWEST, OPENING, UNLIKE, Asked, fit, haste, hasty, quick_bound, unlike

PEOPLE = 120
RIGHT, WRONG, SKIPPED = Outcome.RIGHT, Outcome.WRONG, Outcome.SKIPPED


def after_the_opening(*asked: Asked) -> list[Asked]:
    return [Asked(0.5, 0, RIGHT)] * OPENING + list(asked)


def test_z_is_the_weighted_surprise_over_its_standard_deviation():
    asked = after_the_opening(*[Asked(0.6, 4, RIGHT)] * 5, *[Asked(0.8, 0, WRONG)] * 10)
    by_choice = math.log(0.6 / 0.4) - math.log(0.25 / 0.75)
    free = math.log(0.8 / 0.2) - math.log(0.02 / 0.98)
    surprise = 5 * by_choice * 0.4 - 10 * free * 0.8
    spread = math.sqrt(5 * by_choice**2 * 0.24 + 10 * free**2 * 0.16)
    assert fit(asked) == pytest.approx(surprise / spread, rel=1e-12)
    assert unlike(fit(asked))


def test_a_wrong_free_answer_that_was_expected_right_weighs_more_than_one_among_choices():
    usual = [Asked(0.6, 0, RIGHT)] * 12
    free, choice = (fit(after_the_opening(*usual, Asked(0.8, options, WRONG))) for options in (0, 2))
    assert free < choice < fit(after_the_opening(*usual))


def test_nothing_is_said_of_few_answers_and_skipping_is_no_guess():
    assert fit(after_the_opening(*[Asked(0.9, 0, WRONG)] * (FEWEST - 1))) is None
    assert fit(after_the_opening(*[Asked(0.9, 0, SKIPPED)] * 40)) is None
    assert fit([]) is None
    assert not unlike(None)
    answered = [Asked(0.5, 4, RIGHT), Asked(0.5, 4, WRONG)] * 8
    assert fit(after_the_opening(*answered, *[Asked(0.9, 0, SKIPPED)] * 9)) == fit(after_the_opening(*answered))


def test_the_opening_does_not_count():
    rest = [Asked(0.5, 4, RIGHT), Asked(0.5, 0, WRONG)] * 8
    surprised, expected = ([Asked(p, 0, WRONG)] * OPENING + rest for p in (0.95, 0.05))
    assert fit(surprised) == fit(expected)


@pytest.fixture(scope="module")
def sat(items_of) -> Callable[[str], list[float | None]]:
    """Give z of simulated people in a test of 48 questions: honest ones, or who give up half-way and guess."""
    items = items_of(("1.1", "1.2", "2.1", "4.1"), topics=4)
    engine = Engine(items)
    plan = Plan({item.topic: 6.0 for item in items}, 48)
    by_id = {item.id: item for item in items}

    def run(manner: str) -> list[float | None]:
        draws = np.random.default_rng(20_261_123)
        return [_sit(engine, plan, by_id, draws, manner) for _ in range(PEOPLE)]

    return run


def _sit(engine: Engine, plan: Plan, items: dict[str, Item], draws: np.random.Generator, manner: str) -> float | None:
    """Levels as the reference has them, difficulties misjudged by 0.75, slips and guesses as the answers allow."""
    own = {name: draws.normal(0, 0.80) for name in ("1.1", "1.2", "2.1", "4.1")}
    general, topic = 2.7 + draws.normal(0, 1.37), {name: draws.normal(0, 0.60) for name in plan.topics}
    state = engine.start(plan, bytes(draws.bytes(16)))
    asked: list[Asked] = []
    while isinstance(chosen := engine.choose(state), Choice):
        item = items[chosen.item_id]
        guess = 1 / item.options if item.options else 0.0
        theta = general + own[item.competence] + topic[item.topic]
        chance = guess + (0.95 - guess) / (1 + math.exp(-1.15 * (theta - item.level + 0.5 + draws.normal(0, 0.75))))
        if manner == "gives up" and len(asked) >= plan.max_items // 2:
            chance = guess
        outcome = RIGHT if draws.random() < chance else WRONG
        asked.append(Asked(float(chosen.reason["p_right"]), item.options, outcome))
        state = engine.record(state, item.id, outcome)
    return fit(asked)


def test_fewer_than_two_honest_people_in_a_hundred_are_flagged(sat):
    found = np.array(sat("honest"), dtype=float)
    assert abs(found.mean()) < 0.25
    assert 0.75 < found.std() < 1.15
    assert (found < UNLIKE).mean() < 0.02


def test_most_who_give_up_and_guess_half_way_through_a_long_test_are_flagged(sat):
    assert np.mean([unlike(z) for z in sat("gives up")]) > 0.70


def test_an_answer_is_quick_by_the_items_own_times_else_by_the_length_of_its_text():
    assert quick_bound(median=30.0, characters=900) == pytest.approx(6.0)
    assert quick_bound(median=None, characters=300) == pytest.approx(6.5)
    assert quick_bound(median=None, characters=0) == pytest.approx(1.5)


def test_no_question_is_so_long_that_ten_seconds_are_quick():
    assert quick_bound(median=600.0, characters=0) == 10.0
    assert quick_bound(median=None, characters=100_000) == 10.0


def test_haste_is_the_share_of_quick_answers_and_a_quarter_is_flagged():
    assert haste([2.0] * 2 + [30.0] * 6, [6.0] * 8) == 0.25
    assert hasty(0.25)
    assert not hasty(0.24)
    assert haste([6.0] * 8, [6.0] * 8) == 0.0


def test_nothing_is_said_of_the_haste_of_few_answers():
    assert haste([0.1] * 7, [6.0] * 7) is None
    assert not hasty(None)
