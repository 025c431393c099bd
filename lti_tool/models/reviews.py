"""A trainee asks a person to look at a result, and what that person says."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lti_tool.models.attempts import Attempt
from lti_tool.models.base import Base, Long


class ReviewRequest(Base):
    """One request for each attempt, in the trainee's words; `reply` is the instructor's sentence once there is one.

    It changes no score: what people change is changed elsewhere, and told.
    """

    __tablename__ = "review_requests"

    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempts.id"), primary_key=True)
    text: Mapped[Long]
    asked_at: Mapped[datetime]
    reply: Mapped[Long | None]
    replied_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    replied_at: Mapped[datetime | None]

    attempt: Mapped[Attempt] = relationship()
