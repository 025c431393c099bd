"""What calibration proposes, and what it refuses."""

import math
from dataclasses import replace

import numpy as np
import pytest
from calibration_sittings import of_errors, seat, staircase

from lti_tool.engine import Answer, AnswerRefused, Choice, Engine, Item, ItemRefused, Outcome, Plan, Reference
from lti_tool.engine.calibration import Sitting, calibrate
from lti_tool.engine.calibration.difficulty import prior_of
from lti_tool.engine.calibration.fit import fitted
from lti_tool.engine.calibration.ledger import laid_out
from lti_tool.engine.calibration.slopes import slopes
from lti_tool.engine.simulation.world import NATURES, cohort, of_one_competence, world

JUDGED_VARIANCE = 0.75**2


def test_without_answers_everything_stays_as_judged(items):
    proposal = calibrate(items, [])
    assert proposal.difficulties == {item.id: (item.level - 0.5, JUDGED_VARIANCE) for item in items}
    assert proposal.population == Reference()
    assert proposal.language_offsets == {}
    assert proposal.item_language == {}
    assert {report.status for report in proposal.reports} == {"judged"}


def test_no_items_and_no_sittings_make_an_empty_proposal():
    assert calibrate([], []).difficulties == {}


def test_answers_bring_difficulties_nearer_the_truth(known):
    error, _ = of_errors(known.proposal, known.world)
    judged = known.world.sheet.curves.b - known.world.difficulty
    assert np.sqrt((judged**2).mean()) > 0.65
    assert np.sqrt((error**2).mean()) < 0.65 * np.sqrt((judged**2).mean())


def test_errors_are_as_large_as_they_are_said_to_be(known):
    error, said = of_errors(known.proposal, known.world)
    assert 0.89 <= np.mean(abs(error) < 1.96 * said) <= 0.99
    assert 0.8 < (error / said).std() < 1.2


def test_fresh_people_are_tested_nearer_the_truth(known):
    fresh = of_one_competence(cohort(known.world, np.random.default_rng(22), 120), 1)
    plan = Plan(fresh.world.plan.topics, max_items=20)
    errors = []
    for parameters in (None, known.proposal.difficulties):
        engine, wrongs = Engine(fresh.world.items, parameters), []
        for person, right in enumerate(fresh.right):
            state = engine.start(plan, person)
            while isinstance(choice := engine.choose(state), Choice):
                outcome = Outcome.RIGHT if right[state.sheet.rows[choice.item_id]] else Outcome.WRONG
                state = engine.record(state, choice.item_id, outcome)
            (found,) = engine.score(state).competences.values()
            wrongs.append(found.level - fresh.levels[person, 0])
        errors.append(float(np.sqrt(np.mean(np.square(wrongs)))))
    assert errors[1] < 0.99 * errors[0]


def test_a_bank_that_was_judged_well_is_left_nearly_alone():
    well = world(NATURES[1], np.random.default_rng(8), competences=1, max_items=20)
    proposal = calibrate(well.items, staircase(well, np.random.default_rng(9), 300, 20))
    error, _ = of_errors(proposal, well)
    judged = well.sheet.curves.b - well.difficulty
    assert np.sqrt((error**2).mean()) < np.sqrt((judged**2).mean())


def test_the_order_of_sittings_and_of_items_changes_nothing(known):
    mixed = np.random.default_rng(3).permutation(len(known.sittings)).tolist()
    again = calibrate(tuple(reversed(known.world.items)), (known.sittings[place] for place in mixed))
    assert again == known.proposal


def test_the_order_of_answers_within_a_sitting_changes_nothing(known):
    turned = [
        replace(sitting, answers=sitting.answers[::-1], seconds=sitting.seconds[::-1]) for sitting in known.sittings
    ]
    assert calibrate(known.world.items, turned) == known.proposal


def test_the_mean_shift_weighted_by_answers_is_nothing(known):
    moved = np.array([report.moved for report in known.proposal.reports])
    answers = np.array([report.answers for report in known.proposal.reports])
    assert (answers @ moved) / answers.sum() == pytest.approx(0, abs=1e-9)


def test_what_calibration_proposes_an_engine_takes(known):
    Engine(known.world.items, known.proposal.difficulties, population=known.proposal.population)


