"""The results page of an attempt that is over."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from lti_tool.assessment.fixed import is_fixed
from lti_tool.assessment.visitor import Visitor
from lti_tool.content import Bank
from lti_tool.engine import Estimate, band
from lti_tool.insights.deliveries import GradeNews, grade_news
from lti_tool.insights.trainee.earlier import Earlier, earlier_of
from lti_tool.insights.trainee.levels import AreaLevel, CompetenceLevel, areas_of, levels_of, sum_in_pix
from lti_tool.insights.trainee.skills import Skills, skills_of
from lti_tool.insights.trainee.steps import answers_are_told
from lti_tool.insights.trainee.told import Told, told_of
from lti_tool.models import Attempt, Phase, ReviewRequest


@dataclass(frozen=True, slots=True)
class Result:
    """The results page.

    A fixed list has no levels, but `right` of `answered`; a capped test tells `share` of its target, 0 to 1, since its
    levels are none of the whole scale (DESIGN decision 6). `told` is empty where an exam tells no answers.
    """

    is_fixed: bool
    is_capped: bool
    competences: tuple[CompetenceLevel, ...]
    areas: tuple[AreaLevel, ...]
    measured: int
    pix: int | None
    share: float | None
    grade: float | None
    answered: int
    right: int
    skills: Skills
    told: tuple[Told, ...]
    earlier: Earlier | None
    news: GradeNews
    review: ReviewRequest | None
    ended_at: datetime | None
    abandoned: bool

    @property
    def picture(self) -> str:
        """The illustration: the band of what is measured, on the mean; no statement, only a tree that grows."""
        levels = [one.estimate.level for one in self.competences if one.estimate is not None]
        if levels:
            return band(Estimate(sum(levels) / len(levels), 0.0))[0]
        return "checkpoint" if self.is_fixed else "empty"


def result_of(session: Session, bank: Bank, visitor: Visitor, attempt: Attempt, now: datetime) -> Result:
    """The results page of an attempt that is over."""
    placement, locale, kept = attempt.placement, visitor.locale, attempt.result or {}
    listed = is_fixed(placement)
    levels = () if listed else levels_of(bank, placement, kept.get("competences", {}), locale)
    told = told_of(session, bank, attempt, locale, openly=True)
    return Result(
        is_fixed=listed,
        is_capped=bool(placement.rules.get("capped")),
        competences=levels,
        areas=areas_of(bank, levels, locale),
        measured=sum(one.estimate is not None for one in levels),
        pix=sum_in_pix(levels),
        share=kept.get("share"),
        grade=kept.get("grade"),
        answered=len(told),
        right=sum(one.outcome == "right" for one in told),
        skills=skills_of(session, bank, attempt, locale),
        told=told if answers_are_told(placement) else (),
        earlier=earlier_of(session, bank, attempt, levels, locale) if attempt.phase == Phase.FINISHED else None,
        news=grade_news(session, attempt, now),
        review=session.get(ReviewRequest, attempt.id),
        ended_at=attempt.ended_at,
        abandoned=attempt.phase == Phase.ABANDONED,
    )
