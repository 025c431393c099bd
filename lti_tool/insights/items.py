"""Recorded answers as calibration reads them: a stream of sittings, and the pace that they show."""

from array import array
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from statistics import median
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from lti_tool.assessment.fixed import is_fixed
from lti_tool.assessment.rules import Purpose, rules_of
from lti_tool.assessment.state import plan_of
from lti_tool.content import Bank
from lti_tool.engine import Answer as GivenAnswer
from lti_tool.engine import Outcome, Plan
from lti_tool.engine.calibration import Sitting
from lti_tool.engine.fit import ENOUGH_TIMES, haste, hasty
from lti_tool.insights.pace import Pace
from lti_tool.models import Answer, Attempt, Phase, Placement, Question

_AT_A_TIME = 2000


@dataclass(frozen=True, slots=True)
class _Seat:
    """A finished attempt: who sat, on which plan, when it ended, whether its score is one of levels."""

    person: str
    plan: Plan
    ended_at: datetime
    scored: bool


@dataclass(frozen=True, slots=True)
class Sittings:
    """Every finished attempt that reached its minimum, each time read anew from the database, a few rows at once.

    Training is left out: there one has just been told the answers. `seats` are the attempts by their ids. Answers to
    items that the bank has no more are left out.
    """

    session: Session
    bank: Bank
    pace: Pace
    seats: dict[UUID, _Seat] = field(hash=False)

    def __iter__(self) -> Iterator[Sitting]:
        query = _answers(Question.attempt_id, Question.item_id, Answer.outcome, Answer.language, Answer.seconds)
        rows = self.session.execute(query, execution_options={"yield_per": _AT_A_TIME})
        for attempt_id, given in groupby(rows, key=itemgetter(0)):
            seat = self.seats.get(attempt_id)
            sitting = None if seat is None else self._sitting(seat, [row[1:] for row in given])
            if sitting is not None:
                yield sitting

    @property
    def span(self) -> tuple[datetime, datetime] | None:
        """The ends of the first and the last of them; None where there is none."""
        ends = [seat.ended_at for seat in self.seats.values()]
        return (min(ends), max(ends)) if ends else None

    def latest(self, most: int) -> "Sittings":
        """The latest of those whose score is one of levels, at most so many."""
        scored = sorted((seat.ended_at, key) for key, seat in self.seats.items() if seat.scored)
        return Sittings(self.session, self.bank, self.pace, {key: self.seats[key] for _, key in scored[-most:]})

    def _sitting(self, seat: _Seat, rows: list[Any]) -> Sitting | None:
        quick = haste([row[3] for row in rows], [self.pace.bound(row[0], row[2]) for row in rows])
        kept = [row for row in rows if (one := self.bank.challenges.get(row[0])) is not None and one.languages
                and one.topic in seat.plan.topics]  # fmt: skip
        if not kept:
            return None
        answers = tuple(GivenAnswer(item, Outcome(outcome), language) for item, outcome, language, _ in kept)
        return Sitting(seat.person, seat.plan, answers, tuple(float(row[3]) for row in kept), hasty(quick))


def recorded_sittings(session: Session, bank: Bank, since: datetime | None = None) -> Sittings:
    """All that was recorded here, in every institution, of attempts that ended from a moment on."""
    return Sittings(session, bank, Pace(bank, _medians(session)), _seats(session, bank, since))


def _seats(session: Session, bank: Bank, since: datetime | None) -> dict[UUID, _Seat]:
    live = frozenset(challenge.topic for challenge in bank.challenges.values() if challenge.languages)
    plans: dict[UUID, tuple[Plan, bool]] = {}
    for placement in session.scalars(select(Placement).execution_options(yield_per=_AT_A_TIME)):
        plan = _plan(placement, live)
        if plan is not None and rules_of(placement).purpose is not Purpose.TRAINING:
            plans[placement.id] = plan, not is_fixed(placement)
    query = select(Attempt.id, Attempt.person_id, Attempt.placement_id, Attempt.ended_at, Attempt.result)
    query = query.where(Attempt.phase == Phase.FINISHED)
    if since is not None:
        query = query.where(Attempt.ended_at >= since)
    rows = session.execute(query, execution_options={"yield_per": _AT_A_TIME})
    return {
        attempt_id: _Seat(person_id.hex, plans[placement_id][0], ended_at, plans[placement_id][1])
        for attempt_id, person_id, placement_id, ended_at, result in rows
        if placement_id in plans and result is not None and result.get("grade") is not None
    }


def _plan(placement: Placement, live: frozenset[str]) -> Plan | None:
    """The placement's plan on the present bank; None where the bank has none of its topics any more."""
    plan = plan_of(placement)
    topics = {topic: cap for topic, cap in plan.topics.items() if topic in live}
    return Plan(topics, plan.max_items, plan.min_items, plan.min_per_competence) if topics else None


def _medians(session: Session) -> dict[str, float]:
    """The median time of every item with enough answers, whoever gave them."""
    times: dict[str, array[float]] = defaultdict(lambda: array("f"))
    query = select(Question.item_id, Answer.seconds).join(Answer, Answer.question_id == Question.id)
    for item_id, seconds in session.execute(query, execution_options={"yield_per": _AT_A_TIME}):
        times[item_id].append(seconds)
    return {item: float(median(known)) for item, known in times.items() if len(known) >= ENOUGH_TIMES}


def _answers(*columns: Any) -> Select[Any]:
    """Answers in the order of attempts and questions."""
    query = select(*columns).join(Answer, Answer.question_id == Question.id)
    return query.order_by(Question.attempt_id, Question.ordinal)
