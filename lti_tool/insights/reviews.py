"""What an instructor reads of requests for review: who asks, and the whole record of their attempt."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.content import Bank
from lti_tool.insights.deliveries import GradeNews, grade_news
from lti_tool.insights.trainee.told import Told, told_of
from lti_tool.models import Attempt, Person, Placement, ReviewRequest

_MOST = 200


@dataclass(frozen=True, slots=True)
class Request:
    """One request on the class page."""

    attempt_id: UUID
    name: str
    number: int
    asked_at: datetime
    replied_at: datetime | None


@dataclass(frozen=True, slots=True)
class Record:
    """One attempt as the instructor reads it: what was asked, answered and right, also in an exam."""

    attempt: Attempt
    name: str
    grade: float | None
    right: int
    told: tuple[Told, ...]
    news: GradeNews
    request: ReviewRequest


def requests_of(session: Session, placement: Placement) -> tuple[Request, ...]:
    """The requests at a placement, those without a reply first, then the newest."""
    query = (
        select(ReviewRequest, Attempt.number, Person)
        .join(Attempt, Attempt.id == ReviewRequest.attempt_id)
        .join(Person, Person.id == Attempt.person_id)
        .where(Attempt.placement_id == placement.id)
        .order_by(ReviewRequest.replied_at.is_not(None), ReviewRequest.asked_at.desc())
        .limit(_MOST)
    )
    return tuple(
        Request(asked.attempt_id, _name(person), number, asked.asked_at, asked.replied_at)
        for asked, number, person in session.execute(query)
    )


def record_to_review(session: Session, bank: Bank, asked: ReviewRequest, locale: str) -> Record:
    """The attempt of a request with every answer, told openly."""
    attempt = asked.attempt
    told = told_of(session, bank, attempt, locale, openly=True)
    return Record(
        attempt=attempt,
        name=_name(attempt.person),
        grade=(attempt.result or {}).get("grade"),
        right=sum(one.outcome == "right" for one in told),
        told=told,
        news=grade_news(session, attempt),
        request=asked,
    )


def _name(person: Person) -> str:
    return person.name or person.given_name or "–"
