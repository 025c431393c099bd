"""Accommodating: somebody who teaches a person gives them extra time, in every timed test of their institution."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.assessment.start import RUNNING
from lti_tool.assessment.timing import extra_time_of, time_for
from lti_tool.assessment.visitor import Visitor, placement_to_teach
from lti_tool.errors import BadInput, NotFound
from lti_tool.models import Accommodation, Attempt, ExtraTime, Membership, Person, Placement, Role

NONE = "none"


def trainee_of(session: Session, visitor: Visitor, placement_id: UUID, person_id: UUID) -> tuple[Placement, Person]:
    """A placement that the visitor teaches and a trainee of its course; NotFound for anybody else."""
    placement = placement_to_teach(session, visitor, placement_id)
    membership = session.get(Membership, (person_id, placement.course_id))
    if membership is None or membership.role != Role.TRAINEE:
        raise NotFound("person.unknown")
    return placement, membership.person


def accommodate(
    session: Session, visitor: Visitor, placement_id: UUID, person_id: UUID, wanted: str, now: datetime
) -> None:
    """Sets the extra time (`none`: the time of everybody); BadInput for what is no extra time.

    A test that is running gets what was given; what is taken away again is not taken from it.
    """
    _, person = trainee_of(session, visitor, placement_id, person_id)
    if wanted not in {NONE, *ExtraTime}:
        raise BadInput("person.extra_time.unknown")
    kept = session.get(Accommodation, person.id, with_for_update=True)
    if wanted == NONE:
        if kept is not None:
            session.delete(kept)
    elif kept is None:
        session.add(Accommodation(person_id=person.id, extra_time=wanted, set_by=visitor.person_id, set_at=now))
    else:
        kept.extra_time, kept.set_by, kept.set_at = wanted, visitor.person_id, now
    session.flush()
    _lengthen_running(session, person)


def _lengthen_running(session: Session, person: Person) -> None:
    extra = extra_time_of(session, person.id)
    running = select(Attempt).where(
        Attempt.person_id == person.id, Attempt.phase.in_(RUNNING), Attempt.deadline.is_not(None)
    )
    for attempt in session.scalars(running.with_for_update()):
        time = time_for(attempt.placement, extra)
        until = None if time is None else attempt.started_at + time
        attempt.deadline = until if until is None or attempt.deadline is None else max(attempt.deadline, until)
