"""A result beside one's own earlier attempt at the same test: what changed, and whether it is more than the margins."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import hypot
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.content import Bank
from lti_tool.engine import Estimate
from lti_tool.insights.trainee.levels import CompetenceLevel, levels_of
from lti_tool.models import Attempt, Phase

_SURE = 1.959964
"""Standard errors that a difference must pass, in either direction, to be told as a change (95 %)."""


@dataclass(frozen=True, slots=True)
class Change:
    """A competence measured both times: `difference` in levels, `error` its standard error.

    `verdict` is up, down, or same where the margins may explain the difference.
    """

    code: str
    title: str
    area: str
    before: CompetenceLevel
    now: CompetenceLevel
    difference: float
    error: float
    verdict: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """The attempt before this one that has a result; the right answers are those of a fixed list."""

    number: int
    ended_at: datetime | None
    changes: tuple[Change, ...]
    grade: float | None
    right: int | None
    answered: int | None


def earlier_of(
    session: Session, bank: Bank, attempt: Attempt, levels: tuple[CompetenceLevel, ...], locale: str
) -> Earlier | None:
    """The person's last finished attempt before this one at the same placement; None where there is none."""
    query = select(Attempt).where(
        Attempt.placement_id == attempt.placement_id,
        Attempt.person_id == attempt.person_id,
        Attempt.number < attempt.number,
        Attempt.phase == Phase.FINISHED,
    )
    before = session.scalar(query.order_by(Attempt.number.desc()).limit(1))
    if before is None:
        return None
    kept: Mapping[str, Any] = before.result or {}
    then = {one.code: one for one in levels_of(bank, attempt.placement, kept.get("competences", {}), locale)}
    changes = tuple(_change(then[one.code], one) for one in levels if one.estimate and then[one.code].estimate)
    return Earlier(
        before.number, before.ended_at, changes, kept.get("grade"), kept.get("right"), kept.get("answered")
    )  # fmt: skip


def _change(before: CompetenceLevel, now: CompetenceLevel) -> Change:
    then, today = before.estimate or Estimate(0.0, 0.0), now.estimate or Estimate(0.0, 0.0)
    difference, error = difference_of(then, today)
    return Change(now.code, now.title, now.area, before, now, difference, error, verdict_on(difference, error))


def difference_of(then: Estimate, now: Estimate) -> tuple[float, float]:
    """Levels gained, and the standard error of that: each attempt is scored from its own answers alone."""
    return round(now.level - then.level, 4), round(hypot(now.error, then.error), 4)


def verdict_on(difference: float, error: float) -> str:
    """`up` or `down` where the difference is beyond its margin of 95 %, else `same`."""
    if abs(difference) <= _SURE * error:
        return "same"
    return "up" if difference > 0 else "down"
