"""The item report: counts, times, and which items it points at."""

from dataclasses import replace
from math import nan

import numpy as np
import pytest
from calibration_sittings import Known, seat, staircase

from lti_tool.engine import Plan
from lti_tool.engine.calibration import ItemReport, calibrate
from lti_tool.engine.simulation.world import NATURES, World, world


@pytest.fixture(scope="module")
def fair() -> World:
    """One competence, judged wrong by 0.4."""
    return world(NATURES[1], np.random.default_rng(11), competences=1, max_items=24)


def test_a_report_counts_answers_facility_time_and_exposure(items):
    low = {"plan": Plan({"t": 1, "u": 8}, 10)}
    sittings = [
        seat("a", items[:2], "RW", seconds=(5.0, 9.0)),
        seat("b", items[:2], "RR", seconds=(7.0, 11.0)),
        seat("c", items[8:9], "R", **low),
        seat("d", items[8:9], "W", **low),
    ]
    found = {report.item_id: report for report in calibrate(items, sittings).reports}
    first, second, above, never = (found[items[place].id] for place in (0, 1, 2, 15))
    assert (first.answers, first.facility, first.median_seconds) == (2, 1.0, 6.0)
    assert (second.answers, second.facility, second.median_seconds) == (2, 0.5, 10.0)
    assert first.exposure == 0.5, "two of four plans that reach it"
    assert (above.exposure, above.answers) == (0.0, 0)
    assert (never.answers, never.facility, never.median_seconds, never.misfit) == (0, None, None, None)
    assert found[items[8].id].exposure == 1.0


def test_exposure_looks_at_the_cap_of_each_plan(items):
    capped = seat("a", items[:1], "R", plan=Plan({"t": 2}, 10))
    whole = seat("b", items[4:5], "R", plan=Plan({"t": 8}, 10))
    found = {report.item_id: report.exposure for report in calibrate(items, [capped, whole]).reports}
    assert found[items[4].id] == 1.0, "level 3 lies above the cap of the first plan"
    assert found[items[0].id] == 0.5


def test_reports_agree_with_the_proposal(known: Known):
    numbers = known.proposal.difficulties
    assert [report.item_id for report in known.proposal.reports] == sorted(numbers)
    for report in known.proposal.reports:
        assert numbers[report.item_id] == pytest.approx((report.difficulty, report.error**2))
        assert report.moved == report.difficulty - report.judged
        assert report.status == ("calibrated" if report.answers >= 200 else "judged")


def test_a_time_that_is_none_is_left_out(items):
    sittings = [seat(name, items[:1], "R", seconds=(time,)) for name, time in {"a": 4.0, "b": -1.0, "c": nan}.items()]
    assert calibrate(items, sittings).reports[0].median_seconds == 4.0


def test_an_item_far_from_its_judged_level_is_flagged_as_moved(fair):
    row = _at_level(fair, 3)
    easier = {(row, None): -3.5}
    reports = calibrate(fair.items, staircase(fair, np.random.default_rng(12), 300, harder=easier)).reports
    assert reports[row].moved < -1.5
    assert "moved" in reports[row].flags
    assert sum("moved" in report.flags for report in reports) <= 2


def test_an_item_answered_at_random_is_flagged_as_misfit_and_honest_ones_are_not(fair):
    row = _at_level(fair, 3)
    reports = calibrate(fair.items, staircase(fair, np.random.default_rng(13), 500, coin=frozenset([row]))).reports
    assert reports[row].misfit is not None
    assert reports[row].misfit < -3
    assert "misfit" in reports[row].flags
    assert [report.item_id for report in reports if "misfit" in report.flags] == [reports[row].item_id]


def test_misfit_is_a_standard_number_where_all_is_well(known):
    seen = np.array([report.misfit for report in known.proposal.reports if report.misfit is not None])
    assert len(seen) > 50
    assert abs(seen.mean()) < 0.4
    assert 0.7 < seen.std() < 1.4


def test_a_harder_translation_is_found_within_its_error(fair):
    people, harder = 600, 0.7
    sittings = staircase(fair, np.random.default_rng(14), people, 20, ("fr", "ar"), {(None, "ar"): harder})
    found = calibrate(fair.items, sittings).language_offsets
    error = 2 * 1.75 / people**0.5
    assert found["ar"] - found["fr"] == pytest.approx(harder, abs=2 * error)
    assert found["ar"] + found["fr"] == pytest.approx(0, abs=1e-9)


def test_languages_weigh_by_their_sittings(fair):
    turns = ("fr", "fr", "fr", "ar")
    found = calibrate(
        fair.items, staircase(fair, np.random.default_rng(15), 200, 12, turns, {(None, "ar"): 1.0})
    ).language_offsets
    assert 3 * found["fr"] + found["ar"] == pytest.approx(0, abs=1e-9)


def test_one_language_is_no_harder_than_itself(fair):
    sittings = staircase(fair, np.random.default_rng(16), 40, 12, ("fr",))
    assert calibrate(fair.items, sittings).language_offsets == {"fr": pytest.approx(0)}
    silent = [replace(one, answers=tuple(answer._replace(language=None) for answer in one.answers)) for one in sittings]
    assert calibrate(fair.items, silent).language_offsets == {}


def test_an_item_badly_translated_is_found_and_the_others_are_not(fair):
    row = _at_level(fair, 3)
    harder = {(row, "ar"): 1.2, (None, "ar"): 0.5}
    proposal = calibrate(fair.items, staircase(fair, np.random.default_rng(17), 1500, 24, ("fr", "ar"), harder))
    report = proposal.reports[row]
    assert report.language_gap == pytest.approx(1.2, abs=3 * report.language_gap_error)
    assert [one.item_id for one in proposal.reports if "language" in one.flags] == [report.item_id]
    offsets = proposal.item_language[report.item_id]
    assert offsets["ar"] - offsets["fr"] == pytest.approx(report.language_gap)
    _assert_gaps_only_where_answers_are_enough(proposal.reports, proposal.item_language)


def test_mixed_languages_in_one_sitting_are_each_counted(items):
    mixed = seat("p", items, "RRWRWRWW")
    answers = tuple(answer._replace(language="fr" if n < 5 else "ar") for n, answer in enumerate(mixed.answers))
    assert set(calibrate(items, [replace(mixed, answers=answers)]).language_offsets) == {"fr"}


def _assert_gaps_only_where_answers_are_enough(reports: tuple[ItemReport, ...], offsets: dict[str, dict]) -> None:
    for report in reports:
        assert (report.language_gap is None) == (report.item_id not in offsets)
        assert report.language_gap is None or report.answers >= 400
    assert 0 < len(offsets) < len(reports)


def _at_level(of: World, level: int) -> int:
    """Give the row of a free answer of this level that people will meet."""
    return next(row for row, item in enumerate(of.items) if item.level == level and not item.options)
