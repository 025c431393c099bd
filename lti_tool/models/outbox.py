"""The ledger of statements and the outbox: one delivery per event and receiver, written with the event."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.models.base import Base, Key, Long, Short


class DeliveryState(StrEnum):
    """Where a delivery stands; `due` covers waiting, `sending` is leased to a worker."""

    DUE = "due"
    SENDING = "sending"
    SENT = "sent"
    DEAD = "dead"
    SUPERSEDED = "superseded"


class Statement(Base):
    """The ledger: each statement that was ever made, kept; `hash` chains it to the next one of its attempt."""

    __tablename__ = "statements"
    __table_args__ = (UniqueConstraint("attempt_id", "sequence"),)

    id: Mapped[Key]
    institution_id: Mapped[UUID] = mapped_column(ForeignKey("institutions.id"), index=True)
    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempts.id"))
    sequence: Mapped[int]
    verb: Mapped[Short]
    made_at: Mapped[datetime]
    hash: Mapped[Short]
    facts: Mapped[dict[str, Any]]


class Delivery(Base):
    """One statement on its way to one LRS, or one grade on its way to one platform.

    `body` is the statement's final JSON text, or a grade's fixed facts (value, maximum, comment, event time) as JSON;
    it is emptied after sending. Rows of one `lane` leave in the order of `position`.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        Index("ix_deliveries_state_due", "state", "due_at"),
        Index("ix_deliveries_lane_position", "receiver_id", "lane", "position"),
        Index(
            "ix_deliveries_waiting", "receiver_id", "lane", "position",
            sqlite_where=text("state IN ('due', 'sending')"),
            postgresql_where=text("state IN ('due', 'sending')"),
        ),
    )  # fmt: skip

    position: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    kind: Mapped[Short]
    receiver_id: Mapped[UUID]
    lane: Mapped[int]
    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempts.id"), index=True)
    statement_id: Mapped[UUID | None] = mapped_column(ForeignKey("statements.id"))
    body: Mapped[Long | None]
    state: Mapped[Short]
    due_at: Mapped[datetime]
    tries: Mapped[int]
    in_doubt: Mapped[bool]
    leased_by: Mapped[Short | None]
    leased_until: Mapped[datetime | None]
    answer: Mapped[Long | None]
    made_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]


class Receiver(Base):
    """How one LRS or platform is doing: paused until when, and why."""

    __tablename__ = "receivers"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[Short]
    paused_until: Mapped[datetime | None]
    failures: Mapped[int]
    last_error: Mapped[Long | None]
    seen_at: Mapped[datetime | None]


class Lease(Base):
    """A named right that one running process holds for a while (the SQLite worker, the hourly sweep)."""

    __tablename__ = "leases"

    name: Mapped[Short] = mapped_column(primary_key=True)
    holder: Mapped[Short]
    until: Mapped[datetime]


class SentGrade(Base):
    """The latest grade sent for a person at a placement: keeps timestamps strictly rising (AGS 2.0 §3.4.8)."""

    __tablename__ = "sent_grades"

    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placements.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), primary_key=True)
    timestamp: Mapped[datetime]
    score: Mapped[float]
