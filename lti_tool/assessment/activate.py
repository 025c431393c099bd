"""Putting calibrated parameters into use, and out of it: a named person decides, and says why.

Placements keep what they froze. Only those made from now on freeze what is in use now.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.assessment.parameters import in_use
from lti_tool.clock import iso
from lti_tool.errors import BadInput
from lti_tool.models import ParameterSet, Stage

_LONGEST_NAME = 255
_LONGEST_REASON = 2000


def activate(session: Session, version: str, by: str, reason: str, now: datetime) -> ParameterSet:
    """Puts a proposal into use and retires what was; BadInput for a set that is none, and without name or reason."""
    by, reason = _person(by), _reason(reason)
    chosen = set_named(session, version, lock=True)
    if chosen.stage != Stage.PROPOSED:
        raise BadInput("calibrate.not_proposed", version=version, stage=chosen.stage)
    former = in_use(session)
    if former is not None:
        _decide(former, Stage.RETIRED, by, f"{version}: {reason}", now)
        session.flush()  # one set at most is active, at every moment
    _decide(chosen, Stage.ACTIVE, by, reason, now)
    chosen.activated_by, chosen.activated_at, chosen.reason = by, now, reason
    session.flush()
    return chosen


def retire(session: Session, version: str, by: str, reason: str, now: datetime) -> ParameterSet:
    """Takes a set out of use, or a proposal off the table; the judged parameters then serve new placements."""
    by, reason = _person(by), _reason(reason)
    chosen = set_named(session, version, lock=True)
    if chosen.stage == Stage.RETIRED:
        raise BadInput("calibrate.not_in_use", version=version, stage=chosen.stage)
    _decide(chosen, Stage.RETIRED, by, reason, now)
    session.flush()
    return chosen


def set_named(session: Session, version: str, *, lock: bool = False) -> ParameterSet:
    """The set of that version, its row locked when asked for; BadInput when there is none."""
    query = select(ParameterSet).where(ParameterSet.version == version)
    found = session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise BadInput("calibrate.unknown", version=version)
    return found


def _decide(chosen: ParameterSet, stage: Stage, by: str, reason: str, now: datetime) -> None:
    chosen.stage = stage
    chosen.history = [*chosen.history, {"at": iso(now), "by": by, "stage": str(stage), "reason": reason}]


def _person(by: str) -> str:
    kept = by.replace("\0", "").strip()
    if not kept or len(kept) > _LONGEST_NAME:
        raise BadInput("calibrate.by")
    return kept


def _reason(reason: str) -> str:
    kept = reason.replace("\0", "").strip()
    if not kept or len(kept) > _LONGEST_REASON:
        raise BadInput("calibrate.reason")
    return kept
