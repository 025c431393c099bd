"""What is measured of a way of testing: accuracy, honesty of the margins, ranks within a person, use of the bank."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lti_tool.engine.answering import Floats
from lti_tool.engine.prior import Codes
from lti_tool.engine.result import BANDS
from lti_tool.engine.simulation.tracks import Tracks

WITHIN = 1.959964
"""Standard errors either side of a level that a 95 % interval reaches."""
LEVEL_BANDS = ((0.0, 0.5), (0.5, 1.5), (1.5, 2.5), (2.5, 3.5), (3.5, 4.5), (4.5, 6.0), (6.0, 8.0))
"""True levels by which bias and coverage are told."""


@dataclass(frozen=True, slots=True)
class BandOfLevels:
    """Bias and coverage among competences whose true level lies in [low, high); None without a case."""

    low: float
    high: float
    cases: int
    bias: float | None
    coverage: float | None


@dataclass(frozen=True, slots=True)
class Use:
    """Use of the bank: the largest share of people who met one item, the mean overlap of two people's questions, and
    the share of reachable items nobody met.
    """

    largest: float
    overlap: float
    unused: float


def rmse(levels: Floats, truth: Floats) -> float:
    """Root mean square error over people and competences; not-a-number entries (not measured) are left out."""
    return float(np.sqrt(np.nanmean((levels - truth) ** 2)))


def bias(levels: Floats, truth: Floats) -> float:
    """Mean error."""
    return float(np.nanmean(levels - truth))


def covered(levels: Floats, errors: Floats, truth: Floats) -> Floats:
    """1 where the 95 % interval holds the truth, 0 where not, not-a-number where nothing was measured."""
    holds = np.where(np.abs(levels - truth) <= WITHIN * errors, 1.0, 0.0)
    return np.where(np.isnan(levels), np.nan, holds)


def by_level(levels: Floats, errors: Floats | None, truth: Floats) -> tuple[BandOfLevels, ...]:
    """Bias and coverage by the true level."""
    return tuple(_band(low, high, levels, errors, truth) for low, high in LEVEL_BANDS)


def rank_correlation(levels: Floats, truth: Floats) -> float:
    """Mean over people of Spearman's correlation between a person's competences as reported and as they are.

    A person whose report does not tell the competences apart counts as 0.
    """
    found = [_spearman(told[known], real[known]) for told, real in zip(levels, truth, strict=True)
             if (known := ~np.isnan(told)).sum() > 2]  # fmt: skip
    return float(np.mean(found)) if found else 0.0


def same_band(first: Floats, second: Floats) -> float:
    """Share of competences that two sittings put into the same band."""
    starts = [start for _, start in BANDS[1:]]
    known = ~(np.isnan(first) | np.isnan(second))
    return float(np.mean(np.digitize(first[known], starts) == np.digitize(second[known], starts)))


def use(asked: Codes, items: int, questions: int) -> Use:
    """Use of a bank of so many reachable items by the first questions of everyone."""
    met = np.zeros((len(asked), items), dtype=np.bool_)
    for person, rows in enumerate(asked[:, :questions]):
        met[person, rows[rows >= 0]] = True
    counts = met.sum(axis=0)
    lengths = met.sum(axis=1)
    people = len(asked)
    shared = float((counts * (counts - 1)).sum()) / max(1, people * (people - 1))
    return Use(float(counts.max() / people), shared / float(lengths.mean()), float(np.mean(counts == 0)))


def questions_until(tracks: Tracks, truth: Floats, error: float) -> int | None:
    """Questions after which the RMSE is this small for the first time; None: never."""
    found = np.sqrt(np.mean((tracks.levels - truth[:, None, :]) ** 2, axis=(0, 2)))
    reached = np.flatnonzero(found <= error)
    return int(reached[0]) + 1 if len(reached) else None


def questions_until_ranked(tracks: Tracks, truth: Floats, correlation: float, marks: Sequence[int]) -> int | None:
    """The first of these lengths at which the rank correlation within a person is this high; None: at none of them."""
    return next((mark for mark in marks if rank_correlation(tracks.after(mark), truth) >= correlation), None)


def _band(low: float, high: float, levels: Floats, errors: Floats | None, truth: Floats) -> BandOfLevels:
    chosen = (truth >= low) & (truth < high) & ~np.isnan(levels)
    cases = int(chosen.sum())
    if not cases:
        return BandOfLevels(low, high, 0, None, None)
    off = float(np.mean((levels - truth)[chosen]))
    held = None if errors is None else float(np.mean(covered(levels, errors, truth)[chosen]))
    return BandOfLevels(low, high, cases, off, held)


def _spearman(told: Floats, real: Floats) -> float:
    a, b = _ranks(told), _ranks(real)
    if np.ptp(a) == 0 or np.ptp(b) == 0:
        return 0.0
    return float(np.corrcoef(a, b)[0, 1])


def _ranks(values: Floats) -> Floats:
    """Ranks from 0, equal values sharing their mean rank."""
    _, group, counts = np.unique(values, return_inverse=True, return_counts=True)
    upper = np.cumsum(counts)
    return np.asarray((upper - (counts + 1) / 2)[group])
