"""The score of record: exact, the same for everyone, and silent about what was not measured."""

import json
import math
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from lti_tool.engine import (
    CURRENT,
    AnswerRefused,
    Engine,
    Estimate,
    Item,
    ItemRefused,
    Outcome,
    Plan,
    PlanRefused,
    Reference,
    score,
    versions,
)
from lti_tool.engine.answering import guessing, p_right, slope
from lti_tool.engine.scoring import v1

GOLDEN = json.loads(Path(__file__).with_name("golden_scoring_v1.json").read_text())


def flat(value: object, path: str = "") -> dict[str, object]:
    """Lay nested results out as one dict, so that numbers compare by tolerance and the rest exactly."""
    if isinstance(value, dict):
        return {key: found for name, inner in value.items() for key, found in flat(inner, f"{path}/{name}").items()}
    if isinstance(value, list | tuple):
        return {
            key: found for place, inner in enumerate(value) for key, found in flat(inner, f"{path}/{place}").items()
        }
    return {path: value}


@pytest.mark.parametrize("case", GOLDEN, ids=[case["name"] for case in GOLDEN])
def test_what_scoring_v1_once_gave_it_gives_for_ever(case):
    found = versions["scoring/v1"](
        Plan(**case["plan"]),
        [Item(*row) for row in case["items"]],
        [(row[0], Outcome(row[1]), *row[2:]) for row in case["answers"]],
        reference=Reference(*case["reference"]) if case["reference"] else None,
        parameters={item_id: (mean, variance) for item_id, (mean, variance) in case["parameters"].items()},
    )
    ours, theirs = flat(asdict(found)), flat(case["score"])
    assert ours.keys() == theirs.keys()
    for path, value in theirs.items():
        assert ours[path] == (pytest.approx(value, abs=1e-9) if isinstance(value, float) else value), path


def test_the_golden_file_is_varied():
    assert len(GOLDEN) >= 12
    scores = [case["score"] for case in GOLDEN]
    assert any(score["share"] is None for score in scores)
    assert any(score["share"] == 1.0 for score in scores)
    assert any(score["total"] is None for score in scores)
    assert any(len(score["competences"]) == 16 for score in scores)


def test_the_current_scoring_is_one_of_the_versions():
    assert versions[CURRENT] is score


def test_the_level_and_its_error_agree_with_a_plain_sum_over_the_common_factor_and_two_topics():
    caps = {"x": 4.0, "y": 8.0}
    items = [Item(f"{t}{n}", f"{t}@{n}", t, "c", "a", n, 3 * (n % 2)) for t in caps for n in range(1, 6)]
    right = {"x1", "x2", "x4", "y1", "y2", "y3"}
    answers = [(item.id, Outcome.RIGHT if item.id in right else Outcome.WRONG) for item in items]
    u = np.linspace(-8, 8, 201) * math.sqrt(1.25**2 + 0.55**2 + 0.8**2)
    e = np.linspace(-6, 6, 241) * 0.6
    theta = 2.7 + u[:, None] + e[None, :]
    own = np.exp(-((e / 0.6) ** 2) / 2)[None, :]
    moments = []
    for topic, cap in caps.items():
        likelihood = np.ones_like(theta)
        for item in items:
            if item.topic == topic:
                curve = p_right(theta, slope(0.75**2), item.level - 0.5, guessing(item.options))
                likelihood = likelihood * (curve if item.id in right else 1 - curve)
        x = np.clip(theta, 0, cap)
        moments.append([(own * likelihood * x**power).sum(axis=1) for power in range(3)])
    (x0, x1, x2), (y0, y1, y2) = moments
    prior = np.exp(-((np.linspace(-8, 8, 201)) ** 2) / 2)
    mass = (prior * x0 * y0).sum()
    level = (prior * (x1 * y0 + x0 * y1)).sum() / mass / 2
    square = (prior * (x2 * y0 + 2 * x1 * y1 + x0 * y2)).sum() / mass / 4
    found = score(Plan(caps, 10), items, answers).competences["c"]
    assert found.level == pytest.approx(level, abs=3e-4)
    assert found.error == pytest.approx(math.sqrt(square - level**2), abs=3e-4)


def test_the_quadrature_holds_when_its_grid_is_made_finer(items_of, plan_of, answers_of, monkeypatch):
    items = items_of(topics=4)
    plan = Plan({f"1.1.t{topic}": cap for topic, cap in enumerate([8.0, 3.0, 2.5, 6.0])}, 48)
    answers = answers_of(items, "RWRRWWRRRWWW" * 4)
    monkeypatch.setattr(v1, "DIGITS", 9)
    coarse = score(plan, items, answers)
    v1_quadrature = v1.integrate.__globals__
    v1_quadrature["_grid"].cache_clear()
    for name, value in {"STEP": 0.1, "PANEL": 0.5, "REACH_COMMON": 9.0, "REACH_TOPIC": 10.0}.items():
        monkeypatch.setitem(v1_quadrature, name, value)
    fine = score(plan, items, answers)
    v1_quadrature["_grid"].cache_clear()
    assert flat(asdict(coarse)) == pytest.approx(flat(asdict(fine)), abs=1e-7)


