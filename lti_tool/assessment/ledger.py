"""The ledger: every statement of an attempt is made here, chained, kept, and laid into the outbox of each LRS."""

import json
import zlib
from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.clock import iso
from lti_tool.content import Bank
from lti_tool.models import Attempt, Delivery, DeliveryState, Lrs, Placement, Pseudonym, Statement
from xapi import statements
from xapi.facts import Activity, Actor, Competence, Facts, Link, Setting
from xapi.vocabulary import NAMESPACE, iri_of_course, iri_of_test

_LANES = 64
_EVENTS = UUID("5d7e7b43-1c89-4b7a-9f4e-2f4bb8f7f0c1")
_HOME_PAGE = NAMESPACE + "person"


def tell(
    session: Session, bank: Bank, attempt: Attempt, make: Callable[..., Facts], now: datetime, within: str | None = None
) -> None:
    """Adds the next statement of the attempt, whose row the caller has locked.

    make(id=, timestamp=, setting=, link=) gives its facts; `within` names the one competence that it is about.
    """
    sequence = attempt.statements + 1
    statement_id = uuid5(_EVENTS, f"{attempt.id}/{sequence}")  # fixed by the event's key: made again, it is the same
    setting = setting_of(session, bank, attempt)
    link = Link(sequence, attempt.chain)
    built = statements.build(
        make(id=statement_id, timestamp=now, setting=setting.within(within) if within else setting, link=link)
    )
    institution_id = attempt.placement.deployment.institution_id
    kept = Statement(
        id=statement_id, institution_id=institution_id, attempt_id=attempt.id, sequence=sequence,
        verb=built.verb, made_at=now, hash=built.hash, facts=json.loads(built.text),
    )  # fmt: skip
    session.add(kept)
    attempt.statements, attempt.chain = sequence, built.hash
    session.flush()
    for lrs_id in session.scalars(select(Lrs.id).where(Lrs.institution_id == institution_id)):
        session.add(_delivery("statement", lrs_id, str(attempt.id), attempt, statement_id, built.text, now))


def queue_grade(
    session: Session, attempt: Attempt, score: float, comment: str, now: datetime, *, again: bool = False
) -> None:
    """Lays a grade into the outbox of the platform: value, maximum, comment and event time are fixed here.

    `again`: somebody says that it has not arrived, so that the worker reads first what the platform shows.
    """
    submitted_at = attempt.ended_at if again and attempt.ended_at else now
    body = {
        "placement": str(attempt.placement_id), "person": str(attempt.person_id), "score": score, "maximum": 100,
        "comment": comment, "at": iso(now), "started_at": iso(attempt.started_at), "submitted_at": iso(submitted_at),
    }  # fmt: skip
    platform_id = attempt.placement.deployment.platform_id
    lane_of = f"{attempt.placement_id}/{attempt.person_id}"
    row = _delivery("grade", platform_id, lane_of, attempt, None, json.dumps(body), now)
    row.in_doubt = again
    session.add(row)


def setting_of(session: Session, bank: Bank, attempt: Attempt) -> Setting:
    """What all statements of the attempt share."""
    placement = attempt.placement
    course = placement.course
    titles = {} if course is None or not course.title else {"und": course.title}
    return Setting(
        attempt=attempt.id,
        actor=Actor(_HOME_PAGE, str(_pseudonym(session, attempt.person_id))),
        test=Activity(iri_of_test(placement.id), {"und": placement.title}),
        competences=_competences(bank, placement),
        platform=placement.deployment.platform.name,
        language=attempt.language,
        course=None if course is None else Activity(iri_of_course(course.id), titles),
    )


def _competences(bank: Bank, placement: Placement) -> tuple[Competence, ...]:
    codes = sorted({bank.topics[topic].competence for topic in placement.plan["topics"]})
    return tuple(Competence(code, dict(bank.competences[code].titles)) for code in codes)


def _pseudonym(session: Session, person_id: UUID) -> UUID:
    found = session.get(Pseudonym, person_id)
    if found is None:
        found = Pseudonym(person_id=person_id, account=uuid4())
        session.add(found)
        session.flush()
    return found.account


def _delivery(
    kind: str, receiver_id: UUID, lane_of: str, attempt: Attempt, statement_id: UUID | None, body: str, now: datetime
) -> Delivery:
    return Delivery(
        kind=kind, receiver_id=receiver_id, lane=zlib.crc32(lane_of.encode()) % _LANES, attempt_id=attempt.id,
        statement_id=statement_id, body=body, state=DeliveryState.DUE, due_at=now, tries=0, in_doubt=False,
        made_at=now,
    )  # fmt: skip
