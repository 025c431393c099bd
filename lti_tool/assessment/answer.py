"""Answering: one answer to the one open question, marked, recorded, told, and followed by the next question."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from lti_tool.assessment import telling
from lti_tool.assessment.ask import ask
from lti_tool.assessment.finish import finish
from lti_tool.assessment.ledger import tell
from lti_tool.assessment.start import RUNNING
from lti_tool.assessment.state import engine_of, state_of
from lti_tool.assessment.step import CHECKPOINT_EVERY, Page, Step
from lti_tool.assessment.visitor import Visitor, own_attempt, own_question
from lti_tool.assessment.where import where
from lti_tool.content import Bank, canonical, mark, parse_response
from lti_tool.engine import Outcome, Stop
from lti_tool.models import Answer, Attempt, Phase, Question
from xapi.facts import Resumed

Form = Mapping[str, list[str]]
_LONGEST_SECONDS = 7 * 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Given:
    """What a form gives: the inputs of the question, or that it is skipped."""

    form: Form
    skipped: bool


def answer(session: Session, bank: Bank, visitor: Visitor, question_id: UUID, given: Given, now: datetime) -> Step:
    """Records the answer once and says what comes next; a question that has its answer keeps it.

    BadAnswer when the form holds no answer to this question; NotFound for another person's question.
    """
    question = own_question(session, visitor, question_id, lock=True)
    attempt = own_attempt(session, visitor, question.attempt_id)
    if attempt.phase not in RUNNING or session.get(Answer, question_id) is not None:
        return where(session, attempt, notice="attempt.notice.already_answered")
    row = _marked(bank, visitor, question, given, now)
    _reopen(session, bank, attempt, now)
    session.add(row)
    session.flush()
    return _go_on(session, bank, visitor, attempt, question, row, now)


def _marked(bank: Bank, visitor: Visitor, question: Question, given: Given, now: datetime) -> Answer:
    challenge = bank.challenges[question.item_id]
    response: dict[str, Any] | None = None
    outcome, parts = Outcome.SKIPPED, {}
    if not given.skipped:
        response = parse_response(challenge, question.facts, given.form, visitor.language)
        marked = mark(challenge, question.truth, response, visitor.language)
        outcome, parts = (Outcome.RIGHT if marked.right else Outcome.WRONG), marked.parts
    since = question.shown_at or question.asked_at
    return Answer(
        question_id=question.id, attempt_id=question.attempt_id, outcome=outcome, response=response,
        canonical="" if response is None else canonical(challenge, response), parts=parts,
        language=visitor.language, device=visitor.device, answered_at=now,
        seconds=min(max(0.0, (now - since).total_seconds()), _LONGEST_SECONDS),
    )  # fmt: skip


def _reopen(session: Session, bank: Bank, attempt: Attempt, now: datetime) -> None:
    """An answer from a page that was left open resumes a suspended attempt."""
    if attempt.phase == Phase.SUSPENDED:
        attempt.phase = Phase.OPEN
        tell(session, bank, attempt, Resumed, now)
    attempt.seen_at = now


def _go_on(
    session: Session, bank: Bank, visitor: Visitor, attempt: Attempt, question: Question, row: Answer, now: datetime
) -> Step:
    """Tells the answer, then asks the next question or finishes."""
    challenge = bank.challenges[question.item_id]
    engine = engine_of(bank, attempt.placement)
    state = state_of(session, engine, attempt)
    belief = engine.estimate(state)[challenge.competence]
    told = telling.answered(bank, attempt, question, row, challenge, belief)
    tell(session, bank, attempt, told, now, within=challenge.competence)
    following = ask(session, bank, engine, attempt, state, visitor.device, now)
    if isinstance(following, Stop):
        finish(session, bank, attempt, following.reason, now)
        return Step(attempt.id, Page.RESULTS)
    if question.ordinal % CHECKPOINT_EVERY == 0:
        return Step(attempt.id, Page.CHECKPOINT)
    return Step(attempt.id, Page.QUESTION, following.id)
