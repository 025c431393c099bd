"""Fixed tests: a list of challenges in a set order, the same for everyone; no estimate, the share of right answers."""

from collections.abc import Container

from lti_tool.engine import Choice, Outcome, State, Stop
from lti_tool.models import Attempt, Placement

SCORING = "fixed/v1"
"""The scoring of a fixed list: right answers over the challenges of the list, once each of them has its answer."""


def is_fixed(placement: Placement) -> bool:
    """Whether the placement's test is a fixed list."""
    return placement.scoring_version == SCORING


def items_of(placement: Placement) -> tuple[str, ...]:
    """The challenges of the list, in the order in which they are asked; none for an adaptive test."""
    return tuple(placement.rules.get("items", ()))


def following(attempt: Attempt, state: State, known: Container[str]) -> Choice | Stop:
    """The first challenge of the list that is known and has no answer, on any device: a list is the same for all."""
    answered = {answer.item_id for answer in state.answers}
    for item in attempt.available:
        if item in known and item not in answered:
            return Choice(item, {"key": "engine.reason.listed", "place": len(answered) + 1})
    return Stop("longest")


def share_right(length: int, outcomes: list[Outcome]) -> float | None:
    """fixed/v1: the share of right answers in a list of that length, 0 to 1; None while one has no answer."""
    if not length or len(outcomes) < length:
        return None
    return round(sum(outcome is Outcome.RIGHT for outcome in outcomes) / length, 4)