def test_anchors_do_not_move_and_keep_the_values_given_for_them(known):
    anchors = [item.id for item in known.world.items[::9]]
    parameters = {anchors[0]: (3.3, 0.07), known.world.items[1].id: (7.0, 0.01)}
    found = calibrate(known.world.items, known.sittings[:100], parameters, anchors=anchors).difficulties
    judged = {item.id: (item.level - 0.5, JUDGED_VARIANCE) for item in known.world.items}
    assert found[anchors[0]] == (3.3, 0.07)
    assert [found[name] for name in anchors[1:]] == [judged[name] for name in anchors[1:]]
    assert found[known.world.items[1].id][0] < 6, "what is no anchor starts from its judged level"


def test_anchors_carry_the_scale(known):
    up = {
        item.id: (b + 0.7, 0.02) for item, b in list(zip(known.world.items, known.world.difficulty, strict=True))[::6]
    }
    proposal = calibrate(known.world.items, known.sittings, up, anchors=up)
    error = of_errors(proposal, known.world)[0][[item.id not in up for item in known.world.items]]
    assert error.mean() == pytest.approx(0.7, abs=0.2)
    assert proposal.population.mean > known.proposal.population.mean + 0.4


def test_anchors_that_nobody_answered_hold_nothing(items):
    asked, other = [item for item in items if item.topic == "t"], items[-1].id
    sittings = [seat(f"p{n}", asked, "RRRRRRRW") for n in range(40)]
    proposal = calibrate(items, sittings, anchors=[other])
    assert math.fsum(proposal.difficulties[item.id][0] - item.level + 0.5 for item in asked) == pytest.approx(
        0, abs=0.01
    )


def test_variants_of_a_skill_learn_from_each_other(items):
    first, variant, elsewhere = items[4], items[5], items[12]
    rest = [item for item in items if item.topic == "t" and item.skill != first.skill]
    sittings = [seat(f"p{n}", [first, *rest], "WWR"[n % 3] + "RRRRWWRRWWRR"[n % 7 :]) for n in range(60)]
    found = calibrate(items, sittings).difficulties
    moved, learnt = (found[item.id][0] - item.level + 0.5 for item in (first, variant))
    assert moved > 0.1
    assert 0.05 < learnt < moved
    assert found[variant.id][1] < JUDGED_VARIANCE
    assert found[elsewhere.id] == (elsewhere.level - 0.5, JUDGED_VARIANCE)


@pytest.mark.parametrize("mark", ["R", "W", "S", "T"])
@pytest.mark.parametrize("people", [1, 500])
def test_all_right_or_all_wrong_stays_finite(items, mark, people):
    proposal = calibrate(items, [seat(f"p{n}", items, mark * len(items)) for n in range(people)])
    for mean, variance in proposal.difficulties.values():
        assert -3 < mean < 10
        assert 0.02 <= variance <= 2
    assert 0 <= proposal.population.mean <= 8


def test_no_difficulty_is_proposed_too_sure(items):
    sittings = [seat(f"p{n}", items, "RRRRRRWRWWWWWWWW"[n % 3 :]) for n in range(4000)]
    assert min(variance for _, variance in calibrate(items, sittings).difficulties.values()) == 0.02


def test_a_proposal_adds_what_the_unknown_slope_leaves_in_doubt(known):
    ledger = laid_out(known.world.items, known.sittings)
    fit = fitted(ledger, prior_of(ledger.bank, (), None), Reference())
    variances = np.array([variance for _, variance in known.proposal.difficulties.values()])
    asked = np.array([report.answers > 0 for report in known.proposal.reports])
    assert variances[asked] == pytest.approx(np.maximum(fit.hardness.variance + slopes(ledger, fit).doubt, 0.02)[asked])


def test_a_rushed_sitting_is_left_out_of_everything_but_exposure(known):
    honest = known.sittings[:60]
    hasty = [replace(sitting, person=f"h{n}", rushed=True) for n, sitting in enumerate(known.sittings[60:90])]
    alone, both = (calibrate(known.world.items, some) for some in (honest, [*honest, *hasty]))
    assert both.difficulties == alone.difficulties
    assert both.population == alone.population
    assert [r.answers for r in both.reports] == [r.answers for r in alone.reports]
    assert [r.exposure for r in both.reports] != [r.exposure for r in alone.reports]


