"""Leaving the page of a test that asks for focus: noticed by the page's script, told, kept; it changes no score."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lti_tool.assessment.rules import Attention, rules_of
from lti_tool.assessment.visitor import Visitor, own_question
from lti_tool.models import Absence, Placement

MOST = 50
"""Absences that are kept for one question; what a script sends beyond it is dropped."""


def wants_focus(placement: Placement) -> bool:
    """Whether trainees are asked to stay on the page."""
    return rules_of(placement).attention is Attention.FOCUS


def note_absence(session: Session, visitor: Visitor, question_id: UUID, seconds: float, now: datetime) -> None:
    """Keeps that the visitor was away for so long until now, at most since the question was shown.

    Where the test asks for no focus, and for what is no duration, nothing is kept: nobody is told, since it is a
    script that says so.
    """
    question = own_question(session, visitor, question_id, lock=True)
    if not wants_focus(question.attempt.placement) or question.shown_at is None or not seconds > 0:
        return
    so_far = session.scalar(select(func.count()).where(Absence.question_id == question_id)) or 0
    if so_far >= MOST:
        return
    away = min(seconds, max(0.0, (now - question.shown_at).total_seconds()))
    session.add(Absence(question_id=question_id, left_at=now - timedelta(seconds=away), seconds=away))
