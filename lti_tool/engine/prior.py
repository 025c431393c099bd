"""What is believed before the first answer: a Gaussian over topics, tied through area, competence and the person.

theta_topic = mean + general + area + competence + topic, each part normal and independent (adaptive testing: a
second-order factor model). An earlier result may move this belief to steer the choice of questions, never a score.
"""

import math
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from lti_tool.engine.answering import Floats
from lti_tool.engine.scale import Estimate, Reference

Codes = npt.NDArray[np.intp]

DRIFT = 0.03
"""Variance that a month of living adds to an earlier belief, in squared levels. Judged, not measured."""

CAUTION = 1.2
"""The belief spreads this much wider than the population it is told: it claims less about one competence from others,
and about people unlike the rest. Measured: the joint error stays the same, the margins hold where competences hardly
correlate (0.93 of the levels within the 95 % interval in place of 0.89)."""


def cautious(population: Reference) -> Reference:
    """The population that the belief starts from: the same mean, every spread wider."""
    spreads = (population.sd_general, population.sd_area, population.sd_competence, population.sd_topic)
    return Reference(population.mean, *(CAUTION * spread for spread in spreads))


def reference_prior(reference: Reference, competence_of: Codes, area_of: Codes) -> tuple[Floats, Floats]:
    """Give mean and covariance of the topics, from the competence and area (as numbers) of each."""
    size = len(competence_of)
    covariance = np.full((size, size), reference.sd_general**2)
    covariance += reference.sd_area**2 * (area_of[:, None] == area_of[None, :])
    covariance += reference.sd_competence**2 * (competence_of[:, None] == competence_of[None, :])
    covariance[np.diag_indices(size)] += reference.sd_topic**2
    return np.full(size, float(reference.mean)), covariance


def steered(
    mean: Floats, covariance: Floats, topics: tuple[str, ...], earlier: Mapping[str, Estimate]
) -> tuple[Floats, Floats]:
    """Move a prior to what an earlier test left: its level and error per topic, the correlations of the reference.

    A topic that the earlier test did not know keeps its own spread and the mean shift of the others; no topic becomes
    surer than half its own spread, so that a test can always find that someone has changed. ValueError where an
    earlier level or error is not finite.
    """
    known = [topic for topic in topics if topic in earlier]
    if not all(math.isfinite(earlier[topic].level) and 0 <= earlier[topic].error < math.inf for topic in known):
        raise ValueError("an earlier estimate is no number")
    if not known:
        return mean, covariance
    spread = np.sqrt(np.diagonal(covariance))
    shift = math.fsum(earlier[topic].level for topic in known) / len(known) - float(mean[0])
    level = np.array([earlier[t].level if t in earlier else m + shift for t, m in zip(topics, mean, strict=True)])
    error = np.array([earlier[t].error if t in earlier else s for t, s in zip(topics, spread, strict=True)])
    scale = np.clip(error / spread, 0.5, 1.0)
    return level, covariance * scale[:, None] * scale[None, :]


def widened(earlier: Mapping[str, Estimate], months: float) -> dict[str, Estimate]:
    """Widen what an earlier test left of each topic by the months gone by, to steer the next one."""
    added = DRIFT * max(0.0, months)
    return {topic: Estimate(kept.level, math.sqrt(kept.error**2 + added)) for topic, kept in earlier.items()}
