"""How likely a right answer is: the four-parameter answer model that chooses questions.

P = c + (d - c) s(a' (theta - b)), s the logistic function. scoring/v1 keeps a copy of its own, for ever: what is
tuned here changes which questions are asked, never what they are worth.
"""

import math
from typing import overload

import numpy as np
import numpy.typing as npt

from lti_tool.engine.scale import Difficulties, Item, ItemRefused

Floats = npt.NDArray[np.float64]

SLOPE = 1.15
"""Discrimination a, per level."""
CEILING = 0.95
"""d: who masters a skill still slips one time in twenty."""
FREE_GUESS = 0.02
"""c where the answer is free; with choices it is one in their number."""
FARTHEST = 100.0
"""No difficulty lies further from 0, in levels: beyond it the curve would leave what numbers can hold."""
JUDGED_VARIANCE = 0.75**2
"""Doubt about a difficulty that an author judged and no answer has corrected."""


def difficulty(item: Item, parameters: Difficulties | None) -> tuple[float, float]:
    """Give mean and variance of the item's difficulty: the calibrated ones, else level - 0.5 and the judged doubt."""
    if parameters is None or item.id not in parameters:
        return item.level - 0.5, JUDGED_VARIANCE
    mean, variance = parameters[item.id]
    if not (abs(mean) <= FARTHEST and 0 <= variance < math.inf):
        raise ItemRefused(f"item {item.id!r}: ({mean!r}, {variance!r}) is no mean and variance of a difficulty")
    return float(mean), float(variance)


def slope(variance: float) -> float:
    """Flatten the slope for a difficulty known with this variance: the logistic curve averaged over the doubt."""
    return SLOPE / math.sqrt(1 + math.pi / 8 * SLOPE**2 * variance)


def guessing(options: int) -> float:
    """Probability of a right answer by chance, from the number of choices (0: free answer).

    At most 1/2, so that P rises with theta for every item: a single option is no choice and counts as free.
    """
    return 1 / options if options >= 2 else FREE_GUESS


@overload
def p_right(theta: float, slope: float, b: float, guess: float) -> float: ...
@overload
def p_right(theta: Floats, slope: Floats | float, b: Floats | float, guess: Floats | float) -> Floats: ...
def p_right(theta: Floats | float, slope: Floats | float, b: Floats | float, guess: Floats | float) -> Floats | float:
    """Probability of a right answer at theta; arrays broadcast."""
    return guess + (CEILING - guess) / (1 + np.exp(-slope * (theta - b)))
