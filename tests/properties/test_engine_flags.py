"""Flags and class levels are numbers whatever was answered."""

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from lti_tool.engine import Item, Outcome
from lti_tool.engine.fit import Asked, fit, haste, quick_bound
from lti_tool.engine.pooling import FEWEST_PEOPLE, pooled_levels

ITEMS = [
    Item(f"{topic}@{level}.{variant}", f"{topic}@{level}", topic, "1.1", "1", level, 4 * variant)
    for topic in ("1.1.a", "1.1.b")
    for level in (1, 3, 6, 8)
    for variant in (0, 1)
]
CAPS = {"1.1.a": 8.0, "1.1.b": 3.0}

bounded = settings(max_examples=60, deadline=None)
outcomes = st.sampled_from(list(Outcome))
asked = st.lists(st.builds(Asked, st.floats(0, 1), st.integers(0, 9), outcomes), max_size=80)
answers = st.lists(st.sampled_from([item.id for item in ITEMS]), unique=True, max_size=16).flatmap(
    lambda ids: st.lists(outcomes, min_size=len(ids), max_size=len(ids)).map(
        lambda ends: list(zip(ids, ends, strict=True))
    )
)


@bounded
@given(asked)
def test_fit_is_finite_and_silent_only_where_answers_are_few(rows):
    z = fit(rows)
    assert z is None or math.isfinite(z)
    assert (z is None) == (sum(row.outcome in {Outcome.RIGHT, Outcome.WRONG} for row in rows[6:]) < 12)


@bounded
@given(st.lists(st.builds(Asked, st.floats(0.02, 0.98), st.integers(0, 9), st.just(Outcome.WRONG)), min_size=18))
def test_a_right_answer_never_looks_more_like_chance_than_a_wrong_one_where_chance_is_rarer(rows):
    last = rows[-1]
    chance = 1 / last.options if last.options >= 2 else 0.02
    better = fit([*rows[:-1], last._replace(outcome=Outcome.RIGHT)])
    assert (better >= fit(rows)) == (last.expected >= chance) or last.expected == chance


@bounded
@given(st.lists(st.floats(0, 1e6), max_size=60), st.floats(0, 1e5) | st.none(), st.integers(-5, 10**6))
def test_haste_is_a_share(seconds, median, characters):
    share = haste(seconds, [quick_bound(median, characters)] * len(seconds))
    assert share is None or 0 <= share <= 1


@bounded
@given(st.lists(answers, max_size=9))
def test_a_class_level_is_on_the_scale_whatever_was_answered(people):
    found = pooled_levels(ITEMS, CAPS, people)["1.1"]
    assert (found is None) == (sum(bool(one) for one in people) < FEWEST_PEOPLE)
    if found is not None:
        assert 0 <= found.level.level <= 5.5
        assert 0 < found.level.error < 3
