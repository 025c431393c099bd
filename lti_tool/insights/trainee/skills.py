"""Skills in words: what one can do, and what to learn next."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from lti_tool.assessment.fixed import is_fixed
from lti_tool.assessment.state import answers_of, engine_of, state_of
from lti_tool.content import Bank
from lti_tool.engine import Outcome
from lti_tool.models import Attempt
from lti_tool.words import FALLBACK, direction_of, in_language, nearest_language


@dataclass(frozen=True, slots=True)
class SkillLine:
    """A skill in words: what one can do, its topic and level, the tip that goes with it.

    What one can do and the tip are in `language`, the nearest to the reader's own.
    """

    can: str
    topic: str
    level: int
    tip: str
    language: str

    @property
    def direction(self) -> str:
        """`rtl` or `ltr`, of what one can do and of the tip."""
        return direction_of(self.language)


@dataclass(frozen=True, slots=True)
class Skills:
    """What is mastered, hardest first; what comes next, easiest first; topics of the test that no question touched."""

    strengths: tuple[SkillLine, ...]
    to_learn: tuple[SkillLine, ...]
    unasked: tuple[str, ...] = ()


def skills_of(session: Session, bank: Bank, attempt: Attempt, locale: str) -> Skills:
    """The skills of the topics that were asked: by the map of skills, or of a fixed list by its answers alone."""
    if is_fixed(attempt.placement):
        return _of_answers(session, bank, attempt, locale)
    engine = engine_of(bank, attempt.placement)
    state = state_of(session, engine, attempt)
    frontier = engine.frontier(state)
    asked = {bank.challenges[answer.item_id].topic for answer in state.answers if answer.item_id in bank.challenges}
    best = {bank.skills[skill].topic: skill for skill in frontier.mastered}  # easiest first: the hardest one stays
    coming = frontier.next_to_learn
    return Skills(
        strengths=_hardest(_lines(bank, (skill for topic, skill in best.items() if topic in asked), locale)),
        to_learn=_easiest(_lines(bank, (skill for topic, skill in coming.items() if topic in asked), locale)),
        unasked=tuple(in_language(bank.topics[topic].titles, locale)
                      for topic in sorted(attempt.placement.plan["topics"]) if topic not in asked),
    )  # fmt: skip


def _of_answers(session: Session, bank: Bank, attempt: Attempt, locale: str) -> Skills:
    """A fixed list says nothing beyond its own questions."""
    answers = [(bank.challenges[item].skill, outcome) for item, outcome, _ in answers_of(session, attempt)
               if item in bank.challenges]  # fmt: skip
    missed = {skill for skill, outcome in answers if outcome is not Outcome.RIGHT}
    right = dict.fromkeys(skill for skill, outcome in answers if outcome is Outcome.RIGHT and skill not in missed)
    to_learn = dict.fromkeys(skill for skill, _ in answers if skill in missed)
    return Skills(_hardest(_lines(bank, right, locale)), _easiest(_lines(bank, to_learn, locale)))


def _hardest(lines: tuple[SkillLine, ...]) -> tuple[SkillLine, ...]:
    """The most telling strength first."""
    return tuple(sorted(lines, key=lambda line: -line.level))


def _easiest(lines: tuple[SkillLine, ...]) -> tuple[SkillLine, ...]:
    """What others build on first."""
    return tuple(sorted(lines, key=lambda line: line.level))


def _lines(bank: Bank, skills: Iterable[str], locale: str) -> tuple[SkillLine, ...]:
    return tuple(_line(bank, skill, locale) for skill in skills if skill in bank.skills)


def _line(bank: Bank, skill_id: str, locale: str) -> SkillLine:
    skill = bank.skills[skill_id]
    language = nearest_language(skill.can, locale) or FALLBACK
    return SkillLine(
        can=skill.can[language],
        topic=in_language(bank.topics[skill.topic].titles, locale),
        level=skill.level,
        tip=skill.tip[language],
        language=language,
    )
