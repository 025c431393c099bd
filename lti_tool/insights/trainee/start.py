"""The start page: what is tested, how it goes, what is sent to whom, and what waits for this person."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.assessment.ask import barred_on
from lti_tool.assessment.fixed import is_fixed
from lti_tool.assessment.rules import rules_in_words, rules_of
from lti_tool.assessment.start import RUNNING, attempts_left, available_items, next_start
from lti_tool.assessment.step import checkpoint_every
from lti_tool.assessment.timing import extra_time_of, time_for
from lti_tool.assessment.visitor import Visitor, placement_to_take
from lti_tool.content import Bank
from lti_tool.insights.trainee.levels import codes_of
from lti_tool.models import Attempt, Phase, Placement
from lti_tool.words import in_language, words

_MINUTES_A_QUESTION = 1.5


@dataclass(frozen=True, slots=True)
class Tested:
    """An area that the test touches, with the titles of its competences in it."""

    area: str
    title: str
    competences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Start:
    """The start page of a placement for one trainee.

    `minutes` is about how long it takes, `seconds` how long this person may take (None: as long as they like);
    `rules` are sentences; `on_computer` counts the challenges that a phone cannot show,
    `in_other_language` those not written in the language of the pages; `opens` is when the next
    attempt may begin, where that is not yet; `left` None: no limit.
    """

    placement: Placement
    purpose: str
    attention: str
    is_fixed: bool
    tested: tuple[Tested, ...]
    questions: int
    minutes: int
    seconds: float | None
    has_extra_time: bool
    stretch: int
    rules: tuple[str, ...]
    on_computer: int
    in_other_language: int
    on_phone: bool
    running: Attempt | None
    last: Attempt | None
    left: int | None
    opens: datetime | None

    @property
    def may_begin(self) -> bool:
        """Whether another attempt may begin now."""
        return self.left != 0 and self.opens is None


def start_of(session: Session, bank: Bank, visitor: Visitor, placement_id: UUID, now: datetime) -> Start:
    """The start page of a placement for one trainee."""
    placement = placement_to_take(session, visitor, placement_id)
    mine = select(Attempt).where(Attempt.placement_id == placement.id, Attempt.person_id == visitor.person_id)
    latest = session.scalars(mine.order_by(Attempt.number.desc())).all()
    rules, longest = rules_of(placement), int(placement.plan["max_items"])
    extra = extra_time_of(session, visitor.person_id)
    time = time_for(placement, extra)
    possible = set(available_items(bank, placement, visitor.locale))
    opens = next_start(session, placement, visitor.person_id)
    return Start(
        placement=placement,
        purpose=rules.purpose,
        attention=rules.attention,
        is_fixed=is_fixed(placement),
        tested=_tested(bank, placement, visitor.locale),
        questions=longest,
        minutes=int(placement.rules.get("minutes_about", 0)) or max(1, round(longest * _MINUTES_A_QUESTION)),
        seconds=None if time is None else time.total_seconds(),
        has_extra_time=bool(rules.minutes and extra),
        stretch=checkpoint_every(placement),
        rules=tuple(rules_in_words(placement, words(visitor.locale))),
        on_computer=len(barred_on(bank, "phone") & possible),
        in_other_language=sum(visitor.language not in bank.challenges[item].languages for item in possible),
        on_phone=visitor.device == "phone",
        running=next((attempt for attempt in latest if attempt.phase in RUNNING), None),
        last=next((attempt for attempt in latest if attempt.phase == Phase.FINISHED), None),
        left=attempts_left(session, placement, visitor.person_id),
        opens=opens if opens is not None and now < opens else None,
    )


def _tested(bank: Bank, placement: Placement, locale: str) -> tuple[Tested, ...]:
    by_area: dict[str, list[str]] = {}
    for code in codes_of(placement):
        competence = bank.competences[code]
        by_area.setdefault(competence.area, []).append(in_language(competence.titles, locale))
    return tuple(
        Tested(area, in_language(bank.areas[area].titles, locale), tuple(titles)) for area, titles in by_area.items()
    )
