"""Attempts made by the real use cases on a database of their own, as an LRS would hold them."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from audit_bank import COMPETENCES
from sqlalchemy import select

from lti_tool.assessment.answer import Given, answer
from lti_tool.assessment.finish import close
from lti_tool.assessment.pause import pause
from lti_tool.assessment.place import TestChoice, place
from lti_tool.assessment.start import start_or_resume
from lti_tool.assessment.visitor import Visitor
from lti_tool.content import Bank
from lti_tool.content.kinds import KINDS
from lti_tool.models import (
    Attempt,
    Base,
    Course,
    Database,
    Deployment,
    GradePolicy,
    Institution,
    Lrs,
    Membership,
    Person,
    Phase,
    Placement,
    Platform,
    Question,
    Role,
    Statement,
)
from xapi.json_text import Json

MORNING = datetime(2026, 11, 23, 9, tzinfo=UTC)


@dataclass
class World:
    """A course with one test in it, on a database of its own; `attempt` plays a trainee and gives the statements."""

    database: Database
    bank: Bank
    placement: UUID
    course: UUID
    deployment: UUID
    now: datetime = MORNING
    people: dict[str, UUID] = field(default_factory=dict)
    met: Counter[str] = field(default_factory=Counter)

    def tick(self) -> datetime:
        self.now += timedelta(seconds=7)
        return self.now

    def visitor(self, name: str) -> Visitor:
        if name not in self.people:
            with self.database.transaction() as session:
                platform = session.get_one(Deployment, self.deployment).platform_id
                institution = session.get_one(Deployment, self.deployment).institution_id
                person = Person(
                    id=uuid4(), platform_id=platform, institution_id=institution, subject=name, created_at=self.now
                )
                session.add(person)
                session.flush()
                session.add(
                    Membership(person_id=person.id, course_id=self.course, role=Role.TRAINEE, seen_at=self.now)
                )  # fmt: skip
                self.people[name] = person.id
        return Visitor(self.people[name], self.deployment, "en")

    def begin(self, name: str) -> UUID:
        visitor = self.visitor(name)
        with self.database.transaction() as session:
            return start_or_resume(session, self.bank, visitor, self.placement, self.tick()).attempt_id

    def answer(self, attempt: UUID, name: str, how: str) -> None:
        """One answer to the open question: r right, w wrong, s skipped, k right and wrong in turn within each kind.

        x is no answer: Exit, and back again.
        """
        if how == "x":
            with self.database.transaction() as session:
                pause(session, self.bank, self.visitor(name), attempt, self.tick())
            self.begin(name)
            return
        with self.database.transaction() as session:
            question = session.scalars(
                select(Question).where(Question.attempt_id == attempt).order_by(Question.ordinal.desc())
            ).first()
            assert question is not None
            challenge = self.bank.challenges[question.item_id]
            if how == "k":
                how = "rw"[self.met[challenge.kind] % 2]
                self.met[challenge.kind] += 1
            form = KINDS[challenge.kind].right_form if how == "r" else KINDS[challenge.kind].wrong_form
            values = form(challenge, question.facts, question.truth, "en")
            filled = {key: list(value) for key, value in values.items()}
            given = Given({} if how == "s" else filled, skipped=how == "s")
            answer(session, self.bank, self.visitor(name), question.id, given, self.tick())

    def attempt(self, answers: str = "rwxrs", name: str = "lina", *, finish: bool = True) -> list[Json]:
        """A whole attempt that repeats a pattern of answers to its end; without `finish` just the pattern once."""
        attempt, count = self.begin(name), 0
        while self.phase(attempt) in {Phase.OPEN, Phase.SUSPENDED} and (finish or count < len(answers)):
            self.answer(attempt, name, answers[count % len(answers)])
            count += 1
        return self.statements(attempt)

    def abandoned(self, answers: str = "rw", name: str = "lina") -> list[Json]:
        """An attempt that is left alone until the sweep closes it."""
        statements = self.attempt(answers, name, finish=False)
        attempt = UUID(statements[0]["context"]["registration"])
        with self.database.transaction() as session:
            close(session, self.bank, session.get_one(Attempt, attempt), self.tick())
        return self.statements(attempt)

    def phase(self, attempt: UUID) -> str:
        with self.database.reading() as session:
            return session.get_one(Attempt, attempt).phase

    def statements(self, attempt: UUID) -> list[Json]:
        with self.database.reading() as session:
            query = select(Statement.facts).where(Statement.attempt_id == attempt).order_by(Statement.sequence)
            return [json.loads(json.dumps(one)) for one in session.scalars(query)]


def build(
    database: Database,
    bank: Bank,
    policy: GradePolicy = GradePolicy.SCORE,
    max_items: int = 9,
    lrs: str | None = None,
    **chosen: Any,
) -> World:
    """An institution with a platform, a course and a test of both competences with a grade column.

    `chosen`: what else the test was given, rules, caps or a list.
    """
    Base.metadata.create_all(database.engine)
    with database.transaction() as session:
        institution = Institution(id=uuid4(), name="School", created_at=MORNING)
        session.add(institution)
        session.flush()
        platform = Platform(
            id=uuid4(), name="Campus", issuer="https://lms.example", client_id="1", auth_url="https://lms.example/a",
            token_url="https://lms.example/t", jwks_url="https://lms.example/j", created_at=MORNING,
        )  # fmt: skip
        session.add(platform)
        session.flush()
        deployment = Deployment(
            id=uuid4(), platform_id=platform.id, deployment_id="1", institution_id=institution.id, created_at=MORNING
        )
        session.add(deployment)
        session.flush()
        course = Course(id=uuid4(), deployment_id=deployment.id, context_id="c", title="Course")
        teacher = Person(
            id=uuid4(), platform_id=platform.id, institution_id=institution.id, subject="t", created_at=MORNING
        )
        session.add_all([course, teacher])
        session.flush()
        choice = TestChoice(COMPETENCES, "Information", max_items, policy, **chosen)
        placement = place(session, bank, teacher, deployment, choice, MORNING)
        placement.course_id, placement.resource_link_id = course.id, "link"
        placement.line_item_url = "https://lms.example/items/1"
        if lrs:
            session.add(
                Lrs(id=uuid4(), institution_id=institution.id, name="lrs", url=lrs, username="pix",
                    sealed_password="sealed", version="1.0.3", created_at=MORNING)
            )  # fmt: skip
        return World(database, bank, placement.id, course.id, deployment.id)


def placement_of(world: World, change: Callable[[Placement], None]) -> None:
    """Changes the test itself, as nobody may once attempts were made."""
    with world.database.transaction() as session:
        change(session.get_one(Placement, world.placement))
