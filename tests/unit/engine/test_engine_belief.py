"""The joint belief: its prior, its update, and what is read from it."""

import math
from statistics import NormalDist

import numpy as np
import pytest

from lti_tool.engine import AnswerRefused, Engine, Estimate, Outcome, PlanRefused, Reference, widened
from lti_tool.engine.answering import CEILING, FREE_GUESS, difficulty, guessing, p_right, slope
from lti_tool.engine.posterior import NODES, WEIGHTS, clipped, expected, normal_quantile, reported
from lti_tool.engine.prior import CAUTION, reference_prior


def test_the_prior_ties_topics_by_competence_area_and_person():
    competence, area = np.array([0, 0, 1, 2]), np.array([0, 0, 0, 1])
    mean, covariance = reference_prior(Reference(), competence, area)
    person, within_area, within_competence = 1.25**2, 1.25**2 + 0.55**2, 1.25**2 + 0.55**2 + 0.8**2
    assert mean.tolist() == [2.7] * 4
    assert covariance[0] == pytest.approx([within_competence + 0.6**2, within_competence, within_area, person])


def test_the_nodes_integrate_polynomials_of_a_normal_exactly():
    moments = [float(np.sum(WEIGHTS * NODES**power)) for power in range(9)]
    assert moments == pytest.approx([1, 0, 1, 0, 3, 0, 15, 0, 105], abs=1e-9)


def test_a_right_answer_is_a_matter_of_chance_far_below_and_of_slips_far_above(items_of):
    choice = items_of()[1]
    mean, variance = difficulty(choice, None)
    low, high = (p_right(theta, slope(variance), mean, guessing(choice.options)) for theta in (-20.0, 30.0))
    assert (low, high) == pytest.approx((0.25, CEILING), abs=1e-6)
    assert guessing(0) == guessing(1) == FREE_GUESS


def test_a_calibrated_difficulty_replaces_the_judged_one(items_of):
    item = items_of()[0]
    assert difficulty(item, {"another": (5.0, 0.1)}) == (0.5, 0.75**2)
    assert difficulty(item, {item.id: (1.7, 0.04)}) == (1.7, 0.04)


def test_the_slope_is_flatter_the_less_a_difficulty_is_known():
    assert slope(0.0) == 1.15
    assert slope(1.0) < slope(0.5) < slope(0.0)


def test_one_answer_moves_the_belief_as_the_exact_integral_says(items_of, plan_of):
    items = items_of(topics=2)
    engine = Engine(items)
    state = engine.record(engine.start(plan_of(items), 1), "1.1.t0@4.v0", Outcome.RIGHT)
    theta = np.linspace(-15, 20, 70_001)
    prior_variance = CAUTION**2 * (1.25**2 + 0.55**2 + 0.8**2 + 0.6**2)
    weight = np.exp(-((theta - 2.7) ** 2) / 2 / prior_variance) * p_right(theta, slope(0.75**2), 3.5, FREE_GUESS)
    weight /= weight.sum()
    mean = float(np.sum(weight * theta))
    variance = float(np.sum(weight * (theta - mean) ** 2))
    assert state.mean[0] == pytest.approx(mean, abs=5e-3)
    assert state.covariance[0, 0] == pytest.approx(variance, abs=5e-3)
    assert 2.7 < state.mean[1] < state.mean[0]
    assert variance < state.covariance[1, 1] < prior_variance


@pytest.mark.parametrize("probability", [0.001, 0.2, 0.5, 0.75, 0.975, 0.999])
def test_the_normal_quantile_is_the_published_one(probability):
    assert normal_quantile(probability) == pytest.approx(NormalDist().inv_cdf(probability), abs=1e-9)


def test_the_clipped_moments_agree_with_a_plain_sum():
    mean, variance, caps = (
        np.array([-1.0, 2.0, 3.9, 9.0]),
        np.array([0.5, 1.0, 2.0, 0.3]),
        np.array([8.0, 3.0, 4.0, 8.0]),
    )
    levels, variances, inside = clipped(mean, variance, caps)
    z = np.linspace(-9, 9, 400_001)
    weight = np.exp(-(z**2) / 2)
    weight /= weight.sum()
    for row in range(4):
        theta = mean[row] + math.sqrt(variance[row]) * z
        x = np.clip(theta, 0, caps[row])
        assert levels[row] == pytest.approx(np.sum(weight * x), abs=1e-6)
        assert variances[row] == pytest.approx(np.sum(weight * x**2) - np.sum(weight * x) ** 2, abs=1e-6)
        assert inside[row] == pytest.approx(np.sum(weight[(theta > 0) & (theta < caps[row])]), abs=1e-4)


def test_the_reported_covariance_is_near_the_true_one_and_never_negative():
    mean, caps = np.array([0.2, 3.8, 7.5]), np.array([8.0, 4.0, 8.0])
    covariance = np.array([[2.0, 1.4, 1.0], [1.4, 2.2, 1.2], [1.0, 1.2, 1.8]])
    _, joint, _ = reported(mean, covariance, caps)
    sample = np.random.default_rng(3).multivariate_normal(mean, covariance, 400_000)
    assert joint == pytest.approx(np.cov(np.clip(sample, 0, caps).T), abs=0.08)
    assert np.linalg.eigvalsh(joint).min() > 0


