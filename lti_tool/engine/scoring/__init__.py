"""Every version of the score of record by name. A version, once published, stays here and never changes."""

from typing import Protocol

from lti_tool.engine.scale import Difficulties, GivenAnswers, Item, Plan, Reference, Score
from lti_tool.engine.scoring import v1


class Scoring(Protocol):
    """What every version is: a pure function of the plan, its items, the answers, a population and difficulties."""

    def __call__(
        self,
        plan: Plan,
        items: tuple[Item, ...] | list[Item],
        answers: GivenAnswers,
        reference: Reference | None = None,
        parameters: Difficulties | None = None,
    ) -> Score:
        """Score the answers; the version's own module says how."""


versions: dict[str, Scoring] = {"scoring/v1": v1.score}
CURRENT = "scoring/v1"
