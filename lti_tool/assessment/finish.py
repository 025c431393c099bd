"""Finishing: the score of record, the last statements, and the grade into the outbox."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.assessment import telling
from lti_tool.assessment.ledger import queue_grade, tell
from lti_tool.assessment.start import RUNNING
from lti_tool.assessment.state import answers_of, engine_of, grade_of, result_of, state_of
from lti_tool.assessment.step import Page, Step
from lti_tool.assessment.visitor import Visitor, own_attempt
from lti_tool.assessment.where import where
from lti_tool.content import Bank
from lti_tool.engine import Score, shown_level
from lti_tool.errors import Stale
from lti_tool.models import Attempt, GradePolicy, Phase
from lti_tool.words import words
from xapi.facts import Terminated

FULL_MARKS = 100.0


def finish(session: Session, bank: Bank, attempt: Attempt, reason: str, now: datetime) -> None:
    """Closes an attempt that has its result; its row must be locked."""
    engine = engine_of(bank, attempt.placement)
    score = engine.score(state_of(session, engine, attempt))
    attempt.phase, attempt.ended_at, attempt.stop_reason = Phase.FINISHED, now, reason
    attempt.result = result_of(score)
    sent = _grade_to_send(session, attempt, score)
    answers = len(answers_of(session, attempt))
    tell(session, bank, attempt, telling.completed(attempt, score, answers, sent, now), now)
    tell(session, bank, attempt, Terminated, now)
    if sent is not None:
        queue_grade(session, attempt, sent, comment(bank, attempt, score), now)


def finish_now(session: Session, bank: Bank, visitor: Visitor, attempt_id: UUID, now: datetime) -> Step:
    """The trainee ends the attempt before its longest; Stale while the minimum is not reached."""
    attempt = own_attempt(session, visitor, attempt_id, lock=True)
    if attempt.phase not in RUNNING:
        return where(session, attempt)
    if not minimum_reached(session, bank, attempt):
        raise Stale("attempt.below_minimum")
    finish(session, bank, attempt, "asked", now)
    return Step(attempt.id, Page.RESULTS)


def close(session: Session, bank: Bank, attempt: Attempt, now: datetime) -> None:
    """The sweep's end of an attempt left alone: finished when the minimum is reached, else abandoned."""
    if minimum_reached(session, bank, attempt):
        finish(session, bank, attempt, "left", now)
        return
    attempt.phase, attempt.ended_at, attempt.stop_reason = Phase.ABANDONED, now, "left"
    tell(session, bank, attempt, telling.abandoned(attempt, len(answers_of(session, attempt))), now)


def minimum_reached(session: Session, bank: Bank, attempt: Attempt) -> bool:
    """Whether a score may be sent: enough questions, and every competence of the plan measured (DESIGN decision 7)."""
    engine = engine_of(bank, attempt.placement)
    return engine.score(state_of(session, engine, attempt)).share is not None


def comment(bank: Bank, attempt: Attempt, score: Score) -> str:
    """What stands beside the grade: the level of each competence, in the trainee's language."""
    say = words(attempt.language)
    levels = []
    for code, estimate in sorted(score.competences.items()):
        title = bank.competences[code].titles
        name = f"{code} {title.get(attempt.language) or title['en']}"
        if estimate is not None:
            levels.append(say.t("grade.level", competence=name, level=shown_level(estimate)))
    return say.t("grade.comment", number=attempt.number, levels="; ".join(levels))[:1000]


def _grade_to_send(session: Session, attempt: Attempt, score: Score) -> float | None:
    """The attempt's grade when the LMS is to be told it: by the policy, and only where it is the one that counts."""
    placement = attempt.placement
    grade = grade_of(score)
    if placement.grade_policy == GradePolicy.NONE or grade is None or not placement.line_item_url:
        return None
    if placement.grade_policy == GradePolicy.COMPLETION:
        return FULL_MARKS
    if placement.rules["best_or_last"] == "best" and grade <= _best_before(session, attempt):
        return None
    return grade


def _best_before(session: Session, attempt: Attempt) -> float:
    earlier = select(Attempt.result).where(
        Attempt.placement_id == attempt.placement_id,
        Attempt.person_id == attempt.person_id,
        Attempt.phase == Phase.FINISHED,
        Attempt.number < attempt.number,
    )
    grades = [result["grade"] for result in session.scalars(earlier) if result and result["grade"] is not None]
    return max(grades, default=-1.0)
