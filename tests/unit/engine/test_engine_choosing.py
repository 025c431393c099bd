"""Which question comes next, and when there is none."""

from collections import Counter
from dataclasses import replace

import pytest

from lti_tool.engine import Choice, Engine, Estimate, Outcome, Stop
from lti_tool.engine.choose import AIM_WIDTH, fraction


def test_no_item_is_asked_twice_or_from_outside_the_plan(items_of, plan_of, sit):
    items = items_of(("1.1", "2.1"))
    plan = plan_of([item for item in items if item.topic in ("1.1.t0", "1.1.t1")], 30)
    asked = [answer.item_id for answer in sit(Engine(items), plan).answers]
    assert len(asked) == len(set(asked)) == 24
    assert {item_id.split("@")[0] for item_id in asked} == {"1.1.t0", "1.1.t1"}


def test_what_is_barred_unavailable_or_above_the_cap_is_never_chosen(items_of, plan_of):
    items = items_of()
    engine = Engine(items)
    available = {item.id for item in items if item.topic != "1.1.t2"} | {"gone from the bank"}
    barred = {item.id for item in items if item.id.endswith("v0")}
    for seed in range(10):
        state = engine.start(plan_of(items, 20, cap=3), seed, available=available)
        asked = []
        while isinstance(choice := engine.choose(state, barred), Choice):
            asked.append(choice.item_id)
            state = engine.record(state, choice.item_id, Outcome.RIGHT)
        assert sorted(asked) == sorted(f"1.1.t{topic}@{level}.v1" for topic in (0, 1) for level in (1, 2, 3))
        assert engine.choose(state, barred) == Stop("nothing_left")
        assert isinstance(engine.choose(state), Choice)


def test_an_item_above_the_cap_or_unavailable_may_still_be_recorded(items_of, plan_of):
    items = items_of()
    engine = Engine(items)
    state = engine.start(plan_of(items, cap=3), 1, available=set())
    assert len(engine.record(state, "1.1.t0@6.v0", Outcome.RIGHT).answers) == 1


def test_the_first_question_is_one_a_beginner_can_meet(items_of, plan_of):
    items = items_of(("1.1", "2.1"), levels=8)
    engine = Engine(items)
    level = {item.id: item.level for item in items}
    choices = [engine.choose(engine.start(plan_of(items), seed)) for seed in range(30)]
    assert max(level[choice.item_id] for choice in choices) <= 3
    assert {choice.reason["key"] for choice in choices} == {"engine.reason.first"}
    assert len({choice.item_id for choice in choices}) > 5


def test_where_nothing_is_easy_the_first_question_is_the_easiest_there_is(items_of, plan_of):
    items = [item for item in items_of() if item.level >= 5]
    choice = Engine(items).choose(Engine(items).start(plan_of(items), 1))
    assert choice.reason["level"] == 5


def test_the_choice_follows_from_seed_and_answers_alone(items_of, plan_of, sit):
    items = items_of(("1.1", "1.2"))
    runs = [sit(Engine(items), plan_of(items, 16), seed=seed).answers for seed in (4, 4, 5)]
    assert runs[0] == runs[1] != runs[2]


def test_the_draw_is_the_same_on_every_machine():
    assert fraction(7, 3) == fraction("7", 3) == fraction(b"7", 3) == 0.23123578474111217
    draws = [fraction("seed", count) for count in range(2000)]
    assert 0 <= min(draws) < 0.01
    assert 0.99 < max(draws) < 1
    assert sum(draws) / 2000 == pytest.approx(0.5, abs=0.02)


def test_the_least_shown_of_the_near_best_is_drawn_most_often(items_of, plan_of):
    items = items_of()
    engine = Engine(items)
    plan = plan_of(items)

    def drawn_from_the_first_topic(exposure):
        shown = {item.id: exposure for item in items if item.topic == "1.1.t0"}
        drawn = [engine.choose(engine.start(plan, seed, exposure=shown)).item_id for seed in range(300)]
        return sum(item.startswith("1.1.t0") for item in drawn)

    assert 70 < drawn_from_the_first_topic(0.0) < 130
    assert 0 < drawn_from_the_first_topic(0.2) < 0.3 * drawn_from_the_first_topic(0.0)
    assert drawn_from_the_first_topic(0.3) == 0, "shown to more than a quarter, while others were not"


def test_an_item_shown_too_often_is_drawn_where_all_others_were_too(items_of, plan_of):
    items = items_of()
    everything = {item.id: 0.9 for item in items}
    assert Engine(items).choose(Engine(items).start(plan_of(items), 1, exposure=everything)).item_id in everything


def test_in_training_the_chance_of_success_is_near_what_is_aimed_at(items_of, plan_of):
    items = items_of()
    engine, plan = Engine(items), plan_of(items)
    for seed in range(20):
        state = engine.start(plan, seed)
        for _ in range(8):
            chosen = engine.choose(state, aim=0.7)
            others = [engine.choose(replace(state, seed=other), aim=0.7).reason["p_right"] for other in range(3)]
            assert abs(chosen.reason["p_right"] - 0.7) <= min(abs(right - 0.7) for right in others) + AIM_WIDTH
            assert chosen.reason["key"] == "engine.reason.practice"
            state = engine.record(state, chosen.item_id, Outcome.RIGHT if seed % 2 else Outcome.WRONG)


def test_in_training_weak_topics_come_more_often(items_of, plan_of):
    items = items_of()
    engine, plan = Engine(items), plan_of(items)
    weak = {topic: Estimate(1.5 if topic == "1.1.t0" else 5.0, 0.5) for topic in plan.topics}
    drawn = Counter(
        engine.choose(engine.start(plan, seed, selection_prior=weak), aim=0.7).reason["topic"] for seed in range(200)
    )
    assert drawn["1.1.t0"] > 3 * max(count for topic, count in drawn.items() if topic != "1.1.t0")


