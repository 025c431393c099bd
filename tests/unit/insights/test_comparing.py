"""Comparing two attempts, and levels reached on the way: what counts as a change."""

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.engine import Estimate, Score
from lti_tool.insights.trainee.checkpoint import reached
from lti_tool.insights.trainee.earlier import difference_of, verdict_on

LEVELS, ERRORS = st.floats(0, 8), st.floats(0.05, 2)


def placement(cap: float = 7.0) -> Any:
    return SimpleNamespace(plan={"topics": {"1.1.a": cap, "1.1.b": cap, "4.1.a": cap}})


def score(**levels: float | None) -> Score:
    named = {name.replace("_", "."): one for name, one in levels.items()}
    return Score(
        {code.removeprefix("c"): None if one is None else Estimate(one, 0.5) for code, one in named.items()}, None, None
    )


@pytest.mark.parametrize(
    ("then", "now", "verdict"),
    [
        (Estimate(2.0, 0.5), Estimate(4.0, 0.5), "up"),
        (Estimate(4.0, 0.5), Estimate(2.0, 0.5), "down"),
        (Estimate(2.0, 0.5), Estimate(3.3, 0.5), "same"),
        (Estimate(2.0, 1.0), Estimate(4.0, 1.0), "same"),
        (Estimate(3.0, 0.0), Estimate(3.0, 0.0), "same"),
    ],
)
def test_a_difference_is_told_when_it_passes_the_margins_of_both(then: Estimate, now: Estimate, verdict: str) -> None:
    assert verdict_on(*difference_of(then, now)) == verdict


@given(LEVELS, ERRORS, LEVELS, ERRORS)
def test_comparing_the_other_way_round_turns_the_verdict(a: float, e: float, b: float, f: float) -> None:
    turned = {"up": "down", "down": "up", "same": "same"}
    there = verdict_on(*difference_of(Estimate(a, e), Estimate(b, f)))
    assert verdict_on(*difference_of(Estimate(b, f), Estimate(a, e))) == turned[there]


@given(LEVELS, ERRORS, ERRORS)
def test_the_margin_of_a_difference_is_wider_than_either(level: float, first: float, second: float) -> None:
    _, error = difference_of(Estimate(level, first), Estimate(level, second))
    assert error >= max(first, second) - 1e-4


def test_a_level_is_reached_when_it_rises_above_every_checkpoint_before() -> None:
    assert reached(placement(), [score(c1_1=2.4)], score(c1_1=2.5)) == {"1.1": 3}
    assert reached(placement(), [score(c1_1=2.5)], score(c1_1=3.4)) == {}
    assert reached(placement(), [score(c1_1=1.0), score(c1_1=2.6)], score(c1_1=2.7)) == {}
    assert reached(placement(), [score(c1_1=3.0)], score(c1_1=2.0)) == {}


def test_what_is_measured_for_the_first_time_comes_from_level_0() -> None:
    assert reached(placement(), [score(c1_1=None)], score(c1_1=2.0)) == {"1.1": 2}
    assert reached(placement(), [], score(c1_1=0.3)) == {}
    assert reached(placement(), [score(c1_1=2.0)], score(c1_1=None)) == {}


def test_no_level_above_the_tests_own_is_celebrated() -> None:
    assert reached(placement(3.0), [score(c1_1=2.6)], score(c1_1=3.0)) == {}
