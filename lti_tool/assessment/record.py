"""The score of record of an attempt, of either kind of test: what it is graded by, told by and kept as."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from lti_tool.assessment.fixed import is_fixed, items_of, share_right
from lti_tool.assessment.state import answers_of, engine_of, points, state_of
from lti_tool.content import Bank
from lti_tool.engine import Estimate, Outcome
from lti_tool.models import Attempt


@dataclass(frozen=True, slots=True)
class Record:
    """Levels and the share of the plan's target, 0 to 1; of a fixed list, only the share of right answers.

    None stands for what is not measured (yet).
    """

    competences: Mapping[str, Estimate | None]
    share: float | None
    share_right: float | None
    answered: int
    right: int

    @property
    def grade(self) -> float | None:
        """Points out of 100; None while the minimum is not reached."""
        return points(self.share if self.share_right is None else self.share_right)

    def to_json(self) -> dict[str, Any]:
        """The record as it is kept with the attempt."""
        levels = {
            code: None if one is None else {"level": one.level, "error": one.error}
            for code, one in self.competences.items()
        }
        return {
            "competences": levels, "share": self.share, "share_right": self.share_right, "answered": self.answered,
            "right": self.right, "grade": self.grade,
        }  # fmt: skip


def record_of(session: Session, bank: Bank, attempt: Attempt) -> Record:
    """The score of record of the answers so far."""
    outcomes = [outcome for _, outcome, _ in answers_of(session, attempt)]
    answered, right = len(outcomes), outcomes.count(Outcome.RIGHT)
    if is_fixed(attempt.placement):
        share = share_right(len(items_of(attempt.placement)), outcomes)
        return Record({}, None, share, answered, right)
    engine = engine_of(bank, attempt.placement)
    score = engine.score(state_of(session, engine, attempt))
    return Record(score.competences, score.share, None, answered, right)