def test_the_expected_fall_of_variance_is_that_of_the_two_possible_answers(items_of, plan_of):
    items = items_of(topics=1)
    engine = Engine(items)
    state = engine.start(plan_of(items), 1)
    item = "1.1.t0@3.v1"
    row = state.sheet.rows[item]
    one = slice(row, row + 1)
    right, told = expected(
        state.mean,
        np.diagonal(state.covariance),
        state.sheet.curves.slope[one],
        state.sheet.curves.b[one],
        state.sheet.curves.guess[one],
    )
    before = state.covariance[0, 0]
    after = [engine.record(state, item, outcome).covariance[0, 0] for outcome in (Outcome.RIGHT, Outcome.WRONG)]
    assert told[0] * before == pytest.approx(before - right[0] * after[0] - (1 - right[0]) * after[1], abs=1e-12)


@pytest.mark.parametrize("outcome", [Outcome.SKIPPED, Outcome.TIMED_OUT])
def test_a_question_skipped_or_out_of_time_moves_the_belief_like_a_wrong_answer(items_of, plan_of, outcome):
    items = items_of()
    engine = Engine(items)
    start = engine.start(plan_of(items), 1)
    other, wrong = engine.record(start, items[0].id, outcome), engine.record(start, items[0].id, Outcome.WRONG)
    assert engine.estimate(other) == engine.estimate(wrong)
    assert other != wrong


def test_record_refuses_what_it_cannot_take_and_leaves_the_state_alone(items_of, plan_of):
    items = items_of(("1.1", "1.2"))
    engine = Engine(items)
    plan = plan_of([item for item in items if item.competence == "1.1"])
    state = engine.record(engine.start(plan, 1), items[0].id, Outcome.RIGHT)
    before = state.mean.copy()
    for item_id, why in ((items[0].id, "already"), ("nobody", "not in the plan"), (items[-1].id, "not in the plan")):
        with pytest.raises(AnswerRefused, match=why):
            engine.record(state, item_id, Outcome.RIGHT)
    with pytest.raises(ValueError, match="maybe"):
        engine.record(state, items[1].id, "maybe")
    assert np.array_equal(state.mean, before)
    assert len(state.answers) == 1


def test_the_belief_of_a_state_cannot_be_written_to(items_of, plan_of):
    state = Engine(items_of()).start(plan_of(items_of()), 1)
    with pytest.raises(ValueError, match="read-only"):
        state.mean[0] = 8


def test_a_state_rebuilt_from_its_start_and_answers_is_equal(items_of, plan_of, sit):
    items = items_of(("1.1", "1.2"))
    start = {"exposure": {items[0].id: 0.4}, "available": {item.id for item in items[3:]}}
    lived = sit(Engine(items), plan_of(items, 16), **start)
    other = Engine(reversed(items))
    rebuilt = other.start(plan_of(list(reversed(items)), 16), 1, **start)
    for item_id, outcome, language in lived.answers:
        rebuilt = other.record(rebuilt, item_id, outcome, language)
    assert rebuilt == lived
    assert hash(rebuilt) == hash(lived)
    assert other.choose(rebuilt) == Engine(items).choose(lived)


def test_the_same_answer_twice_over_gives_equal_states(items_of, plan_of):
    items = items_of()
    engine = Engine(items)
    start = engine.start(plan_of(items), 1)
    assert engine.record(start, items[0].id, Outcome.RIGHT) == engine.record(start, items[0].id, Outcome.RIGHT)


def test_states_differ_by_seed_items_available_or_difficulty(items_of, plan_of):
    items = items_of()
    plan = plan_of(items)
    state = Engine(items).start(plan, 1)
    moved = Engine(items, parameters={items[0].id: (0.9, 0.1)})
    others = [
        Engine(items).start(plan, 2),
        Engine(items).start(plan, 1, available={items[0].id}),
        Engine(items).start(plan, 1, exposure={items[0].id: 0.1}),
        moved.start(plan, 1),
    ]
    assert all(state != other for other in others)
    assert state == Engine(items).start(plan, 1)
    assert state != "state"


def test_a_plan_that_the_items_cannot_carry_is_refused_at_the_start(items_of, plan_of):
    items = items_of(("1.1", "1.2"))
    with pytest.raises(PlanRefused, match="no item"):
        Engine(items).start(plan_of(items_of(("2.1",))), 1)
    with pytest.raises(PlanRefused, match="2 competences"):
        Engine(items).start(plan_of(items, 7), 1)


@pytest.mark.parametrize("rate", [-0.1, math.nan, math.inf])
def test_an_exposure_that_is_no_share_is_refused(items_of, plan_of, rate):
    items = items_of()
    with pytest.raises(ValueError, match="exposure"):
        Engine(items).start(plan_of(items), 1, exposure={items[0].id: rate})


