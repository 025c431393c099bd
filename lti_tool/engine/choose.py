"""Which item to ask next: the one that most makes the reported levels surer, drawn among the near-best.

Gain is the expected fall of the summed posterior variance of the competence levels (minimum expected posterior
variance, on the marginals). The draw among the near-best spreads the bank (randomesque, weighted towards the least
shown, as item eligibility would) and follows from seed and number of answers alone.
"""

import bisect
import hashlib
import itertools
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lti_tool.engine.answering import Floats
from lti_tool.engine.posterior import expected, reported
from lti_tool.engine.prior import Codes
from lti_tool.engine.scale import Choice
from lti_tool.engine.state import Seed, State

NEAR_BEST = 0.8
"""Share of the best gain from which an item may be drawn."""
FEWEST, POOREST = 3, 0.4
"""At least so many items are drawn from, as far as they have this share of the best gain: classmates who start at once
meet different questions in a small bank too."""
EXPLORING, WIDE = 1 / 16, 0.5
"""One question in sixteen is drawn from more items, those from half the best gain, so that no good item lies unused."""
VARIANT_DISCOUNT = 0.75
"""Variants of one skill share the error of its author's judgement: each asked one makes the next tell less."""
BEGINNER_LEVEL = 3
"""The first question stays within the reach of a beginner."""
AIM_WIDTH = 0.08
"""In training, how far from the chance that comes closest to the aim a challenge's chance may lie."""
RARE, UNSHOWN = 0.02, 0.002
"""Exposure at which an item is half as likely to be drawn as one never shown; the same when exploring."""
MOST_SHOWN = 0.2
"""Exposure from which an item waits while one of the near-best was shown less often."""

Rows = Codes


@dataclass(frozen=True, slots=True)
class Gains:
    """What each item of the sheet would tell: P(right), gain, and the fall of its own competence's variance."""

    right: Floats
    gain: Floats
    own_fall: Floats
    variances: Floats


def candidates(state: State, barred: frozenset[str]) -> Rows:
    """Give the rows of the items that may be asked now, before any rule of coverage."""
    free = state.sheet.reachable.copy()
    for item_id, row in state.sheet.rows.items():
        if item_id in barred or (state.available is not None and item_id not in state.available):
            free[row] = False
    free[_asked(state)] = False
    return np.flatnonzero(free)


def pick(state: State, free: Rows) -> Choice:
    """Choose among free rows (at least one)."""
    eligible, key = _eligible(state, free)
    gains = _gains(state)
    exploring = fraction(state.seed, len(state.answers), "explore") < EXPLORING
    near = eligible[_near(gains.gain[eligible], WIDE if exploring else NEAR_BEST)]
    row = _draw(state, near, np.ones(len(near)), UNSHOWN if exploring else RARE)
    return Choice(state.sheet.items[row].id, _reason(state, row, key, gains, (len(eligible), len(near))))


def practise(state: State, free: Rows, aim: float) -> Choice:
    """Choose among free rows (at least one) for someone who learns: near the aimed chance of success, in weak topics.

    ValueError for an aim that is no chance.
    """
    if not 0 < aim < 1:
        raise ValueError(f"{aim!r} is no chance of success to aim at")
    gains = _gains(state)
    off = np.abs(gains.right[free] - aim)
    near = free[off <= off.min() + AIM_WIDTH]
    weakness = np.exp(float(state.mean.mean()) - state.mean[state.sheet.topic[near]])
    row = _draw(state, near, weakness, RARE)
    return Choice(
        state.sheet.items[row].id, _reason(state, row, "engine.reason.practice", gains, (len(free), len(near)))
    )


def fraction(seed: Seed, count: int, use: str = "choice") -> float:
    """Draw a number in [0, 1) that follows from seed, use and number of answers, the same on every machine."""
    material = seed if isinstance(seed, bytes) else str(seed).encode()
    digest = hashlib.sha256(material + f"|{use}|{count}".encode()).digest()
    return (int.from_bytes(digest[:8], "big") >> 11) / 2**53


def _asked(state: State) -> Rows:
    """Give the rows of the answered items."""
    return np.array([state.sheet.rows[answer.item_id] for answer in state.answers], dtype=np.intp)


