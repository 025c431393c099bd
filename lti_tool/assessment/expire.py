"""The end of the time: a timed attempt whose deadline has come is closed, by whoever notices it first."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.assessment.finish import close
from lti_tool.assessment.start import RUNNING
from lti_tool.assessment.timing import GRACE, time_is_over
from lti_tool.content import Bank
from lti_tool.models import Attempt

TIME_UP = "attempt.notice.time_up"
TOO_LATE = "attempt.notice.too_late"
ANSWERED = "attempt.notice.already_answered"
OVER = "attempt.notice.over"
_REASON = "time"
_AT_A_TIME = 100


def expire(session: Session, bank: Bank, attempt: Attempt, now: datetime) -> bool:
    """Closes an attempt, its row locked, when its time is over: finished above the minimum, else abandoned.

    Whether it was closed now.
    """
    if attempt.phase not in RUNNING or not time_is_over(attempt, now):
        return False
    close(session, bank, attempt, now, _REASON)
    return True


def why_closed(attempt: Attempt, *, answered: bool, late: str = TIME_UP) -> str:
    """The notice that says why a question takes no answer any more; `late` where the time ran out."""
    if answered:
        return ANSWERED
    return late if out_of_time(attempt) else OVER


def out_of_time(attempt: Attempt) -> bool:
    """Whether it was closed because its time was over."""
    return attempt.stop_reason == _REASON


def expire_all(session: Session, bank: Bank, now: datetime) -> int:
    """Closes attempts whose time is over and whose last answer can no longer arrive, a hundred at a time; how many."""
    query = select(Attempt).where(Attempt.phase.in_(RUNNING), Attempt.deadline < now - GRACE).limit(_AT_A_TIME)
    over = session.scalars(query.with_for_update(skip_locked=True)).all()
    return sum(expire(session, bank, attempt, now) for attempt in over)
