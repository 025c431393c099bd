"""The classical adaptive test and the flat profile, against integrals done another way."""

from collections import Counter

import numpy as np
import pytest
from yardstick_worlds import people_of, posterior, world_of

from lti_tool.engine.answering import p_right
from lti_tool.engine.scale import Reference
from lti_tool.engine.simulation.yardsticks.flat_profile import flat_profile, general
from lti_tool.engine.simulation.yardsticks.grid import expectation, information
from lti_tool.engine.simulation.yardsticks.one_scale import (
    fixed_linear,
    form,
    items_of,
    maximum_information,
    random_items,
    turns,
)

TOPICS = {"a.x": [1, 2, 3, 4, 5, 6], "a.y": [2, 3, 4, 5, 6, 7], "a.z": [1, 2, 3, 4]}
TWO = TOPICS | {"b.x": [1, 3, 5, 7], "b.y": [2, 4, 6, 8]}
SPREAD = 1.25**2 + 0.55**2 + 0.80**2


def answers_of(world, cohort, rows, person=0):
    return [(world.items[row], bool(cohort.right[person, row])) for row in rows]


@pytest.mark.parametrize("options", [0, 4])
def test_level_and_error_are_those_of_an_independent_quadrature(options):
    world = world_of(TOPICS, options=options)
    cohort = people_of(world, lambda item: item.level <= 3)
    tracks = maximum_information(cohort, np.random.default_rng(1), 8)
    cap = (6 + 7 + 4) / 3
    for count in (1, 4, 8):
        mean_of = posterior(2.7, SPREAD + 0.6**2 / 3, answers_of(world, cohort, tracks.asked[0, :count]))
        level = mean_of(lambda theta: min(max(theta, 0), cap))
        square = mean_of(lambda theta: min(max(theta, 0), cap) ** 2)
        assert tracks.after(count)[0, 0] == pytest.approx(level, abs=1e-4)
        assert tracks.errors_after(count)[0, 0] == pytest.approx((square - level**2) ** 0.5, abs=2e-4)


def test_a_competence_not_yet_asked_reports_what_was_believed_beforehand():
    world = world_of(TWO)
    tracks = maximum_information(people_of(world, lambda item: True), np.random.default_rng(2), 2)
    mean_of = posterior(2.7, SPREAD + 0.6**2 / 2, [])
    assert tracks.after(1)[0, 1] == pytest.approx(mean_of(lambda theta: min(max(theta, 0), 7.5)), abs=1e-4)
    assert tracks.after(2)[0, 1] > tracks.after(1)[0, 1]
    assert tracks.after(2)[0, 0] == tracks.after(1)[0, 0]


def test_another_population_may_be_believed_beforehand():
    world = world_of(TOPICS)
    cohort = people_of(world, lambda item: True)
    low, high = (
        maximum_information(cohort, np.random.default_rng(3), 1, Reference(mean=mean)).after(1)[0, 0] for mean in (2, 4)
    )
    assert high > low + 1


@pytest.mark.parametrize("options", [0, 3])
def test_the_information_of_an_item_is_the_squared_slope_over_the_variance(options):
    world = world_of(TOPICS, options=options)
    of = general(world.sheet, Reference())

    def curve(theta):
        return p_right(np.full(len(of.rows), theta), of.curves.slope, of.curves.b, of.curves.guess)

    for theta in (0.5, 2.7, 6.0):
        steep = (curve(theta + 1e-5) - curve(theta - 1e-5)) / 2e-5
        expected = steep**2 / (curve(theta) * (1 - curve(theta)))
        assert information(of, np.array([theta]))[0] == pytest.approx(expected, rel=1e-6)


def test_the_item_that_tells_most_at_the_estimate_is_asked():
    world = world_of(TOPICS, options=4)
    cohort = people_of(world, lambda item: item.level != 3, people=30)
    tracks = maximum_information(cohort, np.random.default_rng(4), 5)
    of = general(world.sheet, Reference())
    for person in range(30):
        for count in range(5):
            before = answers_of(world, cohort, tracks.asked[person, :count], person)
            theta = posterior(2.7, SPREAD + 0.6**2 / 3, before, 2_000)(lambda theta: theta)
            told = information(of, np.array([theta]))[0]
            free = np.setdiff1d(np.arange(len(world.items)), tracks.asked[person, :count])
            assert told[tracks.asked[person, count]] == pytest.approx(told[free].max(), rel=1e-9)


def test_of_items_that_tell_the_same_one_is_drawn_for_each_person():
    tracks = maximum_information(people_of(world_of(TOPICS), lambda item: True, 200), np.random.default_rng(5), 1)
    shares = Counter(tracks.asked[:, 0].tolist())
    assert len(shares) == 3
    assert min(shares.values()) > 40


