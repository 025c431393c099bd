"""Finished attempts at a small test of the house's bank, put straight into the database of a shell."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from cli_shell import Shell
from sqlalchemy.orm import Session

from lti_tool.assessment.parameters import JUDGED, numbers_of
from lti_tool.content import Challenge, load_bank
from lti_tool.engine import Reference
from lti_tool.models import (
    Answer,
    Attempt,
    Course,
    Deployment,
    Institution,
    Person,
    Phase,
    Placement,
    Platform,
    Question,
)

DAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
QUESTIONS = 8


@cache
def challenges() -> tuple[Challenge, ...]:
    """The live challenges of 1.1, in the order of their ids."""
    found = sorted(load_bank().challenges.items())
    return tuple(one for _, one in found if one.competence == "1.1" and one.languages)


@dataclass
class Room:
    """A course with its teacher, and a placement of 1.1."""

    course: UUID
    teacher: UUID
    placement: UUID
    platform: UUID
    institution: UUID


def add_room(shell: Shell, name: str = "I", **changed: Any) -> Room:
    """An institution of that name with all it takes to hold attempts; `changed` are columns of the placement."""
    with shell.database().transaction() as session:
        institution = Institution(id=uuid4(), name=name, created_at=DAY)
        platform = Platform(id=uuid4(), name=name, issuer=f"https://{name}.example", client_id=name, auth_url="a",
                            token_url="t", jwks_url="j", created_at=DAY)  # fmt: skip
        session.add_all([institution, platform])
        session.flush()
        deployment = Deployment(id=uuid4(), platform_id=platform.id, deployment_id="1", institution_id=institution.id,
                                created_at=DAY)  # fmt: skip
        teacher = Person(
            id=uuid4(), platform_id=platform.id, institution_id=institution.id, subject="t", created_at=DAY
        )
        session.add_all([deployment, teacher])
        session.flush()
        course = Course(id=uuid4(), deployment_id=deployment.id, context_id="c")
        session.add(course)
        session.flush()
        room = Room(course.id, teacher.id, uuid4(), platform.id, institution.id)
        session.add(_placement(room, deployment.id, changed))
        return room


def _placement(room: Room, deployment_id: UUID, changed: dict[str, Any]) -> Placement:
    caps: dict[str, float] = {}
    for one in challenges():
        caps[one.topic] = max(caps.get(one.topic, 0.0), float(one.level))
    plan = {"topics": caps, "max_items": QUESTIONS, "min_items": 4, "min_per_competence": 4, "target_error": None}
    columns = {
        "deployment_id": deployment_id, "course_id": room.course, "resource_link_id": "1", "title": "Test",
        "plan": plan, "rules": {"purpose": "positioning"}, "parameters_version": JUDGED, "parameters": {},
        "reference": numbers_of(Reference()), "scoring_version": "scoring/v1", "grade_policy": "score",
        "created_by": room.teacher, "created_at": DAY, **changed,
    }  # fmt: skip
    return Placement(id=room.placement, **columns)


@dataclass(frozen=True)
class Manner:
    """How people sit: their chance of being right, the time an answer takes, when and how the attempt ended.

    The first questions of all are the same `first` challenges.
    """

    chance: float = 0.6
    seconds: float = 40.0
    ended: datetime = DAY
    graded: bool = True
    phase: Phase = Phase.FINISHED
    first: int = 0


def add_sittings(shell: Shell, room: Room, count: int, **manner: Any) -> None:
    """Attempts of so many people, one each, in that manner."""
    draws = random.Random(count)
    with shell.database().transaction() as session:
        for _ in range(count):
            _sit(session, room, draws, Manner(**manner))


def _sit(session: Session, room: Room, draws: random.Random, manner: Manner) -> None:
    person = Person(id=uuid4(), platform_id=room.platform, institution_id=room.institution, subject=uuid4().hex,
                    created_at=DAY)  # fmt: skip
    session.add(person)
    session.flush()
    attempt = Attempt(
        id=uuid4(), placement_id=room.placement, person_id=person.id, number=1, phase=manner.phase, seed=bytes(16),
        commitment="", bank_version="1", exposure_number=0, available=[], language="fr", started_at=manner.ended,
        seen_at=manner.ended, ended_at=manner.ended, statements=0,
        result={"competences": {}, "grade": 50.0 if manner.graded else None},
    )  # fmt: skip
    session.add(attempt)
    session.flush()
    rest = draws.sample(challenges()[manner.first :], QUESTIONS - manner.first)
    for ordinal, challenge in enumerate([*challenges()[: manner.first], *rest], start=1):
        question = Question(id=uuid4(), attempt_id=attempt.id, ordinal=ordinal, item_id=challenge.id, facts={},
                            truth={}, reason={"p_right": 0.6}, asked_at=manner.ended)  # fmt: skip
        session.add(question)
        session.flush()
        outcome = "right" if draws.random() < manner.chance else "wrong"
        session.add(
            Answer(
                question_id=question.id, attempt_id=attempt.id, outcome=outcome, response=None, canonical="", parts={},
                language=draws.choice(["fr", "en"]), device="computer", seconds=manner.seconds,
                answered_at=manner.ended + timedelta(seconds=ordinal),
            )
        )  # fmt: skip
