"""People as an LMS names them, their courses and rights, and the pseudonyms under which statements know them."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lti_tool.models.base import Base, Key, Long, Short
from lti_tool.models.tenants import Deployment


class Role(StrEnum):
    """What a person may do in one course."""

    TRAINEE = "trainee"
    INSTRUCTOR = "instructor"


class Person(Base):
    """A user of one platform within one institution; the names are those of the last launch."""

    __tablename__ = "people"
    __table_args__ = (UniqueConstraint("platform_id", "institution_id", "subject"),)

    id: Mapped[Key]
    platform_id: Mapped[UUID] = mapped_column(ForeignKey("platforms.id"))
    institution_id: Mapped[UUID] = mapped_column(ForeignKey("institutions.id"))
    subject: Mapped[Short]
    name: Mapped[Short | None]
    given_name: Mapped[Short | None]
    created_at: Mapped[datetime]


class Pseudonym(Base):
    """The random account under which a person's statements are sent; deleting the row is the erasure."""

    __tablename__ = "pseudonyms"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), primary_key=True)
    account: Mapped[UUID] = mapped_column(unique=True)


class Course(Base):
    """An LTI context of one deployment, with the addresses of its services as the last launch named them."""

    __tablename__ = "courses"
    __table_args__ = (UniqueConstraint("deployment_id", "context_id"),)

    id: Mapped[Key]
    deployment_id: Mapped[UUID] = mapped_column(ForeignKey("deployments.id"))
    context_id: Mapped[Short]
    title: Mapped[Short | None]
    line_items_url: Mapped[Long | None]
    memberships_url: Mapped[Long | None]

    deployment: Mapped[Deployment] = relationship()


class Membership(Base):
    """A person's role in a course, as their last launch said."""

    __tablename__ = "memberships"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), primary_key=True)
    course_id: Mapped[UUID] = mapped_column(ForeignKey("courses.id"), primary_key=True)
    role: Mapped[Short]
    seen_at: Mapped[datetime]

    person: Mapped[Person] = relationship()
