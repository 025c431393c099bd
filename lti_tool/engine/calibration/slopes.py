"""How far level decides an item's answers, beside what the one slope given to all items says."""

from dataclasses import dataclass

import numpy as np

from lti_tool.engine.answering import Floats
from lti_tool.engine.calibration.fit import Fit
from lti_tool.engine.calibration.ledger import Ledger
from lti_tool.engine.calibration.residuals import residuals
from lti_tool.engine.calibration.sums import summed

SLOPES_APART = 0.25
"""How far the slopes of items are taken to lie apart (standard deviation of their logarithm). Judged, not measured."""


@dataclass(frozen=True, slots=True, eq=False)
class Slopes:
    """One row an item: z of the score test of its slope, the share of its slope that it seems to have more or less (NaN
    where nothing tells), and the variance that its difficulty has because its slope is not known.
    """

    z: Floats
    excess: Floats
    doubt: Floats


def slopes(ledger: Ledger, fit: Fit) -> Slopes:
    """Test whether level decides each item's answers as the curve says (Rao's score test of the logarithm of the slope,
    difficulty estimated). Adaptive questions meet people near their level, where a mean square would see nothing.

    An item that met people far from its difficulty, by a mean gap, has it wrong by as much of the gap as its slope is;
    never is it less sure than judged levels are.
    """
    item, size, hard = ledger.item, len(ledger.bank.items), fit.hardness
    guess, unsure = ledger.bank.curves.guess[item], fit.cavity.level_variance + hard.variance[item]
    seen = residuals(fit.cavity.level, unsure, hard.mean[item], guess, ledger.right, ledger.weight)
    total = summed(item, seen.information, size)
    some = np.where(total > 0, total, 1.0)
    beside = seen.above - (summed(item, seen.information * seen.above, size) / some)[item]
    score = summed(item, seen.score * beside, size)
    information = summed(item, seen.information * beside**2, size)
    gap = summed(item, seen.information * seen.above / seen.steep, size) / some
    judged = fit.doubt.shared + fit.doubt.own
    learnt = np.maximum(judged - hard.variance, 0.0)
    doubt = np.minimum((SLOPES_APART * gap * learnt / judged) ** 2, learnt)
    with np.errstate(divide="ignore", invalid="ignore"):
        return Slopes(score / np.sqrt(information), score / information, doubt)
