"""How an estimate is told to people: band, shown level, interval, pix. One place for each rounding.

Probabilities and intervals take the level as normal around its estimate and clipped to what the scale can show, 0 to
the cap: exact enough for words and margins, and never a bound outside the scale. Every level is rounded to 1e-4 before
it meets a threshold, as the score of record is.
"""

import math

from lti_tool.engine.posterior import normal_cdf, normal_quantile
from lti_tool.engine.scale import HIGHEST_LEVEL, Estimate

BANDS: tuple[tuple[str, float], ...] = (("novice", 0.0), ("independent", 2.5), ("advanced", 4.5), ("expert", 6.5))
"""Each band and the level from which it holds, as levels 3, 5 and 7 are reached half a level early."""
PIX_PER_LEVEL = 8


def band_probabilities(estimate: Estimate, cap: float = HIGHEST_LEVEL) -> dict[str, float]:
    """Give the probability of each band; a band that begins at the cap or above it cannot be reached."""
    from_here = [_at_least(estimate, start) if start < cap else 0.0 for _, start in BANDS]
    from_here[0] = 1.0
    beyond = [*from_here[1:], 0.0]
    return {name: here - next_ for (name, _), here, next_ in zip(BANDS, from_here, beyond, strict=True)}


def band(estimate: Estimate, cap: float = HIGHEST_LEVEL) -> tuple[str, float]:
    """Give the band that the level lies in, and its probability: the band always agrees with the shown level."""
    level = round(estimate.level, 4)
    reached = [name for name, start in BANDS if (start <= level and start < cap) or start == 0]
    return reached[-1], band_probabilities(estimate, cap)[reached[-1]]


def shown_level(estimate: Estimate, cap: float = HIGHEST_LEVEL) -> int:
    """Give the whole level to show: reached half a level early, never above the cap."""
    return min(math.floor(cap), math.floor(round(estimate.level, 4) + 0.5))


def interval(estimate: Estimate, probability: float = 0.95, cap: float = HIGHEST_LEVEL) -> tuple[float, float]:
    """Give the central interval that holds the level with this probability; for a sum, cap is the sum of the caps."""
    reach = normal_quantile(0.5 + probability / 2) * estimate.error
    low, high = (min(cap, max(0.0, estimate.level + side * reach)) for side in (-1, 1))
    return round(low, 4), round(high, 4)


def pix(estimate: Estimate) -> int:
    """Give the pix of a level or of a sum of levels: 8 a level, halves up."""
    return math.floor(round(PIX_PER_LEVEL * estimate.level, 4) + 0.5)


def _at_least(estimate: Estimate, threshold: float) -> float:
    """Probability that the level reaches the threshold."""
    distance = round(estimate.level, 4) - threshold
    if estimate.error <= 0:
        return 1.0 if distance >= 0 else 0.0
    return normal_cdf(distance / estimate.error)
