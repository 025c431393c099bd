"""How a level is told: bands, whole levels, intervals, pix."""

import pytest

from lti_tool.engine import Estimate, band, band_probabilities, interval, pix, shown_level


def test_the_bands_share_out_all_probability():
    chances = band_probabilities(Estimate(3.4, 0.8))
    assert list(chances) == ["novice", "independent", "advanced", "expert"]
    assert sum(chances.values()) == pytest.approx(1)
    assert chances["independent"] == pytest.approx(0.7852, abs=1e-3)
    assert max(chances, key=chances.get) == "independent"


def test_a_band_that_a_cap_puts_out_of_reach_has_no_probability():
    chances = band_probabilities(Estimate(3.9, 0.8), cap=4)
    assert chances["advanced"] == chances["expert"] == 0
    assert sum(chances.values()) == pytest.approx(1)
    assert band(Estimate(2.4, 0.5), cap=2.5) == ("novice", 1.0)


@pytest.mark.parametrize(
    ("level", "name"),
    [
        (0.0, "novice"),
        (2.4999, "novice"),
        (2.49996, "independent"),
        (4.5, "advanced"),
        (6.5, "expert"),
        (8.0, "expert"),
    ],
)
def test_the_band_is_that_of_the_level(level, name):
    assert band(Estimate(level, 0.6))[0] == name


def test_the_band_agrees_with_the_shown_level():
    of_level = {0: 0, 1: 0, 2: 0, 3: 1, 4: 1, 5: 2, 6: 2, 7: 3, 8: 3}
    names = list(band_probabilities(Estimate(1, 1)))
    for cap in (3, 5, 8):
        for step in range(cap * 20 + 1):
            estimate = Estimate(step / 20, 0.7)
            assert band(estimate, cap)[0] == names[of_level[shown_level(estimate, cap)]]


def test_a_level_known_for_certain_lies_in_one_band():
    assert band(Estimate(4.5, 0.0)) == ("advanced", 1.0)


@pytest.mark.parametrize(
    ("level", "cap", "shown"), [(0.49, 8, 0), (0.5, 8, 1), (3.49999, 8, 4), (3.4999, 8, 3), (7.6, 8, 8), (4.8, 4, 4)]
)
def test_a_level_is_reached_half_a_level_early_and_never_above_the_cap(level, cap, shown):
    assert shown_level(Estimate(level, 0.5), cap) == shown


def test_the_interval_is_the_central_one_within_the_scale():
    assert interval(Estimate(4.0, 0.5)) == (3.02, 4.98)
    assert interval(Estimate(4.0, 0.5), 0.5) == pytest.approx((3.6628, 4.3372), abs=1e-4)
    assert interval(Estimate(0.4, 0.5)) == (0.0, 1.38)
    assert interval(Estimate(3.9, 0.5), cap=4) == (2.92, 4)
    assert interval(Estimate(40.0, 2.0), cap=128) == (36.0801, 43.9199)


@pytest.mark.parametrize(("level", "expected"), [(0.0, 0), (3.0, 24), (3.0625, 25), (3.0624, 24), (60.1, 481)])
def test_a_level_is_worth_eight_pix(level, expected):
    assert pix(Estimate(level, 0.5)) == expected
