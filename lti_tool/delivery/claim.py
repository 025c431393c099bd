"""Which rows may leave now, in which order, and the lease that keeps other workers from them.

A lane is a stripe of one receiver's rows; what one worker has leased keeps the others from the rest of that lane.
Claims of one receiver are made one after the other (a few milliseconds each; sending is not), so any number of workers
see each other's leases. A row whose lease has run out is taken back `in_doubt`: its worker ended before settling.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, takewhile
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.orm import Session

from lti_tool.models import Attempt, Delivery, DeliveryState

LANES = 64
LANES_A_CLAIM = 16  # the other lanes are left to other workers
LARGEST_BATCH = 512 * 1024  # bytes


@dataclass(frozen=True, slots=True)
class Leased:
    """One row that this worker may send until its lease ends."""

    position: int
    lane: int
    attempt_id: UUID
    statement_id: UUID | None
    body: str
    tries: int
    in_doubt: bool


@dataclass(frozen=True, slots=True)
class Claim:
    """Who asks for which receiver's rows, when, and until when they are leased."""

    receiver_id: UUID
    holder: str
    now: datetime
    until: datetime


def waiting() -> ColumnElement[bool]:
    """Due or being sent; written out as text, so that the partial index over waiting rows serves every query."""
    states = [literal(state.value, Delivery.state.type, literal_execute=True) for state in _WAITING]
    return Delivery.state.in_(states)


def ready(now: datetime) -> ColumnElement[bool]:
    """Due by now, or leased to a worker that has not settled in time."""
    due = and_(Delivery.state == DeliveryState.DUE, Delivery.due_at <= now)
    expired = and_(Delivery.state == DeliveryState.SENDING, Delivery.leased_until <= now)
    return and_(waiting(), or_(due, expired))


def lease_statements(session: Session, claim: Claim, most: int) -> tuple[Leased, ...]:
    """Up to `most` rows and 512 KiB in order: none while an earlier row of its lane is not ready."""
    _alone(session, claim)
    lanes = _lanes_by_front(session, claim)[:LANES_A_CLAIM]
    chosen: list[int] = []
    for _lane, rows in groupby(_fronts(session, claim, lanes, most), key=lambda row: row.lane):
        in_order = takewhile(lambda row: _is_ready(row, claim.now), rows)
        chosen += [row.position for row in in_order][: most - len(chosen)]
    return _lease(session, claim, chosen)


def lease_grades(session: Session, claim: Claim, most: int) -> tuple[Leased, ...]:
    """Up to `most` grades, the latest of each person and placement; those that it overtakes are superseded.

    A lane in which a grade is being sent is left alone, so that a newer grade never runs beside an older one.
    """
    _alone(session, claim)
    rows = session.execute(
        select(*_SIGHT, Attempt.placement_id, Attempt.person_id)
        .join(Attempt, Attempt.id == Delivery.attempt_id)
        .where(Delivery.receiver_id == claim.receiver_id, Delivery.lane.in_(_idle_lanes(session, claim)), waiting())
        .order_by(Delivery.position)
    ).all()
    latest = {(row.placement_id, row.person_id): row.position for row in rows}
    standing = set(latest.values())
    _supersede(session, [row.position for row in rows if row.position not in standing])
    chosen = [row.position for row in rows if row.position in standing and _is_ready(row, claim.now)]
    return _lease(session, claim, chosen[:most])


_WAITING = (DeliveryState.DUE, DeliveryState.SENDING)
_SIGHT = (Delivery.position, Delivery.lane, Delivery.state, Delivery.due_at, Delivery.leased_until)


def _is_ready(row: Any, now: datetime) -> bool:
    moment: datetime = row.due_at if row.state == DeliveryState.DUE else row.leased_until
    return moment <= now


