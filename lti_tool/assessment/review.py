"""A person looks at a result: the trainee asks for it, the instructor of the course answers with a sentence."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from lti_tool.assessment.step import Page, Step
from lti_tool.assessment.visitor import Visitor, own_attempt, placement_to_teach
from lti_tool.errors import BadInput, NotFound, Stale
from lti_tool.models import Phase, Placement, ReviewRequest

MOST_SIGNS = 2000


def ask_for_review(session: Session, visitor: Visitor, attempt_id: UUID, text: str, now: datetime) -> Step:
    """Keeps the trainee's request, one for each attempt that is over; sent twice it is the same one."""
    attempt = own_attempt(session, visitor, attempt_id, lock=True)
    if attempt.phase not in {Phase.FINISHED, Phase.ABANDONED}:
        raise Stale("review.not_over")
    kept, asked = _sentence(text, "review.empty"), session.get(ReviewRequest, attempt.id)
    if asked is None:
        session.add(ReviewRequest(attempt_id=attempt.id, text=kept, asked_at=now))
    elif asked.text != kept:
        raise Stale("review.asked_before")
    return Step(attempt.id, Page.RESULTS, notice="review.notice")


def reply_to_review(
    session: Session, visitor: Visitor, placement_id: UUID, attempt_id: UUID, text: str, now: datetime
) -> Placement:
    """Keeps the instructor's sentence, in place of an earlier one; NotFound where nobody asked."""
    asked = request_to_answer(session, visitor, placement_id, attempt_id)
    asked.reply, asked.replied_by, asked.replied_at = _sentence(text, "review.no_reply"), visitor.person_id, now
    return asked.attempt.placement


def request_to_answer(session: Session, visitor: Visitor, placement_id: UUID, attempt_id: UUID) -> ReviewRequest:
    """A request at a placement that the visitor teaches; NotFound for any other, and where nobody asked.

    Only whoever asks for a review opens their answers to the instructor.
    """
    placement = placement_to_teach(session, visitor, placement_id)
    asked = session.get(ReviewRequest, attempt_id)
    if asked is None or asked.attempt.placement_id != placement.id:
        raise NotFound("review.unknown")
    return asked


def _sentence(text: str, empty: str) -> str:
    """What was typed, without what PostgreSQL does not store; BadInput for nothing and for too much."""
    kept = text.replace("\0", "").strip()
    if not kept:
        raise BadInput(empty)
    if len(kept) > MOST_SIGNS:
        raise BadInput("review.too_long", most=MOST_SIGNS)
    return kept
