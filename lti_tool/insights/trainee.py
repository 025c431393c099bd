"""What a trainee reads: before the test, at a checkpoint, at the end."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.assessment.start import RUNNING, attempts_left
from lti_tool.assessment.state import engine_of, plan_of, state_of
from lti_tool.assessment.step import CHECKPOINT_EVERY
from lti_tool.assessment.visitor import Visitor, placement_to_take
from lti_tool.content import Bank, Explanation, explain, present
from lti_tool.engine import Estimate, band, interval, pix, shown_level
from lti_tool.insights.deliveries import GradeNews, grade_news
from lti_tool.models import Answer, Attempt, Phase, Placement, Question
from lti_tool.words import in_language

_MINUTES_A_QUESTION = 1.5


@dataclass(frozen=True, slots=True)
class Start:
    """The start page: what is tested, about how long, and what waits for this person."""

    placement: Placement
    competences: tuple[str, ...]
    questions: int
    minutes: int
    running: Attempt | None
    last: Attempt | None
    left: int | None


@dataclass(frozen=True, slots=True)
class Steps:
    """The numbered steps on top of a question: those of the stretch that ends at the next checkpoint."""

    numbers: tuple[int, ...]
    current: int
    outcomes: dict[int, str]
    longest: int


@dataclass(frozen=True, slots=True)
class Told:
    """One answered question, told: its number, what was asked, how it went, the right answer and why."""

    ordinal: int
    instruction: str
    outcome: str
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The answers since the last checkpoint, and how far the test is."""

    told: tuple[Told, ...]
    answered: int
    longest: int
    right: int


@dataclass(frozen=True, slots=True)
class CompetenceResult:
    """A competence as it is shown: None fields where it is not measured."""

    code: str
    title: str
    cap: int
    estimate: Estimate | None
    band: str | None = None
    band_probability: float = 0.0
    level: int | None = None
    low: float = 0.0
    high: float = 0.0
    pix: int | None = None


@dataclass(frozen=True, slots=True)
class SkillLine:
    """A skill in words: what one can do, its topic and level, and the tip that goes with it."""

    can: str
    topic: str
    level: int
    tip: str


@dataclass(frozen=True, slots=True)
class Result:
    """The results page."""

    competences: tuple[CompetenceResult, ...]
    measured: int
    pix: int | None
    grade: float | None
    answered: int
    right: int
    strengths: tuple[SkillLine, ...]
    to_learn: tuple[SkillLine, ...]
    unasked: tuple[str, ...]
    told: tuple[Told, ...]
    news: GradeNews
    ended_at: datetime | None
    abandoned: bool


def start_of(session: Session, bank: Bank, visitor: Visitor, placement_id: UUID) -> Start:
    """The start page of a placement for one trainee."""
    placement = placement_to_take(session, visitor, placement_id)
    mine = select(Attempt).where(Attempt.placement_id == placement.id, Attempt.person_id == visitor.person_id)
    latest = session.scalars(mine.order_by(Attempt.number.desc())).all()
    longest = int(placement.plan["max_items"])
    return Start(
        placement=placement,
        competences=tuple(in_language(bank.competences[code].titles, visitor.language) for code in codes_of(placement)),
        questions=longest,
        minutes=round(longest * _MINUTES_A_QUESTION),
        running=next((attempt for attempt in latest if attempt.phase in RUNNING), None),
        last=next((attempt for attempt in latest if attempt.phase == Phase.FINISHED), None),
        left=attempts_left(session, placement, visitor.person_id),
    )


def codes_of(placement: Placement) -> tuple[str, ...]:
    """The competences of a placement's plan, by code (a topic's id begins with its competence's)."""
    return tuple(sorted({topic.rsplit(".", 1)[0] for topic in placement.plan["topics"]}))


def steps_of(session: Session, attempt: Attempt) -> Steps:
    """The steps of the stretch in which the open question lies."""
    outcomes = _outcomes(session, attempt)
    longest = int(attempt.placement.plan["max_items"])
    current = len(outcomes) + 1
    first = (current - 1) // CHECKPOINT_EVERY * CHECKPOINT_EVERY + 1
    numbers = tuple(range(first, min(first + CHECKPOINT_EVERY, longest + 1)))
    return Steps(numbers, current, outcomes, longest)


