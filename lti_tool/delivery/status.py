"""What the outbox says to operators: how much waits for each receiver, since when, and why."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lti_tool.delivery.claim import waiting
from lti_tool.delivery.receivers import ReceiverKind, all_receivers
from lti_tool.models import Delivery, DeliveryState, Receiver


@dataclass(frozen=True, slots=True)
class ReceiverStatus:
    """One LRS or platform: counts of its rows, the age of the oldest that waits, and its last complaint.

    `waiting` counts what is due or being sent; `oldest_due` is when the first of these was made; `paused_until` may lie
    in the past.
    """

    name: str
    kind: ReceiverKind
    waiting: int
    sent: int
    dead: int
    superseded: int
    oldest_due: datetime | None
    paused_until: datetime | None
    last_error: str | None


def outbox_status(session: Session) -> tuple[ReceiverStatus, ...]:
    """Every registered receiver, LRSs first, each by name, also those that have no rows."""
    counts = _counts(session)
    oldest = _oldest(session)
    known = {row.id: row for row in session.scalars(select(Receiver))}
    lines = []
    for receiver in all_receivers(session):
        row = known.get(receiver.id)
        of = {state: counts.get((receiver.id, state), 0) for state in DeliveryState}
        lines.append(
            ReceiverStatus(
                name=receiver.name,
                kind=receiver.kind,
                waiting=of[DeliveryState.DUE] + of[DeliveryState.SENDING],
                sent=of[DeliveryState.SENT],
                dead=of[DeliveryState.DEAD],
                superseded=of[DeliveryState.SUPERSEDED],
                oldest_due=oldest.get(receiver.id),
                paused_until=row.paused_until if row else None,
                last_error=row.last_error if row else None,
            )
        )
    return tuple(lines)


def nothing_due(session: Session) -> bool:
    """Whether no row of any receiver is due, now or later, or being sent."""
    return session.scalar(select(Delivery.position).where(waiting()).limit(1)) is None


def _counts(session: Session) -> dict[tuple[UUID, str], int]:
    rows = session.execute(
        select(Delivery.receiver_id, Delivery.state, func.count()).group_by(Delivery.receiver_id, Delivery.state)
    )
    return {(receiver_id, state): count for receiver_id, state, count in rows}


def _oldest(session: Session) -> dict[UUID, datetime]:
    oldest = func.min(Delivery.made_at).label("oldest")
    rows = session.execute(select(Delivery.receiver_id, oldest).where(waiting()).group_by(Delivery.receiver_id))
    return {row.receiver_id: row.oldest for row in rows}