def test_estimates_stay_on_the_scale_whatever_is_answered(items_of, plan_of, sit):
    items = items_of(levels=8)
    for chance in (0.0, 1.0):
        engine = Engine(items)
        state = sit(engine, plan_of(items, 48), chance=chance)
        assert len(state.answers) == 48
        for estimate in (*engine.estimate(state).values(), engine.summary(state).whole):
            assert 0 <= estimate.level <= 8
            assert 0 < estimate.error < 2


def test_a_cap_bounds_the_estimate(items_of, plan_of, sit):
    items = items_of()
    engine = Engine(items)
    estimate = engine.estimate(sit(engine, plan_of(items, 18, cap=3), chance=1.0))["1.1"]
    assert 2.5 < estimate.level <= 3


def test_areas_and_the_whole_are_sums_of_competences(items_of, plan_of, sit):
    items = items_of(("1.1", "1.2", "2.1"))
    engine = Engine(items)
    state = sit(engine, plan_of(items, 12))
    levels, summary = engine.estimate(state), engine.summary(state)
    assert summary.areas["1"].level == pytest.approx(levels["1.1"].level + levels["1.2"].level)
    assert summary.areas["2"] == levels["2.1"]
    assert summary.whole.level == pytest.approx(sum(estimate.level for estimate in levels.values()))
    independent = math.sqrt(sum(estimate.error**2 for estimate in levels.values()))
    assert summary.whole.error > independent


def test_an_earlier_result_steers_the_questions_and_never_the_score(items_of, plan_of, sit):
    items = items_of(topics=4, variants=4)
    engine = Engine(items)
    plan = plan_of(items, 12)
    earlier = widened(engine.topics(sit(engine, plan, chance=1.0)), months=3)
    unknown = dict(list(earlier.items())[:2])
    level = {item.id: item.level for item in items}
    fresh, steered, partly = (engine.start(plan, 5, selection_prior=prior) for prior in (None, earlier, unknown))
    first_wrong = [engine.record(state, "1.1.t0@3.v0", Outcome.WRONG) for state in (fresh, steered)]
    assert [level[engine.choose(state).item_id] for state in first_wrong][1] > 3
    assert partly.mean[3] == pytest.approx((steered.mean[0] + steered.mean[1]) / 2)
    assert partly.covariance[3, 3] == fresh.covariance[3, 3] > steered.covariance[3, 3]
    assert engine.score(first_wrong[0]) == engine.score(first_wrong[1])
    assert engine.start(plan, 5, selection_prior={"elsewhere": Estimate(5, 1)}) == fresh


def test_time_widens_an_earlier_result_and_never_narrows_it():
    earlier = {"t": Estimate(4.0, 0.5)}
    assert widened(earlier, 0) == widened(earlier, -2) == earlier
    assert widened(earlier, 12)["t"].error > widened(earlier, 1)["t"].error > 0.5


def test_an_earlier_result_that_is_no_number_is_refused(items_of, plan_of):
    items = items_of()
    with pytest.raises(ValueError, match="earlier"):
        Engine(items).start(plan_of(items), 1, selection_prior={items[0].topic: Estimate(math.nan, 1)})


def test_the_order_of_answers_moves_the_joint_belief_only_a_little(items_of, plan_of):
    items = items_of()
    engine = Engine(items)
    answers = [(item.id, Outcome.RIGHT if item.level <= 3 else Outcome.WRONG) for item in items[::2]]
    ends = []
    for order in (answers, answers[::-1]):
        state = engine.start(plan_of(items), 1)
        for answer in order:
            state = engine.record(state, *answer)
        ends.append(engine.estimate(state)["1.1"].level)
    assert abs(ends[0] - ends[1]) < 0.1


def test_mastery_falls_with_level_and_knows_what_was_shown(items_of, plan_of, sit):
    items = items_of()
    engine = Engine(items)
    state = sit(engine, plan_of(items, 20), chance=0.6)
    chances = engine.skills(state)
    assert set(chances) == {item.skill for item in items}
    for topic in ("1.1.t0", "1.1.t1", "1.1.t2"):
        run = [chances[f"{topic}@{level}"] for level in range(1, 7)]
        assert run == sorted(run, reverse=True)
        assert all(0 < chance < 1 for chance in run)


def test_the_map_of_skills_ends_at_the_cap(items_of, plan_of):
    items = items_of(topics=1)
    engine = Engine(items)
    assert list(engine.skills(engine.start(plan_of(items, cap=2.5), 1))) == ["1.1.t0@1", "1.1.t0@2"]


def test_the_frontier_parts_what_is_mastered_from_what_to_learn_next(items_of, plan_of, sit):
    items = items_of()
    engine = Engine(items)
    strong, weak = (engine.frontier(sit(engine, plan_of(items, 36), chance=chance)) for chance in (1.0, 0.0))
    assert "1.1.t0@5" in strong.mastered
    assert weak.mastered == ()
    assert weak.next_to_learn == {f"1.1.t{topic}": f"1.1.t{topic}@1" for topic in range(3)}
    assert set(strong.next_to_learn.values()).isdisjoint(strong.mastered)
