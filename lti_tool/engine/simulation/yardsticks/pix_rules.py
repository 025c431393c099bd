"""Pix's own placement rules, written from what its public source does, as a yardstick.

A skill answered right takes every easier skill of its tube (here: topic) with it, one answered wrong every harder one.
The next skill is the one expected to decide most skills; the test ends when none within two levels is left undecided.
There is no guessing, no margin, no stop by precision. Timed questions do not occur. Untested skills count for nothing,
so a level reported before the end is low by rule. What is simulated here are the rules on a bank and on people of
ours: it is no measurement of Pix.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from lti_tool.engine.answering import Floats
from lti_tool.engine.prior import Codes
from lti_tool.engine.scale import HIGHEST_LEVEL
from lti_tool.engine.sheet import Bank, Sheet
from lti_tool.engine.simulation.tracks import Tracks
from lti_tool.engine.simulation.world import Bools, Cohort
from lti_tool.engine.simulation.yardsticks.notes import blank, drawn

GRID = np.arange(1, 16) / 2
"""The levels that the estimate can take: 0.5 to 7.5."""
LOWEST_PSEUDO, HIGHEST_PSEUDO = 0.0, 7.0
"""Two answers everyone is taken to have given: level 0 right, level 7 wrong."""
FIRST_LEVEL = 2
EASY = 3
"""A topic that goes no higher than this is asked before the others."""
REACH = 2
"""A skill this much above the estimate is the hardest that is asked."""
PIX_PER_LEVEL = 8
MOST_PIX = 4
"""A skill is worth an equal share of its level's 8 pix in its competence, and never more than 4."""

Known = np.ndarray[tuple[int, ...], np.dtype[np.int8]]
"""People by skills: 1 validated, -1 invalidated, 0 not known."""


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """The skills of a test, by topic, then level: in the order of all skills, those of a skill's own topic are easier
    from `start` to `lower`, as hard from there to `upper`, harder from there to `stop` (each end exclusive).

    items: skills by item rows. units: skills by competences, in levels. caps: competences.
    """

    level: Floats
    easy: Bools
    start: Codes
    lower: Codes
    upper: Codes
    stop: Codes
    items: Bools
    units: Floats
    caps: Floats


Read = Callable[[Layout, Known, Floats], Floats]
"""The levels to report (people by competences), from what is known and the estimate."""


def pix_rules(cohort: Cohort, rng: np.random.Generator, longest: int) -> Tracks:
    """Test by Pix's rules and count by Pix's pix: the one to compare with.

    Measured on four banks, sharing 8 pix out whole errs up to 8 % more at the end wherever answers can be guessed,
    and 1 to 6 % less where none can.
    """
    return _sit(cohort, rng, longest, lambda layout, known, _level: reported(layout, known), MOST_PIX)


def pix_rules_rescaled(cohort: Cohort, rng: np.random.Generator, longest: int) -> Tracks:
    """Test by Pix's rules, but share the 8 pix of a level out whole, also where a single skill stands for it."""
    return _sit(cohort, rng, longest, lambda layout, known, _level: reported(layout, known), PIX_PER_LEVEL)


def pix_rules_read_early(cohort: Cohort, rng: np.random.Generator, longest: int) -> Tracks:
    """Test by Pix's rules, but read a test that is broken off kindly: what is undecided counts up to the estimate.

    At its own end, where only skills above the estimate are undecided, it is `pix_rules`.
    """

    def read(layout: Layout, known: Known, level: Floats) -> Floats:
        within = layout.level[None, :] <= level[:, None]
        return reported(layout, np.where((known == 0) & within, np.int8(1), known))

    return _sit(cohort, rng, longest, read, MOST_PIX)


def lay_out(sheet: Sheet, most_pix: float) -> Layout:
    """Lay out the skills that a plan reaches; most_pix: what one skill may be worth."""
    rows = np.flatnonzero(sheet.reachable)
    skills, first = np.unique(sheet.skill[rows], return_index=True)
    level, topic = sheet.curves.level[rows][first], sheet.topic[rows][first]
    order = np.lexsort((level, topic))
    skills, level, topic = skills[order], level[order], topic[order]
    key = topic * (HIGHEST_LEVEL + 1) + level
    stop = np.searchsorted(topic, topic, side="right")
    member = sheet.competence_of[topic][:, None] == np.arange(len(sheet.competences))
    return Layout(
        level=level,
        easy=level[stop - 1] <= EASY,
        start=np.searchsorted(topic, topic, side="left"),
        lower=np.searchsorted(key, key, side="left"),
        upper=np.searchsorted(key, key, side="right"),
        stop=stop,
        items=(sheet.skill[None, :] == skills[:, None]) & sheet.reachable,
        units=member * worth(sheet.bank, skills, most_pix)[:, None] / PIX_PER_LEVEL,
        caps=sheet.weights @ sheet.caps,
    )


