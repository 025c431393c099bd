"""A checkpoint: the answers since the last one, how far the test is, and levels that were reached on the way."""

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from lti_tool.assessment.fixed import is_fixed
from lti_tool.assessment.state import engine_of, state_of
from lti_tool.assessment.step import checkpoint_every
from lti_tool.content import Bank
from lti_tool.engine import Score, shown_level
from lti_tool.insights.trainee.levels import cap_of
from lti_tool.insights.trainee.steps import answers_are_told, outcomes_of
from lti_tool.insights.trainee.told import Told, told_of
from lti_tool.models import Attempt, Placement
from lti_tool.words import in_language

_LOOK_BACK = 6
"""Checkpoints at which a level may have been reached before: one that comes and goes is celebrated once."""


@dataclass(frozen=True, slots=True)
class LevelUp:
    """A level reached in a competence since the last checkpoint, by the score of record."""

    code: str
    title: str
    area: str
    level: int


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The answers since the last checkpoint, and how far the test is; `right` is None where it is not told."""

    told: tuple[Told, ...]
    answered: int
    longest: int
    right: int | None
    level_ups: tuple[LevelUp, ...]


def checkpoint_of(session: Session, bank: Bank, attempt: Attempt, locale: str) -> Checkpoint | None:
    """The last whole stretch of answers, told; None before its end, since answers are explained by the stretch."""
    placement = attempt.placement
    answered, stretch = len(outcomes_of(session, attempt)), checkpoint_every(placement)
    if not answered or answered % stretch:
        return None
    told = told_of(session, bank, attempt, locale, answered - stretch)
    openly = answers_are_told(placement)
    return Checkpoint(
        told=told,
        answered=answered,
        longest=int(placement.plan["max_items"]),
        right=sum(one.outcome == "right" for one in told) if openly else None,
        level_ups=_level_ups(session, bank, attempt, locale) if openly and not is_fixed(placement) else (),
    )


def _level_ups(session: Session, bank: Bank, attempt: Attempt, locale: str) -> tuple[LevelUp, ...]:
    placement = attempt.placement
    engine, stretch = engine_of(bank, placement), checkpoint_every(placement)
    state = state_of(session, engine, attempt)
    ends = range(len(state.answers) - stretch, 0, -stretch)[:_LOOK_BACK]
    earlier = [engine.score(replace(state, answers=state.answers[:end])) for end in ends]
    return tuple(
        LevelUp(code, in_language(bank.competences[code].titles, locale), bank.competences[code].area, level)
        for code, level in reached(placement, earlier, engine.score(state)).items()
    )


def reached(placement: Placement, earlier: list[Score], now: Score) -> dict[str, int]:
    """The competences whose shown level is higher now than in any of the earlier scores, each with that level.

    One that is measured for the first time comes from level 0.
    """
    before = [_shown(placement, score) for score in earlier]
    return {
        code: level
        for code, level in _shown(placement, now).items()
        if level > max((one.get(code, 0) for one in before), default=0)
    }


def _shown(placement: Placement, score: Score) -> dict[str, int]:
    return {
        code: shown_level(estimate, cap_of(placement, code))
        for code, estimate in score.competences.items()
        if estimate is not None
    }
