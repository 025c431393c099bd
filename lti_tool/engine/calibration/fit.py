"""The fit: levels of all sittings, difficulties of all items and the population, brought to agree with one another.

Expectation propagation, all answers at once: every pass reads the beliefs of the last, so that the order of sittings
cannot tell. What an answer says of its item is weighed against the level without that answer (adaptive choice biases
difficulties fitted jointly with point estimates of levels; beliefs with their doubt are not).
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np

from lti_tool.engine.answering import Floats
from lti_tool.engine.calibration.difficulty import Doubt, Hardness, Prior, hardness
from lti_tool.engine.calibration.ledger import Ledger
from lti_tool.engine.calibration.matching import Cavity, Sites, said
from lti_tool.engine.calibration.people import Belief, Learnt, Tree, believed, tree_of
from lti_tool.engine.calibration.population import Population, identified, known_before, learnt_from
from lti_tool.engine.calibration.sums import summed
from lti_tool.engine.prior import Codes
from lti_tool.engine.scale import Reference

BLOCK = 100
"""Sittings weighed at a time: few enough for the processor's own memory, which halves the time."""
MOST_PASSES, SETTLED = 300, 1e-4
"""Stop when no difficulty and no mean moved by more than this many levels."""
DAMPING = 0.8
"""How far each pass goes towards what it found: beliefs that all move at once would overshoot."""


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """Where the passes ended, and after how many; cavity: what each answer was weighed against last. doubt: how wrong
    the judged levels proved.
    """

    hardness: Hardness
    population: Population
    cavity: Cavity
    doubt: Doubt
    passes: int


def fitted(ledger: Ledger, prior: Prior, reference: Reference) -> Fit:
    """Bring everything to agree."""
    items, answers = len(ledger.bank.items), len(ledger.item)
    counts, tree = summed(ledger.item, ledger.weight, items), tree_of(ledger.bank)
    sites, cavity = Sites.silent(answers), Cavity(*(np.zeros(answers) for _ in range(4)))
    population = known_before(reference, len(ledger.languages))
    hard, doubt = hardness(prior, Doubt(), np.zeros(items), np.zeros(items), counts)
    sitting = np.repeat(np.arange(ledger.sittings), np.diff(ledger.starts))
    tiers = identified(ledger.bank, sitting, ledger.item, ledger.share)
    passes, moved = 0, math.inf
    while ledger.sittings and passes < MOST_PASSES and moved >= SETTLED:
        told = [_pass(ledger, block, tree, population, hard, sites, cavity) for block in _blocks(ledger)]
        before = _numbers(hard, population)
        precision, linear = (summed(ledger.item, column, items) for column in (sites.item, sites.item_linear))
        hard, doubt = hardness(prior, doubt, precision, linear, counts)
        population = learnt_from(_sum(told), ledger.share, ledger.spoken, population, reference, tiers)
        passes, moved = passes + 1, float(abs(_numbers(hard, population) - before).max())
    return Fit(hard, population, cavity, doubt, passes)


def _numbers(hard: Hardness, population: Population) -> Floats:
    """Give the levels that must settle."""
    return np.concatenate([hard.mean, population.apart, [population.tiers.mean]])


def _blocks(ledger: Ledger) -> Iterator[tuple[int, int]]:
    """Give the bounds of each block of sittings."""
    for first in range(0, ledger.sittings, BLOCK):
        yield first, min(first + BLOCK, ledger.sittings)


def _pass(
    ledger: Ledger,
    block: tuple[int, int],
    tree: Tree,
    population: Population,
    hard: Hardness,
    sites: Sites,
    cavity: Cavity,
) -> Learnt:
    """Weigh the answers of a block of sittings again: writes their sites and cavities, gives what the block tells."""
    first, last = block
    rows = slice(int(ledger.starts[first]), int(ledger.starts[last]))
    item, topics = ledger.item[rows], len(ledger.bank.topics)
    sitting = np.repeat(np.arange(last - first), np.diff(ledger.starts[first : last + 1]))
    place = sitting * topics + ledger.bank.topic[item]
    old = Sites(*(column[rows] for column in _columns(sites)))
    columns = (summed(place, column, (last - first) * topics) for column in (old.level, old.level_linear))
    evidence = Belief(*(column.reshape(-1, topics) for column in columns))
    means = population.means(ledger.spoken[first:last])
    belief, learnt = believed(tree, population.tiers, means, ledger.share[first:last], evidence)
    at = _cavity(belief, hard, old, place, item)
    found = said(at, ledger.bank.curves.guess[item], ledger.right[rows], ledger.weight[rows])
    for column, before, after in zip(_columns(sites), _columns(old), _columns(found), strict=True):
        column[rows] = before + DAMPING * (after - before)
    for column, value in zip(_columns(cavity), _columns(at), strict=True):
        column[rows] = value
    return learnt


def _cavity(belief: Belief, hard: Hardness, old: Sites, place: Codes, item: Codes) -> Cavity:
    """Take each answer's own pull out of what is believed about its topic and about its item."""
    level = 1 / (belief.precision.ravel()[place] - old.level)
    about = 1 / (1 / hard.variance[item] - old.item)
    return Cavity(
        level * (belief.linear.ravel()[place] - old.level_linear),
        level,
        about * (hard.mean[item] / hard.variance[item] - old.item_linear),
        about,
    )


def _columns(record: Sites | Cavity) -> list[Floats]:
    """Give the arrays of a record, in their order."""
    return [getattr(record, each.name) for each in fields(record)]


def _sum(learnt: list[Learnt]) -> Learnt:
    """Add up what the blocks tell."""
    return Learnt(
        np.sum([each.squares for each in learnt], axis=0),
        np.sum([each.told for each in learnt], axis=0),
        np.concatenate([each.pull for each in learnt]),
        np.concatenate([each.weight for each in learnt]),
    )
