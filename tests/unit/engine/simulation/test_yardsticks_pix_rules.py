"""Pix's rules, step by step against sums done by hand."""

import numpy as np
import pytest
from yardstick_worlds import people_of, s, world_of

from lti_tool.engine.scale import Item
from lti_tool.engine.sheet import bank, sheet
from lti_tool.engine.simulation.yardsticks.pix_rules import (
    MOST_PIX,
    PIX_PER_LEVEL,
    estimate,
    inferred,
    lay_out,
    next_skills,
    opening,
    pix_rules,
    pix_rules_read_early,
    pix_rules_rescaled,
    reported,
    rewards,
    surprise,
)

ONE_TO_EIGHT = list(range(1, 9))


def estimated(*answers: tuple[int, bool]) -> float:
    """The estimate after answers (level, right)."""
    told = [surprise(np.array([float(level)]), np.array([right])) for level, right in answers]
    return float(estimate(np.sum(told, axis=0) if told else np.zeros((1, 15)))[0])


def layout_of(topics, most=MOST_PIX, **rest):
    return lay_out(world_of(topics, **rest).sheet, most)


def known_of(layout, **by_level):
    """Knowledge of one person: validated and invalidated levels of the only topic."""
    known = np.zeros((1, len(layout.level)), dtype=np.int8)
    known[0, np.isin(layout.level, by_level.get("validated", []))] = 1
    known[0, np.isin(layout.level, by_level.get("invalidated", []))] = -1
    return known


def levels_asked(cohort, tracks, person=0):
    rows = tracks.asked[person]
    return [cohort.world.items[row].level for row in rows[rows >= 0]]


# the estimate


def test_the_two_pseudo_answers_alone_put_everyone_in_the_middle():
    assert estimated() == 3.5


def test_a_right_answer_at_level_2_is_read_as_four_and_a_half():
    # 2 - s(l-2) - s(l) - s(l-7) is +0.011 at 4.5 and -0.065 at 5
    assert 2 - s(2.5) - s(4.5) - s(-2.5) == pytest.approx(0.011, abs=1e-3)
    assert estimated((2, True)) == 4.5


def test_a_wrong_answer_at_level_2_is_read_as_one():
    assert estimated((2, False)) == 1.0


def test_answers_count_alike_in_whatever_order():
    assert estimated((2, True), (4, False)) == estimated((4, False), (2, True)) == 3.0


def test_the_lowest_of_equally_good_levels_is_taken():
    assert estimate(np.full((1, 15), 1e300)).tolist() == [0.5]


def test_the_estimate_stays_on_its_grid():
    assert estimated(*[(8, True)] * 30) == 7.5
    assert estimated(*[(1, False)] * 30) == 0.5


# the first question


def test_the_first_question_is_of_level_2():
    layout = layout_of({"a.x": ONE_TO_EIGHT, "a.y": [2, 3, 4], "a.z": [3, 4]})
    assert layout.level[opening(layout, 1)[0]].tolist() == [2, 2]


def test_without_a_level_2_the_first_question_is_the_easiest():
    layout = layout_of({"a.x": [3, 4, 5], "a.y": [4, 5]})
    assert layout.level[opening(layout, 1)[0]].tolist() == [3]


def test_a_topic_that_ends_at_level_3_comes_before_all_others():
    world = world_of({"a.hard": [1, 2, 3, 4], "a.easy": [1, 3]})
    cohort = people_of(world, lambda item: True, people=20)
    tracks = pix_rules(cohort, np.random.default_rng(1), 10)
    for rows in tracks.asked:
        assert [world.items[row].topic for row in rows[:3]] == ["a.easy", "a.easy", "a.hard"]
    assert {world.items[row].level for row in tracks.asked[:, 0]} == {1}


# the next question


def test_the_reward_is_how_many_skills_are_expected_to_be_decided():
    layout = layout_of({"a.x": [1, 2, 3, 4]})
    found = rewards(layout, known_of(layout), np.array([3.0]))[0]
    by_hand = [1 * s(2) + 4 * s(-2), 2 * s(1) + 3 * s(-1), 3 * 0.5 + 2 * 0.5, 4 * s(-1) + 1 * s(1)]
    assert found == pytest.approx(by_hand)
    assert layout.level[next_skills(layout, known_of(layout), np.array([3.0]))[0]].tolist() == [3]


def test_the_reward_does_not_count_what_is_known():
    layout = layout_of({"a.x": ONE_TO_EIGHT})
    known = known_of(layout, validated=[1, 2], invalidated=[7, 8])
    found = rewards(layout, known, np.array([4.0]))[0]
    assert found[3] == pytest.approx(2 * 0.5 + 3 * 0.5)  # level 4: itself and 3 below, itself, 5 and 6 above


def test_a_skill_more_than_two_levels_above_the_estimate_is_not_asked():
    layout = layout_of({"a.x": [5, 6, 7, 8]})
    known = known_of(layout)
    assert layout.level[next_skills(layout, known, np.array([3.0]))[0]].tolist() == [5]
    assert not next_skills(layout, known, np.array([2.5])).any()


