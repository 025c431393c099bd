"""Whether somebody's answers look like those of a person at some level: two flags, which never change a result.

**Fit.** Before every question the belief says how likely a right answer is: p_j. Someone who answers at random is right
with q_j: one in the number of choices, hardly ever where the answer is free. With w_j = log(p_j / (1 - p_j)) -
log(q_j / (1 - q_j)), the difference of the two log-likelihoods standardised as lz is, is

    z = sum w_j (y_j - p_j) / sqrt(sum w_j^2 p_j (1 - p_j)),      y_j = 1 for a right answer, else 0.

lz reads its probabilities off the final estimate, which the same answers made: its variance is then less than 1 and
needs a correction (Snijders' lz*), and even so its mean is far from 0 in an adaptive test, since each answer chose the
next question. Here p_j and w_j are known before y_j: the terms are martingale differences, so that z has mean 0 and
variance 1 whatever chose the questions, without any correction, and is nearly normal from a dozen answers on. That
holds on average over the population that p_j was read from; beginners, far below its mean, open with a surprise. So
the first OPENING questions, by which the belief has come to them, are left out, and the cut-off is lower than the 2 %
point of a normal. Skipped questions are left out too: who skips does not guess, and leaving out wrong answers only
raises z.

Simulated on worlds and people of their own: at most 0.3 % of honest people are flagged, at most 1.5 % of those under
level 1. Caught of those who guess from the middle of the test on: 86 to 95 % in a profile of 64 questions, 38 to 48 %
in 24 questions on three competences, 21 to 42 % in 20 on one. Who guesses from the first question on is told from a
beginner in a profile alone (66 to 94 %); elsewhere the result is a beginner's anyway.

**Haste.** The share of answers that came faster than their question can be read.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from lti_tool.engine.answering import FREE_GUESS
from lti_tool.engine.scale import Outcome

UNLIKE = -2.8
"""z below which answers are flagged."""
OPENING = 6
"""Questions at the beginning that are left out."""
FEWEST = 12
"""Answers given (right or wrong) after them, below which nothing is said of fit."""
_SURE = 0.001

QUICK = 0.2
"""An answer is quick when it takes less than this part of the median time of its item."""
LONGEST_QUICK = 10.0
"""Seconds from which no answer is quick, however long the question."""
ENOUGH_TIMES = 30
"""Answers from which an item's median time is known; before, the length of its text says."""
READ_AT_MOST = 60.0
"""Characters that nobody reads faster in a second (600 words a minute)."""
_REACT = 1.5
HASTY = 0.25
"""Share of quick answers from which a person is flagged."""
FEWEST_TIMED = 8
"""Answers below which nothing is said of haste."""


class Asked(NamedTuple):
    """A question as it was asked: how likely a right answer was held before, its choices (0: free), how it ended."""

    expected: float
    options: int
    outcome: Outcome


def fit(asked: Sequence[Asked]) -> float | None:
    """Give z, large and negative where the answers, in their order, look like chance; None where they are too few."""
    given = [one for one in asked[OPENING:] if one.outcome in {Outcome.RIGHT, Outcome.WRONG}]
    if len(given) < FEWEST:
        return None
    distance, variance = 0.0, 0.0
    for one in given:
        p = min(1 - _SURE, max(_SURE, one.expected))
        q = 1 / one.options if one.options >= 2 else FREE_GUESS
        weight = math.log(p / (1 - p)) - math.log(q / (1 - q))
        distance += weight * ((one.outcome is Outcome.RIGHT) - p)
        variance += weight**2 * p * (1 - p)
    return distance / math.sqrt(variance) if variance > 0 else 0.0


def unlike(z: float | None) -> bool:
    """Whether the answers are to be flagged as unlike those of a person at any level."""
    return z is not None and z < UNLIKE


def quick_bound(median: float | None, characters: int) -> float:
    """Give the seconds under which an answer is quick.

    median: of the item's times, in seconds, where ENOUGH_TIMES are known, else None: then characters, the length of
    its text, says how long reading takes at the very least.
    """
    least = QUICK * median if median is not None else _REACT + max(0, characters) / READ_AT_MOST
    return min(LONGEST_QUICK, least)


def haste(seconds: Sequence[float], bounds: Sequence[float]) -> float | None:
    """Give the share of answers faster than their bound (same order); None under FEWEST_TIMED answers."""
    if len(seconds) < FEWEST_TIMED:
        return None
    return sum(took < bound for took, bound in zip(seconds, bounds, strict=True)) / len(seconds)


def hasty(share: float | None) -> bool:
    """Whether the share of quick answers is to be flagged."""
    return share is not None and share >= HASTY
