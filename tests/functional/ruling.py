"""Placements with rules of a test's own, and attempts whose time has nearly come."""

from datetime import timedelta
from uuid import UUID

from houses import House
from sqlalchemy import select, update

from lti_tool import clock
from lti_tool.models import Attempt, Placement


def add_ruled(house: House, *competences: str, length: int = 8, **rules: object) -> str:
    """A test with those rules put over the usual ones; the activity's id."""
    activity = house.add_test(*competences, length=length)
    with house.parts.database.transaction() as session:
        newest = session.scalars(select(Placement).order_by(Placement.created_at.desc()).limit(1)).one()
        newest.rules = {**newest.rules, **rules}
    return activity


def newest_attempt(house: House) -> Attempt:
    """The attempt that was begun last, as it is now."""
    return house.attempts()[-1]


def set_deadline(house: House, attempt_id: UUID, *, seconds: float) -> None:
    """As if the attempt ended so many seconds from now (below 0: ago)."""
    with house.parts.database.transaction() as session:
        until = clock.now() + timedelta(seconds=seconds)
        session.execute(update(Attempt).where(Attempt.id == attempt_id).values(deadline=until))
