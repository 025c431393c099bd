"""The item report: how each item fared, and which deserve a look. A flag changes nothing by itself."""

import math

import numpy as np

from lti_tool.engine.calibration.difficulty import Hardness, Prior
from lti_tool.engine.calibration.languages import ENOUGH, Gap
from lti_tool.engine.calibration.ledger import Ledger
from lti_tool.engine.calibration.slopes import Slopes
from lti_tool.engine.calibration.sums import summed
from lti_tool.engine.calibration.values import ItemReport

FAR = 1.5
"""Levels from the judged difficulty at which an item counts as moved."""
ENOUGH_TO_FIT = 30
"""Answers from which misfit is computed."""
UNLIKELY, BLUNT = -3.0, -0.5
"""Misfit is flagged where z is this low, and half the slope or more is missing: with many answers a harmless
difference is certain, too."""
WIDE, SURE = 0.5, 3.0
"""A gap between languages is flagged from this many levels, if it is this many of its errors."""


def reports(
    ledger: Ledger, prior: Prior, proposed: Hardness, slopes: Slopes, gaps: dict[int, Gap]
) -> tuple[ItemReport, ...]:
    """Give the report of every item, in the order of their ids; proposed: what stands in the proposal."""
    size = len(ledger.bank.items)
    answers = summed(ledger.item, ledger.weight, size)
    right = summed(ledger.item, ledger.weight * ledger.right, size)
    seconds = _medians(ledger)
    found = []
    for row, item in enumerate(ledger.bank.items):
        count, moved = round(float(answers[row])), float(proposed.mean[row] - prior.judged[row])
        gap = gaps.get(row)
        fits = count >= ENOUGH_TO_FIT and math.isfinite(slopes.z[row])
        flags = {
            "moved": abs(moved) > FAR,
            "misfit": fits and slopes.z[row] <= UNLIKELY and slopes.excess[row] <= BLUNT,
            "language": gap is not None and gap.difference >= max(WIDE, SURE * gap.error),
        }
        report = ItemReport(
            item_id=item.id,
            answers=count,
            facility=float(right[row] / answers[row]) if count else None,
            median_seconds=seconds.get(row),
            exposure=float(ledger.shown[row] / ledger.reached[row]) if ledger.reached[row] else 0.0,
            judged=float(prior.judged[row]),
            difficulty=float(proposed.mean[row]),
            error=math.sqrt(float(proposed.variance[row])),
            moved=moved,
            misfit=float(slopes.z[row]) if fits else None,
            language_gap=gap.difference if gap else None,
            language_gap_error=gap.error if gap else None,
            status="calibrated" if count >= ENOUGH else "judged",
            flags=tuple(name for name, raised in flags.items() if raised),
        )
        found.append(report)
    return tuple(found)


def _medians(ledger: Ledger) -> dict[int, float]:
    """Give the median time of each answered item; a time that is none is left out."""
    kept = np.flatnonzero(np.isfinite(ledger.seconds) & (ledger.seconds >= 0))
    order = kept[np.argsort(ledger.item[kept], kind="stable")]
    rows, starts = np.unique(ledger.item[order], return_index=True)
    times = np.split(ledger.seconds[order], starts[1:])
    return {int(row): float(np.median(own)) for row, own in zip(rows, times, strict=len(rows) > 0)}
