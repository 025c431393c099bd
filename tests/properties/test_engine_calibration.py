"""What holds for calibration from any answers: finite, bounded, free of order, and fair to the items."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lti_tool.engine import Answer, Item, Outcome, Plan
from lti_tool.engine.calibration import Sitting, calibrate, shadow
from lti_tool.engine.calibration.matching import Cavity, said

ITEMS = [
    Item(f"{name}.t{topic}@{level}.{n}", f"{name}.t{topic}@{level}", f"{name}.t{topic}", name, area, level, 3 * n)
    for name, area in {"1.1": "1", "1.2": "1", "3.4": "3"}.items()
    for topic in range(2)
    for level in (1, 3, 6)
    for n in range(2)
]
TOPICS = sorted({item.topic for item in ITEMS})
BY_ID = {item.id: item for item in ITEMS}

answer = st.builds(
    Answer, st.sampled_from(sorted(BY_ID)), st.sampled_from(list(Outcome)), st.sampled_from(["fr", "en", "ar", None])
)
answer_lists = st.lists(answer, unique_by=lambda one: one.item_id, max_size=20)
caps = st.sampled_from([1.0, 2.5, 8.0])


@st.composite
def sittings(draw: st.DrawFn) -> Sitting:
    answers = tuple(draw(answer_lists))
    plan = Plan({topic: draw(caps) for topic in TOPICS}, 36)
    times = st.lists(st.floats(0, 600), min_size=len(answers), max_size=len(answers))
    return Sitting(draw(st.sampled_from("abcdefgh")), plan, answers, tuple(draw(times)), draw(st.booleans()))


sets = st.lists(sittings(), max_size=12)
bounded = settings(max_examples=25, deadline=None)


@bounded
@given(sets, st.frozensets(st.sampled_from(sorted(BY_ID)), max_size=3))
def test_whatever_was_answered_the_proposal_is_finite_and_bounded(given_sittings, anchors):
    proposal = calibrate(ITEMS, given_sittings, anchors=anchors)
    assert set(proposal.difficulties) == set(BY_ID)
    for name, (mean, variance) in proposal.difficulties.items():
        assert abs(mean - BY_ID[name].level) < 8
        assert 0.02 <= variance <= 2.5
        assert name not in anchors or (mean, variance) == (BY_ID[name].level - 0.5, 0.75**2)
    assert 0 <= proposal.population.mean <= 8
    assert all(abs(offset) < 8 for offset in proposal.language_offsets.values())
    for report in proposal.reports:
        assert 0 <= report.exposure <= 1
        assert report.facility is None or 0 <= report.facility <= 1
        assert math.isfinite(report.difficulty + report.error + report.moved)


@bounded
@given(sets, st.randoms(use_true_random=False))
def test_any_order_of_sittings_gives_the_same_proposal_to_the_last_bit(given_sittings, chance):
    mixed = list(given_sittings)
    chance.shuffle(mixed)
    assert calibrate(ITEMS, mixed) == calibrate(ITEMS, given_sittings)


@bounded
@given(sets)
def test_what_people_are_called_matters_to_nothing(given_sittings):
    named = [replace(sitting, person=f"{'hgfedcba'.index(sitting.person)}") for sitting in given_sittings]
    one, other = (calibrate(ITEMS, some) for some in (given_sittings, named))
    for name, numbers in one.difficulties.items():
        assert other.difficulties[name] == pytest.approx(numbers, abs=1e-9)
    assert other.population.mean == pytest.approx(one.population.mean, abs=1e-9)


@bounded
@given(sets, st.sampled_from(sorted(BY_ID)))
def test_an_item_that_everyone_has_right_is_no_harder_than_if_everyone_had_it_wrong(given_sittings, item):
    found = []
    for outcome in (Outcome.RIGHT, Outcome.WRONG):
        turned = [
            replace(one, answers=tuple(a._replace(outcome=outcome) if a.item_id == item else a for a in one.answers))
            for one in given_sittings
        ]
        found.append(calibrate(ITEMS, turned).difficulties[item][0])
    assert found[0] <= found[1] + 1e-9


@bounded
@given(sets)
def test_rescoring_with_a_proposal_gives_shares_and_levels(given_sittings):
    found = shadow(ITEMS, given_sittings, None, calibrate(ITEMS, given_sittings).difficulties)
    assert found.sittings == len(given_sittings)
    assert 0 <= found.bands_moved <= 1
    assert 0 <= found.levels_moved <= 1
    assert abs(found.mean_shift) <= found.mean_change + 1e-12
    assert found.mean_change <= found.largest_change + 1e-12
    assert found.largest_change <= 8


@settings(max_examples=200, deadline=None)
@given(
    st.floats(-10, 15), st.floats(0.01, 9), st.floats(-10, 15), st.floats(0.01, 4), st.sampled_from([0.02, 0.2, 0.5]),
    st.booleans(),
)  # fmt: skip
def test_one_answer_never_takes_certainty_away_and_moves_both_sides_apart_or_together(
    level, doubt, item, variance, guess, right
):
    cavity = Cavity(*(np.array([value]) for value in (level, doubt, item, variance)))
    found = said(cavity, np.array([guess]), np.array([float(right)]), np.ones(1))
    columns = (found.level[0], found.level_linear[0], found.item[0], found.item_linear[0])
    assert all(math.isfinite(column) for column in columns)
    assert found.level[0] >= 0
    assert found.item[0] >= 0
    moved = (found.level_linear[0] - found.level[0] * level) * (1 if right else -1)
    harder = (found.item_linear[0] - found.item[0] * item) * (1 if right else -1)
    assert moved >= -1e-9
    assert harder <= 1e-9
