"""The level of a class in each competence of a placement, from all of its trainees' answers together."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.assessment.fixed import is_fixed
from lti_tool.assessment.state import plan_of
from lti_tool.content import Bank
from lti_tool.engine import Outcome, Reference
from lti_tool.engine.pooling import Pooled, pooled_levels
from lti_tool.insights.trainee.levels import CompetenceLevel, levels_of
from lti_tool.models import Answer, Attempt, Phase, Placement, Question

_Given = list[tuple[str, Outcome]]


@dataclass(frozen=True, slots=True)
class ClassLevel:
    """A competence as a class stands in it: the level (no estimate where too few answered), how many answered."""

    shown: CompetenceLevel
    people: int


def class_levels_of(
    session: Session, bank: Bank, placement: Placement, attempts: Sequence[Attempt], locale: str
) -> tuple[ClassLevel, ...]:
    """Every competence of the plan; nothing for a fixed list, which estimates no level.

    `attempts` are those of the trainees, each one's in order: a trainee's last finished one is read, else the last.
    """
    if is_fixed(placement):
        return ()
    answers = list(_answers(session, bank, placement, _one_each(attempts)).values())
    items = [item for item in bank.items() if item.topic in placement.plan["topics"]]
    parameters = {item: (mean, variance) for item, (mean, variance) in placement.parameters.items()}
    reference = Reference(**placement.reference)
    pooled = pooled_levels(items, plan_of(placement).topics, answers, parameters, reference)
    kept = {code: _kept(one) for code, one in pooled.items()}
    return tuple(
        ClassLevel(shown, 0 if (one := pooled.get(shown.code)) is None else one.people)
        for shown in levels_of(bank, placement, kept, locale)
    )


def _one_each(attempts: Sequence[Attempt]) -> list[UUID]:
    found: dict[UUID, Attempt] = {}
    for attempt in attempts:
        known = found.get(attempt.person_id)
        if known is None or known.phase != Phase.FINISHED or attempt.phase == Phase.FINISHED:
            found[attempt.person_id] = attempt
    return [attempt.id for attempt in found.values()]


def _answers(session: Session, bank: Bank, placement: Placement, attempts: list[UUID]) -> dict[UUID, _Given]:
    """The answers of each attempt to items that the bank still has."""
    query = (
        select(Question.attempt_id, Question.item_id, Answer.outcome)
        .join(Answer, Answer.question_id == Question.id)
        .where(Question.attempt_id.in_(attempts))
    )
    found = defaultdict[UUID, _Given](list)
    for attempt_id, item_id, outcome in session.execute(query):
        challenge = bank.challenges.get(item_id)
        if challenge is not None and challenge.languages and challenge.topic in placement.plan["topics"]:
            found[attempt_id].append((item_id, Outcome(outcome)))
    return found


def _kept(pooled: Pooled | None) -> dict[str, float] | None:
    return None if pooled is None else {"level": pooled.level.level, "error": pooled.level.error}
