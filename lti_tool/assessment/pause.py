"""Pausing: Exit leaves the question as it is, to be met again on any device."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from lti_tool.assessment.ledger import tell
from lti_tool.assessment.step import Page, Step
from lti_tool.assessment.visitor import Visitor, own_attempt
from lti_tool.assessment.where import where
from lti_tool.content import Bank
from lti_tool.models import Phase
from xapi.facts import Suspended


def pause(session: Session, bank: Bank, visitor: Visitor, attempt_id: UUID, now: datetime) -> Step:
    """Suspends an open attempt; one that is suspended or over stays as it is."""
    attempt = own_attempt(session, visitor, attempt_id, lock=True)
    if attempt.phase != Phase.OPEN:
        return where(session, attempt)
    attempt.phase, attempt.seen_at = Phase.SUSPENDED, now
    tell(session, bank, attempt, Suspended, now)
    return Step(attempt.id, Page.PAUSED)
