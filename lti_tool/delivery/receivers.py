"""How each LRS and platform is doing: which ones have work, which are paused, and for how long."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from lti_tool.delivery.claim import ready
from lti_tool.delivery.settle import legible
from lti_tool.models import Delivery, Lrs, Platform, Receiver

LONGEST_BACK_OFF = timedelta(minutes=5)
LONGEST_RETRY_AFTER = timedelta(hours=1)
PAUSE = timedelta(minutes=15)  # after wrong credentials: somebody has to act, and knocking on may lock the account
LONE_ROW = 4  # times the back-off for a row that fails alone while others wait, so that they overtake it
MOST_TROUBLES = 2  # in one lease: one may be that row's own fault, two are the receiver's
_SEEN_EVERY = timedelta(minutes=1)


class ReceiverKind(StrEnum):
    """Statements go to LRSs, grades to platforms."""

    LRS = "lrs"
    PLATFORM = "platform"


@dataclass(frozen=True, slots=True)
class ReceiverName:
    """One LRS or platform, as operators know it."""

    id: UUID
    kind: ReceiverKind
    name: str


def all_receivers(session: Session) -> tuple[ReceiverName, ...]:
    """Every registered LRS and platform, by kind and name."""
    lrss = session.execute(select(Lrs.id, Lrs.name).order_by(Lrs.name)).all()
    platforms = session.execute(select(Platform.id, Platform.name).order_by(Platform.name)).all()
    return (
        *(ReceiverName(key, ReceiverKind.LRS, name) for key, name in lrss),
        *(ReceiverName(key, ReceiverKind.PLATFORM, name) for key, name in platforms),
    )


def receivers_with_work(session: Session, now: datetime) -> tuple[ReceiverName, ...]:
    """Those that are not paused and have a row that is due, or one whose lease has run out."""
    found: list[ReceiverName] = []
    for table, kind in ((Lrs, ReceiverKind.LRS), (Platform, ReceiverKind.PLATFORM)):
        waiting = exists().where(Delivery.receiver_id == table.id, ready(now))
        paused = exists().where(Receiver.id == table.id, Receiver.paused_until > now)
        rows = session.execute(select(table.id, table.name).where(waiting, ~paused).order_by(table.name))
        found += [ReceiverName(key, kind, name) for key, name in rows]
    return tuple(found)


def back_off(failures: int, jitter: float, retry_after: timedelta | None = None) -> timedelta:
    """1, 2, 4 … 300 seconds, each halved by chance up to once; what the receiver asks for, to an hour, wins."""
    if retry_after is not None:
        return min(max(retry_after, timedelta(0)), LONGEST_RETRY_AFTER)
    whole = min(timedelta(seconds=2 ** min(max(failures, 1) - 1, 20)), LONGEST_BACK_OFF)
    return whole * (0.5 + jitter / 2)


def trouble(
    session: Session,
    receiver: ReceiverName,
    now: datetime,
    words: str,
    *,
    jitter: Callable[[], float],
    retry_after: timedelta | None = None,
) -> None:
    """The receiver did not take a delivery that it may take later: leave it alone for a while.

    Troubles within one pause (of two workers, of two rows of one lease) are one trouble.
    """
    row = _row(session, receiver)
    paused = row.paused_until is not None and row.paused_until > now
    row.failures += 0 if paused else 1
    _pause_until(row, now + back_off(row.failures, jitter(), retry_after))
    row.last_error = legible(words)


def pause(session: Session, receiver: ReceiverName, now: datetime, words: str) -> None:
    """The receiver does not let us in: nothing is sent for a quarter of an hour."""
    row = _row(session, receiver)
    row.failures += 1
    _pause_until(row, now + PAUSE)
    row.last_error = legible(words)


def well(session: Session, receiver: ReceiverName, now: datetime) -> None:
    """The receiver answered as it should; written when that is news, or once a minute."""
    known = session.get(Receiver, receiver.id)
    if known is None or known.failures or known.seen_at is None or now - known.seen_at >= _SEEN_EVERY:
        row = _row(session, receiver)
        if row.failures:
            row.last_error = None
        row.failures, row.paused_until, row.seen_at = 0, None, now


def refused(session: Session, receiver: ReceiverName, words: str) -> None:
    """Keeps the words of a delivery that this receiver will never take."""
    _row(session, receiver).last_error = legible(words)


def failures_of(session: Session, receiver: ReceiverName) -> int:
    """Troubles in a row."""
    known = session.get(Receiver, receiver.id)
    return known.failures if known else 0


def _pause_until(row: Receiver, moment: datetime) -> None:
    row.paused_until = max(row.paused_until or moment, moment)


def _row(session: Session, receiver: ReceiverName) -> Receiver:
    """The receiver's row, locked, made on first need."""
    postgres = session.get_bind().dialect.name == "postgresql"
    insert = (postgresql.insert if postgres else sqlite.insert)(Receiver)
    session.execute(insert.values(id=receiver.id, kind=receiver.kind, failures=0).on_conflict_do_nothing())
    return session.get_one(Receiver, receiver.id, with_for_update=True, populate_existing=True)
