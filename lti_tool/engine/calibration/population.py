"""Who comes: the population estimated from its sittings by empirical Bayes, for choosing questions alone."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lti_tool.engine.answering import Floats
from lti_tool.engine.calibration.people import Learnt, tree_of
from lti_tool.engine.calibration.sums import summed
from lti_tool.engine.prior import Codes
from lti_tool.engine.scale import HIGHEST_LEVEL, Reference
from lti_tool.engine.sheet import Bank

PSEUDO_TRAINEES = 30.0
"""How many people's word the reference has against that of the sittings."""
LANGUAGE_SPREAD = 0.5
"""How far languages are taken to lie apart before any answer (standard deviation, in levels)."""
NARROWEST, WIDEST = 0.1, 3.0
"""Bounds of an estimated spread, in levels."""

LOWEST = 0.0
"""No population is placed outside the scale, though all its answers be wrong."""

Tiers = npt.NDArray[np.bool_]
"""Which spreads are estimated: general, area, competence, topic."""


@dataclass(frozen=True, slots=True, eq=False)
class Population:
    """Its tiers, and for each language how far the people who took the test in it seem to lie from the mean."""

    tiers: Reference
    apart: Floats

    def means(self, spoken: Codes) -> Floats:
        """Give the mean that each sitting's person is drawn around; spoken: its language, below 0 for none."""
        return self.tiers.mean + np.append(self.apart, 0.0)[spoken]


def known_before(reference: Reference, languages: int) -> Population:
    """Start from the reference, the languages alike."""
    spreads = [max(NARROWEST, spread) for spread in _spreads(reference)]
    return Population(Reference(reference.mean, *spreads), np.zeros(languages))


def identified(bank: Bank, sitting: Codes, item: Codes, share: Floats) -> Tiers:
    """Tell which spreads the answers can be asked for; sitting, item: of each answer. share: what each sitting counts.

    That of people always; those of areas and competences where enough people met several areas, and several
    competences of one: less would only share out the spread of people. That of topics never: with an answer or two a
    topic it cannot be told from the slope, which is given.
    """
    met = np.zeros((len(share), len(bank.topics)), dtype=np.bool_)
    met[sitting, bank.topic[item]] = True
    tree = tree_of(bank)
    competences = (met @ tree.competence) > 0
    areas = competences @ tree.area
    apart = ((areas > 0).sum(axis=1) >= 2) & (areas >= 2).any(axis=1)
    enough = float(share @ apart) >= PSEUDO_TRAINEES
    return np.array([True, enough, enough, False])


def learnt_from(
    sums: Learnt, share: Floats, spoken: Codes, before: Population, reference: Reference, tiers: Tiers
) -> Population:
    """Give the population one step on: exact for the means given all else, and a step to the fixed point for spreads.

    The spread of a tier is the root of sum of squared effects over how many effects' worth was seen (MacKay's step,
    with the fixed point of EM), which the reference joins as 30 people more. tiers: those `identified`.
    """
    mean, apart = _means(sums, share, spoken, before, reference)
    people = float(share.sum())
    spreads = _spreads(before.tiers)
    for tier in np.flatnonzero(tiers & (sums.told > 0)):
        known = _spreads(reference)[tier] ** 2
        variance = (PSEUDO_TRAINEES * known + people * sums.squares[tier] / sums.told[tier]) / (
            PSEUDO_TRAINEES + people
        )
        spreads[tier] = float(np.clip(np.sqrt(variance), NARROWEST, WIDEST))
    return Population(Reference(mean, *spreads), apart)


def _spreads(reference: Reference) -> list[float]:
    """Give the spreads of a population, tier by tier."""
    return [reference.sd_general, reference.sd_area, reference.sd_competence, reference.sd_topic]


def _means(
    sums: Learnt, share: Floats, spoken: Codes, before: Population, reference: Reference
) -> tuple[float, Floats]:
    """Give the mean of all, and of each language how far it lies apart; weighted by sittings the latter add to 0."""
    size = len(before.apart)
    group = np.where(spoken < 0, size, spoken)
    weight = summed(group, share * sums.weight, size + 1)
    pull = summed(group, share * sums.pull, size + 1)
    apart = np.append(before.apart, 0.0)
    known = PSEUDO_TRAINEES * float(weight.sum()) / max(float(share.sum()), 1e-9)
    mean = before.tiers.mean
    for _ in range(20):
        mean = (known * reference.mean + (pull - weight * apart).sum()) / max(known + weight.sum(), 1e-9)
        mean = float(np.clip(mean, LOWEST, HIGHEST_LEVEL))
        apart[:size] = (pull - weight * mean)[:size] / (weight[:size] + LANGUAGE_SPREAD**-2)
        said = summed(group, share, size + 1)[:size]
        if said.sum() > 0:
            apart[:size] -= (said @ apart[:size]) / said.sum()
    return mean, apart[:size]
