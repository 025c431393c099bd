"""Whether an item is harder in one language than in another, beyond what sets the languages apart as a whole.

The difficulty of an item is found anew within each language, against levels that its own answers had no part in
(differential item functioning, by difficulty per group).
"""

from dataclasses import dataclass

import numpy as np

from lti_tool.engine.answering import Floats
from lti_tool.engine.calibration.fit import Fit
from lti_tool.engine.calibration.ledger import Ledger
from lti_tool.engine.calibration.residuals import residuals
from lti_tool.engine.calibration.sums import summed
from lti_tool.engine.prior import Codes

ENOUGH = 200
"""Answers that an item needs in a language before the two are compared; in all before it counts as calibrated."""
OFFSET_SPREAD = 1.0
"""How far an item is taken to lie off in a language before any answer (standard deviation, in levels)."""
_STEPS, _LONGEST_STEP = 15, 1.0


@dataclass(frozen=True, slots=True)
class Gap:
    """An item between languages: its offset in each (levels, weighted mean 0), the largest difference and its error."""

    offsets: dict[str, float]
    difference: float
    error: float


def language_offsets(ledger: Ledger, fit: Fit) -> dict[str, float]:
    """Give how much harder all items seem in each language that somebody took a test in; weighted mean 0.

    That is how much lower its people seem: answers cannot tell the two apart.
    """
    taken = np.bincount(ledger.spoken[ledger.spoken >= 0], minlength=len(ledger.languages))
    apart = fit.population.apart.tolist()
    return {name: 0.0 - apart[row] for row, name in enumerate(ledger.languages) if taken[row]}


def gaps(ledger: Ledger, fit: Fit) -> dict[int, Gap]:
    """Give, by row, the items with enough answers in two languages or more."""
    languages = len(ledger.languages)
    pair = ledger.item * languages + ledger.language
    said = ledger.language >= 0
    counts = summed(pair[said], ledger.weight[said], len(ledger.bank.items) * languages)
    enough = (counts >= ENOUGH - 0.5).reshape(-1, languages) if languages else np.zeros((0, 0), dtype=np.bool_)
    wanted = enough & (enough.sum(axis=1, keepdims=True) >= 2)
    rows = np.flatnonzero(said & wanted.ravel()[pair]) if wanted.any() else np.zeros(0, dtype=np.intp)
    if not len(rows):
        return {}
    pairs, group = np.unique(pair[rows], return_inverse=True)
    offset, variance = _within(ledger, fit, rows, group, len(pairs))
    found: dict[int, list[tuple[str, float, float, float]]] = {}
    for number, one, doubt in zip(pairs.tolist(), offset.tolist(), variance.tolist(), strict=True):
        item, language = divmod(number, languages)
        found.setdefault(item, []).append((ledger.languages[language], one, doubt, float(counts[number])))
    return {item: _gap(told) for item, told in found.items()}


def _gap(told: list[tuple[str, float, float, float]]) -> Gap:
    """Compare the languages of one item: name, offset, variance and answers of each."""
    middle = sum(offset * answers for _, offset, _, answers in told) / sum(answers for *_, answers in told)
    hardest, easiest = max(told, key=lambda one: one[1]), min(told, key=lambda one: one[1])
    error = float(np.sqrt(hardest[2] + easiest[2]))
    return Gap({name: offset - middle for name, offset, _, _ in told}, hardest[1] - easiest[1], error)


def _within(ledger: Ledger, fit: Fit, rows: Codes, group: Codes, groups: int) -> tuple[Floats, Floats]:
    """Give offset and variance of each group of answers from its item's difficulty: Fisher scoring, all at once."""
    item = ledger.item[rows]
    level, doubt = fit.cavity.level[rows], fit.cavity.level_variance[rows]
    guess, right, weight = ledger.bank.curves.guess[item], ledger.right[rows], ledger.weight[rows]
    offset: Floats = np.zeros(groups)
    precision: Floats = np.ones(groups)
    for _ in range(_STEPS):
        seen = residuals(level, doubt, fit.hardness.mean[item] + offset[group], guess, right, weight)
        slope = -summed(group, seen.steep * seen.score, groups) - offset / OFFSET_SPREAD**2
        precision = summed(group, seen.steep**2 * seen.information, groups) + 1 / OFFSET_SPREAD**2
        offset = offset + np.clip(slope / precision, -_LONGEST_STEP, _LONGEST_STEP)
    return offset, 1 / precision
