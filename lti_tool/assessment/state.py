"""From rows back to the engine: what a placement froze, and the state of an attempt rebuilt from its answers."""

from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.content import Bank
from lti_tool.engine import Engine, Outcome, Plan, Reference, Score, State
from lti_tool.models import Answer, Attempt, ExposureSnapshot, Placement, Question

JUDGED_VARIANCE = 0.75**2
"""Doubt about a difficulty that authors judged (variance, in levels squared)."""


def plan_of(placement: Placement) -> Plan:
    """The plan that the placement froze."""
    return Plan(**placement.plan)


def difficulty(placement: Placement, item_id: str, level: float) -> tuple[float, float]:
    """Mean and variance of an item's difficulty as the placement froze it, else as its level says."""
    mean, variance = placement.parameters.get(item_id, (level - 0.5, JUDGED_VARIANCE))
    return float(mean), float(variance)


def engine_of(bank: Bank, placement: Placement) -> Engine:
    """The engine for a placement; placements that froze the same numbers share one."""
    parameters = tuple(sorted((item, *values) for item, values in placement.parameters.items()))
    return _engine(bank, parameters, tuple(sorted(placement.reference.items())), placement.scoring_version)


def state_of(session: Session, engine: Engine, attempt: Attempt) -> State:
    """The attempt's state: the same start, then its answers in the order in which they were given."""
    state = engine.start(
        plan_of(attempt.placement),
        attempt.seed,
        exposure=_exposure(session, attempt.exposure_number),
        available=attempt.available,
    )
    for item_id, outcome, language in answers_of(session, attempt):
        state = engine.record(state, item_id, outcome, language)
    return state


def answers_of(session: Session, attempt: Attempt) -> list[tuple[str, Outcome, str]]:
    """Item, outcome and language of every answer, in order."""
    query = (
        select(Question.item_id, Answer.outcome, Answer.language)
        .join(Answer, Answer.question_id == Question.id)
        .where(Question.attempt_id == attempt.id)
        .order_by(Question.ordinal)
    )
    return [(item_id, Outcome(outcome), language) for item_id, outcome, language in session.execute(query)]


def grade_of(score: Score) -> float | None:
    """Points out of 100, one decimal: the one place where a grade is rounded (DESIGN decision 7); None: no grade."""
    return None if score.share is None else round(100 * score.share, 1)


def result_of(score: Score) -> dict[str, Any]:
    """The score of record as it is kept with the attempt."""
    return {
        "competences": {
            code: None if one is None else {"level": one.level, "error": one.error}
            for code, one in score.competences.items()
        },
        "share": score.share,
        "grade": grade_of(score),
    }


def _exposure(session: Session, number: int) -> dict[str, float]:
    snapshot = session.get(ExposureSnapshot, number)
    return {} if snapshot is None else dict(snapshot.shares)


@lru_cache(maxsize=32)
def _engine(
    bank: Bank, parameters: tuple[Any, ...], reference: tuple[tuple[str, float], ...], scoring_version: str
) -> Engine:
    difficulties = {item: (mean, variance) for item, mean, variance in parameters}
    return Engine(bank.items(), difficulties, Reference(**dict(reference)), scoring_version)
