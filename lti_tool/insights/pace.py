"""How fast is too fast: for each challenge, the seconds under which an answer is quick."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from lti_tool.assessment.parameters import in_use
from lti_tool.content import Bank
from lti_tool.engine.fit import ENOUGH_TIMES, quick_bound


@dataclass(frozen=True, slots=True)
class Pace:
    """Median times (seconds) of the items that were answered often enough; the texts of the others speak for them."""

    bank: Bank
    medians: Mapping[str, float] = field(default_factory=dict)

    def bound(self, item_id: str, language: str) -> float:
        """The seconds under which an answer to the item in that language is quick."""
        return quick_bound(self.medians.get(item_id), characters(self.bank, item_id, language))


def known_pace(session: Session, bank: Bank) -> Pace:
    """The pace as the last calibration in use has measured it."""
    active = in_use(session)
    reports = {} if active is None else active.reports
    return Pace(bank, {
        item: float(one["median_seconds"]) for item, one in reports.items()
        if one["median_seconds"] is not None and one["answers"] >= ENOUGH_TIMES
    })  # fmt: skip


def characters(bank: Bank, item_id: str, language: str) -> int:
    """How long a challenge's own text is, without what its generator draws: the least that has to be read."""
    challenge = bank.challenges.get(item_id)
    if challenge is None:
        return 0
    text = challenge.text(language)
    return len(text.instruction) + len(text.sentence) + sum(map(len, text.labels.values()))
