"""What earlier attempts are good for: practice near one's edge, and a start where one stood, never a score."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.assessment.fixed import is_fixed
from lti_tool.assessment.rules import Purpose, rules_of
from lti_tool.assessment.state import engine_of, state_of
from lti_tool.content import Bank
from lti_tool.engine import AnswerRefused, Estimate, PlanRefused, widened
from lti_tool.models import Attempt, Phase, Placement

AIM = 0.7
"""The chance of success near which training chooses: hard enough to learn from, easy enough to go on."""
_LOOKED_AT = 12
_SECONDS_A_MONTH = 30.44 * 24 * 3600
_DIGITS = 4

Kept = dict[str, list[float]]
"""What an attempt keeps of earlier ones, as JSON: topic to level and error."""


def aim_of(placement: Placement) -> float | None:
    """The chance of success to choose near; None: what tells most."""
    return AIM if rules_of(placement).purpose is Purpose.TRAINING else None


def earlier_belief(session: Session, bank: Bank, placement: Placement, person_id: UUID, now: datetime) -> Kept | None:
    """What the person's finished attempts in the institution left of the plan's topics, the latest of each topic.

    None where there is none, and where no earlier result may steer: in an exam, and in a fixed list (DESIGN decision
    5). A person belongs to one institution, so their attempts are all of it.
    """
    if is_fixed(placement) or rules_of(placement).purpose is Purpose.EXAM:
        return None
    mine = select(Attempt).where(Attempt.person_id == person_id, Attempt.phase == Phase.FINISHED)
    found: Kept = {}
    for attempt in session.scalars(mine.order_by(Attempt.ended_at.desc()).limit(_LOOKED_AT)):
        wanted = placement.plan["topics"].keys() & attempt.placement.plan["topics"].keys() - found.keys()
        for topic, estimate in _left_by(session, bank, attempt, now).items() if wanted else ():
            if topic in wanted:
                found[topic] = [round(estimate.level, _DIGITS), round(estimate.error, _DIGITS)]
    return found or None


def _left_by(session: Session, bank: Bank, attempt: Attempt, now: datetime) -> dict[str, Estimate]:
    """The belief at the end of an attempt, widened by the time since; empty where the bank has moved on from it."""
    months = (now - (attempt.ended_at or now)).total_seconds() / _SECONDS_A_MONTH
    with suppress(AnswerRefused, PlanRefused):
        engine = engine_of(bank, attempt.placement)
        return widened(engine.topics(state_of(session, engine, attempt)), months)
    return {}
