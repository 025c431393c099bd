"""What holds for every yardstick: it asks within the plan, knows outcomes alone, and follows from its generator."""

from dataclasses import replace

import numpy as np
import pytest

from lti_tool.engine.simulation.world import NATURES, cohort, world
from lti_tool.engine.simulation.yardsticks.flat_profile import flat_profile
from lti_tool.engine.simulation.yardsticks.one_scale import fixed_linear, maximum_information, random_items
from lti_tool.engine.simulation.yardsticks.pix_rules import pix_rules, pix_rules_read_early, pix_rules_rescaled

WAYS = [
    pix_rules,
    pix_rules_rescaled,
    pix_rules_read_early,
    maximum_information,
    random_items,
    fixed_linear,
    flat_profile,
]
every_way = pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
LONGEST = 30


@pytest.fixture(scope="module")
def people():
    small = world(NATURES[1], np.random.default_rng(5), competences=3, max_items=LONGEST)
    return cohort(small, np.random.default_rng(6), 25)


@every_way
def test_no_item_is_asked_twice_or_from_outside_the_bank(way, people):
    tracks = way(people, np.random.default_rng(1), LONGEST)
    assert tracks.asked.shape == (25, LONGEST)
    for rows in tracks.asked:
        met = rows[rows >= 0]
        assert len(met) == len(set(met.tolist()))
        assert met.max() < len(people.world.items)
        assert (rows[len(met) :] == -1).all()


@every_way
def test_the_same_generator_gives_the_same_tracks_and_another_gives_others(way, people):
    first, again, other = (way(people, np.random.default_rng(seed), LONGEST) for seed in (1, 1, 2))
    assert np.array_equal(first.asked, again.asked)
    assert np.array_equal(first.levels, again.levels)
    assert not np.array_equal(first.asked, other.asked)


@every_way
def test_only_the_outcomes_drawn_beforehand_are_read(way, people):
    items = len(people.world.items)
    blind_world = replace(people.world, difficulty=np.full(items, np.nan), slope=np.full(items, np.nan))
    blind = replace(
        people,
        world=replace(blind_world, guess=np.full(items, np.nan), ceiling=np.nan),
        theta=np.full_like(people.theta, np.nan),
        levels=np.full_like(people.levels, np.nan),
    )
    seen, unseen = (way(of, np.random.default_rng(3), LONGEST) for of in (people, blind))
    assert np.array_equal(seen.asked, unseen.asked)
    assert np.array_equal(seen.levels, unseen.levels)


@every_way
def test_an_outcome_changes_nothing_before_its_question(way, people):
    before = way(people, np.random.default_rng(4), LONGEST)
    right = people.right.copy()
    everyone = np.arange(25)
    right[everyone, before.asked[:, 5]] ^= True
    after = way(replace(people, right=right), np.random.default_rng(4), LONGEST)
    assert np.array_equal(before.asked[:, :6], after.asked[:, :6])
    assert np.array_equal(before.levels[:, :5], after.levels[:, :5])
    assert not np.array_equal(before.levels[:, 5], after.levels[:, 5])


@every_way
def test_levels_stay_on_the_scale_whoever_answers(way, people):
    caps = people.world.sheet.weights @ people.world.sheet.caps
    bound = np.full_like(caps, people.world.sheet.caps.mean()) if way is flat_profile else caps
    for right in (np.zeros_like(people.right), np.ones_like(people.right)):
        tracks = way(replace(people, right=right), np.random.default_rng(7), LONGEST)
        assert (tracks.levels >= 0).all()
        assert (tracks.levels <= bound + 1e-12).all()
        assert tracks.errors is None or np.isfinite(tracks.errors).all()


@every_way
def test_a_longer_test_begins_as_the_shorter_one(way, people):
    short, long = (way(people, np.random.default_rng(8), longest) for longest in (10, LONGEST))
    assert np.array_equal(short.asked, long.asked[:, :10])
    assert np.array_equal(short.levels, long.levels[:, :10])
