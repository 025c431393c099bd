"""Answering: one answer to the one open question, marked, recorded, told, and followed by the next question."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from lti_tool.assessment import telling
from lti_tool.assessment.ask import ask
from lti_tool.assessment.expire import TIME_UP, TOO_LATE, expire, out_of_time, why_closed
from lti_tool.assessment.finish import finish
from lti_tool.assessment.fixed import is_fixed
from lti_tool.assessment.language import shown_in
from lti_tool.assessment.ledger import tell
from lti_tool.assessment.start import RUNNING
from lti_tool.assessment.state import engine_of, state_of
from lti_tool.assessment.step import Page, Step, checkpoint_every
from lti_tool.assessment.timing import time_is_over, too_late
from lti_tool.assessment.visitor import Visitor, own_attempt, own_question
from lti_tool.assessment.where import where
from lti_tool.content import Bank, canonical, mark, parse_response
from lti_tool.engine import Outcome, Stop
from lti_tool.errors import BadInput, TooLarge
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

    An answer that comes again is led on without a word, another one with a notice that the first counts. After the
    deadline and its grace nothing is recorded; the last answer of a timed test, within the grace, is.

    BadAnswer when the form holds no answer to this question; NotFound for another person's question.
    """
    question = own_question(session, visitor, question_id, lock=True)
    attempt = own_attempt(session, visitor, question.attempt_id)
    kept = session.get(Answer, question_id)
    if kept is not None and _is_the_same(bank, question, kept, given):
        return _led_on_again(session, attempt, question)
    if attempt.phase not in RUNNING or kept is not None:
        return where(session, attempt, why_closed(attempt, answered=kept is not None, late=TOO_LATE))
    if too_late(attempt, now):
        expire(session, bank, attempt, now)
        return where(session, attempt, TOO_LATE)
    row = _marked(bank, visitor, question, given, now)
    _reopen(session, bank, attempt, now)
    session.add(row)
    session.flush()
    return _go_on(session, bank, visitor, attempt, question, row, now)


def _led_on_again(session: Session, attempt: Attempt, question: Question) -> Step:
    """Where the first sending of the same answer led: the checkpoint too, unless the person is past it."""
    step = where(session, attempt, TIME_UP if out_of_time(attempt) else None)
    following = session.get(Question, step.question_id) if step.question_id is not None else None
    unseen = following is not None and following.ordinal == question.ordinal + 1 and following.shown_at is None
    is_stretch = question.ordinal % checkpoint_every(attempt.placement) == 0
    return Step(attempt.id, Page.CHECKPOINT) if unseen and is_stretch else step


def _is_the_same(bank: Bank, question: Question, kept: Answer, given: Given) -> bool:
    """Whether the form holds the answer that is kept: it was sent twice, by a double click or a line that broke."""
    if given.skipped or kept.outcome == Outcome.SKIPPED:
        return given.skipped and kept.outcome == Outcome.SKIPPED
    challenge = bank.challenges[question.item_id]
    with suppress(BadInput, TooLarge):
        response = parse_response(challenge, question.facts, given.form, kept.language)
        return canonical(challenge, response) == kept.canonical
    return False


def _marked(bank: Bank, visitor: Visitor, question: Question, given: Given, now: datetime) -> Answer:
    challenge = bank.challenges[question.item_id]
    language = shown_in(challenge, visitor.locale)
    response: dict[str, Any] | None = None
    outcome, parts = Outcome.SKIPPED, {}
    if not given.skipped:
        response = parse_response(challenge, question.facts, given.form, language)
        marked = mark(challenge, question.truth, response, language)
        outcome, parts = (Outcome.RIGHT if marked.right else Outcome.WRONG), marked.parts
    since = question.shown_at or question.asked_at
    return Answer(
        question_id=question.id, attempt_id=question.attempt_id, outcome=outcome, response=response,
        canonical="" if response is None else canonical(challenge, response), parts=parts,
        language=language, device=visitor.device, answered_at=now,
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
    belief = None if is_fixed(attempt.placement) else engine.estimate(state)[challenge.competence]
    told = telling.answered(bank, attempt, question, row, challenge, belief)
    tell(session, bank, attempt, told, now, within=challenge.competence)
    if time_is_over(attempt, now):
        expire(session, bank, attempt, now)
        return Step(attempt.id, Page.RESULTS, notice=TIME_UP)
    following = ask(session, bank, engine, attempt, state, visitor.device, now)
    if isinstance(following, Stop):
        finish(session, bank, attempt, following.reason, now)
        return Step(attempt.id, Page.RESULTS)
    if question.ordinal % checkpoint_every(attempt.placement) == 0:
        return Step(attempt.id, Page.CHECKPOINT)
    return Step(attempt.id, Page.QUESTION, following.id)
