"""Finishing: the score of record, the last statements, and the grade into the outbox."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.assessment import telling
from lti_tool.assessment.fixed import is_fixed
from lti_tool.assessment.ledger import queue_grade, tell
from lti_tool.assessment.record import Record, record_of
from lti_tool.assessment.rules import Counts, Purpose, rules_of
from lti_tool.assessment.start import RUNNING
from lti_tool.assessment.state import answers_of
from lti_tool.assessment.step import Page, Step
from lti_tool.assessment.visitor import Visitor, own_attempt
from lti_tool.assessment.where import where
from lti_tool.content import Bank
from lti_tool.engine import shown_level
from lti_tool.errors import Stale
from lti_tool.models import Attempt, GradePolicy, Phase
from lti_tool.words import in_language, words
from xapi.facts import Terminated

FULL_MARKS = 100.0


def finish(session: Session, bank: Bank, attempt: Attempt, reason: str, now: datetime) -> None:
    """Closes an attempt that has its result; its row must be locked."""
    record = record_of(session, bank, attempt)
    attempt.phase, attempt.ended_at, attempt.stop_reason = Phase.FINISHED, now, reason
    attempt.result = record.to_json()
    sent = _grade_to_send(session, attempt, record.grade)
    tell(session, bank, attempt, telling.completed(attempt, record, sent, now), now)
    tell(session, bank, attempt, Terminated, now)
    if sent is not None:
        queue_grade(session, attempt, sent, comment(bank, attempt, record), now)


def finish_now(session: Session, bank: Bank, visitor: Visitor, attempt_id: UUID, now: datetime) -> Step:
    """The trainee ends the attempt before its longest; Stale while the minimum is not reached."""
    attempt = own_attempt(session, visitor, attempt_id, lock=True)
    if attempt.phase not in RUNNING:
        return where(session, attempt)
    if not minimum_reached(session, bank, attempt):
        raise Stale("attempt.below_minimum")
    finish(session, bank, attempt, "asked", now)
    return Step(attempt.id, Page.RESULTS)


def close(session: Session, bank: Bank, attempt: Attempt, now: datetime, reason: str = "left") -> None:
    """Ends an attempt left alone, or out of time: finished when the minimum is reached, else abandoned."""
    if minimum_reached(session, bank, attempt):
        finish(session, bank, attempt, reason, now)
        return
    attempt.phase, attempt.ended_at, attempt.stop_reason = Phase.ABANDONED, now, reason
    tell(session, bank, attempt, telling.abandoned(attempt, len(answers_of(session, attempt))), now)


def minimum_reached(session: Session, bank: Bank, attempt: Attempt) -> bool:
    """Whether the attempt may be finished: it has its grade (DESIGN decision 7); in training, any answer will do.

    A test has its grade with enough questions and every competence measured, a fixed list when it is at its end.
    """
    record = record_of(session, bank, attempt)
    if rules_of(attempt.placement).purpose is Purpose.TRAINING:
        return record.answered > 0
    return record.grade is not None


def comment(bank: Bank, attempt: Attempt, record: Record) -> str:
    """What stands beside the grade, in the trainee's language.

    The level of each competence; of a fixed list, how many answers were right; of a capped test, the share of its
    target, as its levels are none of the whole scale (DESIGN decision 6).
    """
    say = words(attempt.language)
    if is_fixed(attempt.placement):
        return say.n("rules.comment.listed", record.right, number=attempt.number, asked=record.answered)
    if attempt.placement.rules.get("capped") and record.share is not None:
        return say.t("rules.comment.capped", number=attempt.number, share=say.percent(record.share))
    levels = []
    for code, estimate in sorted(record.competences.items()):
        name = f"{code} {in_language(bank.competences[code].titles, attempt.language)}"
        if estimate is not None:
            levels.append(say.t("grade.level", competence=name, level=shown_level(estimate)))
    semicolon = "؛ " if say.direction == "rtl" else "; "
    return say.t("grade.comment", number=attempt.number, levels=semicolon.join(levels))[:1000]


def _grade_to_send(session: Session, attempt: Attempt, grade: float | None) -> float | None:
    """The attempt's grade when the LMS is to be told it: by the policy, and only where it is the one that counts."""
    placement = attempt.placement
    ungraded = placement.grade_policy == GradePolicy.NONE or rules_of(placement).purpose is Purpose.TRAINING
    if ungraded or grade is None or not placement.line_item_url:
        return None
    if placement.grade_policy == GradePolicy.COMPLETION:
        return FULL_MARKS
    if rules_of(placement).best_or_last is Counts.BEST and grade <= _best_before(session, attempt):
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
