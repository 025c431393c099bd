"""Calibrating: recorded answers become a proposal of item parameters; a person may activate it, or not."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.assessment.parameters import numbers_of
from lti_tool.clock import iso
from lti_tool.content import Bank
from lti_tool.engine import Engine
from lti_tool.engine.calibration import Proposal, Shadow, Sitting, calibrate, shadow
from lti_tool.engine.scale import Difficulties
from lti_tool.errors import BadInput
from lti_tool.models import ParameterSet, Stage

FAMILY = "calibrated/"


@dataclass(slots=True)
class Counted:
    """Sittings as they go by, counted: how many, their answers, and how many are left out as hasty."""

    sittings: Iterable[Sitting]
    count: int = 0
    answers: int = 0
    rushed: int = 0

    def __iter__(self) -> Iterator[Sitting]:
        self.count = self.answers = self.rushed = 0
        for sitting in self.sittings:
            self.count += 1
            self.answers += len(sitting.answers)
            self.rushed += sitting.rushed
            yield sitting


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposal not kept yet: parameters, what they were made from, which levels they would have moved."""

    proposal: Proposal
    shadow: Shadow
    made_from: dict[str, Any] = field(hash=False)


def draft(
    bank: Bank,
    sittings: Iterable[Sitting],
    lately: Iterable[Sitting],
    before: Difficulties | None,
    anchors: Collection[str] = (),
) -> Draft:
    """Parameters from the judged levels and all these sittings; those of `lately` are rescored under both.

    `before` is in use today (None: the judged levels) and says where the anchors stand, items whose difficulty must
    not move. It is no starting point: the answers that made it are among the sittings. BadInput for an unknown anchor.
    """
    items = bank.items()
    unknown = sorted(set(anchors) - {item.id for item in items})
    if unknown:
        raise BadInput("calibrate.anchor", item=unknown[0])
    counted = Counted(sittings)
    proposal = calibrate(items, counted, before, anchors=anchors)
    Engine(items, proposal.difficulties, population=proposal.population)  # what no engine takes must not be kept
    made_from = {"sittings": counted.count, "answers": counted.answers, "rushed": counted.rushed}
    return Draft(proposal, shadow(items, lately, before, proposal.difficulties), made_from)


def propose(
    session: Session, bank: Bank, made: Draft, span: tuple[datetime, datetime] | None, now: datetime
) -> ParameterSet:
    """Keeps a draft under the next version's name; `span` holds the ends of its first and its last sitting."""
    proposal = made.proposal
    first, last = (None, None) if span is None else map(iso, span)
    kept = ParameterSet(
        version=_next_version(session),
        bank_version=bank.version,
        made_at=now,
        made_from={**made.made_from, "first": first, "last": last},
        difficulties={item: [mean, variance] for item, (mean, variance) in proposal.difficulties.items()},
        population=numbers_of(proposal.population),
        language_offsets=dict(proposal.language_offsets),
        reports={
            one.item_id: {**asdict(one), "languages": proposal.item_language.get(one.item_id, {})}
            for one in proposal.reports
        },
        shadow=asdict(made.shadow),
        stage=Stage.PROPOSED,
        history=[],
    )
    session.add(kept)
    session.flush()
    return kept


def _next_version(session: Session) -> str:
    """The version after the highest so far; two proposals at once: the second is refused by the table."""
    names = session.scalars(select(ParameterSet.version)).all()
    numbers = [int(name.removeprefix(FAMILY)) for name in names if name.startswith(FAMILY)]
    return f"{FAMILY}{max(numbers, default=0) + 1}"
