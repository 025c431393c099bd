"""Where a test stands: a value, the same whether it was lived through or rebuilt from its start and its answers."""

from dataclasses import dataclass, replace

import numpy as np

from lti_tool.engine.answering import Floats, p_right
from lti_tool.engine.posterior import nodes, update
from lti_tool.engine.scale import Answer, AnswerRefused, Outcome, Plan
from lti_tool.engine.sheet import Sheet

Seed = int | str | bytes
"""The attempt's secret: what makes its draws its own."""


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """A plan, what has been answered and what is believed; equal states choose alike.

    exposure: shown / could have been shown, per item id. available: item ids that may be asked (None: all).
    mean and covariance: the joint belief, one row per topic of the sheet, never written to.
    """

    plan: Plan
    seed: Seed
    exposure: dict[str, float]
    available: frozenset[str] | None
    answers: tuple[Answer, ...]
    mean: Floats
    covariance: Floats
    sheet: Sheet

    def __eq__(self, other: object) -> bool:
        """Compare everything, the belief to the last bit."""
        if not isinstance(other, State):
            return NotImplemented
        return (
            self.plan == other.plan
            and self.seed == other.seed
            and self.exposure == other.exposure
            and self.available == other.available
            and self.answers == other.answers
            and np.array_equal(self.mean, other.mean)
            and np.array_equal(self.covariance, other.covariance)
            and self.sheet.same(other.sheet)
        )

    def __hash__(self) -> int:
        """Hash what tells two tests apart in practice."""
        return hash((self.plan, self.seed, self.answers))


def recorded(state: State, item_id: str, outcome: Outcome, language: str | None) -> State:
    """Give the state after one more answer; refuses an item outside the plan, or one answered before."""
    sheet = state.sheet
    if item_id not in sheet.rows:
        raise AnswerRefused(f"item {item_id!r} is not in the plan")
    if any(answer.item_id == item_id for answer in state.answers):
        raise AnswerRefused(f"item {item_id!r} is answered already")
    answer = Answer(item_id, Outcome(outcome), language)
    row = sheet.rows[item_id]
    topic = int(sheet.topic[row])
    theta = nodes(state.mean, state.covariance, topic)
    curve = p_right(theta, float(sheet.curves.slope[row]), float(sheet.curves.b[row]), float(sheet.curves.guess[row]))
    likelihood = curve if answer.outcome is Outcome.RIGHT else 1 - curve
    mean, covariance = frozen(*update(state.mean, state.covariance, topic, likelihood))
    return replace(state, answers=(*state.answers, answer), mean=mean, covariance=covariance)


def frozen(*arrays: Floats) -> tuple[Floats, ...]:
    """Forbid writing to the arrays of a state."""
    for array in arrays:
        array.setflags(write=False)
    return arrays
