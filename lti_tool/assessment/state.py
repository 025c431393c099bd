"""From rows back to the engine: what a placement froze, and the state of an attempt rebuilt from its answers."""

from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.assessment.fixed import is_fixed
from lti_tool.content import Bank
from lti_tool.engine import CURRENT, Engine, Estimate, Outcome, Plan, Reference, Score, State
from lti_tool.models import Answer, Attempt, ExposureSnapshot, Placement, Question

_Numbers = tuple[tuple[str, float], ...]
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
    """The engine for a placement; placements that froze the same numbers share one.

    A fixed list has no score of the engine's; its answers may still steer a later test.
    """
    scoring = CURRENT if is_fixed(placement) else placement.scoring_version
    parameters = tuple(sorted((item, *values) for item, values in placement.parameters.items()))
    population = None if placement.population is None else tuple(sorted(placement.population.items()))
    reference = tuple(sorted(placement.reference.items()))
    return _engine(bank, parameters, reference, scoring, population)


def state_of(session: Session, engine: Engine, attempt: Attempt) -> State:
    """The attempt's state: the same start, then its answers in the order in which they were given."""
    state = engine.start(
        plan_of(attempt.placement),
        attempt.seed,
        exposure=_exposure(session, attempt.exposure_number),
        available=attempt.available,
        selection_prior={topic: Estimate(*kept) for topic, kept in (attempt.selection_prior or {}).items()},
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


def points(share: float | None) -> float | None:
    """A share as points out of 100, one decimal: the one place where a grade is rounded (DESIGN decision 7)."""
    return None if share is None else round(100 * share, 1)


def grade_of(score: Score) -> float | None:
    """The points of a score; None: no grade."""
    return points(score.share)


def _exposure(session: Session, number: int) -> dict[str, float]:
    snapshot = session.get(ExposureSnapshot, number)
    return {} if snapshot is None else dict(snapshot.shares)


@lru_cache(maxsize=32)
def _engine(
    bank: Bank, parameters: tuple[Any, ...], reference: _Numbers, scoring_version: str, population: _Numbers | None
) -> Engine:
    difficulties = {item: (mean, variance) for item, mean, variance in parameters}
    who = None if population is None else Reference(**dict(population))
    return Engine(bank.items(), difficulties, Reference(**dict(reference)), scoring_version, who)