def test_competences_take_turns():
    world = world_of(TWO)
    for way in (maximum_information, random_items, fixed_linear):
        tracks = way(people_of(world, lambda item: item.level < 4, 5), np.random.default_rng(6), 10)
        for rows in tracks.asked:
            assert [world.items[row].competence for row in rows] == ["a", "b"] * 5


def test_a_competence_whose_items_are_used_up_is_passed_over():
    assert turns([3, 1, 2], 10) == [0, 1, 2, 0, 2, 0]
    assert turns([3, 1, 2], 4) == [0, 1, 2, 0]
    world = world_of(TWO)
    tracks = random_items(people_of(world, lambda item: True), np.random.default_rng(7), 40)
    assert tracks.lengths.tolist() == [24]
    assert np.array_equal(tracks.levels[0, 24:], np.tile(tracks.levels[0, 23], (16, 1)))
    assert np.array_equal(tracks.errors[0, 24:], np.tile(tracks.errors[0, 23], (16, 1)))


def test_items_at_random_come_in_any_order():
    tracks = random_items(people_of(world_of(TOPICS), lambda item: True, 400), np.random.default_rng(8), 3)
    for question in range(3):
        counts = np.bincount(tracks.asked[:, question], minlength=16)
        assert counts.min() > 5
        assert counts.max() < 60


def test_a_fixed_form_is_the_same_for_everyone():
    world = world_of(TWO)
    cohort = people_of(world, lambda item: True, 6)
    cohort.right[::2] = False
    tracks = fixed_linear(cohort, np.random.default_rng(9), 24)
    assert (tracks.asked == tracks.asked[0]).all()
    assert sorted(tracks.asked[0].tolist()) == list(range(24))


def test_a_fixed_form_of_any_length_is_spread_over_topics_and_levels():
    world = world_of({f"a.{topic}": list(range(1, 9)) for topic in "wxyz"}, variants=2)
    rows = form(world.sheet, items_of(world.sheet, 0), 2.7, np.random.default_rng(10))
    for length in (4, 8, 12, 20, 32):
        topics = Counter(world.items[row].topic for row in rows[:length])
        levels = Counter(world.items[row].level for row in rows[:length])
        assert max(topics.values()) - min(topics.values()) == 0
        assert max(levels.values()) - min(levels.get(level, 0) for level in range(1, 9)) <= 1
    assert len({world.items[row].skill for row in rows[:32]}) == 32
    assert world.items[rows[0]].level == 3


def test_a_fixed_form_keeps_below_the_caps():
    world = world_of(TOPICS, caps={"a.x": 2})
    tracks = fixed_linear(people_of(world, lambda item: True), np.random.default_rng(11), 40)
    assert tracks.lengths.tolist() == [12]


# the flat profile


def test_the_flat_profile_says_the_same_of_every_competence():
    world = world_of(TWO)
    tracks = flat_profile(people_of(world, lambda item: item.competence == "a", 4), np.random.default_rng(12), 9)
    assert np.array_equal(tracks.levels[..., 0], tracks.levels[..., 1])
    assert np.array_equal(tracks.errors[..., 0], tracks.errors[..., 1])


def test_the_flat_profile_is_one_level_of_the_whole_bank():
    world = world_of(TWO)
    cohort = people_of(world, lambda item: item.level <= 4)
    tracks = flat_profile(cohort, np.random.default_rng(13), 6)
    variance = 1.25**2 + 0.55**2 / 1 + 0.80**2 / 2 + 0.60**2 / 5
    mean_of = posterior(2.7, variance, answers_of(world, cohort, tracks.asked[0]))
    cap = (6 + 7 + 4 + 7 + 8) / 5
    level = mean_of(lambda theta: min(max(theta, 0), cap))
    square = mean_of(lambda theta: min(max(theta, 0), cap) ** 2)
    assert tracks.after(6)[0, 0] == pytest.approx(level, abs=1e-4)
    assert tracks.errors_after(6)[0, 0] == pytest.approx((square - level**2) ** 0.5, abs=2e-4)


def test_the_flat_profile_ends_with_the_bank():
    tracks = flat_profile(people_of(world_of(TWO), lambda item: False), np.random.default_rng(14), 30)
    assert tracks.lengths.tolist() == [24]
    assert np.array_equal(tracks.levels[0, 23], tracks.levels[0, 29])


def test_before_any_answer_the_estimate_is_the_population_s_mean():
    of = general(world_of(TWO).sheet, Reference(mean=3.1))
    assert expectation(of, of.log_prior[None, :])[0] == pytest.approx(3.1, abs=1e-9)