def _lanes_by_front(session: Session, claim: Claim) -> list[int]:
    """Lanes whose first waiting row is ready, the longest waiting first: one index probe a lane, however many wait."""
    lanes = select(literal(0).label("lane")).cte("lanes", recursive=True)
    lanes = lanes.union_all(select(lanes.c.lane + 1).where(lanes.c.lane < LANES - 1))
    front = (
        select(Delivery.position)
        .where(Delivery.receiver_id == claim.receiver_id, Delivery.lane == lanes.c.lane, waiting())
        .order_by(Delivery.position)
        .limit(1)
        .correlate(lanes)
        .scalar_subquery()
    )
    rows = session.execute(select(*_SIGHT).select_from(lanes).join(Delivery, Delivery.position == front)).all()
    return [row.lane for row in sorted(rows, key=lambda row: row.position) if _is_ready(row, claim.now)]


def _idle_lanes(session: Session, claim: Claim) -> Sequence[int]:
    """Lanes with a grade that is ready and none that is being sent, the longest waiting first."""
    sending = and_(Delivery.state == DeliveryState.SENDING, Delivery.leased_until > claim.now)
    return session.scalars(
        select(Delivery.lane)
        .where(Delivery.receiver_id == claim.receiver_id, waiting())
        .group_by(Delivery.lane)
        .having(func.sum(case((sending, 1), else_=0)) == 0, func.sum(case((ready(claim.now), 1), else_=0)) > 0)
        .order_by(func.min(Delivery.position))
        .limit(LANES_A_CLAIM)
    ).all()


def _alone(session: Session, claim: Claim) -> None:
    """One claim of a receiver at a time; what earlier claims leased is visible to the statements that follow.

    The lock ends with the transaction, or with the connection of a worker that dies. SQLite has one writer anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        receiver = int.from_bytes(claim.receiver_id.bytes[:8], "big", signed=True)
        session.execute(select(func.pg_advisory_xact_lock(receiver)))


def _fronts(session: Session, claim: Claim, lanes: Sequence[int], depth: int) -> Sequence[Any]:
    """The first `depth` waiting rows of each lane, lane after lane, in order."""
    if not lanes:
        return []
    fronts = [
        select(*_SIGHT)
        .where(Delivery.receiver_id == claim.receiver_id, Delivery.lane == lane, waiting())
        .order_by(Delivery.position)
        .limit(depth)
        .subquery()
        for lane in lanes
    ]
    rows = session.execute(union_all(*(select(front) for front in fronts))).all()
    return sorted(rows, key=lambda row: (lanes.index(row.lane), row.position))


def _supersede(session: Session, positions: Sequence[int]) -> None:
    if positions:
        session.execute(
            update(Delivery)
            .where(Delivery.position.in_(positions))
            .values(state=DeliveryState.SUPERSEDED, leased_by=None, leased_until=None)
            .execution_options(synchronize_session=False)
        )


def _lease(session: Session, claim: Claim, positions: Sequence[int]) -> tuple[Leased, ...]:
    """Marks the rows as this worker's, up to the batch's bytes, and reads what is to be sent."""
    if not positions:
        return ()
    rows = session.execute(
        select(Delivery)
        .where(Delivery.position.in_(positions), waiting())
        .order_by(Delivery.position)
        .with_for_update()
    ).scalars()
    leased = tuple(_within(LARGEST_BATCH, (_leased(row) for row in rows)))
    session.execute(
        update(Delivery)
        .where(Delivery.position.in_([row.position for row in leased]))
        .values(
            in_doubt=case((Delivery.state == DeliveryState.SENDING, True), else_=Delivery.in_doubt),
            state=DeliveryState.SENDING,
            tries=Delivery.tries + 1,
            leased_by=claim.holder,
            leased_until=claim.until,
        )
        .execution_options(synchronize_session=False)
    )
    return leased


def _leased(row: Delivery) -> Leased:
    doubt = row.in_doubt or row.state == DeliveryState.SENDING
    return Leased(row.position, row.lane, row.attempt_id, row.statement_id, row.body or "", row.tries + 1, doubt)


def _within(most: int, rows: Iterable[Leased]) -> Iterable[Leased]:
    """As many rows as fit into `most` bytes, and always the first."""
    sizes = 0
    for number, row in enumerate(rows):
        sizes += len(row.body.encode()) + 1
        if number and sizes > most:
            return
        yield row
