"""catsim, the adaptive testing simulator of Python, where it is installed (the bench extra).

Its own choice (maximum information), its own estimator (maximum likelihood by numerical search, Dodd's step while all
answers are alike) and its own standard error, one competence at a time, on the engine's answer curves.
"""

from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np

from lti_tool.engine.answering import CEILING, Floats
from lti_tool.engine.prior import Codes
from lti_tool.engine.scale import Reference
from lti_tool.engine.sheet import Sheet
from lti_tool.engine.simulation.tracks import Tracks
from lti_tool.engine.simulation.world import Bools, Cohort
from lti_tool.engine.simulation.yardsticks.notes import Notes, blank

WIDEST = 8.0
"""The largest error that is reported, the width of the scale: catsim's is without bound on a short test."""


class CatsimMissing(RuntimeError):
    """catsim is wanted and not installed."""


@dataclass(frozen=True, slots=True, eq=False)
class _Parts:
    """What of catsim is used: a selector, an estimator, the class of a bank, the function of the standard error."""

    selector: Any
    estimator: Any
    bank: Any
    error: Any


def catsim(cohort: Cohort, rng: np.random.Generator, longest: int, population: Reference | None = None) -> Tracks:
    """Test by catsim, starting at the population's mean; one competence only (ValueError), catsim installed.

    catsim searches between -6 and 6, so levels are given to it less the mean. It takes the first of equals: the items
    are shuffled for each person.
    """
    if cohort.levels.shape[1] != 1:
        raise ValueError("catsim knows one dimension: give it one competence")
    parts = _parts()
    mean = (population or Reference()).mean
    rows = np.flatnonzero(cohort.world.sheet.reachable)
    length = min(longest, len(rows))
    notes = blank(len(cohort.right), longest, 1)
    for person, right in enumerate(cohort.right):
        shuffled = rng.permutation(rows)
        _sit(parts, cohort.world.sheet, shuffled, right, mean, notes, person, length)
    before = np.full((len(cohort.right), 1), mean)
    return notes.tracks(length, before)


def _sit(
    parts: _Parts, sheet: Sheet, rows: Codes, right: Bools, mean: float, notes: Notes, person: int, length: int
) -> None:
    """One person's test."""
    bank = parts.bank(_matrix(sheet, rows, mean), validate=False)  # validating prints a blank line each time
    cap = float((sheet.weights @ sheet.caps)[0])
    administered: list[int] = []
    answers: list[bool] = []
    theta = 0.0
    for question in range(length):
        column = parts.selector.select(item_bank=bank, administered_items=administered, est_theta=theta)
        administered.append(int(column))
        answers.append(bool(right[rows[column]]))
        theta = float(
            parts.estimator.estimate(
                item_bank=bank, administered_items=administered, response_vector=answers, est_theta=theta
            )
        )
        notes.asked[person, question] = rows[column]
        notes.levels[person, question] = min(max(theta + mean, 0.0), cap)
        notes.errors[person, question] = min(parts.error(theta, bank.get_items(administered)), WIDEST)


def _matrix(sheet: Sheet, rows: Codes, mean: float) -> Floats:
    """Give catsim's table of items: slope, difficulty, guessing, ceiling."""
    curves = sheet.curves.take(rows)
    return np.column_stack((curves.slope, curves.b - mean, curves.guess, np.full(len(rows), CEILING)))


def _parts() -> _Parts:
    try:
        estimation, selection = import_module("catsim.estimation"), import_module("catsim.selection")
        bank, irt = import_module("catsim.item_bank"), import_module("catsim.irt")
    except ImportError as missing:
        raise CatsimMissing("catsim is not installed: it comes with the bench extra") from missing
    return _Parts(selection.MaxInfoSelector(), estimation.NumericalSearchEstimator(), bank.ItemBank, irt.see)
