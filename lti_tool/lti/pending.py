"""Launches that wait: for a browser's proof where no cookie came back, or for an instructor's choice of a test."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from lti_tool.errors import LaunchRefused, NotFound
from lti_tool.lti.launch import Launch
from lti_tool.models import PendingLaunch


def hold_for_proof(session: Session, launch: Launch, stored_sha256: str, now: datetime, minutes: int) -> str:
    """Keeps a verified launch until its browser is proven; the one-time token that the page must bring back."""
    token = secrets.token_urlsafe(32)
    waiting = PendingLaunch(
        deployment_id=launch.deployment_id, message=launch.to_json(), token_sha256=_sha256(token),
        stored_sha256=stored_sha256, expires_at=now + timedelta(minutes=minutes),
    )  # fmt: skip
    session.add(waiting)
    return token


def take_proven(session: Session, token: str, stored: str | None, now: datetime) -> Launch:
    """The launch that waits under a token, once; `stored` is what the platform's storage gave back, if it was asked.

    LaunchRefused when the token is unknown, used or late, or the storage holds another browser's secret.
    """
    used = (
        update(PendingLaunch)
        .where(
            PendingLaunch.token_sha256 == _sha256(token),
            PendingLaunch.used_at.is_(None),
            PendingLaunch.expires_at > now,
        )
        .values(used_at=now)
        .returning(PendingLaunch.message, PendingLaunch.stored_sha256)
    )
    row = session.execute(used).one_or_none()
    if row is None:
        raise LaunchRefused("launch.proof_unknown")
    if stored and not hmac.compare_digest(_sha256(stored), row.stored_sha256):
        raise LaunchRefused("launch.other_browser")
    return Launch.from_json(row.message)


def hold_for_choice(session: Session, launch: Launch, person_id: UUID, now: datetime, minutes: int) -> UUID:
    """Keeps an instructor's launch until they have chosen a test; the id of its row."""
    waiting = PendingLaunch(
        deployment_id=launch.deployment_id, message=launch.to_json(), person_id=person_id,
        expires_at=now + timedelta(minutes=minutes),
    )  # fmt: skip
    session.add(waiting)
    session.flush()
    return waiting.id


def waiting_for_choice(session: Session, launch_id: UUID, person_id: UUID, now: datetime) -> PendingLaunch:
    """The instructor's own launch that waits for a choice, its row locked; NotFound for another's or a late one."""
    query = select(PendingLaunch).where(
        PendingLaunch.id == launch_id, PendingLaunch.person_id == person_id, PendingLaunch.expires_at > now
    )
    found = session.scalar(query.with_for_update())
    if found is None:
        raise NotFound("picker.expired")
    return found


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
