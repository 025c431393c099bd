"""Pausing: Exit leaves the question as it is, to be met again on any device."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from lti_tool.assessment.ledger import tell
from lti_tool.assessment.step import Page, Step
from lti_tool.assessment.visitor import Visitor, own_attempt
from lti_tool.assessment.where import where
from lti_tool.content import Bank
from lti_tool.models import Attempt, Phase
from xapi.facts import Suspended


def pause(session: Session, bank: Bank, visitor: Visitor, attempt_id: UUID, now: datetime) -> Step:
    """Suspends an open attempt; one that is suspended or over stays as it is."""
    attempt = own_attempt(session, visitor, attempt_id, lock=True)
    if attempt.phase != Phase.OPEN:
        return where(session, attempt)
    attempt.seen_at = now
    suspend(session, bank, attempt, now)
    return Step(attempt.id, Page.PAUSED)


def suspend(session: Session, bank: Bank, attempt: Attempt, now: datetime) -> None:
    """Suspends an open attempt whose row is locked: by Exit, or by the sweep when it was idle for long."""
    attempt.phase = Phase.SUSPENDED
    tell(session, bank, attempt, Suspended, now)
