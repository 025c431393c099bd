"""Invitations: addresses at which an institution's administrator may register a platform, so many times, so long."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from lti_tool.errors import BadInput
from lti_tool.lti.login import digest
from lti_tool.lti.reading import identifier
from lti_tool.lti.refusals import RegistrationRefused
from lti_tool.models import Institution, RegistrationInvitation


def invite(
    session: Session, institution: Institution, uses: int, days: int, issuer_host: str | None, now: datetime
) -> str:
    """The secret of a new invitation; only its digest is stored. `issuer_host` (host or host:port) allows one LMS."""
    if uses < 1 or days < 1 or days > 366:
        raise BadInput("registration.unusable_field", field="uses" if uses < 1 else "days")
    if issuer_host is not None and (identifier(issuer_host) is None or "/" in issuer_host):
        raise BadInput("registration.unusable_field", field="issuer")
    token = secrets.token_urlsafe(32)
    session.add(
        RegistrationInvitation(
            institution_id=institution.id,
            token_sha256=digest(token),
            uses_left=uses,
            issuer_host=issuer_host.lower() if issuer_host else None,
            expires_at=now + timedelta(days=days),
        )
    )
    return token


def find_invitation(session: Session, token: str, now: datetime) -> RegistrationInvitation:
    """The invitation of a secret, if a registration may still use it; RegistrationRefused otherwise."""
    wanted = select(RegistrationInvitation).where(RegistrationInvitation.token_sha256 == digest(token))
    found = session.scalars(wanted).one_or_none()
    if found is None:
        raise RegistrationRefused("registration.invitation_unknown")
    if found.uses_left < 1 or found.expires_at <= now:
        raise RegistrationRefused("registration.invitation_over")
    return found


def take_use(session: Session, invitation: RegistrationInvitation, now: datetime) -> None:
    """Takes one use, in one UPDATE that two simultaneous registrations cannot both win on the last."""
    one = (
        update(RegistrationInvitation)
        .where(RegistrationInvitation.id == invitation.id)
        .where(RegistrationInvitation.uses_left > 0, RegistrationInvitation.expires_at > now)
        .values(uses_left=RegistrationInvitation.uses_left - 1)
    )
    result = session.execute(one)
    if not isinstance(result, CursorResult) or result.rowcount != 1:
        raise RegistrationRefused("registration.invitation_over")


def give_use_back(session: Session, invitation: RegistrationInvitation) -> None:
    """Gives back a use that was taken for a registration of which nothing came."""
    mine = update(RegistrationInvitation).where(RegistrationInvitation.id == invitation.id)
    session.execute(mine.values(uses_left=RegistrationInvitation.uses_left + 1))
