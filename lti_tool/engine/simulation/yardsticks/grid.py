"""A level in one dimension, believed on a fixed grid: the posterior of the classical adaptive test (EAP)."""

from dataclasses import dataclass

import numpy as np

from lti_tool.engine.answering import CEILING, Floats, p_right
from lti_tool.engine.prior import Codes
from lti_tool.engine.sheet import Curves, Sheet

NODES, REACH = 321, 6.0
"""Nodes of the grid, and how many standard deviations of the prior it reaches either side: steps of about 0.06."""


@dataclass(frozen=True, slots=True, eq=False)
class Scale:
    """One dimension and the items that measure it: rows on the sheet, competence of each, curves.

    theta: nodes. log_prior: nodes, not normalised. log_right and log_wrong: items by nodes.
    """

    rows: Codes
    curves: Curves
    cap: float
    theta: Floats
    log_prior: Floats
    log_right: Floats
    log_wrong: Floats


def scale(sheet: Sheet, rows: Codes, mean: float, variance: float, cap: float) -> Scale:
    """Lay out a dimension for these item rows; mean and variance of the level beforehand; cap: of what is reported."""
    sd = variance**0.5
    theta = mean + sd * np.linspace(-REACH, REACH, NODES)
    curves = sheet.curves.take(rows)
    right = p_right(theta[None, :], curves.slope[:, None], curves.b[:, None], curves.guess[:, None])
    return Scale(rows, curves, cap, theta, -(((theta - mean) / sd) ** 2) / 2, np.log(right), np.log1p(-right))


def expectation(of: Scale, logs: Floats) -> Floats:
    """Give the mean of theta (EAP) for each person, from log posteriors (people by nodes)."""
    return np.asarray(_weights(logs) @ of.theta)


def believed(of: Scale, logs: Floats) -> tuple[Floats, Floats]:
    """Give for each person mean and standard deviation of clip(theta, 0, cap): the level reported and its error."""
    weights, level = _weights(logs), np.clip(of.theta, 0.0, of.cap)
    mean = weights @ level
    return np.asarray(mean), np.sqrt(np.maximum(weights @ level**2 - mean**2, 0.0))


def information(of: Scale, theta: Floats) -> Floats:
    """Give Fisher's information of each item at each person's theta (people by items): P'^2 / (P (1 - P))."""
    curves = of.curves
    right = p_right(theta[:, None], curves.slope[None, :], curves.b[None, :], curves.guess[None, :])
    steepness = curves.slope * (right - curves.guess) * (CEILING - right) / (CEILING - curves.guess)
    return np.asarray(steepness**2 / (right * (1 - right)))


def _weights(logs: Floats) -> Floats:
    weights = np.exp(logs - logs.max(axis=1, keepdims=True))
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))
