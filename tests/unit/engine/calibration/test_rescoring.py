"""What another set of difficulties would do to scores of record."""

import pytest
from calibration_sittings import seat

from lti_tool.engine import Plan, PlanRefused, Reference, score, shown_level
from lti_tool.engine.calibration import Shadow, calibrate, rescored, shadow


def test_the_same_difficulties_move_nothing(items):
    sittings = [seat("p", items, "RRRRRWWWRRRWWWWW"), seat("q", items, "RWRWRWRWRWRWRWRW")]
    judged = {item.id: (item.level - 0.5, 0.75**2) for item in items}
    assert shadow(items, sittings, None, judged) == Shadow(2, 2, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


def test_both_scores_are_those_of_record(items):
    sitting = seat("p", items, "RRRRRWWWRRRWWWWW")
    harder = {item.id: (item.level + 0.3, 0.1) for item in items}
    (found,) = next(iter(rescored(items, [sitting], None, harder)))
    assert found.before == score(sitting.plan, items, sitting.answers).competences["1.1"]
    assert found.after == score(sitting.plan, items, sitting.answers, parameters=harder).competences["1.1"]
    assert (found.person, found.competence, found.cap) == ("p", "1.1", 8.0)
    assert found.change > 0.2, "harder questions answered the same tell of a higher level"


def test_what_would_move_is_counted_as_it_is_shown(items):
    sittings = [seat(f"p{n}", items, ("R" * n).ljust(16, "W")) for n in range(4, 16)]
    harder = {item.id: (item.level + 0.2, 0.2) for item in items}
    each = [found for (found,) in rescored(items, sittings, None, harder)]
    found = shadow(items, iter(sittings), None, harder)
    moved = [one for one in each if shown_level(one.before) != shown_level(one.after)]
    assert 0 < len(moved) < len(each)
    assert found.levels_moved == found.people_moved == len(moved) / len(each)
    assert 0 < found.bands_moved <= found.levels_moved
    assert found.mean_shift == pytest.approx(sum(one.change for one in each) / len(each))
    assert found.mean_change == pytest.approx(sum(abs(one.change) for one in each) / len(each))
    assert found.largest_change == max(abs(one.change) for one in each)


def test_a_cap_bounds_what_can_move(items):
    capped = Plan({"t": 2, "u": 2}, 16)
    sitting = seat("p", items, "RRRRRRRRRRRRRRRR", plan=capped)
    (found,) = next(iter(rescored(items, [sitting], None, {item.id: (item.level + 2.0, 0.1) for item in items})))
    assert found.cap == 2
    assert not found.level_moves


def test_what_is_not_measured_does_not_count(items):
    assert shadow(items, [seat("p", items[:3], "RRW")], None, {}) == Shadow(1, 0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    assert shadow(items, [], None, {}).sittings == 0


def test_a_rushed_sitting_is_rescored_as_it_counts_for_the_record(items):
    assert shadow(items, [seat("p", items, "RRRRRWWWRRRWWWWW", rushed=True)], None, {}).levels == 1


def test_another_reference_gives_other_levels(items):
    sitting = seat("p", items, "RRRRRWWWRRRWWWWW")
    one, other = (next(iter(rescored(items, [sitting], None, {}, given)))[0] for given in (None, Reference(mean=5.0)))
    assert other.before.level > one.before.level + 0.1


def test_a_calibration_tells_what_it_would_change(known):
    found = shadow(
        known.world.items, known.sittings[:10], None, calibrate(known.world.items, known.sittings).difficulties
    )
    assert found.sittings == 10
    assert 0 < found.mean_change < 1
    assert abs(found.mean_shift) <= found.mean_change <= found.largest_change


def test_a_topic_without_items_is_refused_as_scoring_refuses_it(items):
    with pytest.raises(PlanRefused, match="'v'"):
        shadow(items, [seat("p", items, "R", plan=Plan({"t": 8, "u": 8, "v": 8}, 16))], None, {})
