"""Whether a grade has reached the LMS, as the outbox knows it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.assessment.send_again import why_not
from lti_tool.models import Attempt, Delivery, DeliveryState


@dataclass(frozen=True, slots=True)
class GradeNews:
    """The latest grade delivery of an attempt: `state` is none, due, sending, sent, dead or superseded.

    `again`: somebody asked for this sending; `may_send_again`: the trainee may ask for another now.
    """

    state: str
    sent_at: datetime | None = None
    answer: str | None = None
    again: bool = False
    may_send_again: bool = False


def grade_news(session: Session, attempt: Attempt, now: datetime | None = None) -> GradeNews:
    """What became of the attempt's grade; with `now`, whether it may be sent again too."""
    query = select(Delivery).where(Delivery.attempt_id == attempt.id, Delivery.kind == "grade")
    rows = session.scalars(query.order_by(Delivery.position.desc()).limit(2)).all()
    may = now is not None and why_not(session, attempt, now) is None
    if not rows:
        return GradeNews("none", may_send_again=may)
    latest = rows[0]
    sent_at = latest.sent_at or next((one.sent_at for one in rows if one.state == DeliveryState.SENT), None)
    return GradeNews(latest.state, sent_at, latest.answer, len(rows) > 1, may)
