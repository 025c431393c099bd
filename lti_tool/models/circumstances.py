"""In what circumstances somebody takes a test: extra time, and absences from the page where a test asks for focus."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.models.base import Base, Key, Short


class ExtraTime(StrEnum):
    """How much longer than others a person has for a timed test."""

    THIRD = "third"
    HALF = "half"
    DOUBLE = "double"
    UNLIMITED = "unlimited"


class Accommodation(Base):
    """The extra time of one person, in every timed test of their institution; no row: the time of everybody.

    It says something of a person's health: it is shown to those who teach them and to nobody else, and it stands in no
    statement, no grade and no log.
    """

    __tablename__ = "accommodations"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), primary_key=True)
    extra_time: Mapped[Short]
    set_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    set_at: Mapped[datetime]


class Absence(Base):
    """A trainee left the page of a question that asks for focus, for so many seconds; it changes no score."""

    __tablename__ = "absences"

    id: Mapped[Key]
    question_id: Mapped[UUID] = mapped_column(ForeignKey("questions.id"), index=True)
    left_at: Mapped[datetime]
    seconds: Mapped[float]
