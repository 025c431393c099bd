"""What is believed about difficulties: Gaussian, the variants of a skill tied through what its author misjudged."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lti_tool.engine.answering import JUDGED_VARIANCE, Floats, difficulty
from lti_tool.engine.calibration.sums import summed
from lti_tool.engine.prior import Codes
from lti_tool.engine.scale import Difficulties, ItemRefused
from lti_tool.engine.sheet import Bank
from lti_tool.engine.skills import SHARED_DOUBT

PSEUDO_SKILLS = 10.0
"""How many skills' word the doubt judged beforehand has against what the answers show of it."""
COMMON_SPREAD = 0.25
"""How far all authors are taken to misjudge together (standard deviation, in levels), where anchors could show it."""
SUREST, WILDEST = 0.02, 1.0
"""Bounds of an estimated part of the doubt (variances)."""


@dataclass(frozen=True, slots=True, eq=False)
class Hardness:
    """Mean and variance of difficulties b (levels), one row an item."""

    mean: Floats
    variance: Floats


SHARED, OWN = SHARED_DOUBT * JUDGED_VARIANCE, (1 - SHARED_DOUBT) * JUDGED_VARIANCE


@dataclass(frozen=True, slots=True)
class Doubt:
    """How wrong judged levels are, as variances: what the variants of a skill share, and each one's own."""

    shared: float = SHARED
    own: float = OWN


@dataclass(frozen=True, slots=True, eq=False)
class Prior:
    """What is known before the answers: judged levels, and anchors that do not move from where they are.

    judged: level - 0.5. skill: the number of each item's skill, of so many skills. anchored: which rows are anchors;
    at: where they are.
    """

    judged: Floats
    skill: Codes
    skills: int
    anchored: npt.NDArray[np.bool_]
    at: Hardness


def prior_of(bank: Bank, anchors: Collection[str], parameters: Difficulties | None) -> Prior:
    """Lay out what is known before the answers; ItemRefused for an anchor that the bank does not hold."""
    for item_id in sorted(anchors):
        if item_id not in bank.rows:
            raise ItemRefused(f"anchor {item_id!r} is not in the bank")
    anchored = np.zeros(len(bank.items), dtype=np.bool_)
    anchored[[bank.rows[item_id] for item_id in anchors]] = True
    known = np.array([difficulty(item, parameters) for item in bank.items], dtype=np.float64).reshape(-1, 2)
    return Prior(bank.curves.level - 0.5, bank.skill, len(bank.skills), anchored, Hardness(known[:, 0], known[:, 1]))


def hardness(prior: Prior, doubt: Doubt, precision: Floats, linear: Floats, answers: Floats) -> tuple[Hardness, Doubt]:
    """Give the belief about every difficulty, from what the answers say of each (precision, and mean x precision), and
    how wrong the judged levels prove to be.

    answers: how many each item has. Answers tell difficulties from levels only up to a constant. Answered anchors hold
    it: the others may then be misjudged by an amount in common. Without, the mean shift, weighted by answers, is 0.
    """
    held = bool((answers * prior.anchored).any())
    precision, linear = _with_anchors(prior, doubt, precision, linear - precision * prior.judged)
    shrink = 1 / (1 + precision * doubt.own)
    up, up_linear = (summed(prior.skill, column * shrink, prior.skills) for column in (precision, linear))
    common = _common(doubt, up, up_linear) if held else 0.0
    linear, up_linear = linear - precision * common, up_linear - up * common
    without = (1 / doubt.shared + up)[prior.skill] - precision * shrink
    mean = (up_linear[prior.skill] - linear * shrink) / without
    spread = 1 / without + doubt.own
    variance = 1 / (precision + 1 / spread)
    shift = common + variance * (linear + mean / spread)
    if not held and answers.any():
        touched = summed(prior.skill, answers, prior.skills)[prior.skill] > 0
        shift = np.where(touched, shift - (answers @ shift) / answers.sum(), shift)
    gain = doubt.own / (1 + precision * spread)
    found = Doubt(
        _shown(SHARED, up_linear / (1 / doubt.shared + up), up / (1 / doubt.shared + up)),
        _shown(OWN, gain * (linear - precision * mean), gain * precision),
    )
    return _at_anchors(prior, Hardness(prior.judged + shift, variance)), found


def _common(doubt: Doubt, precision: Floats, linear: Floats) -> float:
    """Give the amount by which all items seem misjudged together, from what is known of each skill."""
    through = 1 / (1 + precision * doubt.shared)
    return float((linear @ through) / (COMMON_SPREAD**-2 + precision @ through))


def _at_anchors(prior: Prior, found: Hardness) -> Hardness:
    """Put the anchors back where they are."""
    return Hardness(
        np.where(prior.anchored, prior.at.mean, found.mean),
        np.where(prior.anchored, prior.at.variance, found.variance),
    )


def _shown(known: float, effects: Floats, told: Floats) -> float:
    """Give the variance that effects show, as far as answers told of them (MacKay's step, as in `population`)."""
    seen = (PSEUDO_SKILLS * known + float(effects @ effects)) / (PSEUDO_SKILLS + float(told.sum()))
    return min(max(seen, SUREST), WILDEST)


def _with_anchors(prior: Prior, doubt: Doubt, precision: Floats, linear: Floats) -> tuple[Floats, Floats]:
    """Put in the place of what was answered on an anchor what is known of it beyond its judged level."""
    variance = np.maximum(prior.at.variance, 1e-6)
    beyond = np.maximum(1 / variance - 1 / (doubt.shared + doubt.own), 0.0)
    shift = np.where(beyond > 0, (prior.at.mean - prior.judged) / variance, 0.0)
    return np.where(prior.anchored, beyond, precision), np.where(prior.anchored, shift, linear)
