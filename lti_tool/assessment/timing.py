"""Timed tests: how long a person has, when their time ends, and what still counts then.

The deadline is fixed with the attempt: its start, and the minutes of the placement times the person's own factor.
Pauses do not stop it. An answer counts when it arrives at most ten seconds late, since lines are slow; the question
that is open at the end stays without an answer and counts for nothing (DESIGN decision 10).
"""

from datetime import datetime, timedelta
from fractions import Fraction
from uuid import UUID

from sqlalchemy.orm import Session

from lti_tool.assessment.rules import rules_of
from lti_tool.models import Accommodation, Attempt, ExtraTime, Placement

GRACE = timedelta(seconds=10)
_FACTORS = {
    None: Fraction(1), ExtraTime.THIRD: Fraction(4, 3), ExtraTime.HALF: Fraction(3, 2), ExtraTime.DOUBLE: Fraction(2),
}  # fmt: skip


def extra_time_of(session: Session, person_id: UUID) -> ExtraTime | None:
    """The person's extra time; None: the time of everybody."""
    found = session.get(Accommodation, person_id)
    return None if found is None else ExtraTime(found.extra_time)


def time_for(placement: Placement, extra: ExtraTime | None) -> timedelta | None:
    """How long a person with that extra time has for the whole test; None: as long as they like."""
    minutes = rules_of(placement).minutes
    if not minutes or extra is ExtraTime.UNLIMITED:
        return None
    return timedelta(seconds=float(60 * minutes * _FACTORS[extra]))


def deadline_of(session: Session, placement: Placement, person_id: UUID, started_at: datetime) -> datetime | None:
    """When an attempt of the person that begins at that moment ends; None: never."""
    time = time_for(placement, extra_time_of(session, person_id))
    return None if time is None else started_at + time


def seconds_left(attempt: Attempt, now: datetime) -> float | None:
    """Until the deadline, never below 0; None without one."""
    return None if attempt.deadline is None else max(0.0, (attempt.deadline - now).total_seconds())


def time_is_over(attempt: Attempt, now: datetime) -> bool:
    """Whether the deadline has come: nothing more is asked."""
    return attempt.deadline is not None and now >= attempt.deadline


def too_late(attempt: Attempt, now: datetime) -> bool:
    """Whether an answer that comes now comes too late to count."""
    return attempt.deadline is not None and now > attempt.deadline + GRACE
