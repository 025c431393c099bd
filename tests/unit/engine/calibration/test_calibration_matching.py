"""What one answer says, against sums over a fine grid of levels and difficulties."""

import numpy as np
import pytest

from lti_tool.engine.answering import SLOPE, p_right
from lti_tool.engine.calibration.matching import Cavity, said

CASES = [(2.7, 1.5, 2.5, 0.56), (4.0, 0.3, 2.0, 0.05), (1.0, 0.8, 4.5, 0.3)]


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("right", [1.0, 0.0])
@pytest.mark.parametrize("guess", [0.02, 0.25])
def test_an_answer_moves_level_and_difficulty_to_their_exact_means_and_variances(case, right, guess):
    level, level_variance, item, item_variance = case
    found = said(Cavity(*(np.array([value]) for value in case)), np.array([guess]), np.array([right]), np.ones(1))
    for side, at, variance, precision, linear in (
        (0, level, level_variance, found.level, found.level_linear),
        (1, item, item_variance, found.item, found.item_linear),
    ):
        mean, spread = _on_a_grid(case, guess, right)[side]
        total = float(precision[0]) + 1 / variance
        assert (float(linear[0]) + at / variance) / total == pytest.approx(mean, abs=2e-3)
        if spread < variance:
            assert 1 / total == pytest.approx(spread, rel=5e-3)


def test_a_surprising_guess_never_takes_certainty_away():
    cavity = Cavity(np.array([0.0]), np.array([0.5]), np.array([5.0]), np.array([0.5]))
    found = said(cavity, np.array([0.25]), np.array([1.0]), np.array([1.0]))
    assert found.level[0] >= 0
    assert found.item[0] >= 0
    assert found.level_linear[0] > 0
    assert found.item_linear[0] < 0


def test_what_counts_half_for_its_item_counts_whole_for_its_person():
    cavity = Cavity(*(np.array([value, value]) for value in CASES[0]))
    found = said(cavity, np.full(2, 0.25), np.ones(2), np.array([1.0, 0.5]))
    assert found.level[0] == found.level[1]
    assert found.level_linear[0] == found.level_linear[1]
    assert found.item[0] == 2 * found.item[1]
    assert found.item_linear[0] == 2 * found.item_linear[1]


def _on_a_grid(case: tuple[float, ...], guess: float, right: float) -> list[tuple[float, float]]:
    """Mean and variance of level and of difficulty after the answer."""
    level, level_variance, item, item_variance = case
    theta = level + np.sqrt(level_variance) * np.linspace(-7, 7, 401)
    b = item + np.sqrt(item_variance) * np.linspace(-7, 7, 401)
    curve = p_right(theta[:, None] - b[None, :], SLOPE, 0.0, guess)
    mass = curve if right else 1 - curve
    mass *= np.exp(-((theta[:, None] - level) ** 2) / 2 / level_variance - (b[None, :] - item) ** 2 / 2 / item_variance)
    mass /= mass.sum()
    found = []
    for values, shares in ((theta, mass.sum(axis=1)), (b, mass.sum(axis=0))):
        mean = float(values @ shares)
        found.append((mean, float((values - mean) ** 2 @ shares)))
    return found
