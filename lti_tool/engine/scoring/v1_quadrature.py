"""The integrals of scoring/v1, frozen with it: one competence, its common factor u and its topics.

u is summed at equal steps over 7 standard deviations either side (a smooth integrand that vanishes at both ends, for
which equal steps converge faster than any power). theta is summed by 6 Gauss-Legendre nodes a panel, with panel edges
on 0 and on every cap, where clipping bends the integrand. With the published population and caps of 8 that is 149
values of u and 216 of theta; a grid four times finer and half as wide again moves no result by 1e-8.
"""

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from lti_tool.engine.scale import Reference

Floats = npt.NDArray[np.float64]

REACH_COMMON, REACH_TOPIC = 7.0, 8.0
"""How many standard deviations of u, and beyond that of e, are summed."""
STEP, PANEL = 0.25, 1.5
"""Step of u and width of a panel of theta, both in standard deviations of e (of u where that is smaller)."""
_HALF_NODES = [0.2386191860831969, 0.6612093864662645, 0.9324695142031519]
_HALF_WEIGHTS = [0.46791393457269104, 0.3607615730481387, 0.17132449237917027]
NODES = np.array([-node for node in reversed(_HALF_NODES)] + _HALF_NODES)
WEIGHTS = np.array(_HALF_WEIGHTS[::-1] + _HALF_WEIGHTS)
"""Gauss-Legendre on (-1, 1), written out so that no library can move them."""
TINY = 1e-300
"""Where the likelihood vanishes altogether its share is nothing; this keeps the division defined."""


def integrate(
    caps: Sequence[float], log_likelihoods: Callable[[Floats], Floats], reference: Reference
) -> tuple[list[float], float]:
    """Give x of each topic, and the standard error of their mean.

    caps: one per topic. log_likelihoods: from theta to topics by theta. The error is the posterior standard deviation
    of the mean over topics of clip(theta, 0, cap): the spread within u and the spread between values of u.
    """
    log_prior, theta, kernel = _grid(reference, tuple(sorted(set(caps))))
    logs = log_likelihoods(theta)
    likelihood = np.exp(logs - logs.max(axis=1, keepdims=True))
    level = np.clip(theta[None, :], 0.0, np.array(caps)[:, None])
    mass, first, second = (np.einsum("uh,th->ut", kernel, likelihood * level**power) for power in (0, 1, 2))
    mass = np.maximum(mass, TINY)
    mean_given_u = first / mass
    variance_given_u = second / mass - mean_given_u**2
    log_weight = log_prior + np.log(mass).sum(axis=1)
    weight = np.exp(log_weight - log_weight.max())
    weight /= weight.sum()
    x = (weight[:, None] * mean_given_u).sum(axis=0)
    between = (weight * (mean_given_u.mean(axis=1) - x.mean()) ** 2).sum()
    within = (weight * variance_given_u.sum(axis=1)).sum() / len(caps) ** 2
    return [float(value) for value in x], math.sqrt(max(0.0, float(between + within)))


@lru_cache(maxsize=64)
def _grid(reference: Reference, caps: tuple[float, ...]) -> tuple[Floats, Floats, Floats]:
    """Give the log weights of u, the nodes of theta, and the density of theta given u times the weight of its node."""
    common = math.hypot(reference.sd_general, reference.sd_area, reference.sd_competence)
    own = reference.sd_topic
    steps = math.ceil(REACH_COMMON * common / (STEP * min(own, common)))
    u = np.linspace(-REACH_COMMON, REACH_COMMON, 2 * steps + 1) * common
    theta, widths = _panels(reference.mean, REACH_COMMON * common + REACH_TOPIC * own, PANEL * own, caps)
    distance = (theta[None, :] - reference.mean - u[:, None]) / own
    kernel = np.exp(-(distance**2) / 2) * widths[None, :]
    for array in (u, theta, kernel):
        array.setflags(write=False)
    return -((u / common) ** 2) / 2, theta, kernel


def _panels(middle: float, reach: float, width: float, caps: tuple[float, ...]) -> tuple[Floats, Floats]:
    """Give nodes and weights of theta: Gauss-Legendre on panels no wider than width, with edges on 0 and the caps."""
    low, high = min(middle - reach, -1.0), max(middle + reach, caps[-1] + 1.0)
    bends = [low, 0.0, *caps, high]
    nodes, weights = [], []
    for left, right in pairwise(bends):
        count = math.ceil((right - left) / width)
        half = (right - left) / count / 2
        centres = left + half * (2 * np.arange(count) + 1)
        nodes.append((centres[:, None] + half * NODES[None, :]).ravel())
        weights.append(np.tile(half * WEIGHTS, count))
    return np.concatenate(nodes), np.concatenate(weights)
