"""What one answer says about the level it was given at and about the difficulty it met: expectation propagation.

P depends on theta - b alone. With theta and b normal without this answer (their cavities) the gap is normal too; its
mean and variance after the answer are integrated on 11 Gauss-Hermite nodes, and carried back to theta and to b.
"""

from dataclasses import dataclass

import numpy as np

from lti_tool.engine.answering import SLOPE, Floats, p_right
from lti_tool.engine.posterior import NODES, WEIGHTS


@dataclass(frozen=True, slots=True, eq=False)
class Sites:
    """What each answer says, as precision and mean x precision: of its topic's level, and of its item's difficulty."""

    level: Floats
    level_linear: Floats
    item: Floats
    item_linear: Floats

    @classmethod
    def silent(cls, answers: int) -> "Sites":
        """Give sites that say nothing yet."""
        return cls(*(np.zeros(answers) for _ in range(4)))


@dataclass(frozen=True, slots=True, eq=False)
class Cavity:
    """Means and variances of level and difficulty, one row an answer, as believed without that answer."""

    level: Floats
    level_variance: Floats
    item: Floats
    item_variance: Floats


def said(cavity: Cavity, guess: Floats, right: Floats, weight: Floats) -> Sites:
    """Give what the answers say. weight: the share of each that counts for its item; for its person it counts whole."""
    mean, variance = cavity.level - cavity.item, cavity.level_variance + cavity.item_variance
    gap = mean[:, None] + np.sqrt(variance)[:, None] * NODES
    curve = p_right(gap, SLOPE, 0.0, guess[:, None])
    chance = WEIGHTS * np.where(right[:, None] > 0, curve, 1 - curve)
    chance /= chance.sum(axis=1, keepdims=True)
    shift = chance @ NODES
    kept = np.einsum("an,an->a", chance, (NODES[None, :] - shift[:, None]) ** 2)
    moved = shift / np.sqrt(variance)
    lost = (1 - kept) / variance
    of_item = _site(cavity.item, cavity.item_variance, -moved, lost)
    return Sites(*_site(cavity.level, cavity.level_variance, moved, lost), of_item[0] * weight, of_item[1] * weight)


def _site(mean: Floats, variance: Floats, moved: Floats, lost: Floats) -> tuple[Floats, Floats]:
    """Give precision and linear part of what takes (mean, variance) to (mean + v moved, v - v^2 lost).

    An answer that leaves more doubt than there was (a guess that surprises) says where, but not how surely: a negative
    precision would let two such answers leave no distribution at all.
    """
    precision = np.maximum(lost / np.maximum(1 - variance * lost, 1e-9), 0.0)
    return precision, (mean + variance * moved) * (precision + 1 / variance) - mean / variance
