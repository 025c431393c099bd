"""Which item parameters a new placement freezes: those of the set in use, else what the authors judged."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.content import Bank
from lti_tool.engine import Reference
from lti_tool.models import ParameterSet, Stage

JUDGED = "judged/1"
"""Item parameters as the authors' levels say: difficulty (level - 0.5, 0.75²), before any calibration."""
_NUMBERS = ("mean", "sd_general", "sd_area", "sd_competence", "sd_topic")


@dataclass(frozen=True, slots=True)
class Frozen:
    """What a placement keeps for good: a version's name, its difficulties of the plan's items, who comes.

    `difficulties` is `{item: [mean, variance]}`; an item that it does not name is as its level says. `population` is
    None where the reference chooses too.
    """

    version: str
    difficulties: dict[str, Any]
    population: dict[str, Any] | None


def in_use(session: Session) -> ParameterSet | None:
    """The active set; None while the judged parameters are in use."""
    return session.scalar(select(ParameterSet).where(ParameterSet.stage == Stage.ACTIVE))


def to_freeze(session: Session, bank: Bank, topics: Collection[str]) -> Frozen:
    """What a placement of these topics freezes today."""
    active = in_use(session)
    if active is None:
        return Frozen(JUDGED, {}, None)
    items = (item for item, challenge in bank.challenges.items() if challenge.topic in topics)
    kept = {item: active.difficulties[item] for item in items if item in active.difficulties}
    return Frozen(active.version, kept, dict(active.population))


def difficulties_of(kept: ParameterSet) -> dict[str, tuple[float, float]]:
    """The difficulties of a set as the engine takes them."""
    return {item: (float(mean), float(variance)) for item, (mean, variance) in kept.difficulties.items()}


def numbers_of(reference: Reference) -> dict[str, float]:
    """A population as it is stored: its mean and spreads by name."""
    return {name: float(getattr(reference, name)) for name in _NUMBERS}
