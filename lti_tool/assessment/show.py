"""Showing a question: the moment of the first showing is kept, since the answer's duration counts from it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from lti_tool.assessment.start import RUNNING
from lti_tool.assessment.visitor import Visitor, own_attempt, own_question
from lti_tool.models import Answer, Question


def show_question(session: Session, visitor: Visitor, question_id: UUID, now: datetime) -> Question | None:
    """The visitor's open question; None when it has its answer or the attempt is over."""
    question = own_question(session, visitor, question_id)
    attempt = own_attempt(session, visitor, question.attempt_id)
    if attempt.phase not in RUNNING or session.get(Answer, question_id) is not None:
        return None
    if question.shown_at is None:
        question.shown_at = now
    attempt.seen_at = now
    return question