def test_of_equal_rewards_one_is_drawn_for_each_person():
    world = world_of({f"a.{topic}": [2] for topic in "xyz"})
    tracks = pix_rules(people_of(world, lambda item: True, people=300), np.random.default_rng(2), 5)
    shares = np.bincount(tracks.asked[:, 0], minlength=3) / 300
    assert shares == pytest.approx([1 / 3] * 3, abs=0.1)


def test_any_variant_of_the_skill_may_be_met_and_its_own_outcome_counts():
    world = world_of({"a.x": [2]}, variants=2)
    cohort = people_of(world, lambda item: item.id.endswith("v1"), people=200)
    tracks = pix_rules(cohort, np.random.default_rng(3), 5)
    assert 70 < np.sum(tracks.asked[:, 0] == 1) < 130
    assert np.array_equal(tracks.levels[:, 0, 0] > 0, tracks.asked[:, 0] == 1)
    assert tracks.lengths.tolist() == [1] * 200


# what follows from an answer


@pytest.mark.parametrize(
    ("right", "expected"),
    [(True, [1, 1, 1, 0, 0, 0, 0, 0]), (False, [0, 0, -1, -1, -1, -1, -1, -1])],
)
def test_right_validates_all_that_is_easier_and_wrong_invalidates_all_that_is_harder(right, expected):
    layout = layout_of({"a.x": ONE_TO_EIGHT})
    assert inferred(layout, known_of(layout), np.array([2]), np.array([right]))[0].tolist() == expected


def test_what_is_known_is_never_changed_by_another_answer():
    layout = layout_of({"a.x": ONE_TO_EIGHT})
    known = known_of(layout, invalidated=[2], validated=[7])
    after = inferred(layout, known, np.array([3]), np.array([True]))[0]
    assert after.tolist() == [1, -1, 1, 1, 0, 0, 1, 0]


def test_an_answer_tells_nothing_about_another_topic():
    layout = layout_of({"a.x": [1, 2, 3], "a.y": [1, 2, 3]})
    after = inferred(layout, known_of(layout), np.array([1]), np.array([True]))[0]
    assert after.tolist() == [1, 1, 0, 0, 0, 0]


def test_a_skill_as_hard_in_the_same_topic_is_not_inferred():
    world = world_of({"a.x": [1, 2, 3]})
    twin = Item("twin", "twin", "a.x", "a", "area", 2)
    layout = lay_out(sheet(bank((*world.items, twin), None), world.plan), MOST_PIX)
    assert layout.level.tolist() == [1, 2, 2, 3]
    right, wrong = (inferred(layout, known_of(layout), np.array([2]), np.array([one]))[0] for one in (True, False))
    assert right.tolist() == [1, 0, 1, 0]
    assert wrong.tolist() == [0, 0, -1, -1]
    assert rewards(layout, known_of(layout), np.array([2.0]))[0, 1] == pytest.approx(3 * 0.5 + 3 * 0.5)


# a whole test


def test_a_test_followed_by_hand():
    world = world_of({"a.x": ONE_TO_EIGHT, "a.y": [8]})
    cohort = people_of(world, lambda item: item.topic == "a.x" and item.level <= 5, people=40)
    tracks = pix_rules(cohort, np.random.default_rng(4), 20)
    met = {tuple(levels_asked(cohort, tracks, person)) for person in range(40)}
    # 2 is right: estimate 4.5; 5 decides most (3.62); right: estimate 6; 6 and 7 decide 2 skills each, and both occur
    assert {levels[:2] for levels in met} == {(2, 5)}
    assert {levels[2] for levels in met} == {6, 7}
    assert all(len(levels) == len(set(levels)) <= 5 for levels in met)
    # five levels known by one skill each, worth 4 pix; level 8 has two skills
    assert tracks.after(20).tolist() == [[5 * 4 / 8]] * 40


def test_the_test_ends_when_all_is_decided():
    cohort = people_of(world_of({"a.x": ONE_TO_EIGHT}), lambda item: False)
    tracks = pix_rules(cohort, np.random.default_rng(5), 20)
    assert levels_asked(cohort, tracks) == [2, 1]
    assert tracks.asked[0, 2:].tolist() == [-1] * 18
    assert tracks.after(20).tolist() == [[0.0]]
    assert tracks.errors is None


def test_the_test_ends_while_only_skills_out_of_reach_are_left():
    cohort = people_of(world_of({"a.x": [1, 2], "a.y": [6, 7, 8]}), lambda item: False)
    assert levels_asked(cohort, pix_rules(cohort, np.random.default_rng(6), 20)) == [2, 1]


def test_one_estimate_serves_all_competences():
    world = world_of({"a.x": [2], "b.y": [4, 5, 6, 7, 8]}, caps={"b.y": 8})
    able, unable = (people_of(world, lambda item, right=right: right) for right in (True, False))
    # topic a.x is easy and goes first; right: estimate 4.5, and 5 decides most; wrong: estimate 1, and 4 is too far
    assert levels_asked(able, pix_rules(able, np.random.default_rng(7), 9))[:2] == [2, 5]
    assert levels_asked(unable, pix_rules(unable, np.random.default_rng(7), 9)) == [2]


