"""Showing a question: the moment of the first showing is kept, since the answer's duration counts from it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from lti_tool.assessment.expire import TIME_UP, expire, why_closed
from lti_tool.assessment.start import RUNNING
from lti_tool.assessment.step import Step
from lti_tool.assessment.timing import time_is_over
from lti_tool.assessment.visitor import Visitor, own_attempt, own_question
from lti_tool.assessment.where import where
from lti_tool.content import Bank
from lti_tool.models import Answer, Question


def show_question(session: Session, bank: Bank, visitor: Visitor, question_id: UUID, now: datetime) -> Question | Step:
    """The visitor's open question; a step to where the attempt stands when it has its answer or the attempt is over.

    An attempt whose time is over is closed by this very look at it.
    """
    question = own_question(session, visitor, question_id)
    attempt = own_attempt(session, visitor, question.attempt_id)
    if attempt.phase in RUNNING and time_is_over(attempt, now):
        expire(session, bank, own_attempt(session, visitor, attempt.id, lock=True), now)
        return where(session, attempt, TIME_UP)
    answered = session.get(Answer, question_id) is not None
    if attempt.phase not in RUNNING or answered:
        return where(session, attempt, why_closed(attempt, answered=answered))
    if question.shown_at is None:
        question.shown_at = now
    attempt.seen_at = now
    return question