def _eligible(state: State, free: Rows) -> tuple[Rows, str]:
    """Narrow the free rows by the rules that go before gain, and name the rule."""
    if not state.answers:
        level = state.sheet.curves.level[free]
        return free[level <= max(BEGINNER_LEVEL, float(level.min()))], "engine.reason.first"
    due = _due(state, free)
    if len(due):
        return due, "engine.reason.coverage"
    return free, "engine.reason.informative"


def _near(gain: Floats, share: float) -> npt.NDArray[np.bool_]:
    """Tell which items may be drawn: from this share of the best gain on, or a few that come closest to it."""
    closest = float(np.sort(gain)[-min(FEWEST, len(gain))])
    return np.asarray(gain >= min(share * gain.max(), max(closest, POOREST * gain.max())))


def _due(state: State, free: Rows) -> Rows:
    """Give the rows that must be asked now for every competence to have its own questions by the end; often none.

    A competence needs min_per_competence questions from two topics, as far as its free items allow. The rule bites
    when what is needed fills what remains of the test.
    """
    sheet, floor = state.sheet, state.plan.min_per_competence
    size = len(sheet.competences)
    asked = _asked(state)
    touched = np.zeros(len(sheet.topics), dtype=np.bool_)
    touched[sheet.topic[asked]] = True
    open_topics = np.zeros(len(sheet.topics), dtype=np.bool_)
    open_topics[sheet.topic[free]] = True
    competence = sheet.competence_of[sheet.topic]
    breadth = np.minimum(min(2, floor), np.bincount(sheet.competence_of, minlength=size))
    breadth -= np.bincount(sheet.competence_of[touched], minlength=size)
    breadth = np.minimum(breadth, np.bincount(sheet.competence_of[open_topics & ~touched], minlength=size)).clip(0)
    need = np.maximum(floor - np.bincount(competence[asked], minlength=size), breadth)
    need = np.minimum(need, np.bincount(competence[free], minlength=size)).clip(0)
    if state.plan.max_items - len(state.answers) > need.sum():
        return free[:0]
    owed, new_topic = need[competence[free]] > 0, ~touched[sheet.topic[free]]
    must_widen = (need <= breadth)[competence[free]]
    return free[owed & (new_topic | ~must_widen)]


def _gains(state: State) -> Gains:
    """Weigh every item of the sheet against the present belief."""
    sheet = state.sheet
    topic = sheet.topic
    variance = np.diagonal(state.covariance)
    _, joint, inside = reported(state.mean, state.covariance, sheet.caps)
    right, told = expected(state.mean[topic], variance[topic], sheet.curves.slope, sheet.curves.b, sheet.curves.guess)
    pull = ((sheet.weights * inside) @ state.covariance) ** 2 / variance
    seen = np.bincount(sheet.skill[_asked(state)], minlength=len(sheet.bank.skills))
    gain = told * pull.sum(axis=0)[topic] * VARIANT_DISCOUNT ** seen[sheet.skill]
    own_fall = told * pull[sheet.competence_of[topic], topic]
    return Gains(right, gain, own_fall, np.einsum("ct,ts,cs->c", sheet.weights, joint, sheet.weights))


def _draw(state: State, near: Rows, wanted: Floats, rare: float) -> int:
    """Draw one of the rows, by its weight and the least shown most often; one shown too often waits for the others."""
    exposure = [min(1.0, state.exposure.get(state.sheet.items[row].id, 0.0)) for row in near.tolist()]
    most = max(MOST_SHOWN, min(exposure))
    pairs = zip(wanted.tolist(), exposure, strict=True)
    bounds = list(itertools.accumulate(want / (rare + shown) * (shown <= most) for want, shown in pairs))
    target = fraction(state.seed, len(state.answers)) * bounds[-1]
    return int(near[min(bisect.bisect_right(bounds, target), len(bounds) - 1)])


def _reason(state: State, row: int, key: str, gains: Gains, counts: tuple[int, int]) -> dict[str, str | int | float]:
    """Say why this row: the sentence's key and its numbers, plain enough to be stored and printed."""
    item = state.sheet.items[row]
    before = float(gains.variances[state.sheet.competences.index(item.competence)])
    after = max(0.0, before - float(gains.own_fall[row]))
    return {
        "key": key,
        "topic": item.topic,
        "skill": item.skill,
        "competence": item.competence,
        "level": item.level,
        "p_right": round(float(gains.right[row]), 4),
        "error_before": round(before**0.5, 4),
        "error_after": round(after**0.5, 4),
        "candidates": counts[0],
        "near_best": counts[1],
    }
