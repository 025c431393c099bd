"""Answers against what was expected of them: the pieces of every test made after the fit."""

import math
from dataclasses import dataclass

import numpy as np

from lti_tool.engine.answering import CEILING, SLOPE, Floats


@dataclass(frozen=True, slots=True, eq=False)
class Residuals:
    """One row an answer, on the logit scale of its curve.

    steep: slope of the curve, flattened by the doubt about the level. above: logit of the level above the difficulty.
    score, information: first derivative of the log likelihood in `above`, and what is expected of its square.
    """

    steep: Floats
    above: Floats
    score: Floats
    information: Floats


def residuals(
    level: Floats, doubt: Floats, difficulty: Floats, guess: Floats, right: Floats, weight: Floats
) -> Residuals:
    """Weigh answers against levels (means, variances: doubt) that they had no part in; weight: what each counts."""
    steep = SLOPE / np.sqrt(1 + math.pi / 8 * SLOPE**2 * doubt)
    above = steep * (level - difficulty)
    share = 1 / (1 + np.exp(-above))
    chance = guess + (CEILING - guess) * share
    rise = (CEILING - guess) * share * (1 - share)
    certainty = weight * rise / (chance * (1 - chance))
    return Residuals(steep, above, certainty * (right - chance), certainty * rise)
