"""Two quiet words about an attempt, for its instructor: answers like chance, answers in haste.

They are computed on reading, from the rows, and kept nowhere: they never change a result and never leave the tool
(DESIGN decision 14).
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.content import Bank
from lti_tool.engine import Outcome
from lti_tool.engine.fit import Asked, fit, haste, hasty, unlike
from lti_tool.insights.pace import Pace, known_pace
from lti_tool.models import Answer, Question


@dataclass(frozen=True, slots=True)
class Flags:
    """What an attempt's answers look like: `unlike` any level, as chance would; `hasty`, faster than one can read.

    `quick` is the share of quick answers, `z` the standardised distance; None where there are too few answers.
    """

    unlike: bool = False
    hasty: bool = False
    z: float | None = None
    quick: float | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The flags that are up."""
        return tuple(name for name in ("unlike", "hasty") if getattr(self, name))


@dataclass(frozen=True, slots=True)
class _Row:
    """An answer as the flags read it; `expected` is how likely it was held to be right, None where nothing chose it."""

    item_id: str
    expected: float | None
    outcome: Outcome
    language: str
    seconds: float


def flags_of(session: Session, bank: Bank, attempts: Collection[UUID]) -> dict[UUID, Flags]:
    """The flags of each of these attempts that has answers."""
    pace, rows = known_pace(session, bank), defaultdict[UUID, list[_Row]](list)
    query = (
        select(Question.attempt_id, Question.item_id, Question.reason, Answer.outcome, Answer.language, Answer.seconds)
        .join(Answer, Answer.question_id == Question.id)
        .where(Question.attempt_id.in_(attempts))
        .order_by(Question.attempt_id, Question.ordinal)
    )
    for attempt_id, item_id, reason, outcome, language, seconds in session.execute(query):
        row = _Row(item_id, reason.get("p_right"), Outcome(outcome), language, seconds)
        rows[attempt_id].append(row)
    return {attempt_id: _flags(bank, pace, of_attempt) for attempt_id, of_attempt in rows.items()}


def _flags(bank: Bank, pace: Pace, rows: list[_Row]) -> Flags:
    z = fit([
        Asked(row.expected, bank.challenges[row.item_id].options, row.outcome)
        for row in rows if row.expected is not None and row.item_id in bank.challenges
    ])  # fmt: skip
    quick = haste([row.seconds for row in rows], [pace.bound(row.item_id, row.language) for row in rows])
    return Flags(unlike(z), hasty(quick), z, quick)