def worth(bank: Bank, skills: Codes, most_pix: float) -> Floats:
    """Give the pix of each skill (by number): 8 over the skills of its level in its competence, or the most allowed."""
    peers = {item.skill: (item.competence, item.level) for item in bank.items}
    counts = Counter(peers.values())
    return np.array([min(most_pix, PIX_PER_LEVEL / counts[peers[bank.skills[skill]]]) for skill in skills.tolist()])


def surprise(level: Floats, right: Bools) -> Floats:
    """Give what an answer adds to the score equation at each level of the grid: outcome less expectation."""
    return np.asarray(right[:, None] - _logistic(GRID[None, :] - level[:, None]))


def estimate(surprises: Floats) -> Floats:
    """Give the level of the grid where the summed surprises (people by grid) lie nearest to 0, the lowest of equals."""
    pseudo = (1 - _logistic(GRID - LOWEST_PSEUDO)) + (0 - _logistic(GRID - HIGHEST_PSEUDO))
    return np.asarray(GRID[np.argmin(np.abs(surprises + pseudo), axis=1)])


def opening(layout: Layout, people: int) -> Bools:
    """Give the skills to open with: easy topics if there are any, level 2 if there is one, else the lowest."""
    offered = layout.easy if layout.easy.any() else np.ones_like(layout.easy)
    at = FIRST_LEVEL if (offered & (layout.level == FIRST_LEVEL)).any() else layout.level[offered].min()
    return np.tile(offered & (layout.level == at), (people, 1))


def next_skills(layout: Layout, known: Known, level: Floats) -> Bools:
    """Give the skills to go on with, all equally good (people by skills): none is the end of the test."""
    offered = known == 0
    easy = offered & layout.easy
    offered = np.where(easy.any(axis=1, keepdims=True), easy, offered)
    offered &= layout.level[None, :] - level[:, None] <= REACH
    reward = np.where(offered, rewards(layout, known, level), 0.0)
    return np.asarray(offered & (reward == reward.max(axis=1, keepdims=True)))


def rewards(layout: Layout, known: Known, level: Floats) -> Floats:
    """Give how many skills each is expected to decide, itself included (people by skills): p E + (1 - p) H."""
    before = np.zeros((len(known), len(layout.level) + 1))
    np.cumsum(known == 0, axis=1, out=before[:, 1:])
    easier = before[:, layout.upper] - before[:, layout.start]
    harder = before[:, layout.stop] - before[:, layout.lower]
    chance = _logistic(level[:, None] - layout.level[None, :])
    return np.asarray(chance * easier + (1 - chance) * harder)


def inferred(layout: Layout, known: Known, skill: Codes, right: Bools) -> Known:
    """Give what is known after each person's answer on a skill: it, and what is easier (right) or harder (wrong)."""
    place, skills = np.arange(len(layout.level))[None, :], skill[:, None]
    easier = (layout.start[skills] <= place) & (place < layout.lower[skills])
    harder = (layout.upper[skills] <= place) & (place < layout.stop[skills])
    reached = (place == skills) | np.where(right[:, None], easier, harder)
    told = np.where(right, 1, -1).astype(np.int8)[:, None]
    return np.asarray(np.where((known == 0) & reached, told, known))


def reported(layout: Layout, known: Known) -> Floats:
    """Give the levels: the pix of the validated skills over 8, not rounded, at most the competence's cap."""
    return np.asarray(np.minimum((known == 1).astype(np.float64) @ layout.units, layout.caps))


def _sit(cohort: Cohort, rng: np.random.Generator, longest: int, read: Read, most_pix: float) -> Tracks:
    people, competences = cohort.levels.shape
    layout = lay_out(cohort.world.sheet, most_pix)
    notes = blank(people, longest, competences)
    known = np.zeros((people, len(layout.level)), dtype=np.int8)
    surprises = np.zeros((people, len(GRID)))
    level = estimate(surprises)
    question = 0
    for question in range(longest + 1):
        offered = next_skills(layout, known, level) if question else opening(layout, people)
        going = np.asarray(offered.any(axis=1))
        if question == longest or not going.any():
            break
        skill = drawn(offered, rng)
        row = drawn(layout.items[skill], rng)
        right = cohort.right[np.arange(people), row]
        surprises += np.where(going[:, None], surprise(layout.level[skill], right), 0.0)
        known = np.where(going[:, None], inferred(layout, known, skill, right), known)
        level = estimate(surprises)
        notes.write(question, np.where(going, row, -1), read(layout, known, level))
    return notes.tracks(question, reported(layout, known), with_errors=False)


def _logistic(z: Floats) -> Floats:
    return 1 / (1 + np.exp(-z))
