"""When trainees left the page of a focus test: a quiet word for those who teach them, nothing more."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lti_tool.models import Absence, Attempt, Placement, Question


@dataclass(frozen=True, slots=True)
class Away:
    """One absence: during which question, since when, for how many seconds."""

    ordinal: int
    left_at: datetime
    seconds: float


def absences_of(session: Session, placement: Placement, person_id: UUID) -> Iterator[Away]:
    """Those of the person's latest attempt at the placement, in their order."""
    latest = (
        select(Attempt.id)
        .where(Attempt.placement_id == placement.id, Attempt.person_id == person_id)
        .order_by(Attempt.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(Question.ordinal, Absence.left_at, Absence.seconds)
        .join(Question, Question.id == Absence.question_id)
        .where(Question.attempt_id == latest)
        .order_by(Absence.left_at)
    )
    return (Away(*row) for row in session.execute(query))


def absences_in(session: Session, placement: Placement) -> dict[UUID, int]:
    """How often each person left the page, over all their attempts at the placement: person -> count."""
    query = (
        select(Attempt.person_id, func.count(Absence.id))
        .join(Question, Question.attempt_id == Attempt.id)
        .join(Absence, Absence.question_id == Question.id)
        .where(Attempt.placement_id == placement.id)
        .group_by(Attempt.person_id)
    )
    return dict(session.execute(query).all())
