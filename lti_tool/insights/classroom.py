"""What an instructor reads of a placement: a line for each trainee, the level of the class, the problems reported."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lti_tool.content import Bank
from lti_tool.engine import Estimate, band, shown_level
from lti_tool.insights.class_levels import ClassLevel, class_levels_of
from lti_tool.insights.deliveries import GradeNews, grade_news
from lti_tool.insights.flags import Flags, flags_of
from lti_tool.models import Answer, Attempt, Membership, Person, Phase, Placement, ProblemReport, Question, Role

_OVER = frozenset({Phase.FINISHED, Phase.ABANDONED})


@dataclass(frozen=True, slots=True)
class LevelCell:
    """One competence of one attempt: band and level, or None where it is not measured."""

    code: str
    band: str | None
    level: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """A trainee who has opened the activity: the latest attempt, its result, its grade."""

    person_id: UUID
    name: str
    phase: str
    number: int
    answered: int
    longest: int
    cells: tuple[LevelCell, ...]
    grade: float | None
    news: GradeNews
    seen_at: datetime | None
    flags: Flags


@dataclass(frozen=True, slots=True)
class Report:
    """A problem reported, without the person's name."""

    skill: str
    item_id: str
    category: str
    text: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Classroom:
    """The page of a placement."""

    lines: tuple[Line, ...]
    levels: tuple[ClassLevel, ...]
    reports: tuple[Report, ...]
    finished: int

    @property
    def flagged(self) -> bool:
        """Whether a word beside a trainee needs its explanation."""
        return any(line.flags.names for line in self.lines)


def class_of(session: Session, bank: Bank, placement: Placement, locale: str) -> Classroom:
    """Everyone of the course who has come as a trainee, by name, each with the latest attempt; titles in the locale."""
    people = session.scalars(
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.course_id == placement.course_id, Membership.role == Role.TRAINEE)
    ).all()
    attempts = _attempts(session, placement, {person.id for person in people})
    latest = {attempt.person_id: attempt for attempt in attempts}
    flags = flags_of(session, bank, [one.id for one in latest.values() if one.phase in _OVER])
    lines = [_line(session, bank, placement, person, latest.get(person.id), flags) for person in people]
    lines.sort(key=lambda line: line.name.casefold())
    finished = sum(line.phase == Phase.FINISHED for line in lines)
    levels = class_levels_of(session, bank, placement, attempts, locale)
    return Classroom(tuple(lines), levels, _reports(session, bank, placement), finished)


def _attempts(session: Session, placement: Placement, people: set[UUID]) -> list[Attempt]:
    """The attempts of the trainees, each one's in order."""
    query = select(Attempt).where(Attempt.placement_id == placement.id).order_by(Attempt.number)
    return [attempt for attempt in session.scalars(query) if attempt.person_id in people]


def _line(
    session: Session,
    bank: Bank,
    placement: Placement,
    person: Person,
    attempt: Attempt | None,
    flags: dict[UUID, Flags],
) -> Line:
    name, longest = person.name or person.given_name or "–", int(placement.plan["max_items"])
    if attempt is None:
        return Line(person.id, name, "not_begun", 0, 0, longest, (), None, GradeNews("none"), None, Flags())
    answered = session.scalar(select(func.count()).where(Answer.attempt_id == attempt.id)) or 0
    result = attempt.result or {}
    cells = tuple(_cell(bank, placement, code, kept) for code, kept in sorted(result.get("competences", {}).items()))
    return Line(
        person.id, name, attempt.phase, attempt.number, answered, longest, cells, result.get("grade"),
        grade_news(session, attempt), attempt.ended_at or attempt.seen_at, flags.get(attempt.id, Flags()),
    )  # fmt: skip


def _cell(bank: Bank, placement: Placement, code: str, kept: dict[str, float] | None) -> LevelCell:
    if kept is None:
        return LevelCell(code, None, None)
    caps = [cap for topic, cap in placement.plan["topics"].items() if bank.topics[topic].competence == code]
    estimate, cap = Estimate(kept["level"], kept["error"]), sum(caps) / len(caps)
    return LevelCell(code, band(estimate, cap)[0], shown_level(estimate, cap))


def _reports(session: Session, bank: Bank, placement: Placement) -> tuple[Report, ...]:
    query = (
        select(ProblemReport, Question.item_id)
        .join(Question, Question.id == ProblemReport.question_id)
        .join(Attempt, Attempt.id == Question.attempt_id)
        .where(Attempt.placement_id == placement.id)
        .order_by(ProblemReport.created_at.desc())
        .limit(200)
    )
    return tuple(
        Report(_skill_of(bank, item_id), item_id, report.category, report.text, report.created_at)
        for report, item_id in session.execute(query)
    )


def _skill_of(bank: Bank, item_id: str) -> str:
    challenge = bank.challenges.get(item_id)
    return challenge.skill if challenge else item_id
