"""When a test is over: its longest length, or the score of record sure enough. (Nothing left is found by choosing.)"""

import math
from collections.abc import Callable

from lti_tool.engine.scale import Score, Stop
from lti_tool.engine.state import State


def stopped(state: State, score_now: Callable[[], Score]) -> Stop | None:
    """Tell whether to stop before choosing; score_now is called only when a target error could be reached."""
    count = len(state.answers)
    if count >= state.plan.max_items:
        return Stop("longest")
    if state.plan.target_error is not None and count >= state.plan.min_items:
        error = record_error(score_now())
        if error is not None and error <= state.plan.target_error:
            return Stop("precision")
    return None


def record_error(score: Score) -> float | None:
    """Give the mean standard error of record over the competences; None while one of them is not measured."""
    errors = [estimate.error for estimate in score.competences.values() if estimate is not None]
    if len(errors) < len(score.competences):
        return None
    return math.fsum(errors) / len(errors)
