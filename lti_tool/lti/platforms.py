"""Registration by hand: platforms and their deployments as an administrator types them, and what is registered."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.errors import BadInput, NotFound
from lti_tool.lti.reading import identifier, web_address
from lti_tool.models import Deployment, Institution, Platform


@dataclass(frozen=True, slots=True)
class PlatformSheet:
    """A platform with its addresses and its deployments: (the platform's id of it, the institution's name)."""

    name: str
    issuer: str
    client_id: str
    auth_url: str
    token_url: str
    jwks_url: str
    product_family: str | None
    created_at: datetime
    deployments: tuple[tuple[str, str], ...]


def add_platform(  # noqa: PLR0913, PLR0917 one argument for each field that the administrator types
    session: Session,
    institution: Institution,
    name: str,
    issuer: str,
    client_id: str,
    auth_url: str,
    token_url: str,
    jwks_url: str,
    deployment: str,
    now: datetime,
) -> Platform:
    """Registers a platform and one deployment of it for an institution; BadInput says which field cannot be.

    A platform that is registered already with the same addresses gets the further deployment: hosted LMSs share one
    issuer and client id among institutions.
    """
    texts = {"name": name, "issuer": issuer, "client-id": client_id, "deployment": deployment}
    addresses = {"auth-url": auth_url, "token-url": token_url, "jwks-url": jwks_url}
    _require(texts, addresses)
    platform = find_platform(session, issuer, client_id)
    if platform is None:
        platform = _new_platform(session, name, issuer, client_id, now)
        platform.auth_url, platform.token_url, platform.jwks_url = auth_url, token_url, jwks_url
        session.add(platform)
        session.flush()
    elif (platform.auth_url, platform.token_url, platform.jwks_url) != (auth_url, token_url, jwks_url):
        raise BadInput("registration.other_addresses", platform=platform.name)
    bind_deployment(session, platform, deployment, institution, now)
    return platform


def list_platforms(session: Session) -> tuple[PlatformSheet, ...]:
    """Every registered platform, by name."""
    return tuple(_sheet(session, platform) for platform in session.scalars(select(Platform).order_by(Platform.name)))


def show_platform(session: Session, name: str) -> PlatformSheet:
    """One platform by its name; NotFound when there is none such."""
    platform = session.scalar(select(Platform).where(Platform.name == name))
    if platform is None:
        raise NotFound("registration.no_such_platform", name=name)
    return _sheet(session, platform)


def find_platform(session: Session, issuer: str, client_id: str) -> Platform | None:
    """The platform of an issuer and client id, if it is registered."""
    wanted = select(Platform).where(Platform.issuer == issuer, Platform.client_id == client_id)
    return session.scalars(wanted).one_or_none()


def bind_deployment(
    session: Session, platform: Platform, deployment_id: str, institution: Institution, now: datetime
) -> Deployment:
    """The deployment of that id, made for the institution if need be; BadInput when it is another institution's."""
    wanted = select(Deployment).where(Deployment.platform_id == platform.id, Deployment.deployment_id == deployment_id)
    found = session.scalars(wanted).one_or_none()
    if found is None:
        found = Deployment(platform_id=platform.id, deployment_id=deployment_id, institution_id=institution.id)
        found.created_at = now
        session.add(found)
        session.flush()
    elif found.institution_id != institution.id:
        raise BadInput("registration.deployment_taken", deployment=deployment_id)
    return found


def free_name(session: Session, wanted: str) -> str:
    """The name, or the name with a number when a platform has it already."""
    taken = set(session.scalars(select(Platform.name).where(Platform.name.startswith(wanted, autoescape=True))))
    numbered = (f"{wanted} ({number})" for number in range(2, len(taken) + 3))
    return next(name for name in (wanted, *numbered) if name not in taken)


def _new_platform(session: Session, name: str, issuer: str, client_id: str, now: datetime) -> Platform:
    if session.scalar(select(Platform.id).where(Platform.name == name)) is not None:
        raise BadInput("registration.name_taken", name=name)
    return Platform(name=name, issuer=issuer, client_id=client_id, product_family=None, created_at=now)


def _require(texts: dict[str, str], addresses: dict[str, str]) -> None:
    for field, text in texts.items():
        if identifier(text) is None:
            raise BadInput("registration.unusable_field", field=field)
    for field, address in addresses.items():
        if web_address(address) is None:
            raise BadInput("registration.unusable_address", field=field)


def _sheet(session: Session, platform: Platform) -> PlatformSheet:
    bound = select(Deployment.deployment_id, Institution.name).join(Deployment.institution)
    rows = session.execute(bound.where(Deployment.platform_id == platform.id).order_by(Deployment.deployment_id))
    return PlatformSheet(
        name=platform.name,
        issuer=platform.issuer,
        client_id=platform.client_id,
        auth_url=platform.auth_url,
        token_url=platform.token_url,
        jwks_url=platform.jwks_url,
        product_family=platform.product_family,
        created_at=platform.created_at,
        deployments=tuple((deployment, institution) for deployment, institution in rows),
    )
