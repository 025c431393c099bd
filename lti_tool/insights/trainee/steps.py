"""The numbered steps on top of a question."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.assessment.rules import Purpose, rules_of
from lti_tool.assessment.step import steps_in_row
from lti_tool.models import Answer, Attempt, Placement, Question

RECORDED = "recorded"
"""What is told of an answer in an exam: that it was recorded, and nothing else."""


@dataclass(frozen=True, slots=True)
class Steps:
    """Those of the stretch in which the open question lies; `outcomes` by number, `recorded` for all in an exam."""

    numbers: tuple[int, ...]
    current: int
    outcomes: dict[int, str]
    longest: int


def steps_of(session: Session, attempt: Attempt) -> Steps:
    """The steps of the stretch in which the open question lies."""
    outcomes, row = outcomes_of(session, attempt), steps_in_row(attempt.placement)
    longest = int(attempt.placement.plan["max_items"])
    current = len(outcomes) + 1
    first = (current - 1) // row * row + 1
    numbers = tuple(range(first, min(first + row, longest + 1)))
    told = outcomes if answers_are_told(attempt.placement) else dict.fromkeys(outcomes, RECORDED)
    return Steps(numbers, current, told, longest)


def answers_are_told(placement: Placement) -> bool:
    """Whether a trainee is told how each answer went and what is right: everywhere but in an exam."""
    return rules_of(placement).purpose is not Purpose.EXAM


def outcomes_of(session: Session, attempt: Attempt) -> dict[int, str]:
    """The outcome of every answer by its question's number."""
    query = select(Question.ordinal, Answer.outcome).join(Answer, Answer.question_id == Question.id)
    return dict(session.execute(query.where(Question.attempt_id == attempt.id).order_by(Question.ordinal)).all())
