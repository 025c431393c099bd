"""Tests put into courses, attempts at them, the questions asked and the answers given."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lti_tool.models.base import Base, Key, Long, Short
from lti_tool.models.people import Course, Person
from lti_tool.models.tenants import Deployment


class Phase(StrEnum):
    """Where an attempt stands in its life (DESIGN decision 10)."""

    OPEN = "open"
    SUSPENDED = "suspended"
    FINISHED = "finished"
    ABANDONED = "abandoned"


class GradePolicy(StrEnum):
    """What the LMS gets: the score, full marks for completion, or nothing."""

    SCORE = "score"
    COMPLETION = "completion"
    NONE = "none"


class Placement(Base):
    """A test put into a course; plan, item parameters, reference prior and scoring version are frozen here.

    `plan` is `{"topics": {topic: cap}, "max_items", "min_items", "min_per_competence", "target_error"}`;
    `rules` is `{"kind" (adaptive, fixed), "purpose", "attention", "attempts" (0: unlimited), "delay" (hours),
    "best_or_last", "minutes" (0: no limit)}`, for an adaptive test `{"capped"}` besides, for a fixed list `{"list",
    "items", "minutes_about"}`. `population` steers the choice of
    questions (None: the reference does).
    """

    __tablename__ = "placements"
    __table_args__ = (UniqueConstraint("course_id", "resource_link_id"),)

    id: Mapped[Key]
    deployment_id: Mapped[UUID] = mapped_column(ForeignKey("deployments.id"))
    course_id: Mapped[UUID | None] = mapped_column(ForeignKey("courses.id"))
    resource_link_id: Mapped[Short | None]
    copied_from: Mapped[UUID | None] = mapped_column(ForeignKey("placements.id"))
    title: Mapped[Short]
    plan: Mapped[dict[str, Any]]
    rules: Mapped[dict[str, Any]]
    parameters_version: Mapped[Short]
    parameters: Mapped[dict[str, Any]]
    reference: Mapped[dict[str, Any]]
    population: Mapped[dict[str, Any] | None]
    scoring_version: Mapped[Short]
    grade_policy: Mapped[Short]
    line_item_url: Mapped[Long | None]
    created_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]

    deployment: Mapped[Deployment] = relationship()
    course: Mapped[Course | None] = relationship()


class Attempt(Base):
    """One trainee's pass; its row is locked while an answer is recorded.

    `seed` (16 bytes) is secret until the end; `commitment` is in the first statement. `chain` is the hash of the last
    statement, `statements` their count. `result` is the score of record once finished. `selection_prior` is what
    earlier attempts left, which steers the questions: `{topic: [level, error]}`. `deadline` is when a timed test
    ends for this person, extra time included.
    """

    __tablename__ = "attempts"
    __table_args__ = (
        UniqueConstraint("placement_id", "person_id", "number"),
        Index(
            "uq_attempts_one_running", "placement_id", "person_id", unique=True,
            sqlite_where=text("phase IN ('open', 'suspended')"),
            postgresql_where=text("phase IN ('open', 'suspended')"),
        ),
    )  # fmt: skip

    id: Mapped[Key]
    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placements.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    number: Mapped[int]
    phase: Mapped[Short]
    seed: Mapped[bytes] = mapped_column(LargeBinary(16))
    commitment: Mapped[Short]
    bank_version: Mapped[Short]
    exposure_number: Mapped[int]
    available: Mapped[list[str]]
    selection_prior: Mapped[dict[str, Any] | None]
    language: Mapped[Short]
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime] = mapped_column(index=True)
    deadline: Mapped[datetime | None] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]
    stop_reason: Mapped[Short | None]
    result: Mapped[dict[str, Any] | None]
    statements: Mapped[int]
    chain: Mapped[Short | None]

    placement: Mapped[Placement] = relationship()
    person: Mapped[Person] = relationship()


class Question(Base):
    """One challenge asked in one attempt: drawn facts, and the truth that is never sent."""

    __tablename__ = "questions"
    __table_args__ = (UniqueConstraint("attempt_id", "ordinal"), UniqueConstraint("attempt_id", "item_id"))

    id: Mapped[Key]
    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempts.id"))
    ordinal: Mapped[int]
    item_id: Mapped[Short]
    facts: Mapped[dict[str, Any]]
    truth: Mapped[dict[str, Any]]
    reason: Mapped[dict[str, Any]]
    asked_at: Mapped[datetime]
    shown_at: Mapped[datetime | None]

    attempt: Mapped[Attempt] = relationship()


class Answer(Base):
    """What was given to a question, once and for all."""

    __tablename__ = "answers"

    question_id: Mapped[UUID] = mapped_column(ForeignKey("questions.id"), primary_key=True)
    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempts.id"), index=True)
    outcome: Mapped[Short]
    response: Mapped[dict[str, Any] | None]
    canonical: Mapped[Long]
    parts: Mapped[dict[str, Any]]
    language: Mapped[Short]
    device: Mapped[Short]
    seconds: Mapped[float]
    answered_at: Mapped[datetime]

    question: Mapped[Question] = relationship()


class ProblemReport(Base):
    """What a trainee says is wrong with a question; no personal data is asked for."""

    __tablename__ = "problem_reports"

    id: Mapped[Key]
    question_id: Mapped[UUID] = mapped_column(ForeignKey("questions.id"), index=True)
    category: Mapped[Short]
    text: Mapped[Long]
    created_at: Mapped[datetime]

    question: Mapped[Question] = relationship()


class ExposureSnapshot(Base):
    """How often each item was shown, numbered, made by the hourly sweep (DESIGN decision 12)."""

    __tablename__ = "exposure_snapshots"

    number: Mapped[int] = mapped_column(primary_key=True)
    taken_at: Mapped[datetime]
    shares: Mapped[dict[str, Any]]