def test_skipped_and_timed_out_count_as_wrong(items):
    marks = ["RWRWRRWW", "RSRTRRSW"]
    wrong, others = ([seat(f"p{n}", items, mark) for n in range(9)] for mark in marks)
    assert calibrate(items, wrong).difficulties == calibrate(items, others).difficulties


def test_a_second_answer_of_one_person_to_an_item_is_no_second_person(items):
    rest = [seat(f"q{n}", items, "RRWRWW") for n in range(30)]
    twice = calibrate(items, [*rest, *(seat("p", items, "WWWWWW") for _ in range(8))])
    once = calibrate(items, [*rest, seat("p", items, "WWWWWW")])
    eight = calibrate(items, [*rest, *(seat(f"p{n}", items, "WWWWWW") for n in range(8))])
    assert twice.reports[0].answers == once.reports[0].answers == eight.reports[0].answers - 7
    assert twice.population.mean == pytest.approx(once.population.mean, abs=0.15)
    assert eight.population.mean < once.population.mean - 0.3


def test_sittings_may_come_as_a_stream(items):
    sittings = [seat(f"p{n}", items, "RRWRWW") for n in range(5)]
    assert calibrate(iter(items), iter(sittings)) == calibrate(items, sittings)


def test_a_sitting_without_answers_changes_nothing_but_what_could_have_been_shown(items):
    some = [seat("p", items, "RRWRWW")]
    empty = Sitting("q", some[0].plan, (), ())
    assert calibrate(items, [*some, empty]).difficulties == calibrate(items, some).difficulties


def test_the_population_is_found_where_it_is_not_the_reference():
    strong = world(NATURES[6], np.random.default_rng(2), competences=4, max_items=24)
    sittings = staircase(strong, np.random.default_rng(3), 300)
    found = calibrate(strong.items, sittings).population
    assert found.mean == pytest.approx(4.0, abs=0.35)
    assert found.sd_general < 1.15
    assert found.sd_topic == Reference().sd_topic


def test_few_people_leave_the_population_near_the_reference_given(items):
    given = Reference(mean=5.0, sd_general=0.9)
    found = calibrate(items, [seat("p", items, "RRWRRRWR")], reference=given).population
    assert found.mean == pytest.approx(5.0, abs=0.4)
    assert found.sd_general == pytest.approx(0.9, abs=0.1)


def test_one_competence_alone_does_not_share_out_the_spread_of_people(items):
    found = calibrate(items, [seat(f"p{n}", items, "RRRRRRWWWWWWWWWW"[n % 6 :]) for n in range(200)]).population
    assert (found.sd_area, found.sd_competence) == (Reference().sd_area, Reference().sd_competence)


def test_an_answer_to_an_unknown_item_is_refused(items):
    stranger = Item("x", "x", "t", "1.1", "1", 2)
    with pytest.raises(AnswerRefused, match="'x' is not in the bank"):
        calibrate(items, [seat("p", [*items, stranger], "R" * (len(items) + 1))])


def test_an_answer_outside_its_plan_is_refused(items):
    with pytest.raises(AnswerRefused, match="not in the plan"):
        calibrate(items, [seat("p", items, "R" * len(items), plan=Plan({"t": 8}, 10))])


def test_an_item_answered_twice_in_a_sitting_is_refused(items):
    with pytest.raises(AnswerRefused, match="twice"):
        calibrate(items, [seat("p", [items[0], items[0]], "RR")])


def test_times_that_do_not_belong_to_the_answers_are_refused(items):
    with pytest.raises(AnswerRefused, match="times"):
        Sitting("p", Plan({"t": 8}, 10), (Answer(items[0].id, Outcome.RIGHT),), ())


def test_an_unknown_anchor_is_refused(items):
    with pytest.raises(ItemRefused, match="anchor 'x'"):
        calibrate(items, [], anchors=["x"])


def test_an_impossible_value_for_an_anchor_is_refused(items):
    with pytest.raises(ItemRefused, match="difficulty"):
        calibrate(items, [], {items[0].id: (math.nan, 0.1)}, anchors=[items[0].id])
