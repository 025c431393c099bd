"""What the values of the engine refuse, and what they keep."""

import dataclasses
import math

import pytest

from lti_tool.engine import Engine, Estimate, Item, ItemRefused, Outcome, Plan, PlanRefused, Reference, Score

GOOD = {"id": "i", "skill": "s", "topic": "t", "competence": "c", "area": "a", "level": 3, "options": 0}


@pytest.mark.parametrize("name", ["id", "skill", "topic", "competence", "area"])
def test_an_item_without_a_name_or_place_is_refused(name):
    with pytest.raises(ItemRefused, match=name):
        Item(**{**GOOD, name: ""})


@pytest.mark.parametrize("level", [0, 0.9, 8.1, -3, math.nan, math.inf, None, "3", True])
def test_an_item_without_a_level_from_1_to_8_is_refused(level):
    with pytest.raises(ItemRefused, match="level"):
        Item(**{**GOOD, "level": level})


@pytest.mark.parametrize("options", [-1, 2.5, None])
def test_an_item_with_an_impossible_number_of_choices_is_refused(options):
    with pytest.raises(ItemRefused, match="choices"):
        Item(**{**GOOD, "options": options})


def test_an_item_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Item(**GOOD).level = 5


@pytest.mark.parametrize("cap", [0, 0.5, 8.5, math.nan, math.inf, None, "4"])
def test_a_cap_outside_1_to_8_is_refused(cap):
    with pytest.raises(PlanRefused, match="cap"):
        Plan({"t": cap}, 10)


@pytest.mark.parametrize(
    "rest",
    [
        {"max_items": 3},
        {"max_items": 10, "min_items": 11},
        {"max_items": 5, "min_per_competence": 6},
        {"max_items": 10, "min_items": 0},
        {"max_items": 10, "min_per_competence": -1},
        {"max_items": 10, "target_error": 0},
        {"max_items": 10, "target_error": math.nan},
    ],
)
def test_a_plan_that_contradicts_itself_is_refused(rest):
    with pytest.raises(PlanRefused):
        Plan({"t": 8}, **rest)


def test_a_plan_without_topics_is_refused():
    with pytest.raises(PlanRefused, match="no topic"):
        Plan({}, 10)


def test_a_plan_keeps_its_own_copy_of_its_topics_and_can_be_a_key():
    topics = {"t": 8.0}
    plan = Plan(topics, 10)
    topics["u"] = 3.0
    assert plan.topics == {"t": 8.0}
    assert {plan: 1}[Plan({"t": 8.0}, 10)] == 1


def test_the_reference_has_the_published_numbers_by_default():
    assert dataclasses.astuple(Reference()) == (2.7, 1.25, 0.55, 0.80, 0.60)


@pytest.mark.parametrize(
    "numbers", [(math.nan, 1, 1, 1, 1), (2, -1, 1, 1, 1), (2, 1, 1, 1, 0), (2, 0, 0, 0, 1), (2, 1, 1, math.inf, 1)]
)
def test_a_population_without_spread_or_with_numbers_that_are_none_is_refused(numbers):
    with pytest.raises(ValueError, match="population"):
        Reference(*numbers)


def test_an_outcome_is_read_back_from_its_name():
    assert [Outcome(name) for name in ("right", "wrong", "skipped", "timed_out")] == list(Outcome)


def test_a_score_names_its_measured_competences():
    score = Score({"1.1": Estimate(2, 0.5), "1.2": None}, None, Estimate(2, 0.5))
    assert score.measured == ("1.1",)


def test_an_item_id_given_twice_is_refused():
    with pytest.raises(ItemRefused, match="twice"):
        Engine([Item(**GOOD), Item(**GOOD)])


@pytest.mark.parametrize(
    "change", [{"topic": "u"}, {"skill": "s2", "competence": "d"}, {"skill": "s2", "topic": "u", "area": "b"}]
)
def test_items_that_disagree_about_where_things_stand_are_refused(change):
    with pytest.raises(ItemRefused, match="stands in two"):
        Engine([Item(**GOOD), Item(**{**GOOD, "id": "j", **change})])


@pytest.mark.parametrize("curve", [(math.nan, 0.1), (2.0, -0.1), (2.0, math.inf), (1e9, 0.1)])
def test_a_difficulty_that_is_no_number_is_refused(curve):
    with pytest.raises(ItemRefused, match="difficulty"):
        Engine([Item(**GOOD)], parameters={"i": curve})


def test_an_unknown_scoring_version_is_refused():
    with pytest.raises(ValueError, match="scoring/v0"):
        Engine([Item(**GOOD)], scoring_version="scoring/v0")