@pytest.mark.parametrize("aim", [0.0, 1.0, -0.2, 7.0])
def test_an_aim_that_is_no_chance_is_refused(items_of, plan_of, aim):
    items = items_of()
    engine = Engine(items)
    with pytest.raises(ValueError, match="no chance"):
        engine.choose(engine.start(plan_of(items), 1), aim=aim)


def test_a_variant_of_an_asked_skill_counts_for_less(items_of, plan_of):
    items = items_of(topics=1, levels=1, variants=3) + [
        item for item in items_of(topics=2, levels=1, variants=1) if item.topic == "1.1.t1"
    ]
    engine = Engine(items)
    state = engine.record(engine.start(plan_of(items), 1), "1.1.t0@1.v0", Outcome.RIGHT)
    assert engine.choose(state).item_id == "1.1.t1@1.v0"


def test_a_choice_tells_its_reason_in_plain_numbers(items_of, plan_of):
    items = items_of()
    engine = Engine(items)
    state = engine.record(engine.start(plan_of(items), 1), items[0].id, Outcome.RIGHT)
    choice = engine.choose(state)
    reason = choice.reason
    chosen = next(item for item in items if item.id == choice.item_id)
    assert reason["key"] == "engine.reason.informative"
    told = [reason[name] for name in ("topic", "skill", "competence", "level")]
    assert told == [chosen.topic, chosen.skill, chosen.competence, chosen.level]
    assert reason["error_before"] == pytest.approx(engine.estimate(state)["1.1"].error, abs=1e-4)
    assert 0 < reason["error_after"] < reason["error_before"]
    assert 0.02 < reason["p_right"] < 0.95
    assert reason["candidates"] == 35 >= reason["near_best"] >= 1
    assert {type(value) for value in reason.values()} <= {str, int, float}


@pytest.mark.parametrize("length", [24, 25, 30])
def test_every_competence_has_its_questions_from_two_topics_by_the_end(items_of, plan_of, sit, length):
    competences = ("1.1", "1.2", "2.1", "2.2", "4.1", "5.1")
    items = items_of(competences)
    for seed in range(5):
        answers = sit(Engine(items), plan_of(items, length), seed=seed).answers
        assert len(answers) == length
        for competence in competences:
            own = [answer.item_id for answer in answers if answer.item_id.startswith(competence)]
            assert len(own) >= 4
            assert len({item_id.split("@")[0] for item_id in own}) >= 2


def test_the_shortest_test_of_one_competence_meets_two_topics(items_of, plan_of, sit):
    items = items_of()
    engine = Engine(items)
    for seed in range(20):
        assert engine.score(sit(engine, plan_of(items, 4), seed=seed)).competences["1.1"] is not None


def test_a_competence_short_of_items_takes_what_it_has_and_the_others_their_own(items_of, plan_of, sit):
    items = items_of(("1.1",)) + items_of(("1.2",), topics=1, levels=2, variants=1)
    answers = sit(Engine(items), plan_of(items, 8)).answers
    assert Counter(answer.item_id[:3] for answer in answers) == {"1.1": 6, "1.2": 2}


def test_a_question_asked_for_coverage_says_so(items_of, plan_of):
    items = items_of(("1.1", "1.2"))
    engine = Engine(items)
    state = engine.start(plan_of(items, 8), 1)
    for item in items[:4]:
        state = engine.record(state, item.id, Outcome.RIGHT)
    choice = engine.choose(state)
    assert choice.reason["key"] == "engine.reason.coverage"


def test_a_plan_without_a_floor_forces_nothing(items_of, plan_of, sit):
    items = items_of(("1.1", "1.2", "2.1"))
    assert len(sit(Engine(items), plan_of(items, 4, min_items=1, min_per_competence=0)).answers) == 4


def test_the_longest_length_stops_the_test(items_of, plan_of, sit):
    items = items_of()
    engine = Engine(items)
    state = sit(engine, plan_of(items, 9))
    assert len(state.answers) == 9
    assert engine.choose(state) == Stop("longest")


def test_a_target_error_stops_on_the_score_of_record(items_of, plan_of, sit):
    items = items_of(variants=4)
    engine = Engine(items)
    state = sit(engine, plan_of(items, 60, target_error=0.6))
    assert engine.choose(state) == Stop("precision")
    assert engine.score(state).competences["1.1"].error <= 0.6
    earlier = engine.start(state.plan, 1)
    for answer in state.answers[:-1]:
        earlier = engine.record(earlier, *answer)
    assert engine.score(earlier).competences["1.1"].error > 0.6


def test_no_precision_stops_a_test_before_its_minimum_or_with_a_competence_unmeasured(items_of, plan_of):
    items = items_of(("1.1", "1.2"))
    engine = Engine(items)
    easy = {"max_items": 30, "target_error": 5.0}
    lone = engine.start(plan_of(items, min_items=4, **easy), 1)
    for item in [*items[:3], *items[12:14]]:
        lone = engine.record(lone, item.id, Outcome.RIGHT)
    assert isinstance(engine.choose(lone), Choice)
    longer = engine.start(plan_of(items, min_items=12, **easy), 1)
    for count, item in enumerate([*items[:2], *items[12:14], *items[36:38], *items[48:50], *items[60:64]], start=1):
        longer = engine.record(longer, item.id, Outcome.RIGHT)
        assert engine.choose(longer) == Stop("precision") if count == 12 else isinstance(engine.choose(longer), Choice)
