"""Fills a database with what deliveries need: institutions, people, attempts, and rows of the outbox."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from lti_tool.clock import iso
from lti_tool.delivery import Tally, Worker
from lti_tool.models import (
    Attempt,
    Course,
    Database,
    Delivery,
    DeliveryState,
    Deployment,
    Institution,
    Lrs,
    Person,
    Placement,
    Platform,
    Statement,
)

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@dataclass
class House:
    """The ids of one institution with an LRS, a platform, and a placement with a grade column."""

    institution: UUID
    lrs: UUID
    platform: UUID
    placement: UUID
    creator: UUID


def furnish(database: Database, lrs_url: str, lms_url: str, name: str = "one") -> House:
    with database.transaction() as session:
        institution = Institution(id=uuid4(), name=name, created_at=NOON)
        session.add(institution)
        session.flush()
        lrs = Lrs(
            id=uuid4(), institution_id=institution.id, name=f"lrs {name}", url=lrs_url + "/xapi", username="user",
            sealed_password="sealed:secret", version="1.0.3", created_at=NOON,
        )  # fmt: skip
        platform = Platform(
            id=uuid4(), name=f"lms {name}", issuer=lms_url, client_id=name, auth_url=lms_url + "/auth",
            token_url=lms_url + "/token", jwks_url=lms_url + "/jwks", product_family="moodle", created_at=NOON,
        )  # fmt: skip
        session.add_all([lrs, platform])
        session.flush()
        deployment = Deployment(
            id=uuid4(), platform_id=platform.id, deployment_id="1", institution_id=institution.id, created_at=NOON
        )
        session.add(deployment)
        session.flush()
        course = Course(id=uuid4(), deployment_id=deployment.id, context_id="c")
        creator = _person(platform.id, institution.id, "teacher")
        session.add_all([course, creator])
        session.flush()
        placement = _placement(deployment.id, course.id, creator.id, lms_url + "/items/1?type_id=2")
        session.add(placement)
        return House(institution.id, lrs.id, platform.id, placement.id, creator.id)


def _person(platform: UUID, institution: UUID, subject: str) -> Person:
    return Person(id=uuid4(), platform_id=platform, institution_id=institution, subject=subject, created_at=NOON)


def _placement(deployment: UUID, course: UUID, creator: UUID, line_item: str | None) -> Placement:
    return Placement(
        id=uuid4(), deployment_id=deployment, course_id=course, resource_link_id=uuid4().hex, title="Test", plan={},
        rules={}, parameters_version="1", parameters={}, reference={}, scoring_version="v1", grade_policy="score",
        line_item_url=line_item, created_by=creator, created_at=NOON,
    )  # fmt: skip


def another_placement(database: Database, house: House, line_item: str | None) -> UUID:
    with database.transaction() as session:
        first = session.get_one(Placement, house.placement)
        assert first.course_id
        made = _placement(first.deployment_id, first.course_id, house.creator, line_item)
        session.add(made)
        return made.id


def add_attempt(database: Database, house: House, subject: str, placement: UUID | None = None) -> UUID:
    """A trainee's attempt, the person made on first need."""
    with database.transaction() as session:
        person = session.query(Person).filter_by(platform_id=house.platform, subject=subject).one_or_none()
        if person is None:
            person = _person(house.platform, house.institution, subject)
            session.add(person)
            session.flush()
        where = placement or house.placement
        number = session.query(Attempt).filter_by(placement_id=where, person_id=person.id).count() + 1
        attempt = Attempt(
            id=uuid4(), placement_id=where, person_id=person.id, number=number, phase="finished", seed=bytes(16),
            commitment="", bank_version="1", exposure_number=0, available=[], language="fr", started_at=NOON,
            seen_at=NOON, statements=0,
        )  # fmt: skip
        session.add(attempt)
        return attempt.id


def statement_json(statement_id: UUID, attempt: UUID, number: int, padding: int = 0) -> dict:
    return {
        "id": str(statement_id),
        "actor": {"objectType": "Agent", "account": {"homePage": "https://w3id.org/pix-lti", "name": "p"}},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/answered", "display": {"en": "answered"}},
        "object": {"id": "https://w3id.org/pix-lti/challenge/1", "objectType": "Activity"},
        "result": {"success": True, "duration": "PT12.5S", "response": "x" * padding},
        "context": {"registration": str(attempt), "contextActivities": {"parent": [{"id": "https://a.example/t"}]}},
        "timestamp": iso(NOON + timedelta(seconds=number)),
        "number": number,
    }


def add_statements(
    database: Database, house: House, attempt: UUID, count: int, *, lane: int, now: datetime = NOON, padding: int = 0
) -> list[UUID]:
    """The next statements of an attempt, each with one row on its way to the house's LRS."""
    made = []
    with database.transaction() as session:
        first = session.query(Statement).filter_by(attempt_id=attempt).count() + 1
        for number in range(first, first + count):
            key = uuid4()
            session.add(
                Statement(
                    id=key,
                    institution_id=house.institution,
                    attempt_id=attempt,
                    sequence=number,
                    verb="answered",
                    made_at=now,
                    hash="",
                    facts={},
                )
            )
            session.flush()
            body = json.dumps(statement_json(key, attempt, number, padding))
            _add_row(session, house.lrs, attempt, "statement", lane, body, now, key)
            made.append(key)
    return made


def add_grade(
    database: Database,
    house: House,
    attempt: UUID,
    score: float,
    *,
    lane: int = 7,
    at: datetime = NOON,
    **changes: object,
) -> int:
    """A grade of an attempt on its way; the position of its row."""
    with database.transaction() as session:
        found = session.get_one(Attempt, attempt)
        facts = {
            "placement": str(found.placement_id), "person": str(found.person_id), "score": score, "maximum": 100,
            "comment": "3 competences", "at": iso(at), "started_at": iso(at - timedelta(minutes=20)),
            "submitted_at": iso(at),
        }  # fmt: skip
        row = _add_row(session, house.platform, attempt, "grade", lane, json.dumps(facts | changes), at, None)
        return row.position


def _add_row(
    session: Session,
    receiver: UUID,
    attempt: UUID,
    kind: str,
    lane: int,
    body: str,
    now: datetime,
    statement: UUID | None,
) -> Delivery:
    row = Delivery(
        kind=kind, receiver_id=receiver, lane=lane, attempt_id=attempt, statement_id=statement, body=body,
        state=DeliveryState.DUE, due_at=now, tries=0, in_doubt=False, made_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def rows(database: Database) -> list[Delivery]:
    with database.reading() as session:
        return list(session.query(Delivery).order_by(Delivery.position))


def states(database: Database) -> list[str]:
    return [row.state for row in rows(database)]


def run_until_still(worker: Worker, now: datetime, turns: int = 40, step: float = 400) -> tuple[Tally, datetime]:
    """Turns with time passing between them, until nothing happens in three; the sum, and what time it is then."""
    total, still = Tally(), 0
    for _ in range(turns):
        tally = worker.run_once(now)
        total += tally
        still = 0 if tally != Tally() else still + 1
        if still == 3:
            break
        now += timedelta(seconds=step)
    return total, now
