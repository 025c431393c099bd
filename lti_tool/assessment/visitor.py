"""Who asks, and what of the house is theirs: every use case begins here."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.errors import NotAllowed, NotFound
from lti_tool.models import Attempt, Membership, Placement, Question, Role
from lti_tool.words import best_language


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person in a session: their deployment, their locale (`ar-TN`) and the kind of device they use."""

    person_id: UUID
    deployment_id: UUID
    locale: str
    device: str = "computer"

    @property
    def language(self) -> str:
        """The language of the pages, without its region; a challenge may be shown in another (`nearest_language`)."""
        return best_language(self.locale)


def placement_of(session: Session, visitor: Visitor, placement_id: UUID) -> Placement:
    """A placement of the visitor's own deployment; NotFound for any other."""
    placement = session.get(Placement, placement_id)
    if placement is None or placement.deployment_id != visitor.deployment_id:
        raise NotFound("placement.unknown")
    return placement


def role_in(session: Session, visitor: Visitor, placement: Placement) -> Role:
    """What the visitor may do with a placement, by their membership of its course; NotAllowed for none."""
    query = select(Membership.role).where(
        Membership.person_id == visitor.person_id, Membership.course_id == placement.course_id
    )
    role = session.scalar(query)
    if role is None:
        raise NotAllowed("placement.not_in_course")
    return Role(role)


def placement_to_teach(session: Session, visitor: Visitor, placement_id: UUID) -> Placement:
    """A placement whose course the visitor teaches; NotAllowed for a trainee."""
    placement = placement_of(session, visitor, placement_id)
    if role_in(session, visitor, placement) is not Role.INSTRUCTOR:
        raise NotAllowed("placement.not_instructor")
    return placement


def placement_to_take(session: Session, visitor: Visitor, placement_id: UUID) -> Placement:
    """A placement that the visitor may take as a trainee of its course."""
    placement = placement_of(session, visitor, placement_id)
    if role_in(session, visitor, placement) is not Role.TRAINEE:
        raise NotAllowed("placement.not_trainee")
    return placement


def own_attempt(session: Session, visitor: Visitor, attempt_id: UUID, *, lock: bool = False) -> Attempt:
    """The visitor's own attempt, its row locked when asked for; NotFound for another's."""
    attempt = session.get(Attempt, attempt_id, with_for_update=lock)
    if attempt is None or attempt.person_id != visitor.person_id:
        raise NotFound("attempt.unknown")
    placement_of(session, visitor, attempt.placement_id)
    return attempt


def own_question(session: Session, visitor: Visitor, question_id: UUID, *, lock: bool = False) -> Question:
    """A question of the visitor's own attempt, the attempt's row locked when asked for; NotFound for another's."""
    question = session.get(Question, question_id)
    if question is None:
        raise NotFound("question.unknown")
    own_attempt(session, visitor, question.attempt_id, lock=lock)
    return question
