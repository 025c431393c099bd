"""Asking: the engine's choice becomes a question, its facts and truth drawn and stored."""

import hashlib
import hmac
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.assessment.fixed import following, is_fixed
from lti_tool.assessment.training import aim_of
from lti_tool.content import Bank, draw
from lti_tool.engine import Choice, Engine, State, Stop
from lti_tool.models import Answer, Attempt, Question


def ask(
    session: Session, bank: Bank, engine: Engine, attempt: Attempt, state: State, device: str, now: datetime
) -> Question | Stop:
    """The next question of the attempt, or why there is none."""
    barred = barred_on(bank, device)
    chosen = _chosen(bank, engine, attempt, state, barred)
    if isinstance(chosen, Stop):
        return chosen
    drawn = draw(bank.challenges[chosen.item_id], question_seed(attempt.seed, chosen.item_id))
    question = Question(
        attempt_id=attempt.id,
        ordinal=len(state.answers) + 1,
        item_id=chosen.item_id,
        facts=drawn.facts,
        truth=drawn.truth,
        reason={**chosen.reason, "barred": sorted(barred & set(attempt.available))},
        asked_at=now,
    )
    session.add(question)
    session.flush()
    return question


def _chosen(bank: Bank, engine: Engine, attempt: Attempt, state: State, barred: frozenset[str]) -> Choice | Stop:
    """The next of a fixed list, else what the engine chooses: what tells most, or in training what teaches most."""
    if is_fixed(attempt.placement):
        return following(attempt, state, bank.challenges)
    return engine.choose(state, barred, aim_of(attempt.placement))


def question_seed(attempt_seed: bytes, item_id: str) -> bytes:
    """A question's own seed: HMAC-SHA256 of the item id under the attempt's secret seed (DESIGN decision 8)."""
    return hmac.new(attempt_seed, item_id.encode(), hashlib.sha256).digest()


def barred_on(bank: Bank, device: str) -> frozenset[str]:
    """The items that a device cannot show: those that need a computer, on a phone."""
    if device != "phone":
        return frozenset()
    return frozenset(item for item, challenge in bank.challenges.items() if challenge.device == "computer")


def open_question(session: Session, attempt: Attempt) -> Question | None:
    """The question that waits for its answer."""
    query = (
        select(Question)
        .outerjoin(Answer, Answer.question_id == Question.id)
        .where(Question.attempt_id == attempt.id, Answer.question_id.is_(None))
    )
    return session.scalar(query)