def test_people_who_have_finished_are_left_alone_while_others_go_on():
    world = world_of({"a.x": ONE_TO_EIGHT})
    cohort = people_of(world, lambda item: item.level <= 3, people=2)
    cohort.right[1] = False
    tracks = pix_rules(cohort, np.random.default_rng(8), 20)
    assert tracks.lengths[1] == 2 < tracks.lengths[0]
    assert tracks.after(20).tolist() == [[1.5], [0.0]]


def test_no_test_is_longer_than_it_may_be():
    cohort = people_of(world_of({f"a.{topic}": ONE_TO_EIGHT for topic in "vwxyz"}), lambda item: True, people=3)
    tracks = pix_rules(cohort, np.random.default_rng(9), 4)
    assert tracks.asked.shape == (3, 4)
    assert (tracks.asked >= 0).all()


def test_a_skill_above_the_cap_is_neither_asked_nor_counted():
    world = world_of({"a.x": ONE_TO_EIGHT, "a.y": ONE_TO_EIGHT}, caps={"a.x": 3, "a.y": 5})
    cohort = people_of(world, lambda item: True, people=10)
    tracks = pix_rules(cohort, np.random.default_rng(10), 30)
    for rows in tracks.asked:
        assert all(world.items[row].level <= world.plan.topics[world.items[row].topic] for row in rows[rows >= 0])
    assert tracks.after(30).tolist() == [[4.0]] * 10  # three levels whole, two halves: the mean of the caps


def test_a_variant_above_the_cap_is_not_asked_for_its_skill():
    world = world_of({"a.x": [2, 3]}, caps={"a.x": 2})
    hard = Item("a.x@2.hard", "a.x@2", "a.x", "a", "area", 4)
    held = sheet(bank((*world.items, hard), None), world.plan)
    assert lay_out(held, MOST_PIX).items.tolist() == [[item.id == "a.x@2.v0" for item in held.items]]


# the pix


def test_a_level_shares_8_pix_among_its_skills_but_none_is_worth_more_than_4():
    topics = {"a.v": [1, 2], "a.w": [2], "a.x": [2, 3], "a.y": [3]}
    pix = layout_of(topics).units[:, 0] * 8
    assert pix == pytest.approx([4, 8 / 3, 8 / 3, 8 / 3, 4, 4])
    assert layout_of(topics, PIX_PER_LEVEL).units[:, 0] * 8 == pytest.approx([8, 8 / 3, 8 / 3, 8 / 3, 4, 4])


def test_skills_count_in_their_own_competence_and_untested_ones_for_nothing():
    layout = layout_of({"a.x": [1, 2], "a.y": [1, 2], "b.z": [1, 2]})
    known = np.array([[1, -1, 1, 0, 1, 0]], dtype=np.int8)
    assert reported(layout, known).tolist() == [[1.0, 0.5]]


def test_sharing_all_8_pix_out_never_reports_more_than_the_cap():
    world = world_of({"a.x": [1, 2, 3], "a.y": [1]})
    cohort = people_of(world, lambda item: True)
    assert pix_rules_rescaled(cohort, np.random.default_rng(11), 9).after(9).tolist() == [[2.0]]
    assert pix_rules(cohort, np.random.default_rng(11), 9).after(9).tolist() == [[2.0]]


def test_the_ways_of_counting_ask_the_same_questions():
    world = world_of({f"a.{topic}": ONE_TO_EIGHT for topic in "xyz"}, variants=2)
    cohort = people_of(world, lambda item: item.level <= 4, people=15)
    ways = (pix_rules, pix_rules_rescaled, pix_rules_read_early)
    first, *others = [way(cohort, np.random.default_rng(12), 30) for way in ways]
    assert all(np.array_equal(first.asked, other.asked) for other in others)


def test_read_early_what_is_undecided_counts_up_to_the_estimate():
    world = world_of({f"a.{topic}": ONE_TO_EIGHT for topic in "xyz"})
    cohort = people_of(world, lambda item: item.level <= 4, people=5)
    kind, strict = (way(cohort, np.random.default_rng(13), 30) for way in (pix_rules_read_early, pix_rules))
    # one right answer at 2: estimate 4.5, so levels 1 to 4 of all three topics, where the rules have two of one topic
    assert kind.after(1) == pytest.approx(np.full((5, 1), 4.0))
    assert strict.after(1) == pytest.approx(np.full((5, 1), 2 / 3))
    assert np.array_equal(kind.after(30), strict.after(30))


def test_read_early_what_is_decided_stays_decided():
    world = world_of({f"a.{topic}": ONE_TO_EIGHT for topic in "xyz"})
    cohort = people_of(world, lambda item: item.level <= 6 and item.topic != "a.x", people=5)
    kind, strict = (way(cohort, np.random.default_rng(14), 30) for way in (pix_rules_read_early, pix_rules))
    assert np.array_equal(kind.after(30), strict.after(30))
    assert strict.after(30) == pytest.approx(np.full((5, 1), 6 * 2 / 3))