@pytest.mark.parametrize("mark", "ST")
def test_skipped_and_out_of_time_score_as_wrong(items_of, plan_of, answers_of, mark):
    items = items_of()
    plan = plan_of(items)
    marks = "RRWRWWRWRRWW"
    assert score(plan, items, answers_of(items, marks.replace("W", mark))) == score(
        plan, items, answers_of(items, marks)
    )


def test_a_language_beside_an_answer_changes_nothing(items_of, plan_of, answers_of):
    items = items_of()
    answers = answers_of(items, "RWRWRWRWRWRW" * 2)
    with_language = [(answer.item_id, answer.outcome, "fr") for answer in answers]
    without = [(answer.item_id, answer.outcome) for answer in answers]
    assert score(plan_of(items), items, with_language) == score(plan_of(items), items, without)


def test_items_that_were_not_asked_change_nothing(items_of, plan_of, answers_of):
    items = items_of(topics=2)
    plan = plan_of(items)
    answers = answers_of(items[:14], "RRRWRWRWWRRRWR")
    few = [*items[:14], items[-1]]
    elsewhere = items_of(("2.1",))
    assert score(plan, items + elsewhere, answers) == score(plan, few, answers)


def test_three_answers_measure_nothing_and_four_from_two_topics_do(items_of, plan_of, answers_of):
    items = items_of(topics=2, variants=1)
    four = [items[0], items[1], items[2], items[6]]
    plan = plan_of(items)
    assert score(plan, items, answers_of(four[1:], "RRR")).competences == {"1.1": None}
    assert score(plan, items, answers_of(items[:4], "RRRR")).competences == {"1.1": None}
    measured = score(plan, items, answers_of(four, "RRRR"))
    assert measured.competences["1.1"] is not None
    assert measured.share is not None


def test_four_answers_from_the_only_topic_of_a_competence_measure_it(items_of, plan_of, answers_of):
    items = items_of(topics=1, variants=1)
    assert score(plan_of(items), items, answers_of(items, "RRWW")).competences["1.1"] is not None
    assert score(plan_of(items), items, answers_of(items, "RRW")).competences["1.1"] is None


def test_a_competence_never_borrows_from_another(items_of, plan_of, answers_of):
    items = items_of(("1.1", "1.2"))
    plan = plan_of(items)
    own = answers_of(items[:36], "RRRRWWRRRRWWRRRRWW")
    strong, weak = (answers_of(items[36:], mark * 36) for mark in "RW")
    results = [score(plan, items, own + rest) for rest in ([], strong, weak)]
    assert len({result.competences["1.1"] for result in results}) == 1
    assert results[0].competences["1.2"] is None
    assert results[0].share is None
    assert results[0].total == results[0].competences["1.1"]


def test_the_share_waits_for_the_minimum_of_answers(items_of, plan_of, answers_of):
    items = items_of(topics=2, variants=1)
    four = [items[0], items[1], items[6], items[7]]
    result = score(plan_of(items, min_items=5), items, answers_of(four, "RRRR"))
    assert result.competences["1.1"] is not None
    assert result.share is None


def test_nothing_answered_is_nothing_measured(items_of, plan_of):
    items = items_of()
    result = score(plan_of(items), items, [])
    assert (result.competences, result.share, result.total) == ({"1.1": None}, None, None)
    assert result.areas == {"1": None}
    assert result.unasked == ("1.1.t0", "1.1.t1", "1.1.t2")
    assert result.topics == {}


def test_a_topic_never_asked_is_listed_and_informed_by_the_others(items_of, plan_of, answers_of):
    items = items_of()
    asked = [item for item in items if item.topic != "1.1.t2"]
    plan = plan_of(items, 30)
    high, low = (score(plan, items, answers_of(asked, mark * 24)) for mark in "RW")
    assert high.unasked == ("1.1.t2",)
    assert low.topics["1.1.t2"] < 1.5
    assert 4 < high.topics["1.1.t2"] < high.topics["1.1.t0"]


def test_all_right_reaches_the_target_of_a_capped_plan(items_of, plan_of, answers_of):
    items = items_of(levels=4)
    result = score(plan_of(items, 24, cap=2), items, answers_of(items, "R" * 24))
    assert result.share == 1.0
    assert result.competences["1.1"].level <= 2


def test_the_share_is_the_sum_of_topic_levels_over_the_sum_of_targets(items_of, answers_of):
    items = items_of(("1.1", "2.1"), topics=2)
    plan = Plan({item.topic: 3.0 if item.topic.endswith("0") else 6.0 for item in items}, 48)
    result = score(plan, items, answers_of(items, "RRRRRRWWRWWW" * 4))
    assert result.share == pytest.approx(sum(result.topics.values()) / (2 * 2.5 + 2 * 5.5), abs=1e-4)
    assert 0 < result.share < 1