def checkpoint_of(session: Session, bank: Bank, attempt: Attempt, language: str) -> Checkpoint | None:
    """The last whole stretch of answers, told; None before its end, since answers are explained by the stretch."""
    outcomes = _outcomes(session, attempt)
    since = len(outcomes) - CHECKPOINT_EVERY
    if since < 0 or len(outcomes) % CHECKPOINT_EVERY:
        return None
    told = _told(session, bank, attempt, language, since)
    right = sum(one.outcome == "right" for one in told)
    return Checkpoint(told, len(outcomes), int(attempt.placement.plan["max_items"]), right)


def result_of(session: Session, bank: Bank, attempt: Attempt, language: str) -> Result:
    """The results page of an attempt that is over."""
    engine = engine_of(bank, attempt.placement)
    state = state_of(session, engine, attempt)
    frontier = engine.frontier(state)
    levels = (attempt.result or {}).get("competences", {})
    shown = tuple(_competence(bank, attempt.placement, code, levels.get(code), language)
                  for code in codes_of(attempt.placement))  # fmt: skip
    told = _told(session, bank, attempt, language, 0)
    asked = {bank.challenges[item].topic for item in _items(session, attempt) if item in bank.challenges}
    return Result(
        competences=shown,
        measured=sum(one.estimate is not None for one in shown),
        pix=_whole_pix(shown),
        grade=(attempt.result or {}).get("grade"),
        answered=len(told),
        right=sum(one.outcome == "right" for one in told),
        strengths=_highest(bank, frontier.mastered, asked, language),
        to_learn=tuple(
            _skill(bank, skill, language) for topic, skill in frontier.next_to_learn.items() if topic in asked
        ),
        unasked=tuple(in_language(bank.topics[topic].titles, language)
                      for topic in sorted(attempt.placement.plan["topics"]) if topic not in asked),
        told=told,
        news=grade_news(session, attempt),
        ended_at=attempt.ended_at,
        abandoned=attempt.phase == Phase.ABANDONED,
    )  # fmt: skip


def _competence(
    bank: Bank, placement: Placement, code: str, kept: dict[str, float] | None, language: str
) -> CompetenceResult:
    title = in_language(bank.competences[code].titles, language)
    caps = [cap for topic, cap in plan_of(placement).topics.items() if bank.topics[topic].competence == code]
    cap = sum(caps) / len(caps)
    if kept is None:
        return CompetenceResult(code, title, round(cap), None)
    estimate = Estimate(kept["level"], kept["error"])
    name, probability = band(estimate, cap)
    low, high = interval(estimate, 0.95, cap)
    return CompetenceResult(
        code, title, round(cap), estimate, name, probability, shown_level(estimate, cap), low, high, pix(estimate)
    )


def _whole_pix(shown: tuple[CompetenceResult, ...]) -> int | None:
    measured = [one.estimate for one in shown if one.estimate is not None]
    if not measured:
        return None
    return pix(Estimate(sum(one.level for one in measured), 0.0))


def _highest(bank: Bank, mastered: tuple[str, ...], asked: set[str], language: str) -> tuple[SkillLine, ...]:
    """The highest mastered skill of each topic that was asked."""
    best: dict[str, str] = {}
    for skill in mastered:
        if bank.skills[skill].topic in asked:
            best[bank.skills[skill].topic] = skill
    return tuple(_skill(bank, skill, language) for skill in best.values())


def _skill(bank: Bank, skill_id: str, language: str) -> SkillLine:
    skill = bank.skills[skill_id]
    topic = in_language(bank.topics[skill.topic].titles, language)
    return SkillLine(in_language(skill.can, language), topic, skill.level, in_language(skill.tip, language))


def _told(session: Session, bank: Bank, attempt: Attempt, language: str, since: int) -> tuple[Told, ...]:
    query = (
        select(Question, Answer)
        .join(Answer, Answer.question_id == Question.id)
        .where(Question.attempt_id == attempt.id, Question.ordinal > since)
        .order_by(Question.ordinal)
    )
    told = []
    for question, given in session.execute(query):
        challenge = bank.challenges[question.item_id]
        instruction = present(challenge, question.facts, language).instruction
        explanation = explain(challenge, question.facts, question.truth, language)
        told.append(Told(question.ordinal, instruction, given.outcome, explanation))
    return tuple(told)


def _outcomes(session: Session, attempt: Attempt) -> dict[int, str]:
    query = select(Question.ordinal, Answer.outcome).join(Answer, Answer.question_id == Question.id)
    return dict(session.execute(query.where(Question.attempt_id == attempt.id)).all())


def _items(session: Session, attempt: Attempt) -> list[str]:
    query = select(Question.item_id).join(Answer, Answer.question_id == Question.id)
    return list(session.scalars(query.where(Question.attempt_id == attempt.id)))
