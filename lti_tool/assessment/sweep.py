"""What time alone brings: attempts out of time or left alone are closed, what has expired goes, exposure is counted."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from lti_tool.assessment.expire import expire_all
from lti_tool.assessment.finish import close
from lti_tool.assessment.pause import suspend
from lti_tool.assessment.start import RUNNING
from lti_tool.content import Bank
from lti_tool.lti.login import drop_expired
from lti_tool.models import (
    Attempt,
    BrowserSession,
    Database,
    ExposureSnapshot,
    PendingLaunch,
    Phase,
    Placement,
    Question,
)

_AT_A_TIME = 100
_SNAPSHOT_EVERY = timedelta(hours=1)
_KEEP_ENDED = timedelta(days=1)


def sweep(database: Database, bank: Bank, idle: timedelta, left: timedelta, now: datetime) -> None:
    """One round of all, each part in a transaction of its own.

    Attempts idle for so long are suspended; those out of time, or left alone for so long, are closed (decision 10).
    """
    with database.transaction() as session:
        suspend_idle(session, bank, now - idle, now)
    with database.transaction() as session:
        expire_all(session, bank, now)
    with database.transaction() as session:
        close_left_alone(session, bank, now - left, now)
    with database.transaction() as session:
        forget_expired(session, now)
    with database.transaction() as session:
        count_exposure(session, bank, now)


def close_left_alone(session: Session, bank: Bank, since: datetime, now: datetime) -> int:
    """Closes attempts that nobody touched since a moment, a hundred at a time; how many."""
    query = select(Attempt).where(Attempt.phase.in_(RUNNING), Attempt.seen_at < since).limit(_AT_A_TIME)
    left = session.scalars(query.with_for_update(skip_locked=True)).all()
    for attempt in left:
        close(session, bank, attempt, now)
    return len(left)


def suspend_idle(session: Session, bank: Bank, since: datetime, now: datetime) -> int:
    """Suspends open attempts that nobody touched since a moment, a hundred at a time; how many."""
    query = select(Attempt).where(Attempt.phase == Phase.OPEN, Attempt.seen_at < since).limit(_AT_A_TIME)
    idle = session.scalars(query.with_for_update(skip_locked=True)).all()
    for attempt in idle:
        suspend(session, bank, attempt, now)
    return len(idle)


def forget_expired(session: Session, now: datetime) -> None:
    """Deletes login states, waiting launches and sessions that are of no more use."""
    drop_expired(session, now)
    session.execute(delete(PendingLaunch).where(PendingLaunch.expires_at < now - _KEEP_ENDED))
    session.execute(delete(BrowserSession).where(BrowserSession.seen_at < now - _KEEP_ENDED))


def count_exposure(session: Session, bank: Bank, now: datetime) -> int | None:
    """Once an hour, the next numbered snapshot: how often each item was shown among the attempts that could."""
    number, taken_at = session.execute(
        select(ExposureSnapshot.number, ExposureSnapshot.taken_at).order_by(ExposureSnapshot.number.desc()).limit(1)
    ).first() or (0, None)
    if taken_at is not None and taken_at > now - _SNAPSHOT_EVERY:
        return None
    shown = dict(session.execute(select(Question.item_id, func.count()).group_by(Question.item_id)).all())
    could = _attempts_by_topic(session)
    shares = {
        item: round(shown.get(item, 0) / could[challenge.topic], 4)
        for item, challenge in bank.challenges.items()
        if could.get(challenge.topic)
    }
    session.add(ExposureSnapshot(number=number + 1, taken_at=now, shares=shares))
    return int(number) + 1


def _attempts_by_topic(session: Session) -> dict[str, int]:
    counts = select(Placement.plan, func.count(Attempt.id)).join(Attempt).group_by(Placement.id)
    totals: dict[str, int] = {}
    for plan, attempts in session.execute(counts):
        for topic in plan["topics"]:
            totals[topic] = totals.get(topic, 0) + attempts
    return totals