def test_total_and_areas_add_up_measured_competences(items_of, plan_of, answers_of):
    items = items_of(("1.1", "1.2", "2.1"), topics=2, variants=1)
    answered = items[:24]
    result = score(plan_of(items, 40), items, answers_of(answered, "RRRWWWRRWWWWRRRRRWRRRRWW"))
    one, two = result.competences["1.1"], result.competences["1.2"]
    total = Estimate(round(one.level + two.level, 4), round(math.hypot(one.error, two.error), 4))
    assert result.total == total
    assert result.areas == {"1": total, "2": None}
    assert result.measured == ("1.1", "1.2")


def test_every_number_of_record_is_rounded_to_four_digits(items_of, plan_of, answers_of):
    items = items_of(("1.1", "2.1"))
    result = score(plan_of(items, 80), items, answers_of(items, "RRRRRRRWWWWW" * 6))
    numbers = [value for value in flat(asdict(result)).values() if isinstance(value, float)]
    assert len(numbers) > 10
    assert all(value == round(value, 4) for value in numbers)


@pytest.mark.parametrize("mark", "RWS")
def test_two_hundred_answers_alike_stay_finite_and_on_the_scale(plan_of, answers_of, mark):
    items = [Item(f"i{n}", f"s{n % 8}", f"t{n % 2}", "c", "a", 1 + n % 8 // 2 * 2) for n in range(200)]
    with np.errstate(all="raise", under="ignore"):
        result = score(plan_of(items, 200), items, answers_of(items, mark * 200))
    estimate = result.competences["c"]
    assert 0 <= estimate.level <= 8
    assert 0 <= estimate.error < 1


@pytest.mark.parametrize("outcome", [Outcome.RIGHT, Outcome.WRONG])
def test_a_thousand_answers_on_one_topic_against_all_odds_stay_finite(plan_of, outcome):
    known = dict.fromkeys(map(str, range(1000)), (30.0 if outcome is Outcome.RIGHT else -30.0, 0.0))
    items = [Item(n, "s", "t", "c", "a", 4) for n in known]
    result = score(plan_of(items, 1000), items, [(n, outcome) for n in known], parameters=known)
    assert math.isfinite(result.competences["c"].level)
    assert math.isfinite(result.competences["c"].error)


def test_difficulties_and_population_given_are_used(items_of, plan_of, answers_of):
    items = items_of()
    answers = answers_of(items, "RRRRRRWWWWWW" * 3)
    harder = {item.id: (item.level + 1.0, 0.05) for item in items}
    plain = score(plan_of(items), items, answers).competences["1.1"].level
    assert score(plan_of(items), items, answers, parameters=harder).competences["1.1"].level > plain + 0.5
    high = score(plan_of(items), items, answers, reference=Reference(mean=5.0)).competences["1.1"].level
    assert high > plain
    assert score(plan_of(items), items, answers, reference=Reference()).competences["1.1"].level == plain


def test_the_engine_gives_the_same_score_of_record(items_of, plan_of, sit):
    items = items_of(("1.1", "1.2"))
    known = {item.id: (item.level - 0.2, 0.1) for item in items}
    engine = Engine(items, parameters=known, reference=Reference(mean=3.0))
    state = sit(engine, plan_of(items, 16))
    direct = score(state.plan, items, state.answers, reference=Reference(mean=3.0), parameters=known)
    assert engine.score(state) == direct


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ([("1.1.t0@1.v0", Outcome.RIGHT), ("1.1.t0@1.v0", Outcome.RIGHT)], "twice"),
        ([("nobody", Outcome.RIGHT)], "not in the plan"),
        ([("1.2.t0@1.v0", Outcome.RIGHT)], "not in the plan"),
    ],
)
def test_an_answer_given_twice_unknown_or_outside_the_plan_is_refused(items_of, plan_of, answers, why):
    items = items_of(("1.1", "1.2"))
    with pytest.raises(AnswerRefused, match=why):
        score(plan_of(items_of(("1.1",))), items, answers)


def test_an_outcome_that_does_not_exist_is_refused(items_of, plan_of):
    items = items_of()
    with pytest.raises(ValueError, match="perhaps"):
        score(plan_of(items), items, [(items[0].id, "perhaps")])


def test_items_that_cannot_be_scored_are_refused(items_of, plan_of, answers_of):
    items = items_of(topics=2)
    plan = plan_of(items)
    with pytest.raises(PlanRefused, match="no item"):
        score(plan, items[:6], [])
    with pytest.raises(ItemRefused, match="twice"):
        score(plan, [*items, items[0]], [])
    with pytest.raises(ItemRefused, match="stands in two"):
        score(plan, [*items, Item("x", "x", "1.1.t0", "2.1", "2", 1)], [])
    split = [Item("p", "p", "1.1.t0", "1.1", "1", 1), Item("q", "q", "1.1.t1", "1.1", "2", 1)]
    with pytest.raises(ItemRefused, match="two areas"):
        score(plan, split, [])
    with pytest.raises(ItemRefused, match="difficulty"):
        score(plan, items, answers_of(items, "R" * 24), parameters={items[0].id: (math.nan, 0.1)})
