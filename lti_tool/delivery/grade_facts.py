"""What a grade's row says, and what is looked up when it is sent."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from lti_tool.clock import parse
from lti_tool.lti.grades import GradeToSend, Result
from lti_tool.models import Person, Placement, SentGrade

_SAME = 0.0005  # share of the maximum: half a step of a score with one decimal of 100
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class GradeFacts:
    """The fixed part of a grade: value, maximum, comment and event times; only the timestamp sent may move."""

    placement: UUID
    person: UUID
    score: float
    maximum: float
    comment: str
    at: datetime
    started_at: datetime
    submitted_at: datetime

    @classmethod
    def from_json(cls, text: str) -> "GradeFacts":
        """Reads a row's body; ValueError when it is none."""
        try:
            facts = json.loads(text)
            return cls(
                placement=UUID(facts["placement"]),
                person=UUID(facts["person"]),
                score=float(facts["score"]),
                maximum=float(facts["maximum"]),
                comment=str(facts["comment"]),
                at=parse(facts["at"]),
                started_at=parse(facts["started_at"]),
                submitted_at=parse(facts["submitted_at"]),
            )
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            msg = f"the grade's facts cannot be read: {type(error).__name__} {error}"
            raise ValueError(msg) from error

    def to_send(self, subject: str, timestamp: datetime, *, resent: bool) -> GradeToSend:
        """The message for one person of the platform at one moment; ValueError for a score that may not be sent."""
        return GradeToSend(
            subject=subject,
            score=self.score,
            maximum=self.maximum,
            comment=self.comment,
            timestamp=timestamp,
            started_at=self.started_at,
            submitted_at=self.submitted_at,
            resent=resent,
        )

    def is_in(self, result: Result | None) -> bool:
        """Whether the platform shows this score; its column may have another maximum."""
        if result is None or not result.maximum or not self.maximum:
            return False
        return abs(result.score / result.maximum - self.score / self.maximum) <= _SAME + 1e-9


@dataclass(frozen=True, slots=True)
class Address:
    """Where the grade goes now: its column, its person, and the timestamp of the last grade sent there."""

    line_item_url: str | None
    subject: str
    last: datetime | None


def look_up(session: Session, facts: GradeFacts) -> Address:
    """The column of the placement and the person's name at the platform, as they are at the time of sending."""
    placement = session.get_one(Placement, facts.placement)
    person = session.get_one(Person, facts.person)
    last = session.get(SentGrade, (facts.placement, facts.person))
    return Address(placement.line_item_url or None, person.subject, last.timestamp if last else None)


def next_timestamp(earliest: datetime, last: datetime | None) -> datetime:
    """`earliest`, or the whole second after the last one sent: strictly later also where only seconds are compared.

    AGS 2.0 §3.4.8; Moodle 4.2 answers 409 to a timestamp of the same second.
    """
    if last is None:
        return earliest
    return max(earliest, last.replace(microsecond=0) + _SECOND)


def remember(session: Session, facts: GradeFacts, timestamp: datetime) -> None:
    """Keeps the latest timestamp sent for this person and placement."""
    postgres = session.get_bind().dialect.name == "postgresql"
    insert = (postgresql.insert if postgres else sqlite.insert)(SentGrade)
    values = {"timestamp": timestamp, "score": facts.score}
    session.execute(
        insert.values(placement_id=facts.placement, person_id=facts.person, **values).on_conflict_do_update(
            index_elements=[SentGrade.placement_id, SentGrade.person_id],
            set_=values,
            where=SentGrade.timestamp < timestamp,
        )
    )
