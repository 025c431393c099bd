"""Starting: a launch opens the attempt that waits, or the next one that the placement allows."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lti_tool.assessment import telling
from lti_tool.assessment.ask import ask, open_question
from lti_tool.assessment.fixed import is_fixed, items_of
from lti_tool.assessment.ledger import tell
from lti_tool.assessment.rules import rules_of
from lti_tool.assessment.state import engine_of, state_of
from lti_tool.assessment.step import Page, Step
from lti_tool.assessment.timing import deadline_of
from lti_tool.assessment.training import earlier_belief
from lti_tool.assessment.visitor import Visitor, placement_to_take
from lti_tool.content import Bank
from lti_tool.engine import Stop
from lti_tool.errors import NotAllowed, Stale
from lti_tool.models import Attempt, ExposureSnapshot, Membership, Phase, Placement
from lti_tool.words import nearest_language
from xapi.facts import Resumed

RUNNING = (Phase.OPEN, Phase.SUSPENDED)


def start_or_resume(session: Session, bank: Bank, visitor: Visitor, placement_id: UUID, now: datetime) -> Step:
    """Goes on with the running attempt at its very question, or begins the next one; NotAllowed when none is left."""
    placement = placement_to_take(session, visitor, placement_id)
    _wait_for_others(session, visitor, placement)
    attempt = running_attempt(session, placement, visitor.person_id)
    if attempt is None:
        attempt = _begin(session, bank, visitor, placement, now)
    elif attempt.phase == Phase.SUSPENDED:
        attempt.phase = Phase.OPEN
        tell(session, bank, attempt, Resumed, now)
    attempt.seen_at = now
    question = open_question(session, attempt)
    return Step(attempt.id, Page.QUESTION, question.id if question else None)


def running_attempt(session: Session, placement: Placement, person_id: UUID) -> Attempt | None:
    """The person's attempt at the placement that is not over, its row locked."""
    query = select(Attempt).where(
        Attempt.placement_id == placement.id, Attempt.person_id == person_id, Attempt.phase.in_(RUNNING)
    )
    return session.scalar(query.with_for_update())


def attempts_left(session: Session, placement: Placement, person_id: UUID) -> int | None:
    """How many more attempts the placement allows this person to begin; None: as many as they like."""
    allowed = rules_of(placement).attempts
    return max(0, allowed - _attempts_so_far(session, placement, person_id)) if allowed else None


def next_start(session: Session, placement: Placement, person_id: UUID) -> datetime | None:
    """The moment from which the placement lets this person begin again; None where they need not wait for one."""
    delay = rules_of(placement).delay
    mine = select(func.max(Attempt.ended_at)).where(
        Attempt.placement_id == placement.id, Attempt.person_id == person_id
    )
    last = session.scalar(mine) if delay else None
    return None if last is None else last + timedelta(hours=delay)


def _check_turn(session: Session, placement: Placement, person_id: UUID, now: datetime) -> None:
    """NotAllowed when no attempt is left, or not yet: the sentence then says when the next one may begin."""
    if attempts_left(session, placement, person_id) == 0:
        raise NotAllowed("attempt.none_left")
    opens = next_start(session, placement, person_id)
    if opens is not None and now < opens:
        raise NotAllowed("rules.too_early", at=opens, wait=opens - now)


def _begin(session: Session, bank: Bank, visitor: Visitor, placement: Placement, now: datetime) -> Attempt:
    _check_turn(session, placement, visitor.person_id, now)
    seed = secrets.token_bytes(16)
    attempt = Attempt(
        placement=placement, person_id=visitor.person_id,
        number=_attempts_so_far(session, placement, visitor.person_id) + 1, phase=Phase.OPEN, seed=seed,
        commitment=telling.commit(bank, placement, seed), bank_version=bank.version,
        exposure_number=session.scalar(select(func.max(ExposureSnapshot.number))) or 0,
        available=available_items(bank, placement, visitor.locale), language=visitor.language,
        selection_prior=earlier_belief(session, bank, placement, visitor.person_id, now),
        started_at=now, seen_at=now, deadline=deadline_of(session, placement, visitor.person_id, now), statements=0,
    )  # fmt: skip
    session.add(attempt)
    session.flush()
    tell(session, bank, attempt, telling.initialized(bank, attempt), now)
    engine = engine_of(bank, placement)
    first = ask(session, bank, engine, attempt, state_of(session, engine, attempt), visitor.device, now)
    if isinstance(first, Stop):
        raise Stale("attempt.nothing_to_ask")
    return attempt


def available_items(bank: Bank, placement: Placement, locale: str) -> list[str]:
    """The items of the plan that a reader of the locale can be asked, if need be in another language than their own.

    Frozen with the attempt (DESIGN decision 12); those of a fixed list in its order.
    """
    if is_fixed(placement):
        return [item for item in items_of(placement) if item in bank.challenges]
    topics = placement.plan["topics"]
    return sorted(
        item
        for item, challenge in bank.challenges.items()
        if challenge.topic in topics and challenge.pool == "open" and nearest_language(challenge.languages, locale)
    )


def _attempts_so_far(session: Session, placement: Placement, person_id: UUID) -> int:
    query = select(func.count()).where(Attempt.placement_id == placement.id, Attempt.person_id == person_id)
    return session.scalar(query) or 0


def _wait_for_others(session: Session, visitor: Visitor, placement: Placement) -> None:
    """Locks the person's membership, so that two starts at once make one attempt."""
    session.get(Membership, (visitor.person_id, placement.course_id), with_for_update=True)
