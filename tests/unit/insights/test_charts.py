"""Charts: where things stand in a picture, in both directions of reading."""

import re
from math import hypot

import pytest

from lti_tool.engine import Estimate
from lti_tool.insights.charts import scale_of, wheel_of
from lti_tool.insights.trainee.earlier import Change, Earlier
from lti_tool.insights.trainee.levels import CompetenceLevel

_POINT = re.compile(r"(-?\d+\.\d) (-?\d+\.\d)(?=[A-Z]|$)")


def level(code: str, at: float = 4.0, low: float = 3.0, high: float = 5.5, cap: float = 7.0) -> CompetenceLevel:
    return CompetenceLevel(code, code, code[0], cap, Estimate(at, 0.5), "independent", 0.9, 4, low, high, 32)


def unmeasured(code: str) -> CompetenceLevel:
    return CompetenceLevel(code, code, code[0], 7.0, None)


def earlier(*changed: tuple[str, float]) -> Earlier:
    changes = tuple(
        Change(code, code, code[0], level(code, was), level(code), 4 - was, 0.7, "up") for code, was in changed
    )
    return Earlier(1, None, changes, None, None, None)


def test_a_scale_runs_from_0_to_8_with_the_interval_around_the_level() -> None:
    scale = scale_of(level("1.1"), None, "ltr")
    assert scale.ticks[0] == (0, 10.0)
    assert scale.ticks[8] == (8, 330.0)
    assert (scale.dot, scale.reach, scale.reach_width) == (170.0, 130.0, 100.0)
    assert (scale.axis, scale.axis_width) == (10.0, 280.0)
    assert scale.earlier is None


def test_from_right_to_left_it_is_the_mirror_image() -> None:
    ltr, rtl = scale_of(level("1.1"), 2.0, "ltr"), scale_of(level("1.1"), 2.0, "rtl")
    assert rtl.dot == 340 - ltr.dot
    assert rtl.reach == 340 - ltr.reach - ltr.reach_width
    assert rtl.axis == 340 - ltr.axis - ltr.axis_width
    assert ltr.earlier is not None
    assert rtl.earlier == 340 - ltr.earlier
    assert [(number, 340 - place) for number, place in rtl.ticks] == list(ltr.ticks)


def test_two_competences_make_no_wheel_and_three_do() -> None:
    assert wheel_of((level("1.1"), level("1.2")), None) is None
    wheel = wheel_of((level("1.1"), level("1.2"), level("4.1")), None)
    assert wheel is not None
    assert [one.code for one in wheel.wedges] == ["1.1", "1.2", "4.1"]


@pytest.mark.parametrize("count", [3, 8, 16])
def test_every_wedge_stays_inside_the_picture_and_in_its_turn(count: int) -> None:
    codes = [f"{1 + number % 5}.{number}" for number in range(count)]
    wheel = wheel_of(tuple(level(code, 8.0, 0.0, 8.0, 8.0) for code in codes), None)
    assert wheel is not None
    for one in wheel.wedges:
        for path in (one.field, one.level, one.interval):
            assert path is not None
            points = [(float(x), float(y)) for x, y in _POINT.findall(path)]
            assert len(points) == 4
            assert all(0 <= x <= 300 and 0 <= y <= 300 for x, y in points)
        assert 0 <= one.x <= 300
        assert 0 <= one.y <= 300
    assert (wheel.wedges[0].x > 150) == (count > 1)  # the first one begins at the top and goes clockwise


def test_a_higher_level_reaches_farther_out() -> None:
    wheel = wheel_of((level("1.1", 1.0), level("1.2", 4.0), level("4.1", 7.0)), None)
    assert wheel is not None
    reached = [_farthest(one.level or "") for one in wheel.wedges]
    assert reached == sorted(reached)
    assert len(set(reached)) == 3


def test_what_is_not_measured_has_its_field_and_no_level() -> None:
    wheel = wheel_of((level("1.1"), unmeasured("1.2"), level("4.1")), earlier(("1.1", 2.0)))
    assert wheel is not None
    first, second, third = wheel.wedges
    assert second.field
    assert (second.level, second.interval, second.earlier) == (None, None, None)
    assert first.earlier is not None
    assert third.earlier is None


def test_a_level_beyond_the_scale_is_drawn_at_its_end() -> None:
    wheel = wheel_of((level("1.1", -3.0, -5.0, -1.0), level("1.2", 12.0, 11.0, 13.0), level("4.1")), None)
    assert wheel is not None
    assert _farthest(wheel.wedges[0].level or "") == pytest.approx(30, abs=0.2)
    assert _farthest(wheel.wedges[1].level or "") == pytest.approx(126, abs=0.2)


def _farthest(path: str) -> float:
    return round(max(hypot(float(x) - 150, float(y) - 150) for x, y in _POINT.findall(path)), 1)
