"""Sending a grade again: the trainee asks for it where the LMS has not got it, or has lost it."""

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.assessment.finish import FULL_MARKS, comment
from lti_tool.assessment.ledger import queue_grade
from lti_tool.assessment.record import record_of
from lti_tool.assessment.rules import Counts, Purpose, rules_of
from lti_tool.assessment.step import Page, Step
from lti_tool.assessment.visitor import Visitor, own_attempt
from lti_tool.content import Bank
from lti_tool.errors import Stale
from lti_tool.models import Attempt, Delivery, DeliveryState, GradePolicy, Phase

WAIT = timedelta(minutes=10)
"""Between two sendings of one attempt's grade that somebody asked for."""
MOST = 12
"""Grade rows of one attempt: whoever asked so often needs the instructor."""


class Refusal(StrEnum):
    """Why a grade is not sent again now; the key of the sentence that says it."""

    NO_GRADE = "send_again.no_grade"
    OTHER_COUNTS = "send_again.other_counts"
    ON_ITS_WAY = "send_again.on_its_way"
    TOO_SOON = "send_again.too_soon"
    TOO_OFTEN = "send_again.too_often"


def send_again(session: Session, bank: Bank, visitor: Visitor, attempt_id: UUID, now: datetime) -> Step:
    """Lays the grade into the outbox once more, in doubt: it is posted only where the LMS does not show it.

    Stale when there is nothing to send, it is on its way, or it was asked for just now.
    """
    attempt = own_attempt(session, visitor, attempt_id, lock=True)
    refusal = why_not(session, attempt, now)
    if refusal is not None:
        raise Stale(str(refusal))
    record = record_of(session, bank, attempt)
    kept = (attempt.result or {})["grade"]
    grade = FULL_MARKS if attempt.placement.grade_policy == GradePolicy.COMPLETION else float(kept)
    queue_grade(session, attempt, grade, comment(bank, attempt, record), now, again=True)
    return Step(attempt.id, Page.RESULTS, notice="send_again.notice")


def why_not(session: Session, attempt: Attempt, now: datetime) -> Refusal | None:
    """Why the attempt's grade cannot be sent again now; None when it can."""
    placement = attempt.placement
    ungraded = placement.grade_policy == GradePolicy.NONE or rules_of(placement).purpose is Purpose.TRAINING
    if attempt.phase != Phase.FINISHED or ungraded or not placement.line_item_url or _grade(attempt) is None:
        return Refusal.NO_GRADE
    if placement.grade_policy == GradePolicy.SCORE and not _counts(session, attempt):
        return Refusal.OTHER_COUNTS
    rows = select(Delivery.state, Delivery.made_at).where(Delivery.attempt_id == attempt.id, Delivery.kind == "grade")
    made = session.execute(rows.order_by(Delivery.position)).all()
    if made and made[-1].state in {DeliveryState.DUE, DeliveryState.SENDING}:
        return Refusal.ON_ITS_WAY
    if len(made) >= MOST:
        return Refusal.TOO_OFTEN
    return Refusal.TOO_SOON if len(made) > 1 and made[-1].made_at > now - WAIT else None


def _counts(session: Session, attempt: Attempt) -> bool:
    """Whether the attempt is the one that the LMS is to show: else sending it again would put back a lesser grade."""
    mine = select(Attempt).where(
        Attempt.placement_id == attempt.placement_id,
        Attempt.person_id == attempt.person_id,
        Attempt.phase == Phase.FINISHED,
    )
    graded = [one for one in session.scalars(mine.order_by(Attempt.number)) if _grade(one) is not None]
    if rules_of(attempt.placement).best_or_last is Counts.LAST:
        return graded[-1].id == attempt.id
    return max(graded, key=lambda one: _grade(one) or 0.0).id == attempt.id  # of equals the first: it was sent


def _grade(attempt: Attempt) -> float | None:
    grade = (attempt.result or {}).get("grade")
    return None if grade is None else float(grade)
