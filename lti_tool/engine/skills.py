"""The map of skills: how likely each is mastered, what is acquired and what to learn next. Guidance, not record."""

from dataclasses import dataclass, field

import numpy as np

from lti_tool.engine.posterior import normal_cdf
from lti_tool.engine.state import State

MASTERED = 0.80
"""Probability from which a skill counts as acquired."""
SHARED_DOUBT = 0.6
"""Part of the doubt about a difficulty that all variants of a skill share."""


@dataclass(frozen=True, slots=True)
class Frontier:
    """Mastered skills, easiest first within each topic, and per topic the lowest not mastered (where one is left)."""

    mastered: tuple[str, ...]
    next_to_learn: dict[str, str] = field(hash=False)


def mastery(state: State) -> dict[str, float]:
    """Give P(mastered) of every skill of the plan up to its topic's cap, by topic, easiest first."""
    sheet = state.sheet
    found: dict[str, float] = {}
    for skill in _in_order(state):
        rows = np.flatnonzero((sheet.skill == skill) & sheet.reachable)
        topic = sheet.topic[rows[0]]
        spread = state.covariance[topic, topic] + SHARED_DOUBT * sheet.curves.doubt[rows].mean()
        z = (state.mean[topic] - sheet.curves.b[rows].mean()) / np.sqrt(spread)
        found[sheet.bank.skills[skill]] = normal_cdf(float(z))
    return found


def frontier(state: State) -> Frontier:
    """Give what is acquired and what comes next in each topic."""
    sheet = state.sheet
    topic_of = {item.skill: item.topic for item in sheet.items}
    chances = mastery(state)
    coming: dict[str, str] = {}
    for skill, chance in chances.items():
        if chance < MASTERED:
            coming.setdefault(topic_of[skill], skill)
    return Frontier(tuple(skill for skill, chance in chances.items() if chance >= MASTERED), coming)


def _in_order(state: State) -> list[int]:
    """Give the numbers of the reachable skills, by topic, then level, then name."""
    sheet = state.sheet
    keys = {
        (int(sheet.topic[row]), float(sheet.curves.level[row]), int(sheet.skill[row]))
        for row in np.flatnonzero(sheet.reachable)
    }
    return list(dict.fromkeys(skill for _, _, skill in sorted(keys)))
