"""What sittings say about their people: exact Gaussian beliefs on the tree of general, area, competence and topic
effects, passed up and down it (Kalman filtering on a tree), many sittings at once; linear in sittings and topics.

A belief is kept as precision (1 / variance) and linear part (mean / variance), so that knowing nothing is 0 and 0.
"""

from dataclasses import dataclass

import numpy as np

from lti_tool.engine.answering import Floats
from lti_tool.engine.scale import Reference
from lti_tool.engine.sheet import Bank


@dataclass(frozen=True, slots=True, eq=False)
class Belief:
    """Beliefs about levels: sittings by nodes of a tier."""

    precision: Floats
    linear: Floats

    def through(self, spread: float) -> "Belief":
        """Give what this evidence about a tier says of the tier above, seen through effects of this spread."""
        shrink = 1 / (1 + self.precision * spread**2)
        return Belief(self.precision * shrink, self.linear * shrink)

    def gathered(self, members: Floats) -> "Belief":
        """Add up the evidence of each node's members (members by nodes, ones and zeros)."""
        return Belief(self.precision @ members, self.linear @ members)

    def without(self, own: "Belief", members: Floats) -> tuple[Floats, Floats]:
        """Give mean and variance of each member's node, less what the member itself said."""
        variance = 1 / (self.precision @ members.T - own.precision)
        return variance * (self.linear @ members.T - own.linear), variance


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """Which topic belongs to which competence, which competence to which area, and every area to the whole."""

    competence: Floats
    area: Floats
    whole: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Learnt:
    """What sittings tell of their population.

    squares, told: one a tier (general, area, competence, topic): sums of squared effects, and how many effects' worth
    was seen (1 - posterior / prior variance). pull, weight: one a sitting: linear part and precision of what it says
    about the mean of the population.
    """

    squares: Floats
    told: Floats
    pull: Floats
    weight: Floats


def tree_of(bank: Bank) -> Tree:
    """Lay out the tree of a bank's topics."""
    competences, areas = sorted(set(bank.competence_of.values())), sorted(set(bank.area_of.values()))
    competence = [[float(bank.competence_of[topic] == name) for name in competences] for topic in bank.topics]
    area = [[float(bank.area_of[name] == other) for other in areas] for name in competences]
    below, above = (len(bank.topics), len(competences)), (len(competences), len(areas))
    return Tree(np.reshape(competence, below), np.reshape(area, above), np.ones((len(areas), 1)))


def believed(tree: Tree, people: Reference, mean: Floats, share: Floats, evidence: Belief) -> tuple[Belief, Learnt]:
    """Give the belief about each topic of each sitting, and what the sittings tell of their population.

    mean, share: per sitting, the mean of the population it is from and what it counts in the sums. evidence: sittings
    by topics, from the answers alone.
    """
    from_topics = evidence.through(people.sd_topic)
    competences = from_topics.gathered(tree.competence)
    from_competences = competences.through(people.sd_competence)
    areas = from_competences.gathered(tree.area)
    from_areas = areas.through(people.sd_area)
    whole = from_areas.gathered(tree.whole)
    about_mean = whole.through(people.sd_general)
    tiers = []
    belief, sums = _below((mean[:, None], np.zeros((len(mean), 1))), whole, people.sd_general, share)
    tiers.append(sums)
    for own, tier, spread, members in (
        (from_areas, areas, people.sd_area, tree.whole),
        (from_competences, competences, people.sd_competence, tree.area),
        (from_topics, evidence, people.sd_topic, tree.competence),
    ):
        belief, sums = _below(belief.without(own, members), tier, spread, share)
        tiers.append(sums)
    squares, told = np.array(tiers).T
    return belief, Learnt(squares, told, about_mean.linear[:, 0], about_mean.precision[:, 0])


def _below(
    above: tuple[Floats, Floats], tier: Belief, spread: float, share: Floats
) -> tuple[Belief, tuple[float, float]]:
    """Give the belief about a tier from its own evidence and what is believed above it, and its sums for `Learnt`."""
    mean, variance = above
    prior = variance + spread**2
    gain = 1 / (1 + tier.precision * prior)
    effect = spread**2 * gain * (tier.linear - tier.precision * mean)
    told = spread**2 * gain * tier.precision
    belief = Belief(tier.precision + 1 / prior, tier.linear + mean / prior)
    return belief, (float(share @ (effect**2).sum(axis=1)), float(share @ told.sum(axis=1)))
