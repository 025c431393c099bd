"""What a launch leaves for a short time: the state of a login, a launch that waits for a choice, a session."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lti_tool.models.base import Base, Key, Long, Short
from lti_tool.models.people import Person
from lti_tool.models.tenants import Deployment, Platform


class LoginState(Base):
    """One begun login: single-use, expiring, bound to platform, nonce and browser (1EdTech Security 1.0 §5.1.1)."""

    __tablename__ = "login_states"

    state_sha256: Mapped[Short] = mapped_column(primary_key=True)
    platform_id: Mapped[UUID] = mapped_column(ForeignKey("platforms.id"))
    nonce: Mapped[Short]
    browser_sha256: Mapped[Short]
    stored_sha256: Mapped[Short]
    target_link_uri: Mapped[Long]
    deployment_hint: Mapped[Short | None]
    storage_target: Mapped[Short | None]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]

    platform: Mapped[Platform] = relationship()


class PendingLaunch(Base):
    """A verified launch that waits: for the browser's proof, or for an instructor's choice of a test.

    `message` is the launch as `lti.launch.Launch.to_json` writes it. Waiting for proof: `token_sha256` is the one-time
    proof that the "continue" page brings back, `stored_sha256` what the platform's storage must give back if asked.
    Waiting for a choice: `person_id` is whose choice it is.
    """

    __tablename__ = "pending_launches"

    id: Mapped[Key]
    deployment_id: Mapped[UUID] = mapped_column(ForeignKey("deployments.id"))
    message: Mapped[dict[str, Any]]
    token_sha256: Mapped[Short | None] = mapped_column(unique=True)
    stored_sha256: Mapped[Short | None]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]

    deployment: Mapped[Deployment] = relationship()


class BrowserSession(Base):
    """Person and deployment in one browser; rights are looked up per placement.

    `browser_sha256` names the browser's cookie, `session_sha256` is the secret of this session's own, new at each
    launch; both null where no cookie comes back and the ticket carries the session.
    `language` is a locale, `fr` or `ar-TN`.
    """

    __tablename__ = "browser_sessions"

    id: Mapped[Key]
    browser_sha256: Mapped[Short | None] = mapped_column(index=True)
    session_sha256: Mapped[Short | None] = mapped_column(unique=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    deployment_id: Mapped[UUID] = mapped_column(ForeignKey("deployments.id"))
    language: Mapped[Short]
    frame_origins: Mapped[list[str]]
    seen_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
    deployment: Mapped[Deployment] = relationship()
