"""Reporting a problem with a question: kept for the instructor, never a reason to lose an answer."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.assessment.visitor import Visitor, own_question
from lti_tool.errors import BadInput, NotAllowed
from lti_tool.models import ProblemReport, Question

CATEGORIES = (
    "unclear", "picture", "material", "display", "accessibility", "answer", "language", "other",
)  # fmt: skip
"""Each has its name (`report.category.…`) and what one can try at once (`report.help.…`)."""

_LONGEST = 2000
_MOST = 20


def report_problem(
    session: Session, visitor: Visitor, question_id: UUID, category: str, text: str, now: datetime
) -> Question:
    """Stores the report, once if it is sent twice; BadInput for an unknown category or over 2,000 characters."""
    question = own_question(session, visitor, question_id, lock=True)  # two sendings at once must see one another
    if category not in CATEGORIES:
        raise BadInput("report.category")
    if len(text) > _LONGEST:
        raise BadInput("report.too_long", most=_LONGEST)
    kept = text.replace("\0", "").strip()  # PostgreSQL stores every sign but this one
    told = session.scalars(select(ProblemReport).where(ProblemReport.question_id == question_id)).all()
    if any((one.category, one.text) == (category, kept) for one in told):
        return question
    if len(told) >= _MOST:
        raise NotAllowed("report.too_many")
    session.add(ProblemReport(question_id=question_id, category=category, text=kept, created_at=now))
    return question
