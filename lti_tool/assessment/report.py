"""Reporting a problem with a question: kept for the instructor, never a reason to lose an answer."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lti_tool.assessment.visitor import Visitor, own_question
from lti_tool.errors import BadInput, NotAllowed
from lti_tool.models import ProblemReport, Question

CATEGORIES = ("unclear", "material", "display", "answer", "language", "other")
_LONGEST = 2000
_MOST = 20


def report_problem(
    session: Session, visitor: Visitor, question_id: UUID, category: str, text: str, now: datetime
) -> Question:
    """Stores the report; BadInput for an unknown category or a text over 2,000 characters."""
    question = own_question(session, visitor, question_id)
    if category not in CATEGORIES:
        raise BadInput("report.category")
    if len(text) > _LONGEST:
        raise BadInput("report.too_long", most=_LONGEST)
    count = select(func.count()).select_from(ProblemReport).where(ProblemReport.question_id == question_id)
    if (session.scalar(count) or 0) >= _MOST:
        raise NotAllowed("report.too_many")
    session.add(ProblemReport(question_id=question_id, category=category, text=text.strip(), created_at=now))
    return question
