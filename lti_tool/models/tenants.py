"""Who uses the tool: institutions, the platforms (LMSs) they launch from, their deployments and LRSs."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lti_tool.models.base import Base, Key, Long, Short


class Institution(Base):
    """Owns deployments and LRSs; grades and statements never cross it."""

    __tablename__ = "institutions"

    id: Mapped[Key]
    name: Mapped[Short] = mapped_column(unique=True)
    created_at: Mapped[datetime]


class Platform(Base):
    """A registered LMS: one issuer and client id, with its three addresses."""

    __tablename__ = "platforms"
    __table_args__ = (UniqueConstraint("issuer", "client_id"),)

    id: Mapped[Key]
    name: Mapped[Short] = mapped_column(unique=True)
    issuer: Mapped[Short]
    client_id: Mapped[Short]
    auth_url: Mapped[Long]
    token_url: Mapped[Long]
    jwks_url: Mapped[Long]
    product_family: Mapped[Short | None]
    created_at: Mapped[datetime]


class Deployment(Base):
    """What an LMS hands to one institution: the tenant (hosted LMSs share one issuer and client)."""

    __tablename__ = "deployments"
    __table_args__ = (UniqueConstraint("platform_id", "deployment_id"),)

    id: Mapped[Key]
    platform_id: Mapped[UUID] = mapped_column(ForeignKey("platforms.id"))
    deployment_id: Mapped[Short]
    institution_id: Mapped[UUID] = mapped_column(ForeignKey("institutions.id"), index=True)
    created_at: Mapped[datetime]

    platform: Mapped[Platform] = relationship()
    institution: Mapped[Institution] = relationship()


class RegistrationInvitation(Base):
    """An expiring address for dynamic registration; only its token's SHA-256 is kept."""

    __tablename__ = "registration_invitations"

    id: Mapped[Key]
    institution_id: Mapped[UUID] = mapped_column(ForeignKey("institutions.id"))
    token_sha256: Mapped[Short] = mapped_column(unique=True)
    uses_left: Mapped[int]
    issuer_host: Mapped[Short | None]
    expires_at: Mapped[datetime]

    institution: Mapped[Institution] = relationship()


class Lrs(Base):
    """A learning record store of an institution; its password is kept sealed with the secret key."""

    __tablename__ = "lrss"
    __table_args__ = (UniqueConstraint("institution_id", "name"),)

    id: Mapped[Key]
    institution_id: Mapped[UUID] = mapped_column(ForeignKey("institutions.id"))
    name: Mapped[Short]
    url: Mapped[Long]
    username: Mapped[Short]
    sealed_password: Mapped[Long]
    version: Mapped[Short]
    created_at: Mapped[datetime]

    institution: Mapped[Institution] = relationship()
