"""Whether a grade has reached the LMS, as the outbox knows it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.models import Attempt, Delivery


@dataclass(frozen=True, slots=True)
class GradeNews:
    """The latest grade delivery of an attempt: `state` is none, due, sending, sent, dead or superseded."""

    state: str
    sent_at: datetime | None = None
    answer: str | None = None


def grade_news(session: Session, attempt: Attempt) -> GradeNews:
    """What became of the attempt's grade."""
    query = select(Delivery).where(Delivery.attempt_id == attempt.id, Delivery.kind == "grade")
    latest = session.scalar(query.order_by(Delivery.position.desc()).limit(1))
    return GradeNews("none") if latest is None else GradeNews(latest.state, latest.sent_at, latest.answer)
